"""An edition: one notebook with its parameters, issued in several formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from slz_lib.documents import gate
from slz_lib.documents.notebook import read
from slz_lib.production.execution import read_notebook, run
from slz_lib.production.formats import FORMATS, WRITERS, known_formats
from slz_lib.production.normalising import normalised, notebook_text, without_injected
from slz_lib.production.outputs import delivery
from slz_lib.production.parameters import checked, declared

if TYPE_CHECKING:
    from slz_lib.production.staging import Delivered
    from slz_lib.production.workplace import Workplace

#: The parameter by which a notebook is told where the tables are.
DATA = "data"


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


def produce(edition: Edition, workplace: Workplace, engine: str | None = None) -> Delivered:
    """Run the notebook once and write every format of its document.

    Everything is written into a folder beside the target and moved when all is ready; when
    anything fails, earlier outputs stay as they were. An earlier output in a format that is not
    written goes away: it would tell of other data or of another day.

    Args:
        edition: what is to be issued.
        workplace: where notebooks, tables and reports are.
        engine: one of :data:`slz_lib.production.execution.ENGINES`; the usual one when not given.

    Raises:
        ParameterError: the notebook, a parameter or a format is not known; no kernel was started.
        ExecutionError: a cell failed.
        DocumentError: the document is not fit to be published.
        OutputError: the files cannot be written.
    """
    formats = known_formats(edition.formats)
    source = read_notebook(workplace.notebooks / f"{edition.notebook}.ipynb")
    parameters = declared(source, edition.notebook)
    given = dict(edition.parameters)
    if DATA in parameters:
        given.setdefault(DATA, str(workplace.data))
    values = checked(parameters, given, edition.notebook, edition.meanings)
    with delivery(workplace.reports / edition.folder) as files:
        executed = run(
            source, values, name=edition.notebook, folder=workplace.notebooks, engine=engine
        )
        document = read(without_injected(executed), edition.notebook)
        gate.check(document)
        # Where the tables lay this time is no part of the document.
        shown = values | {name: parameters[name].default for name in values if name == DATA}
        notebook = normalised(executed, shown)
        files.add(f"{edition.stem}.ipynb", notebook_text(notebook))
        for name in formats:
            files.add(f"{edition.stem}.{name}", import_module(WRITERS[name]).render(document))
        return files.finish(f"{edition.stem}.{name}" for name in FORMATS)
