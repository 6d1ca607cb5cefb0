"""The formats a document can be issued in."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.production.choosing import chosen

#: Formats of a document and the modules that write them; the notebook always goes along.
WRITERS = {
    "html": "slz_lib.documents.html",
    "docx": "slz_lib.documents.docx",
    "pdf": "slz_lib.documents.pdf",
    "xlsx": "slz_lib.documents.xlsx",
}
FORMATS = tuple(WRITERS)


def known_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """``formats`` in small letters and without repeats.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    return chosen(formats, FORMATS, noun="Formát", plural="Známé formáty", one="formát")
