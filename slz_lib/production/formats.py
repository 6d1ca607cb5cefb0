"""The formats a document can be issued in, and choosing among a few known words."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.dataset.nearest import nearest
from slz_lib.documents.formats import WRITERS
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words

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


def chosen(
    given: str | Sequence[str], known: Sequence[str], *, noun: str, plural: str, one: str
) -> tuple[str, ...]:
    """``given`` in small letters and without repeats.

    Args:
        given: words as they were typed, in one text with commas between them or one by one.
        known: the only ones there are.
        noun: what one is, at the start of a message: *Formát*.
        plural: what introduces all of them: *Známé formáty*.
        one: what at least one is asked for, in the accusative: *formát*.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    words = [word.strip() for word in given.split(",")] if isinstance(given, str) else given
    words = [word for word in words if word]
    for word in words:
        if word.casefold() not in known:
            near = nearest(word, known)
            hint = f"; nejbližší je „{near}“" if near else ""
            raise ParameterError(
                f"{noun} „{word}“ neznám{hint}. {plural}: {enumerate_words(known)}."
            )
    if not words:
        raise ParameterError(f"Zadejte aspoň jeden {one}: {enumerate_words(known, 'nebo')}.")
    return tuple(dict.fromkeys(word.casefold() for word in words))
