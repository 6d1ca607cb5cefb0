"""Exporters of nbconvert: an executed notebook as a page, Word, PDF or workbook.

Entry points ``slz_html``, ``slz_docx``, ``slz_pdf`` and ``slz_xlsx`` make them known to
``jupyter nbconvert --to`` and to JupyterLab's *Save and Export Notebook As*. All four read and
check the notebook alike.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import default

from slz_lib.documents.formats import write
from slz_lib.documents.gate import check
from slz_lib.documents.model import Document
from slz_lib.documents.notebook import ENDS, cell_name, failure, read, stale
from slz_lib.errors import DocumentError


class RefusedNotebookError(DocumentError, ConversionException):
    """A notebook is not fit to be published; nbconvert reports it and exits with code 1."""


def _without_traceback(record: logging.LogRecord) -> bool:
    """Let a record pass, a refusal's with its Czech words alone."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, RefusedNotebookError):
        record.msg, record.args, record.exc_info = "%s", (str(error),), None
    return True


def fit(notebook: nbformat.NotebookNode, name: str) -> Document:
    """The document of an analyst's notebook, called ``name`` in messages.

    Raises:
        DocumentError: it is not fit to be published, or not all of it was run as it stands.
    """
    document = read(notebook, name, stale(notebook))
    check(document)
    return document


def _failed(notebook: nbformat.NotebookNode, error: Any) -> str:
    """Which cell of ``notebook`` has failed as nbclient ran it, and why."""
    names = (
        cell_name(number, cell.source)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and f"---\n{cell.source.strip()}\n---" in str(error)
    )
    return f"Notebook neproběhl, {next(names, 'buňka')}: {failure(error.ename, error.evalue)}"


class SlzExporter(Exporter):
    """What the four exporters share; a subclass names its form.

    Attributes:
        form: the format, which is the file's suffix too.
    """

    form: ClassVar[str]

    @default("file_extension")
    def _own_extension(self) -> str:
        return f".{self.form}"

    def from_file(self, file_stream: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """As :meth:`from_notebook_node`, of the notebook that ``file_stream`` holds.

        Raises:
            RefusedNotebookError: likewise, or it is no notebook.
        """
        with self._told():
            try:
                notebook = nbformat.read(file_stream, as_version=4)
            # What is JSON and no notebook breaks nbformat's own code in many ways.
            except Exception as error:
                raise DocumentError(
                    "Soubor není notebook Jupyter; otevřete jej v\u00a0JupyterLabu, opravte "
                    "a\u00a0uložte."
                ) from error
        return self.from_notebook_node(notebook, resources, **kwargs)

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, Any]:
        """The written document and nbconvert's resources.

        Raises:
            RefusedNotebookError: the notebook is not fit to be published; lists every fault.
        """
        with self._told():
            try:
                notebook, resources = super().from_notebook_node(nb, resources, **kwargs)
            except Exception as error:  # known by its name: nbclient takes long to import
                if type(error).__name__ == "CellExecutionError":
                    raise DocumentError(_failed(nb, error)) from error
                raise
            name = resources["metadata"]["name"] or "notebook"
            written = write(self.form, fit(notebook, name))
        text = self.output_mimetype.startswith("text/")
        return written.decode() if text else written, resources

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a refusal, or a kernel that has ended, by one sentence alone."""
        try:
            yield
        except Exception as error:
            told = ENDS.get(type(error).__name__)
            if told is None and not isinstance(error, DocumentError):
                raise
            # nbconvert hands out its logger, or an adapter of it; the same filter is added once.
            getattr(self.log, "logger", self.log).addFilter(_without_traceback)
            said = f"Notebook nelze spustit: {told}" if told else str(error)
            raise RefusedNotebookError(said) from error


class SlzHtmlExporter(SlzExporter):
    """One self-contained page."""

    form = "html"
    export_from_notebook = "Zpráva SLZ – webová stránka (HTML)"
    output_mimetype = "text/html"


class SlzDocxExporter(SlzExporter):
    """A Word document."""

    form = "docx"
    export_from_notebook = "Zpráva SLZ – dokument Word (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SlzPdfExporter(SlzExporter):
    """An accessible PDF."""

    form = "pdf"
    export_from_notebook = "Zpráva SLZ – přístupné PDF"
    output_mimetype = "application/pdf"


class SlzXlsxExporter(SlzExporter):
    """A workbook of the document's tables."""

    form = "xlsx"
    export_from_notebook = "Zpráva SLZ – tabulky pro Excel (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
