"""The formats a document can be issued in."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words

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
    for given in formats:
        if given.casefold() not in WRITERS:
            near = nearest(given, FORMATS)
            hint = f"; nejbližší je „{near}“" if near else ""
            raise ParameterError(
                f"Formát „{given}“ neznám{hint}. Známé formáty: {enumerate_words(FORMATS)}."
            )
    if not formats:
        raise ParameterError(f"Zadejte aspoň jeden formát: {enumerate_words(FORMATS, 'nebo')}.")
    return tuple(dict.fromkeys(given.casefold() for given in formats))
