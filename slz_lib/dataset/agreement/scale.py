"""Agreement within the scale: what its steps mean, and that a reader can tell them apart."""

from __future__ import annotations

import re

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.palette import contrast, letters_on
from slz_lib.vocabulary import SIGNS, CountsAs

#: Contrast that letters on a fill have at least (WCAG 2.2, AA).
_READABLE = 4.5
#: What no scale can do without.
_NEEDED = (CountsAs.DONE, CountsAs.NOT)
_SIGN = re.compile(f"[{SIGNS}]")


def scale_faults(statuses: Checked) -> list[Fault]:
    """Faults of the steps of the scale."""
    frame, sheet = statuses.frame, statuses.sheet
    places = frame["counts_as"].map({meaning: place for place, meaning in enumerate(CountsAs)})
    ordered = frame.assign(place=places).sort_values("order")
    before = ordered["place"].cummax().reindex(frame.index)
    signs, colours = frame["sign"], frame["colour"]
    known = colours.where(colours.str.fullmatch("#[0-9A-F]{6}", na=False))
    contrasts = known.map(lambda fill: contrast(fill, letters_on(fill)), na_action="ignore")
    return [
        *_needed(statuses),
        *sheet.faults(
            places < before,
            "counts_as",
            "stupně se řadí podle toho, jako co se počítají "
            f"({', '.join(CountsAs)}); změňte pořadí (order)",
        ),
        *(
            fault
            for column in ("label", "sign", "colour", "spoken")
            for fault in sheet.faults(
                frame[column].notna() & frame[column].str.casefold().duplicated(),
                column,
                "totéž už má jiný stupeň; čtenář by je nerozeznal",
            )
        ),
        *sheet.faults(
            signs.notna() & ~signs.str.fullmatch(_SIGN, na=False),
            "sign",
            "čeká se jediný znak, například ● ◕ ◐ ○ ⊗ ✓ ✗ ■ □",
        ),
        *sheet.faults(
            contrasts.lt(_READABLE),
            "colour",
            "písmo na této barvě nelze dobře číst (kontrast pod 4,5); zvolte tmavší nebo světlejší",
        ),
    ]


def _needed(statuses: Checked) -> list[Fault]:
    """A scale says at least what is done and what is not."""
    meanings = statuses.frame["counts_as"]
    if not statuses.sheet.complete or meanings.isna().any():
        return []
    return [
        statuses.sheet.lacking(
            f"žádný stupeň se nepočítá jako {meaning} ({meaning.label}); doplňte jej"
        )
        for meaning in _NEEDED
        if meaning not in set(meanings)
    ]
