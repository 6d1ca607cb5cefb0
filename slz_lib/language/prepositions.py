"""The prepositions *v*, *k*, *s* and *z*, which take a vowel before some words and numerals."""

from __future__ import annotations

import re

from slz_lib.language.figures import format_number
from slz_lib.language.words import NO_BREAK_SPACE

#: Beginnings that are hard to say after a preposition, so that it takes a vowel.
_HARD_TO_SAY = r"[sšzž][bcčdďfghjklmnňpqrřsštťvwzž]|[čt]ř|čt|d[nv]|m[nšz]|p[sš]|rt|v[cčsšzž]"
#: By preposition, before which words it takes a vowel.
_WORDS = {
    "v": re.compile(rf"[vfw]|měst(?!ys|sk)|{_HARD_TO_SAY}", re.IGNORECASE),
    "k": re.compile(rf"k|{_HARD_TO_SAY}", re.IGNORECASE),
    "s": re.compile(rf"[sšzž]|{_HARD_TO_SAY}", re.IGNORECASE),
    "z": re.compile(rf"[sšzž]|{_HARD_TO_SAY}", re.IGNORECASE),
}
#: Numerals that are hard to say after a preposition: *ze dvou*, *ze sta*; *ve dvou*, *k šesti*.
_OF = frozenset(
    (2, 3, 4, 6, 7, 12, 13, 14, 16, 17, 20, 30, 40, 60, 70, 100, 200, 300, 400, 600, 700)
)
_WITHIN = frozenset((2, 3, 4, 12, 13, 14, 20, 30, 40, 100, 200, 300, 400))
_TOWARDS = _WITHIN - {12, 20}
#: By preposition, before which numerals it takes a vowel.
_NUMERALS = {"z": _OF, "s": _OF, "v": _WITHIN, "k": _TOWARDS}
_FIGURE = re.compile(rf"\d+(?:{NO_BREAK_SPACE}\d{{3}})*")


def after(preposition: str, words: str) -> str:
    """``words`` after *v*, *k*, *s* or *z*, with its vowel where it takes one: *ve městě*.

    They may begin with a number: *ke 2 opatřením*, *ze 109*.
    """
    if figure := _FIGURE.match(words):
        numeral = _first_numeral(int(figure[0].replace(NO_BREAK_SPACE, "")))
        vowel = "e" * (numeral in _NUMERALS[preposition])
        return f"{preposition}{vowel}{NO_BREAK_SPACE}{words}"
    if _WORDS[preposition].match(words):
        return f"{preposition}e {words}"
    return f"{preposition}{NO_BREAK_SPACE}{words}"


def of_number(number: int) -> str:
    """The preposition *z* and the number, on one line: ``ze 109``, ``z 50``."""
    return after("z", format_number(number))


def of_whole(part: int, whole: int) -> str:
    """A part of a whole, on one line: ``68 ze 109``, ``5 z 50``."""
    return f"{format_number(part)}{NO_BREAK_SPACE}{of_number(whole)}"


def _first_numeral(number: int) -> int:
    """The numeral that is read first: 109 → 100, 68 → 60, 13 → 13, 4 012 → 4."""
    if number >= 2000:
        return _first_numeral(number // 1000)
    if number >= 1000:
        return 1000
    for step in (100, 10):
        if number >= max(step, 20):
            return number // step * step
    return number
