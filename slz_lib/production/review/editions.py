"""The runs of editions that two places hold, found, read and compared."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from slz_lib.dataset.faults import shown
from slz_lib.dataset.refusals import cause
from slz_lib.documents.notebook import read
from slz_lib.errors import ParameterError, SlzError
from slz_lib.language import count
from slz_lib.production.catalogue import DATA, PUBLICATIONS
from slz_lib.production.parameters import TAG
from slz_lib.production.review.comparing import compare
from slz_lib.production.review.numerals import LETTERS, roman
from slz_lib.production.review.placing import FRONT
from slz_lib.production.review.values import Change, Comparison, Kind, Review
from slz_lib.production.review.words import swapped

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.documents.model import Document

_SUFFIX = ".ipynb"
#: papermill's tag of the cell of values; importing papermill for one word takes half a second.
_INJECTED_TAG = "injected-parameters"
#: Parameters that say which edition it is; the others only how it was issued.
_IDENTITY = frozenset(
    name for kind in PUBLICATIONS.values() for name in (kind.subject, kind.part) if name
)
#: Runs of one notebook, edited in between, have at least this share of their cells in common.
_SAME_CELLS = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an edition.

    Attributes:
        file: name of the notebook's file.
        parameters: values by name, as Python writes them.
        cells: ids of the notebook's cells.
        document: what it says.
    """

    file: str
    parameters: dict[str, str]
    cells: frozenset[str]
    document: Document

    @property
    def identity(self) -> dict[str, str]:
        """The parameters that say which edition it is."""
        return {name: v for name, v in sorted(self.parameters.items()) if name in _IDENTITY}


def comparison(old: Path, new: Path) -> Comparison:
    """What changed between the runs at ``old`` and those at ``new``.

    Args:
        old: an executed notebook of an edition, with or without its suffix, or a folder of such.
        new: the same of a later run; beside a folder a file stands for the file of its name.

    Raises:
        ParameterError: there is nothing to compare, a file is no executed notebook, or two files
            are of different editions; names every fault.
        DocumentError: a notebook holds no document.
    """
    before, after = _found(old), _found(new)
    if isinstance(before, Path) and isinstance(after, Path):
        return Comparison((review(before, after, before.stem),))
    if isinstance(before, Path):
        assert isinstance(after, dict)
        return Comparison((review(before, _namesake(after, before), before.stem),))
    if isinstance(after, Path):
        return Comparison((review(_namesake(before, after), after, after.stem),))
    return _compared(old, new, before, after)


def review(old: Path, new: Path, name: str) -> Review:
    """What changed between two runs of the edition called ``name``, given as files.

    Raises:
        ParameterError: a file is no executed notebook, or they are of different editions.
        DocumentError: a notebook holds no document.
    """
    before, after = run(old), run(new)
    _same_edition(before, after)
    found = compare(before.document, after.document, name)
    return replace(found, rest=(*_parameter_changes(before, after), *found.rest))


def run(path: Path) -> Run:
    """The run of an edition in the file ``path``.

    Raises:
        ParameterError: it cannot be read, is no notebook, or has not been executed.
        DocumentError: it holds no document.
    """
    name = shown(path.name)
    try:
        notebook: NotebookNode = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(notebook)
        cells = [(cell.cell_type, cell.source, dict(cell.metadata)) for cell in notebook.cells]
    except OSError as error:
        raise ParameterError(f"Soubor „{name}“ nelze číst: {cause(error)}.") from error
    except Exception as error:  # nbformat fails in many ways on what is no notebook
        raise ParameterError(f"Soubor „{name}“ není notebook Jupyter.") from error
    if not any(cell.get("outputs") for cell in notebook.cells):
        raise ParameterError(
            f"Notebook „{name}“ nemá výstupy; porovnávají se vydané notebooky, například ze složky "
            "reports/."
        )
    values: dict[str, str] = {}
    for kind, source, metadata in cells:
        if kind == "code" and {TAG, _INJECTED_TAG} & set(metadata.get("tags", ())):
            values.update(_assigned(source))
    ids = frozenset(str(cell.get("id", n)) for n, cell in enumerate(notebook.cells, start=1))
    return Run(path.name, values, ids, read(notebook, name))


