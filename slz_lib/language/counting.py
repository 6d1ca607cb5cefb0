"""Counted nouns: the Czech plural forms after CLDR."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from slz_lib.language.figures import LOCALE, format_number

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
