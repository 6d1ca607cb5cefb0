"""The briefs without papermill, kernel or IPython: ``python -m tests.benchmark.plain``.

The cells of the shipped notebooks run as plain Python in one process, so that the contents are
those of the issued briefs and only the running is another. Data are loaded and judged once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from unittest import mock

import slz_lib
from slz_lib.documents.formats import WRITERS
from tests.benchmark.briefs import DATA, Brief, briefs
from tests.samples.plain_run import document


@contextmanager
def once() -> Iterator[None]:
    """``slz_lib.load`` and ``slz_lib.evaluate`` answer the same question with the same object."""
    load, evaluate = cast("Any", cache(slz_lib.load)), cast("Any", cache(slz_lib.evaluate))
    with mock.patch.multiple(slz_lib, create=True, load=load, evaluate=evaluate):
        yield


def write(brief: Brief, formats: tuple[str, ...], out: Path) -> None:
    """Write ``brief`` in ``formats`` below ``out``."""
    made = document(brief.notebook, {**brief.parameters, "data": str(DATA)})
    for form in formats:
        written = import_module(WRITERS[form]).render(made)
        content = written.encode() if isinstance(written, str) else written
        brief.file(out, form).write_bytes(content)


def main() -> int:
    """Write what three words order: kinds and formats, separated by commas, and the folder."""
    kinds, formats, out = sys.argv[1:]
    with once():
        for brief in briefs(kinds.split(",")):
            write(brief, tuple(formats.split(",")), Path(out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
