"""The formats a document can be issued in."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.documents.formats import WRITERS
from slz_lib.production.choosing import chosen

#: Formats of a document; the notebook always goes along.
FORMATS = tuple(WRITERS)


def known_formats(formats: str | Sequence[str] | None) -> tuple[str, ...]:
    """``formats`` in small letters and without repeats; all where none are given.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    if formats is None:
        return FORMATS
    return chosen(formats, FORMATS, noun="Formát", plural="Známé formáty", one="formát")
