"""Numbers, dates and the forms of what is counted; the system locale is never asked."""

from __future__ import annotations

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal, format_percent as babel_percent

LOCALE = Locale("cs", "CZ")
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


def plural(number: float, one: str, few: str, other: str, many: str | None = None) -> str:
    """The noun's form after ``number``: *obec, obce, obcí*; ``many`` follows a decimal.

    The form after a decimal number (*1,5 obce*) is the genitive singular; it is the same word
    as ``few`` for most feminine nouns, which is the default.
    """
    forms = {"one": one, "few": few, "other": other, "many": few if many is None else many}
    return forms[LOCALE.plural_form(number)]


def count(number: float, one: str, few: str, other: str, many: str | None = None) -> str:
    """Number and noun with U+00A0 between them: ``12 opatření``."""
    return f"{format_number(number)}\u00a0{plural(number, one, few, other, many)}"
