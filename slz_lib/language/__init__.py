"""Czech as official documents write it: numbers, dates, plurals, sorting, spaces."""

from slz_lib.language.counting import count, plural
from slz_lib.language.figures import (
    format_date,
    format_number,
    format_percent,
    format_points,
    month_genitive,
    share,
)
from slz_lib.language.nouns import NOUNS, counted
from slz_lib.language.order import czech_key, czech_sorted
from slz_lib.language.prepositions import of_number, of_whole, within
from slz_lib.language.typography import NO_BREAK_SPACE, enumerate_words, no_breaks

__all__ = [
    "NOUNS",
    "NO_BREAK_SPACE",
    "count",
    "counted",
    "czech_key",
    "czech_sorted",
    "enumerate_words",
    "format_date",
    "format_number",
    "format_percent",
    "format_points",
    "month_genitive",
    "no_breaks",
    "of_number",
    "of_whole",
    "plural",
    "share",
    "within",
]
