"""An edition: one notebook with its parameters, issued in several formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slz_lib.documents import gate
from slz_lib.documents.notebook import read
from slz_lib.production.catalogue import DATA
from slz_lib.production.engine.opened import OPENED
from slz_lib.production.execution import Running, read_notebook, run, without_injected
from slz_lib.production.formats import FORMATS, known_formats, write
from slz_lib.production.inputs import Inputs, inputs, opened, sha256, versions
from slz_lib.production.manifest import SUFFIX, Manifest
from slz_lib.production.normalising import normalised, notebook_text
from slz_lib.production.parameters import Parameter, Value, checked, declared, typed
from slz_lib.production.writing import Delivered, require_writable, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from slz_lib.production.formats import Write
    from slz_lib.production.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is to be issued.

    Attributes:
        notebook: the notebook's name without its suffix.
        parameters: given values; texts are read as the notebook declares their type.
        folder: folder inside the reports, for example ``2022-2023``.
        stem: the files' name without suffix.
        formats: which of :data:`slz_lib.production.formats.FORMATS`.
        meanings: by parameter, what reads its text and refuses one that means nothing.
    """

    notebook: str
    parameters: Mapping[str, object]
    folder: str
    stem: str
    formats: Sequence[str] = FORMATS
    meanings: Mapping[str, Callable[[str], object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """An edition in the form of files, not written anywhere yet.

    Attributes:
        folder: folder inside the reports.
        stem: the files' name without suffix.
        files: the notebook and every wanted format, by name.
        manifest: what they were made from.
    """

    folder: str
    stem: str
    files: Mapping[str, bytes]
    manifest: Manifest


def produce(
    edition: Edition,
    workplace: Workplace,
    how: Running | None = None,
    given: Inputs | None = None,
) -> Delivered:
    """Run the notebook once and write every format of its document, with a manifest.

    Nothing takes its place before everything is ready; when anything fails, earlier outputs stay as
    they were. An earlier output in a format that is not written goes away: it would tell of other
    data or of another day.

    Args:
        edition: what is to be issued.
        workplace: where notebooks, tables and reports are.
        how: how the notebook is run; the usual way when not given.
        given: digests of the inputs, where they are known already.

    Raises:
        ParameterError: the notebook, a parameter or a format is not known; no kernel was started.
        ExecutionError: a cell failed.
        DocumentError: the document is not fit to be published.
        OutputError: the files cannot be written.
    """
    prepared = prepare(edition, workplace)
    # A folder that cannot be written is told before the work, not after it.
    require_writable(workplace.reports / edition.folder)
    return deliver(make(prepared, workplace, how, given), workplace.reports)


def deliver(made: Made, reports: Path) -> Delivered:
    """Write a made edition into the reports, its manifest last; its other formats go away.

    Raises:
        OutputError: the files cannot be written.
    """
    files: dict[str, str | bytes] = {**made.files}
    files[f"{made.stem}{SUFFIX}"] = made.manifest.text()
    return write_files(reports / made.folder, files, (f"{made.stem}.{name}" for name in FORMATS))


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition whose parameters are checked.

    Attributes:
        edition: what is to be issued.
        formats: formats besides the notebook.
        source: its notebook.
        parameters: what the notebook declares.
        values: what it is given.
    """

    edition: Edition
    formats: tuple[str, ...]
    source: NotebookNode
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Value]

    @property
    def typed(self) -> dict[str, str | None]:
        """The given values as they are typed, without where the data lie."""
        return {name: typed(value) for name, value in self.values.items() if name != DATA}


def prepare(edition: Edition, workplace: Workplace) -> Prepared:
    """Read the notebook of an edition and check its parameters.

    Raises:
        ParameterError: the notebook, a parameter or a format is not known, or a value means
            nothing.
    """
    formats = known_formats(edition.formats)
    source = read_notebook(workplace.notebooks / f"{edition.notebook}.ipynb")
    parameters = declared(source, edition.notebook)
    given = dict(edition.parameters)
    if DATA in parameters:
        given.setdefault(DATA, str(workplace.data))
    values = checked(parameters, given, edition.notebook, edition.meanings)
    return Prepared(edition, formats, source, parameters, values)


def make(
    prepared: Prepared,
    workplace: Workplace,
    how: Running | None = None,
    given: Inputs | None = None,
    written: Write = write,
) -> Made:
    """Run the notebook once and render every format; nothing is written.

    Args:
        prepared: what is to be issued.
        workplace: where notebooks and tables are.
        how: how the notebook is run; the usual way when not given.
        given: digests of the inputs, where they are known already.
        written: gives the document in a format.

    Raises:
        ExecutionError: a cell failed.
        DocumentError: the document is not fit to be published.
    """
    edition, values = prepared.edition, prepared.values
    # Before the run: what changes while it goes on must not pass for what it was made from.
    given = given or inputs(workplace)
    executed = run(
        prepared.source, values, name=edition.notebook, folder=workplace.notebooks, how=how
    )
    told = executed.metadata.pop(OPENED, {"paths": None, "programs": []})
    found = opened(told["paths"], told["programs"], workplace, given)
    document = read(without_injected(executed), edition.notebook)
    gate.check(document)
    # Where the tables lay this time is no part of the document.
    shown = dict(values) | {
        name: prepared.parameters[name].default for name in values if name == DATA
    }
    files = {f"{edition.stem}.ipynb": notebook_text(normalised(executed, shown)).encode()}
    files |= {f"{edition.stem}.{name}": written(name, document) for name in prepared.formats}
    manifest = Manifest(
        notebook=edition.notebook,
        parameters=prepared.typed,
        formats=prepared.formats,
        sources={
            "code": given.code,
            "lock": given.lock,
            "notebook": given.notebooks[edition.notebook],
        },
        versions=versions(),
        data=found.data,
        files=found.files,
        outputs={name: sha256(content) for name, content in files.items()},
    )
    return Made(edition.folder, edition.stem, files, manifest)
