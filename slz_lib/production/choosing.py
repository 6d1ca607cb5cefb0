"""Choosing among a few known words, as options of commands do: ``--only areas,orp``."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words


def listed(words: str) -> list[str]:
    """The words of an option that takes several, separated by commas."""
    return [word.strip() for word in words.split(",") if word.strip()]


def chosen(
    given: Sequence[str], known: Sequence[str], *, noun: str, plural: str, one: str
) -> tuple[str, ...]:
    """``given`` in small letters and without repeats.

    Args:
        given: words as they were typed.
        known: the only ones there are.
        noun: what one is, at the start of a message: *Formát*.
        plural: what introduces all of them: *Známé formáty*.
        one: what at least one is asked for, in the accusative: *formát*.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    for word in given:
        if word.casefold() not in known:
            near = nearest(word, known)
            hint = f"; nejbližší je „{near}“" if near else ""
            raise ParameterError(
                f"{noun} „{word}“ neznám{hint}. {plural}: {enumerate_words(known)}."
            )
    if not given:
        raise ParameterError(f"Zadejte aspoň jeden {one}: {enumerate_words(known, 'nebo')}.")
    return tuple(dict.fromkeys(word.casefold() for word in given))
