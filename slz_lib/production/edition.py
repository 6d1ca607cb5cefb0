"""Making an edition: its parameters are checked, its notebook is run, its files are written."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import nbformat

from slz_lib.documents import gate
from slz_lib.documents.formats import written
from slz_lib.documents.notebook import read
from slz_lib.language import enumerate_words
from slz_lib.production.catalogue import DATA, FORMATS, Edition, known_formats
from slz_lib.production.engine import OPENED, Running
from slz_lib.production.execution import (
    INJECTED_TAG,
    injected_position,
    read_notebook,
    run,
    values_source,
    without_injected,
)
from slz_lib.production.inputs import (
    Inputs,
    inputs,
    opened,
    require_unchanged,
    sha256,
    versions,
)
from slz_lib.production.manifest import (
    CHANGED_DATA,
    SUFFIX,
    Manifest,
    changed_inputs,
    file_digest,
    outputs_are_whole,
)
from slz_lib.production.parameters import Parameter, Value, checked, declared, typed
from slz_lib.production.writing import Delivered, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from slz_lib.documents.model import Document
    from slz_lib.production.workplace import Workplace

#: Writes a document in some formats: the files by their formats.
Writing = Callable[["Document", Sequence[str]], Mapping[str, bytes]]
#: So many tables or files a reason names.
_NAMED = 3
#: Metadata of every issued notebook.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
#: Metadata of a cell that hold times of the run.
_TIMED = ("papermill", "execution")


@dataclass(frozen=True, slots=True)
class Made:
    """An edition in the form of files, not written anywhere yet.

    Attributes:
        name: their path inside the reports without suffix.
        files: the notebook and every wanted format, by name.
        manifest: what they were made from.
    """

    name: str
    files: Mapping[str, bytes]
    manifest: Manifest


def deliver(made: Made, reports: Path) -> Delivered:
    """Write a made edition into the reports, its manifest last; its other formats go away.

    Raises:
        OutputError: the files cannot be written.
    """
    path = reports / made.name
    files = {**made.files, f"{path.name}{SUFFIX}": made.manifest.text().encode()}
    return write_files(path.parent, files, (f"{path.name}.{form}" for form in FORMATS))


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition whose parameters are checked.

    Attributes:
        edition: what is to be issued.
        source: its notebook.
        parameters: what the notebook declares.
        values: what it is given.
    """

    edition: Edition
    source: NotebookNode
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Value]

    @property
    def typed(self) -> dict[str, str | None]:
        """The given values as they are typed, without where the data lie."""
        return {name: typed(value) for name, value in self.values.items() if name != DATA}


def prepare(
    edition: Edition,
    workplace: Workplace,
    meanings: Mapping[str, Callable[[str], object]] | None = None,
    read: Callable[[Path], NotebookNode] = read_notebook,
) -> Prepared:
    """Read the notebook of an edition and check its parameters.

    Args:
        edition: what is to be issued.
        workplace: where notebooks and tables are.
        meanings: as :func:`slz_lib.production.catalogue.meanings` gives them; without them only
            names and types are checked.
        read: reads the notebook, which is left as it is read.

    Raises:
        ParameterError: the notebook, a parameter or a format is not known, or a value means
            nothing.
    """
    edition = replace(edition, formats=known_formats(edition.formats))
    notebook = edition.publication.notebook
    source = read(workplace.notebooks / f"{notebook}.ipynb")
    parameters = declared(source, notebook)
    given = dict(edition.parameters)
    if DATA in parameters:
        given.setdefault(DATA, str(workplace.data))
    return Prepared(edition, source, parameters, checked(parameters, given, notebook, meanings))


