"""Czech as official documents write it: numbers, dates, plurals, sorting, spaces."""

from slz_lib.language.cases import CASES, Noun, after
from slz_lib.language.figures import (
    NOUNS,
    count,
    counted,
    format_date,
    format_number,
    format_percent,
    format_points,
    month_genitive,
    of_number,
    of_whole,
    plural,
    share,
    within,
)
from slz_lib.language.words import (
    NO_BREAK_SPACE,
    czech_key,
    czech_sorted,
    enumerate_words,
    no_breaks,
    plain,
)

__all__ = [
    "CASES",
    "NOUNS",
    "NO_BREAK_SPACE",
    "Noun",
    "after",
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
    "plain",
    "plural",
    "share",
    "within",
]
