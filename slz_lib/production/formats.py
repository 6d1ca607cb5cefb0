"""The formats a document can be issued in."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from slz_lib.production.choosing import chosen, listed

if TYPE_CHECKING:
    from slz_lib.documents.model import Document

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


def listed_formats(words: str | None) -> tuple[str, ...]:
    """The formats that an option lists, separated by commas; all where it is not given.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    return FORMATS if words is None else known_formats(listed(words))


def write(name: str, document: Document) -> bytes:
    """The file of ``document`` in the format ``name``.

    Raises:
        DocumentError: the document is not fit for the format.
    """
    written: str | bytes = import_module(WRITERS[name]).render(document)
    return written.encode() if isinstance(written, str) else written
