"""The formats a document can be issued in."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.documents.formats import WRITERS
from slz_lib.production.choosing import chosen, listed

#: Formats of a document; the notebook always goes along.
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
