"""The PDF of a document: PDF/UA-1 and PDF/A-3a, set by Typst.

The document goes to the committed template as JSON. Its texts are strings there: whatever stands in
them is printed as it stands and never evaluated.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import typst

from slz_lib.documents.drawing import on_paper
from slz_lib.documents.model import Document
from slz_lib.documents.pdf_data import template_data
from slz_lib.typeface import folder

TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """DejaVu from matplotlib, with which Typst sets; the machine's own fonts are never asked."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())]
    )


def render(document: Document) -> bytes:
    """The bytes of the PDF; the same for the same document on every machine and every day.

    Raises:
        DocumentError: a reference leads nowhere.
        TypstError: the document cannot be made accessible (a skipped heading level, an unreadable
            picture, a character that the font lacks).
    """
    document = on_paper(document)
    data = template_data(document)
    compiler = typst.Compiler(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        timestamp=datetime.combine(document.title.as_of, time(), UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf
