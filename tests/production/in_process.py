"""A notebook's document without a process of its own: its cells run here, on data at hand."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import nbformat

import slz_lib
from slz_lib.documents.model import Shown
from slz_lib.presentation.prose import prose
from tests.conftest import ROOT

_PROSE = "%%prose"


@dataclass(frozen=True)
class Code:
    """A notebook, compiled once and run with many parameters.

    Attributes:
        name: of the notebook.
        cells: for each cell of code, its statements and its last expression; of a cell of prose,
            the names of the lenders and the template.
    """

    name: str
    cells: tuple[Any, ...]

    @classmethod
    def of(cls, name: str, prose_added: str = "") -> Code:
        """The notebook of this name; ``prose_added`` is one more cell of prose at its end."""
        read = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        sources = [cell.source for cell in read.cells if cell.cell_type == "code"]
        return cls(name, tuple(map(_compiled, [*sources, *filter(None, [prose_added])])))

    def shown(self, library: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[str]:
        """What the cells show, as JSON of the document model.

        Args:
            library: what ``slz_lib`` is to be for the cells, by name; the rest is as it is.
            parameters: as the notebook declares them, put in after its own.
        """
        names: dict[str, Any] = {"slz_lib": SimpleNamespace(**(_PUBLIC | dict(library)))}
        found: list[str] = []
        for number, cell in enumerate(self.cells):
            value: Any = None
            if isinstance(cell, _Prose):
                value = prose(cell.template, names, [names[lender] for lender in cell.lenders])
            else:
                exec(cell.statements, names)  # noqa: S102 — the project's own notebook
                value = eval(cell.last, names) if cell.last else None  # noqa: S307
            if isinstance(value, Shown):
                found.append(value.model_dump_json())
            if number == 0:
                names.update(parameters)
        return found


@dataclass(frozen=True)
class _Prose:
    lenders: tuple[str, ...]
    template: str


@dataclass(frozen=True)
class _Cell:
    statements: Any
    last: Any


_PUBLIC = {name: getattr(slz_lib, name) for name in slz_lib.__all__}


def _compiled(source: str) -> _Prose | _Cell:
    if source.startswith(_PROSE):
        first, _, template = source.partition("\n")
        return _Prose(tuple(first.removeprefix(_PROSE).split()), template)
    lines = (line for line in source.splitlines() if not line.startswith("%"))
    plain = "\n".join(line for line in lines if line != "import slz_lib")
    tree = ast.parse(plain)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body[-1].value), "<cell>", "eval")
        del tree.body[-1]
    return _Cell(compile(tree, "<cell>", "exec"), last)
