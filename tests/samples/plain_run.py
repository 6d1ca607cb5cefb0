"""Notebooks without papermill, kernel or IPython: their cells run in this process, as plain Python.

nbformat is not imported: its import takes as long as several briefs.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, cast

import slz_lib
from slz_lib.documents import gate, markdown
from slz_lib.documents.model import Block, Content, Document, Shown, TitleBlock
from slz_lib.documents.wording import explained, settled
from slz_lib.presentation.prose import prose

_PROSE = "%%prose"
_HINT_TAG = "navod"  # of Markdown cells that are left out
_PARAMETERS_TAG = "parameters"


@dataclass(frozen=True)
class _Text:
    """A Markdown cell."""

    source: str

    def run(self, _: dict[str, Any]) -> object:
        return Content(blocks=tuple(markdown.blocks(self.source)))


@dataclass(frozen=True)
class _Prose:
    lenders: tuple[str, ...]
    template: str

    def run(self, names: dict[str, Any]) -> object:
        known = {name: value for name, value in names.items() if not name.startswith("_")}
        return prose(self.template, known, [known[lender] for lender in self.lenders])


@dataclass(frozen=True)
class _Code:
    """Statements, and the last expression: what a notebook would show."""

    statements: CodeType
    last: CodeType | None
    parameters: bool

    def run(self, names: dict[str, Any]) -> object:
        exec(self.statements, names)  # noqa: S102 — the project's own notebook
        return None if self.last is None else eval(self.last, names)  # noqa: S307


_Cell = _Text | _Prose | _Code


@dataclass(frozen=True)
class PlainNotebook:
    """A notebook, compiled once and run with many parameters.

    Attributes:
        cells: by their number in the notebook, from 1.
    """

    cells: Mapping[int, _Cell]

    @classmethod
    def read(cls, path: Path) -> PlainNotebook:
        """The notebook of this file."""
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        read = {number: _read(cell) for number, cell in enumerate(cells, start=1)}
        return cls({number: cell for number, cell in read.items() if cell is not None})

    def shown(self, parameters: Mapping[str, object]) -> Iterator[tuple[int, Shown]]:
        """What the cells show, with the number of each cell.

        Args:
            parameters: as the notebook declares them, put in after its own.

        Raises:
            TypeError: a cell shows something that no document can hold.
        """
        names: dict[str, Any] = {"slz_lib": slz_lib}
        for number, cell in self.cells.items():
            value = cell.run(names)
            if isinstance(value, Shown):
                yield number, value
            elif value is not None:
                raise TypeError(value)
            if isinstance(cell, _Code) and cell.parameters:
                names.update(parameters)


@cache
def _notebook(path: Path) -> PlainNotebook:
    return PlainNotebook.read(path)


def document(notebook: Path, parameters: Mapping[str, object]) -> Document:
    """The document of ``notebook`` with ``parameters``, made in this process."""
    found: list[tuple[str, Block]] = []
    for number, shown in _notebook(notebook).shown(parameters):
        blocks = shown.blocks if isinstance(shown, Content) else (cast("Block", shown),)
        found.extend((f"buňka {number}", block) for block in blocks)
    (_, title), *rest = explained(found)
    assert isinstance(title, TitleBlock)
    made = Document(
        title=title,
        blocks=settled([block for _, block in rest]),
        origins=tuple(origin for origin, _ in rest),
    )
    gate.check(made)
    return made


def _read(cell: Mapping[str, Any]) -> _Cell | None:
    source, tags = "".join(cell["source"]), cell["metadata"].get("tags", [])
    if cell["cell_type"] == "markdown":
        return None if _HINT_TAG in tags else _Text(source)
    return _prose(source) if source.startswith(_PROSE) else _code(source, _PARAMETERS_TAG in tags)


def _prose(source: str) -> _Prose:
    first, _, template = source.partition("\n")
    return _Prose(tuple(first.removeprefix(_PROSE).split()), f"{template}\n")


def _code(source: str, parameters: bool) -> _Code:
    # The library is among the names already: it may be another one.
    lines = (line for line in source.splitlines() if line != "import slz_lib")
    body = ast.parse("\n".join(line for line in lines if not line.startswith("%"))).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    return _Code(
        compile(ast.Module(body, []), "<cell>", "exec"),
        compile(ast.Expression(last.value), "<cell>", "eval")
        if isinstance(last, ast.Expr)
        else None,
        parameters,
    )
