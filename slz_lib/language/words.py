"""Words in a line and in order: spaces that must not break, lists, the Czech alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeVar

import czech_sort

NO_BREAK_SPACE = "\u00a0"

_SMALL, _CAPITAL = "a-záčďéěíňóřšťúůýž", "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
#: Before a word are a space, a bracket, a quotation mark, a slash or a dash.
_BEGINS = r"(?:^|[\s(„‚/\[–])"
#: What does not end a line, and before what (ČSN 01 6910).
_KEPT = tuple(
    (re.compile(rf"{before}\Z"), re.compile(after))
    for before, after in (
        # Prepositions and conjunctions of one letter.
        (rf"{_BEGINS}[ksvzouaiKSVZOUAI]", r"\S"),
        # A number before what it counts; a year and the id of a measure count nothing.
        (r"(?<![\w./])(?!(?:19|20)\d\d\Z)\d+", rf"[{_SMALL}]{{2}}"),
        (r"\d", r"\d{3}\b|%|‰|°|€|Kč|Sb\.|tis\.|mil\."),
        (r"tisíc|tis\.|mil\.", "Kč"),
        # 31. 12. 2023, 1. stupeň, obce III. typu, v roce 2023.
        (r"(?<![\w.])\d{1,2}\.", r"\d{1,2}\.|\d{4}\b"),
        (rf"{_BEGINS}(?:\d{{1,3}}|[IVX]{{1,4}})\.", rf"[{_SMALL}]{{2}}"),
        (rf"{_BEGINS}ro(?:k|ku|ce)", r"\d{4}\b"),
        # o. p. s., č. j., and an abbreviation before what it names.
        (rf"{_BEGINS}[{_SMALL}]\.", rf"[{_SMALL}]{{1,2}}\."),
        (
            rf"{_BEGINS}(?:č|čl|s|str|odst|sp|zn|ř|tj|tzn|tzv|např|popř|vč|odd|p|Mgr|Ing|Bc)\.",
            r"\S",
        ),
        (rf"{_BEGINS}§", r"\S"),
        # KÚ LK, NAKAP LK II, ORP Česká Lípa.
        (rf"{_BEGINS}[{_CAPITAL}]{{2,5}}", rf"[{_CAPITAL}][{_SMALL}{_CAPITAL}]"),
    )
)


@lru_cache(maxsize=1 << 16)
def _kept(word: str, following: str) -> bool:
    """Whether ``word`` stays on the line of what follows it."""
    return any(last.search(word) and first.match(following) for last, first in _KEPT)


def no_breaks(text: str) -> str:
    """``text`` with U+00A0 where Czech typography does not allow a line to end."""
    words = text.split(" ")
    spaces = [NO_BREAK_SPACE if _kept(*pair) else " " for pair in pairwise(words)]
    return "".join(chain.from_iterable(zip(words, [*spaces, ""], strict=True)))


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """``text`` as one looks for it: small letters without diacritics, single spaces."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())


def enumerate_words(words: Sequence[str], last: str = "a") -> str:
    """``["a", "b", "c"]`` → ``a, b a c`` (the last pair joined by ``last``)."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last}{NO_BREAK_SPACE}{words[-1]}"


def first_words(words: Sequence[str]) -> str:
    """As :func:`enumerate_words`; of more than five the first ones and an ellipsis."""
    return enumerate_words(words) if len(words) <= 5 else ", ".join([*words[:5], "…"])


def in_any_form(phrase: str) -> re.Pattern[str]:
    """What finds a phrase in a text, whatever the endings of all its words but the last."""
    return re.compile(r"\b" + r"\w*\W+".join(phrase.split()), re.IGNORECASE)


T = TypeVar("T")


def czech_key(text: str) -> object:
    """A sort key of ``text`` in Czech order."""
    return czech_sort.key(text)


def czech_sorted(items: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    """``items`` in Czech alphabetical order of ``key``."""
    return sorted(items, key=lambda item: czech_sort.key(key(item)))
