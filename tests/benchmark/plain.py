"""The briefs without papermill, kernel or IPython: ``python -m tests.benchmark.plain``.

The cells of the shipped notebooks run as plain Python in one process, so that the contents are
those of the issued briefs and only the running is another. Data are loaded and judged once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from unittest import mock

import slz_lib
from slz_lib.documents import gate
from slz_lib.documents.formats import WRITERS
from slz_lib.documents.model import Block, Content, Document, TitleBlock
from slz_lib.documents.wording import settled
from tests.benchmark.briefs import DATA, Brief, briefs
from tests.samples.plain_run import PlainNotebook


@contextmanager
def once() -> Iterator[None]:
    """``slz_lib.load`` and ``slz_lib.evaluate`` answer the same question with the same object."""
    load, evaluate = cast("Any", cache(slz_lib.load)), cast("Any", cache(slz_lib.evaluate))
    with mock.patch.multiple(slz_lib, create=True, load=load, evaluate=evaluate):
        yield


@cache
def _notebook(path: Path) -> PlainNotebook:
    return PlainNotebook.read(path)


def document(notebook: Path, parameters: Mapping[str, object]) -> Document:
    """The document of ``notebook`` with ``parameters``, made in this process."""
    found: list[tuple[str, Block]] = []
    for number, shown in _notebook(notebook).shown(parameters):
        blocks = shown.blocks if isinstance(shown, Content) else (cast("Block", shown),)
        found.extend((f"buňka {number}", block) for block in blocks)
    (_, title), *rest = found
    assert isinstance(title, TitleBlock)
    made = Document(
        title=title,
        blocks=settled([block for _, block in rest]),
        origins=tuple(origin for origin, _ in rest),
    )
    gate.check(made)
    return made


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