def make(
    prepared: Prepared,
    workplace: Workplace,
    how: Running | None = None,
    given: Inputs | None = None,
    writing: Writing = written,
) -> Made:
    """Run the notebook once and render every format; nothing is written.

    Args:
        prepared: what is to be issued.
        workplace: where notebooks and tables are.
        how: how the notebook is run; the usual way when not given.
        given: digests of the inputs, where they are known already.
        writing: writes the document in the formats, in this process when not given.

    Raises:
        ExecutionError: a cell failed.
        DocumentError: the document is not fit to be published.
    """
    edition, values, name = prepared.edition, prepared.values, prepared.edition.publication.notebook
    # Before the run: what changes while it goes on must not pass for what it was made from.
    given = given or inputs(workplace)
    executed = run(prepared.source, values, name=name, folder=workplace.notebooks, how=how)
    require_unchanged(workplace, given)
    told = executed.metadata.pop(OPENED, {"paths": (), "programs": ()})  # a kernel does not tell
    others = opened(told["paths"], told["programs"], workplace)
    document = read(without_injected(executed), name)
    gate.check(document)
    # Where the tables lay this time is no part of the document.
    shown = dict(values)
    if DATA in values:
        shown[DATA] = prepared.parameters[DATA].default
    stem = PurePath(edition.name).name
    files = {f"{stem}.ipynb": notebook_text(normalised(executed, shown)).encode()}
    files |= {f"{stem}.{form}": file for form, file in writing(document, edition.formats).items()}
    manifest = Manifest(
        notebook=name,
        parameters=prepared.typed,
        formats=edition.formats,
        sources={
            "code": given.code,
            "lock": given.lock,
            "notebook": given.notebooks[name],
        },
        versions=versions(),
        data=given.tables,
        files=others,
        outputs={name: sha256(content) for name, content in files.items()},
    )
    return Made(edition.name, files, manifest)


def normalised(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """``notebook`` made the same for the same data and code.

    Dropped: papermill's record of the run, times of cells, the error stream (warnings name paths
    of the machine), the Python's version. Fixed: the id and the text of the injected cell.

    Args:
        notebook: an executed notebook; it stays as it is.
        parameters: what the injected cell is to show.
    """
    result = copy.copy(notebook)
    result.metadata = nbformat.from_dict(_METADATA)
    result.cells = [_normalised(cell) for cell in notebook.cells]
    injected = injected_position(result)
    if injected is not None:
        result.cells[injected].id = INJECTED_TAG
        result.cells[injected].source = values_source(parameters)
    return result


def _normalised(cell: NotebookNode) -> NotebookNode:
    """``cell`` without times and without its error stream; it stays as it is."""
    result = copy.copy(cell)
    result.metadata = nbformat.from_dict(
        {
            key: value
            for key, value in cell.metadata.items()
            # papermill adds an empty list of tags to every cell
            if key not in _TIMED and (key != "tags" or value)
        }
    )
    if cell.cell_type == "code":
        result.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    return result


def notebook_text(notebook: NotebookNode) -> str:
    """The notebook's file, ending with a line end."""
    return f"{nbformat.writes(notebook).rstrip()}\n"


def reason_to_make(
    manifest: Manifest | None, folder: Path, prepared: Prepared, given: Inputs, project: Path
) -> str | None:
    """Why an edition has to be made, in Czech; ``None`` when it would come out the same.

    Args:
        manifest: of the earlier edition; ``None`` without one.
        folder: where its outputs are.
        prepared: what is wanted now.
        given: digests of the inputs as they are now.
        project: folder of the project, in which the manifest's other files are looked up.
    """
    if manifest is None:
        return "dosud nevydáno"
    other_formats = set(manifest.formats) != set(prepared.edition.formats)
    if dict(manifest.parameters) != prepared.typed or other_formats:
        return "jiné parametry nebo formáty"
    changed = [*changed_inputs(manifest, given)]
    for kind, _ in changed:
        if kind != CHANGED_DATA:
            return kind
    if names := [*_changed_files(manifest, project), *(name for _, name in changed)]:
        few = len(names) <= _NAMED
        listed = enumerate_words(names) if few else f"{', '.join(names[:_NAMED])} …"
        return f"{CHANGED_DATA} ({listed})"
    return None if outputs_are_whole(manifest, folder) else "výstup chybí nebo je změněný"


def _changed_files(manifest: Manifest, project: Path) -> list[str]:
    """Other files of the cells that have changed; one outside the project always has."""
    root = project.resolve()
    return [
        name
        for name, digest in manifest.files.items()
        if digest is None
        or not (root / name).resolve().is_relative_to(root)
        or file_digest(root / name) != digest
    ]
