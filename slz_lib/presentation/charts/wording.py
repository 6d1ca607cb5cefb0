"""What captions, subtitles and alternative texts say, in official Czech."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.language import count, enumerate_words, format_number, format_percent, plural
from slz_lib.vocabulary import NO_BREAK_SPACE, Status

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation

#: Status as the predicate of a sentence: after 1 and after 5 and more, and after 2–4.
PREDICATES = {
    Status.SPLNENO: ("Splněno je", "Splněna jsou"),
    Status.PLNENO: ("Plněno je", "Plněna jsou"),
    Status.CASTECNE: ("Zčásti je plněno", "Zčásti jsou plněna"),
    Status.NEPLNENO: ("Neplněno je", "Neplněna jsou"),
}
#: Status as an adverb in an enumeration.
ADVERBS = {
    Status.SPLNENO: "splněno",
    Status.PLNENO: "plněno",
    Status.CASTECNE: "zčásti plněno",
    Status.NEPLNENO: "neplněno",
}
#: More names than this are given as a number only.
NAMED_AT_MOST = 4

#: Numerals whose genitive begins so that *z* becomes *ze* before it (ze dvou, ze sta).
_VOCALISED = frozenset(
    (2, 3, 4, 6, 7, 12, 13, 14, 16, 17, 20, 30, 40, 60, 70, 100, 200, 300, 400, 600, 700)
)

#: The same for *v* and *ve* (ve dvou, v šesti).
_VOCALISED_WITHIN = frozenset((2, 3, 4, 12, 13, 14, 20, 30, 40, 100, 200, 300, 400))


def measures(number: int) -> str:
    """``12 opatření``."""
    return count(number, "opatření", "opatření", "opatření")


def of_whole(whole: int) -> str:
    """The preposition as it is read before the number: ``ze 109``, ``z 50``."""
    preposition = "ze" if _first_numeral(whole) in _VOCALISED else "z"
    return f"{preposition}{NO_BREAK_SPACE}{format_number(whole)}"


def within(number: int) -> str:
    """The preposition of place as it is read before the number: ``ve 2``, ``v 6``."""
    preposition = "ve" if _first_numeral(number) in _VOCALISED_WITHIN else "v"
    return f"{preposition}{NO_BREAK_SPACE}{format_number(number)}"


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


def out_of(part: int, whole: int) -> str:
    """``68 ze 109``, on one line."""
    return f"{format_number(part)}{NO_BREAK_SPACE}{of_whole(whole)}"


def part_of(part: int, whole: int) -> str:
    """``68 ze 109 opatření (62,4 %)``; the noun's genitive is the same after every number."""
    stated = f"{out_of(part, whole)}{NO_BREAK_SPACE}opatření"
    return f"{stated} ({format_percent(part / whole)})" if whole else stated


def predicate(status: Status, number: int) -> str:
    """The beginning of a sentence in the right number: ``Zčásti jsou plněna`` (3 opatření)."""
    one, few = PREDICATES[status]
    return plural(number, one, few, one)


def leaders(values: pd.Series) -> list[str]:
    """Labels of the largest values, in the order of ``values``; none when there is no value."""
    return [str(label) for label in values.index[values.eq(values.max())]] if len(values) else []


def spoken_counts(counts: Mapping[str, int]) -> str:
    """Counts that occur, best first: ``plněno 2, neplněno 3``; ``žádné`` when none does."""
    stated = [
        f"{ADVERBS[status]}{NO_BREAK_SPACE}{format_number(counts[str(status)])}"
        for status in Status
        if counts[str(status)]
    ]
    return ", ".join(stated) or "žádné opatření"


def row_counts(row: pd.Series) -> dict[str, int]:
    """A row of counts as plain numbers by status code."""
    return {str(status): int(row[str(status)]) for status in Status}


def named(names: Sequence[str], one: str, few: str, other: str) -> str:
    """A noun with its names: ``okruhy I a III``; more than a few names become a number."""
    if len(names) > NAMED_AT_MOST:
        return count(len(names), one, few, other)
    return f"{plural(len(names), one, few, other)} {enumerate_words(names)}"


def sentences(*parts: str) -> str:
    """Parts that say something as sentences one after another."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def listing(items: Iterable[str]) -> str:
    """Items of a spoken list, which have commas of their own."""
    return "; ".join(items)


def without_status(evaluation: Evaluation) -> int:
    """Measures for which the period has no published status."""
    return int(evaluation.judgements["published"].isna().sum())


def unit_and_source(evaluation: Evaluation, *additions: str) -> str:
    """The subtitle: unit, day, source and what else the reader must know."""
    missing = without_status(evaluation)
    parts = [
        "počet opatření podle zveřejněného stavu",
        f"stav k {evaluation.period.as_of_label}",
        *additions,
        f"bez {measures(missing)} bez stavu" if missing else "",
        source(evaluation),
    ]
    return "; ".join(part for part in parts if part)


def source(evaluation: Evaluation) -> str:
    """The source that the statuses come from."""
    return f"zdroj: informace o naplňování strategie za období {evaluation.period.label}"
