"""Runs of editions, read from their executed notebooks, and the reviews of what two places hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.documents.notebook import read
from slz_lib.errors import ParameterError, SlzError
from slz_lib.language import count, enumerate_words
from slz_lib.production.catalogue import DATA, PUBLICATIONS
from slz_lib.production.comparing import rendering
from slz_lib.production.comparing.documents import review
from slz_lib.production.comparing.issued import content, paths_below
from slz_lib.production.comparing.parts import FRONT
from slz_lib.production.comparing.reviews import Comparison, Difference, Event, Review, Section
from slz_lib.production.comparing.words import swapped
from slz_lib.production.execution import INJECTED_TAG, parsed_notebook
from slz_lib.production.parameters import TAG
from slz_lib.untrusted import shown, shown_path

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.documents.model import Document

#: Parameters that say which edition it is; the others only how it was issued.
_IDENTITY = frozenset(
    name for kind in PUBLICATIONS.values() for name in (kind.subject, kind.part) if name
)
#: Forms of a review and what writes them.
_FORMS = {"text": rendering.text, "markdown": rendering.markdown, "html": rendering.page}


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


def reviewed(old: Path, new: Path, form: str) -> str:
    """What changed between the runs at ``old`` and at ``new``: *text*, *markdown* or *html*.

    Raises:
        ParameterError: the form is not known, or the places hold nothing that can be compared.
        DocumentError: a notebook holds no document.
    """
    if form not in _FORMS:
        known = enumerate_words(list(_FORMS))
        raise ParameterError(f"Podobu „{shown(form)}“ neznám; známé jsou {known}.")
    return _FORMS[form](comparison(old, new))


def comparison(old: Path, new: Path) -> Comparison:
    """What changed between the runs at ``old`` and those at ``new``.

    Args:
        old: an executed notebook of an edition, or a folder of such.
        new: the same of a later run.

    Raises:
        ParameterError: there is nothing to compare, a file is no executed notebook, or two files
            are of different editions; names every fault.
        DocumentError: a notebook holds no document.
    """
    for place in (old, new):
        if not place.exists():
            raise ParameterError(f"„{shown_path(place)}“ není soubor ani složka.")
    folders = [place.is_dir() for place in (old, new)]
    if all(folders):
        return _of_folders(old, new)
    if any(folders):
        raise ParameterError("Porovnávají se dva notebooky, nebo dvě složky; zadejte obojí stejné.")
    return Comparison((run_review(run_in(old), run_in(new), old.stem),))


def _of_folders(old: Path, new: Path) -> Comparison:
    before, after = _editions(old), _editions(new)
    common = [name for name in before if name in after]
    if not common:
        raise ParameterError(
            f"„{shown_path(old)}“ a\u00a0„{shown_path(new)}“ nemají společnou žádnou edici."
        )
    reviews: list[Review] = []
    faults: list[SlzError] = []
    for name in common:
        try:
            runs = run_in(before[name], old), run_in(after[name], new)
            reviews.append(run_review(*runs, name))
        except SlzError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        number = count(len(faults), "edici", "edice", "edic")
        lines = (f"  • {fault}" for fault in faults)
        raise ParameterError("\n".join((f"Porovnat nelze {number}:", *lines)))
    return Comparison(
        tuple(reviews),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def _editions(folder: Path) -> dict[str, Path]:
    """The notebooks in ``folder`` by their path without suffix, the whole region before its parts.

    Raises:
        ParameterError: there is none, or the folder cannot be looked into.
    """
    paths = sorted(paths_below(folder, ".ipynb"), key=lambda path: (len(path.parts), path))
    if not paths:
        raise ParameterError(f"Ve složce „{shown_path(folder)}“ není žádný notebook (.ipynb).")
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}


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
    return replace(found, differences=(*_of_parameters(old, new), *found.differences))


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


def _of_parameters(old: Run, new: Run) -> Iterator[Difference]:
    """Values with which the notebook was run and that are others now."""
    for name in sorted((old.parameters.keys() | new.parameters.keys()) - {DATA}):
        was, now = old.parameters.get(name, ""), new.parameters.get(name, "")
        if was != now:
            place = Section.REST, FRONT, "Parametry běhu", f"„{name}“"
            yield Difference(*place, Event.of(was, now), swapped(was, now))
