"""Czech as official documents write it: numbers, dates, plurals, sorting, spaces."""

from slz_lib.language.figures import (
    MINUS,
    count,
    format_date,
    format_number,
    format_percent,
    format_points,
    month_genitive,
    period_name,
    plural,
    share,
)
from slz_lib.language.nouns import CASES, NOUNS, Noun, counted
from slz_lib.language.prepositions import after, of_number, of_whole
from slz_lib.language.words import (
    NO_BREAK_SPACE,
    czech_key,
    czech_sorted,
    enumerate_words,
    first_words,
    in_any_form,
    no_breaks,
    plain,
)

__all__ = [
    "CASES",
    "MINUS",
    "NOUNS",
    "NO_BREAK_SPACE",
    "Noun",
    "after",
    "count",
    "counted",
    "czech_key",
    "czech_sorted",
    "enumerate_words",
    "first_words",
    "format_date",
    "format_number",
    "format_percent",
    "format_points",
    "in_any_form",
    "month_genitive",
    "no_breaks",
    "of_number",
    "of_whole",
    "period_name",
    "plain",
    "plural",
    "share",
]
