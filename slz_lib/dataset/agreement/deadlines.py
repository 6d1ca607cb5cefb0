"""Deadlines of measures: the columns say what the published wording says."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.vocabulary import Deadline


def deadline_faults(measures: Checked) -> list[Fault]:
    """Deadlines that cannot be read, and columns that say something else."""
    published = measures.frame["deadline_published"]
    parsed = {words: _parsed(words) for words in published.dropna().unique()}
    known = {words: deadline for words, deadline in parsed.items() if deadline is not None}
    readable = published.isin(list(known))
    return [
        *measures.sheet.faults(
            published.notna() & ~readable,
            "deadline_published",
            "čeká se termín s měsícem a rokem (12 / 2024), nebo událost (po přijetí zákona)",
        ),
        *(
            fault
            for column, meanings in _meanings(known).items()
            for fault in _disagreeing(measures, column, meanings, readable)
        ),
    ]


def _parsed(published: str) -> Deadline | None:
    try:
        return Deadline.parse(published)
    except ValueError:
        return None


def _meanings(known: Mapping[str, Deadline]) -> dict[str, dict[str, str]]:
    """What each column should hold, by the published wording; nothing for an empty cell."""
    return {
        "deadline_kind": {words: str(deadline.kind) for words, deadline in known.items()},
        "deadline_month": {
            words: f"{deadline.year}-{deadline.month:02d}"
            for words, deadline in known.items()
            if deadline.year is not None
        },
        "deadline_event": {
            words: deadline.event for words, deadline in known.items() if deadline.event is not None
        },
    }


def _disagreeing(
    measures: Checked, column: str, meanings: Mapping[str, str], readable: pd.Series[bool]
) -> list[Fault]:
    published = measures.frame["deadline_published"]
    meaning = published.map(meanings).astype("str").fillna("")
    differs = measures.frame[column].fillna("") != meaning

    def advice(position: int, _: str) -> str:
        wanted = meaning[position]
        expected = f"se čeká „{wanted}“" if wanted else "má být pole prázdné"
        return f"podle vydaného termínu „{published[position]}“ {expected}"

    return measures.sheet.faults(differs & readable, column, advice)
