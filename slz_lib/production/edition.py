"""An edition: one notebook with its parameters, issued in several formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.documents import gate
from slz_lib.documents.notebook import read
from slz_lib.production.execution import read_notebook, run
from slz_lib.production.formats import FORMATS, WRITERS, known_formats
from slz_lib.production.normalising import normalised, notebook_text, without_injected
from slz_lib.production.outputs import delivery
from slz_lib.production.parameters import checked, declared

if TYPE_CHECKING:
    from slz_lib.production.parameters import Value
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
    """

    notebook: str
    parameters: Mapping[str, object]
    folder: str
    stem: str
    formats: Sequence[str] = FORMATS


def produce(edition: Edition, workplace: Workplace) -> list[Path]:
    """Run the notebook once and write every format of its document; the files, by name.

    Everything is written into a folder beside the target and moved when all is ready; when
    anything fails, earlier outputs stay as they were.

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
        given.setdefault(DATA, workplace.data_for_notebooks)
    values = checked(parameters, given, edition.notebook)
    with delivery(workplace.reports / edition.folder) as files:
        executed = run(source, values, name=edition.notebook, folder=workplace.notebooks)
        document = read(without_injected(executed), edition.notebook)
        gate.check(document)
        notebook = normalised(executed, _shown(values))
        files.add(f"{edition.stem}.ipynb", notebook_text(notebook))
        for name in formats:
            files.add(f"{edition.stem}.{name}", import_module(WRITERS[name]).render(document))
        return files.finish()


def _shown(values: Mapping[str, Value]) -> dict[str, Value]:
    """``values`` as the written notebook shows them: no folder of this machine."""
    folder = values.get(DATA)
    if isinstance(folder, str) and Path(folder).is_absolute():
        return {**values, DATA: Path(folder).name}
    return dict(values)