def _found(place: Path) -> Path | dict[str, Path]:
    """The notebook that ``place`` is, or the notebooks in it by their path without suffix.

    Raises:
        ParameterError: there is no such place, no notebook in it, or it cannot be looked into.
    """
    try:
        return _looked_up(place)
    except OSError as error:
        told = f"„{shown(str(place))}“ nelze otevřít: {cause(error)}."
        raise ParameterError(told) from error


def _looked_up(place: Path) -> Path | dict[str, Path]:
    if place.is_dir():
        found = {
            path.relative_to(place).with_suffix("").as_posix(): path
            for path in sorted(place.rglob(f"*{_SUFFIX}"), key=_place)
            if not any(part.startswith(".") for part in path.relative_to(place).parts)
        }
        if not found:
            raise ParameterError(f"Ve složce „{shown(str(place))}“ není žádný notebook (.ipynb).")
        return found
    if place.is_file():
        return place
    by_stem = place.with_name(f"{place.name}{_SUFFIX}")
    if by_stem.is_file():
        return by_stem
    raise ParameterError(f"„{shown(str(place))}“ není soubor ani složka.")


def _place(path: Path) -> tuple[int, tuple[str, ...], int, str]:
    """The place of an edition: the whole region before its parts, areas by their numbers."""
    number = path.stem.rpartition("-")[2]
    value = roman(number) if LETTERS.issuperset(number) else 0
    return len(path.parts), path.parts[:-1], value, path.stem


def _namesake(found: dict[str, Path], file: Path) -> Path:
    """Of the notebooks ``found`` in a folder, the one that has the name of the other file.

    Raises:
        ParameterError: there is none, or more of them.
    """
    alike = [name for name, path in found.items() if path.stem == file.stem]
    if len(alike) == 1:
        return found[alike[0]]
    name = shown(file.name)
    if not alike:
        raise ParameterError(f"Ve složce není notebook „{name}“; zadejte oba notebooky.")
    number = count(len(alike), "notebook", "notebooky", "notebooků")
    raise ParameterError(f"Ve složce se „{name}“ jmenuje {number}; zadejte oba notebooky.")


def _compared(
    old: Path, new: Path, befores: dict[str, Path], afters: dict[str, Path]
) -> Comparison:
    common = sorted(befores.keys() & afters.keys(), key=list(befores).index)
    if not common:
        raise ParameterError(
            f"„{shown(str(old))}“ a\u00a0„{shown(str(new))}“ nemají společnou žádnou edici."
        )
    reviews: list[Review] = []
    faults: list[SlzError] = []
    for name in common:
        try:
            reviews.append(review(befores[name], afters[name], name))
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
        only_old=tuple(name for name in befores if name not in afters),
        only_new=tuple(name for name in afters if name not in befores),
    )


def _same_edition(old: Run, new: Run) -> None:
    """Refuse two runs of different editions.

    Raises:
        ParameterError: they are.
    """
    common = len(old.cells & new.cells) / max(len(old.cells | new.cells), 1)
    same_title = old.document.title.title == new.document.title.title
    if old.identity == new.identity and (same_title or common >= _SAME_CELLS):
        return
    raise ParameterError(
        f"Nejsou to dva běhy téže edice: {_called(old)} a\u00a0{_called(new)}. "
        "Porovnávejte tutéž edici před změnou a\u00a0po ní."
    )


def _called(found: Run) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in found.identity.items())
    told = f" ({shown(values)})" if values else ""
    return f"„{shown(found.document.title.title)}“{told}"


def _assigned(source: str) -> Iterator[tuple[str, str]]:
    """Names that a cell gives a value, and the values as Python writes them."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in statements:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, ast.unparse(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, ast.unparse(value)


def _parameter_changes(old: Run, new: Run) -> Iterator[Change]:
    """Values with which the notebook was run and that are others now."""
    for name in sorted((old.parameters.keys() | new.parameters.keys()) - {DATA}):
        was, now = old.parameters.get(name, ""), new.parameters.get(name, "")
        if was != now:
            kind = Kind.ADDED if not was else Kind.REMOVED if not now else Kind.CHANGED
            wording = swapped(was, now)
            yield Change(FRONT, "Parametry běhu", f"„{name}“", kind, wording)
