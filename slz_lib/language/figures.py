"""Numbers, dates, counted nouns and what stands before them; the system locale is never asked."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal, format_percent as babel_percent

from slz_lib.language.words import NO_BREAK_SPACE

LOCALE = "cs_CZ"
MINUS = "\u2212"


def _typeset(text: str) -> str:
    """Babel prints an ASCII minus; Czech typography wants U+2212."""
    return text.replace("-", MINUS).replace("\u202f", "\u00a0")


def format_number(value: float, decimals: int | None = None) -> str:
    """``1234.5`` → ``1 234,5`` with U+00A0; ``decimals`` fixes the places."""
    if decimals is None:
        pattern = "#,##0.###"
    else:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _typeset(format_decimal(value, format=pattern, locale=LOCALE))


def format_percent(fraction: float, decimals: int = 1) -> str:
    """``0.165`` → ``16,5 %`` with U+00A0."""
    places = "." + "0" * decimals if decimals else ""
    return _typeset(babel_percent(fraction, format=f"#,##0{places}\u00a0%", locale=LOCALE))


def format_points(difference: float) -> str:
    """A difference of two shares: ``0.012`` → ``+1,2 p. b.`` (percentage points)."""
    sign = "+" if difference > 0 else ""
    return f"{sign}{format_number(difference * 100, 1)}\u00a0p.\u00a0b."


def share(part: int, whole: int) -> float | None:
    """The fraction ``part`` is of ``whole``; ``None`` when there is no whole."""
    return part / whole if whole else None


def format_date(day: date) -> str:
    """``2023-12-31`` → ``31. 12. 2023`` with U+00A0 between the parts."""
    return f"{day.day}.\u00a0{day.month}.\u00a0{day.year}"


def period_name(first: date, last: date) -> str:
    """A year, quarter, month or other time by its days: ``1. čtvrtletí 2024``, ``leden 2024``."""
    if first == last:
        return format_date(first)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    named = {1: "LLLL\u00a0y", 3: "QQQQ y", 12: "y"}.get(months)
    if whole and named and (first.month - 1) % months == 0:
        return babel_date(first, format=named, locale=LOCALE)
    return f"{format_date(first)} – {format_date(last)}"


def month_genitive(month: int) -> str:
    """The month's name as it follows *do*: 12 → ``prosince``."""
    return babel_date(date(2000, month, 1), format="MMMM", locale=LOCALE)


#: CLDR categories in the order in which forms are written: 1, 2–4, 5 and more.
_WHOLE_FORMS = ("one", "few", "other")


@lru_cache(maxsize=1)
def _locale() -> Locale:
    return Locale.parse(LOCALE)


def plural(number: float, one: str, few: str, other: str, many: str | None = None) -> str:
    """The noun's form after ``number``: *obec, obce, obcí*; ``many`` follows a decimal.

    The form after a decimal number (*1,5 obce*) is the genitive singular; it is the same word
    as ``few`` for most feminine nouns, which is the default.
    """
    category = _locale().plural_form(number)
    forms = dict(zip(_WHOLE_FORMS, (one, few, other), strict=True))
    forms["many"] = few if many is None else many
    return forms[category]


def count(number: float, one: str, few: str, other: str, many: str | None = None) -> str:
    """Number and noun with U+00A0 between them: ``12 opatření``."""
    return f"{format_number(number)}\u00a0{plural(number, one, few, other, many)}"


#: Numerals that are hard to say after a preposition: *ze dvou*, *ze sta*; *ve dvou*, *k šesti*.
_OF = frozenset(
    (2, 3, 4, 6, 7, 12, 13, 14, 16, 17, 20, 30, 40, 60, 70, 100, 200, 300, 400, 600, 700)
)
_WITHIN = frozenset((2, 3, 4, 12, 13, 14, 20, 30, 40, 100, 200, 300, 400))
_TOWARDS = _WITHIN - {12, 20}
_VOCALISED = {"z": _OF, "s": _OF, "v": _WITHIN, "k": _TOWARDS}


def preposition_before(number: int, preposition: str) -> str:
    """*z*, *s*, *v* or *k*, with its vowel where the numeral asks for one: ``ze`` (109)."""
    return preposition + "e" * (_first_numeral(number) in _VOCALISED[preposition])


def of_number(number: int) -> str:
    """The preposition *z* and the number, on one line: ``ze 109``, ``z 50``."""
    return f"{preposition_before(number, 'z')}{NO_BREAK_SPACE}{format_number(number)}"


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
