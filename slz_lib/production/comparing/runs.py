"""One run of an edition, read from its executed notebook, and the review of two."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.documents.notebook import read
from slz_lib.errors import ParameterError
from slz_lib.production.catalogue import DATA, PUBLICATIONS
from slz_lib.production.comparing.changes import Change, Event, Review, Section
from slz_lib.production.comparing.documents import review
from slz_lib.production.comparing.issued import content
from slz_lib.production.comparing.parts import FRONT
from slz_lib.production.comparing.words import swapped
from slz_lib.production.execution import INJECTED_TAG, parsed_notebook
from slz_lib.production.parameters import TAG
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.documents.model import Document

#: Parameters that say which edition it is; the others only how it was issued.
_IDENTITY = frozenset(
    name for kind in PUBLICATIONS.values() for name in (kind.subject, kind.part) if name
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an edition.

    Attributes:
        parameters: values by name, as Python writes them.
        cells: ids of the notebook's cells.
        document: what it says.
    """

    parameters: dict[str, str]
    cells: frozenset[str]
    document: Document

    @property
    def identity(self) -> dict[str, str]:
        """The parameters that say which edition it is."""
        return {name: v for name, v in sorted(self.parameters.items()) if name in _IDENTITY}


def run_review(old: Run, new: Run, name: str) -> Review:
    """What changed between two runs of the edition called ``name``.

    Raises:
        ParameterError: they are of different editions.
    """
    if old.identity != new.identity or not old.cells & new.cells:
        raise ParameterError(
            f"Nejsou to dva běhy téže edice: {_called(old)} a\u00a0{_called(new)}. "
            "Porovnávejte tutéž edici před změnou a\u00a0po ní."
        )
    found = review(old.document, new.document, name)
    return replace(found, changes=(*_parameter_changes(old, new), *found.changes))


def run_in(path: Path, folder: Path | None = None) -> Run:
    """The run of an edition in the file ``path``, found in ``folder``.

    Raises:
        ParameterError: it cannot be read, is no notebook, or has not been executed.
        DocumentError: it holds no document.
    """
    name = shown(path.name)
    try:
        notebook = parsed_notebook(content(path, folder))
    except ValueError as error:
        raise ParameterError(f"Soubor „{name}“ není notebook Jupyter.") from error
    if not any(cell.get("outputs") for cell in notebook.cells):
        raise ParameterError(
            f"Notebook „{name}“ nemá výstupy; porovnávají se vydané notebooky, například ze složky "
            "reports/."
        )
    values = dict(assigned for cell in notebook.cells for assigned in _assigned(cell))
    return Run(values, frozenset(cell.id for cell in notebook.cells), read(notebook, name))


def _called(found: Run) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in found.identity.items())
    told = f" ({shown(values)})" if values else ""
    return f"„{shown(found.document.title.title)}“{told}"


def _assigned(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """Names that a cell of parameters gives a value, and the values as Python writes them."""
    if not {TAG, INJECTED_TAG} & set(cell.metadata.get("tags", ())):
        return
    with suppress(SyntaxError, ValueError):
        for statement in ast.parse(cell.source).body:
            match statement:
                case (
                    ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    | ast.Assign(targets=[ast.Name(id=name)], value=value)
                ):
                    yield name, ast.unparse(value)


def _parameter_changes(old: Run, new: Run) -> Iterator[Change]:
    """Values with which the notebook was run and that are others now."""
    for name in sorted((old.parameters.keys() | new.parameters.keys()) - {DATA}):
        was, now = old.parameters.get(name, ""), new.parameters.get(name, "")
        if was != now:
            event = Event.ADDED if not was else Event.REMOVED if not now else Event.CHANGED
            words = swapped(was, now)
            yield Change(Section.REST, FRONT, "Parametry běhu", f"„{name}“", event, words)
