"""The briefs without papermill, kernel or IPython: ``python -m tests.benchmark.plain --out DIR``.

The cells of the shipped notebooks run as plain Python in one process, so that the contents are
those of the issued briefs and only the running is another. Data are loaded and judged once.
nbformat is not imported either: its import takes as long as several briefs.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from unittest import mock

import slz_lib
from slz_lib.documents import gate, markdown
from slz_lib.documents.model import Block, Content, Document, Shown, TitleBlock
from slz_lib.documents.references import settled
from slz_lib.presentation.prose import prose
from slz_lib.production.formats import WRITERS
from tests.benchmark.briefs import DATA, Brief, Order, briefs

_PROSE = "%%prose"
_HINT_TAG = "navod"  # of Markdown cells that are left out
Cell = dict[str, Any]


@contextmanager
def once() -> Iterator[None]:
    """``slz_lib.load`` and ``slz_lib.evaluate`` answer the same question with the same object."""
    load, evaluate = cast("Any", cache(slz_lib.load)), cast("Any", cache(slz_lib.evaluate))
    with mock.patch.multiple(slz_lib, create=True, load=load, evaluate=evaluate):
        yield


@cache
def _cells(path: Path) -> tuple[Cell, ...]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return tuple({**cell, "source": "".join(cell["source"])} for cell in cells)


@cache
def _compiled(source: str) -> tuple[Callable[[dict[str, Any]], Any], ...]:
    """The statements of a cell; the value of the last is what a notebook would show."""
    lines = (line for line in source.splitlines() if not line.startswith("%load_ext"))
    body = ast.parse("\n".join(lines)).body
    shown = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    statements = compile(ast.Module(body, []), "<cell>", "exec")
    steps: list[Callable[[dict[str, Any]], Any]] = [lambda names: exec(statements, names)]  # noqa: S102
    if isinstance(shown, ast.Expr):
        value = compile(ast.Expression(shown.value), "<cell>", "eval")
        steps.append(lambda names: eval(value, names))  # noqa: S307
    return tuple(steps)


def _shown(cell: Cell, names: dict[str, Any]) -> tuple[Block, ...]:
    """What a cell shows, as blocks."""
    tags = cell["metadata"].get("tags", [])
    if cell["cell_type"] == "markdown":
        return () if _HINT_TAG in tags else tuple(markdown.blocks(cell["source"]))
    if cell["source"].startswith(_PROSE):
        first, _, text = cell["source"].partition("\n")
        known = {name: value for name, value in names.items() if not name.startswith("_")}
        lenders = [known[name] for name in first.removeprefix(_PROSE).split()]
        value: object = prose(f"{text}\n", known, lenders)
    else:
        value = None
        for step in _compiled(cell["source"]):
            value = step(names)
    match value:
        case None:
            return ()
        case Content():
            return value.blocks
        case Shown():
            return cast("tuple[Block, ...]", (value,))
    raise TypeError(value)


def document(notebook: Path, parameters: Mapping[str, object]) -> Document:
    """The document of ``notebook`` with ``parameters``, made in this process."""
    names: dict[str, Any] = {}
    found: list[tuple[str, Block]] = []
    for number, cell in enumerate(_cells(notebook), start=1):
        found.extend((f"buňka {number}", block) for block in _shown(cell, names))
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
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
    """Write what is ordered."""
    order = Order.read(__doc__)
    with once():
        for brief in briefs(order.kinds):
            write(brief, order.formats, order.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
