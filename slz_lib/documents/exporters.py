"""Exporters of nbconvert: an executed notebook as a page, Word, PDF or workbook.

Entry points ``slz_html``, ``slz_docx``, ``slz_pdf`` and ``slz_xlsx`` make them known to
``jupyter nbconvert --to`` and to JupyterLab's *Save and Export Notebook As*. All four read and
check the notebook alike. The writers are imported late: each brings a heavy library.
"""

from __future__ import annotations

from typing import Any, ClassVar

import nbformat
from nbconvert.exporters import Exporter
from traitlets import default

from slz_lib.documents.gate import check
from slz_lib.documents.model import Document
from slz_lib.documents.notebook import read


class SlzExporter(Exporter):
    """What the four exporters share; a subclass names its file type and writes the document."""

    extension: ClassVar[str]

    @default("file_extension")
    def _own_extension(self) -> str:
        return self.extension

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, Any]:
        """The written document and nbconvert's resources.

        Raises:
            DocumentError: the notebook is not fit to be published; lists every fault.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kwargs)
        document = read(notebook, resources["metadata"]["name"] or "notebook")
        check(document)
        return self.written(document), resources

    def written(self, document: Document) -> str | bytes:
        """``document`` in the exporter's file type."""
        raise NotImplementedError


class SlzHtmlExporter(SlzExporter):
    """One self-contained page."""

    export_from_notebook = "Zpráva SLZ – webová stránka (HTML)"
    output_mimetype = "text/html"
    extension = ".html"

    def written(self, document: Document) -> str:
        """The page's text."""
        from slz_lib.documents import html

        return html.render(document)


class SlzDocxExporter(SlzExporter):
    """A Word document."""

    export_from_notebook = "Zpráva SLZ – dokument Word (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = ".docx"

    def written(self, document: Document) -> bytes:
        """The file's bytes."""
        from slz_lib.documents import docx

        return docx.render(document)


class SlzPdfExporter(SlzExporter):
    """An accessible PDF."""

    export_from_notebook = "Zpráva SLZ – přístupné PDF"
    output_mimetype = "application/pdf"
    extension = ".pdf"

    def written(self, document: Document) -> bytes:
        """The file's bytes."""
        from slz_lib.documents import pdf

        return pdf.render(document)


class SlzXlsxExporter(SlzExporter):
    """A workbook of the document's tables."""

    export_from_notebook = "Zpráva SLZ – tabulky pro Excel (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = ".xlsx"

    def written(self, document: Document) -> bytes:
        """The file's bytes."""
        from slz_lib.documents import xlsx

        return xlsx.render(document)
