"""Exporters of nbconvert: an executed notebook as a page, Word, PDF or workbook.

Entry points ``slz_html``, ``slz_docx``, ``slz_pdf`` and ``slz_xlsx`` make them known to
``jupyter nbconvert --to`` and to JupyterLab's *Save and Export Notebook As*. All four read and
check the notebook alike.
"""

from __future__ import annotations

import logging
from typing import Any, ClassVar

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import default

from slz_lib.documents.formats import write
from slz_lib.documents.gate import check
from slz_lib.documents.model import Document
from slz_lib.documents.notebook import read, stale
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


class SlzExporter(Exporter):
    """What the four exporters share; a subclass names its form.

    Attributes:
        form: the format, which is the file's suffix too.
    """

    form: ClassVar[str]

    @default("file_extension")
    def _own_extension(self) -> str:
        return f".{self.form}"

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, Any]:
        """The written document and nbconvert's resources.

        Raises:
            RefusedNotebookError: the notebook is not fit to be published; lists every fault.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kwargs)
        try:
            name = resources["metadata"]["name"] or "notebook"
            written = write(self.form, fit(notebook, name))
        except DocumentError as error:
            # nbconvert hands out its logger, or an adapter of it; the same filter is added once.
            getattr(self.log, "logger", self.log).addFilter(_without_traceback)
            raise RefusedNotebookError(str(error)) from error
        text = self.output_mimetype.startswith("text/")
        return written.decode() if text else written, resources


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
