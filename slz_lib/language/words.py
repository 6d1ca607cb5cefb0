"""Words in a line and in order: spaces that must not break, lists, the Czech alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import czech_sort

NO_BREAK_SPACE = "\u00a0"

#: One-letter prepositions and conjunctions do not end a line (ČSN 01 6910).
_ONE_LETTER = re.compile(r"(?<![^\s(„–\u00a0])([ksvzouaiKSVZOUAI]) +(?=\S)")
#: A number and what it counts, an abbreviation and its number, parts of a date.
_NUMBER_UNIT = re.compile(r"(\d) +(?=(?:%|Kč|tis\.|mil\.|hodin|let\b))")
_ABBREVIATION = re.compile(r"\b(č\.|s\.|str\.|odst\.|tj\.|např\.|sp\.) +(?=\S)")
_DATE = re.compile(r"\b(\d{1,2}\.) +(\d{1,2}\.) +(\d{4})\b")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def no_breaks(text: str) -> str:
    """``text`` with U+00A0 where Czech typography does not allow a line to end."""
    text = _DATE.sub(rf"\1{NO_BREAK_SPACE}\2{NO_BREAK_SPACE}\3", text)
    text = _THOUSANDS.sub(NO_BREAK_SPACE, text)
    text = _NUMBER_UNIT.sub(rf"\1{NO_BREAK_SPACE}", text)
    text = _ABBREVIATION.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _ONE_LETTER.sub(rf"\1{NO_BREAK_SPACE}", text)


def plain(text: str) -> str:
    """``text`` as one looks for it: small letters without diacritics, single spaces."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())


def enumerate_words(words: Sequence[str], last: str = "a") -> str:
    """``["a", "b", "c"]`` → ``a, b a c`` (the last pair joined by ``last``)."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last}{NO_BREAK_SPACE}{words[-1]}"


T = TypeVar("T")


def czech_key(text: str) -> object:
    """A sort key of ``text`` in Czech order."""
    return czech_sort.key(text)


def czech_sorted(items: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    """``items`` in Czech alphabetical order of ``key``."""
    return sorted(items, key=lambda item: czech_sort.key(key(item)))
