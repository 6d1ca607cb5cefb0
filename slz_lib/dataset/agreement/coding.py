"""Whether the same words are coded alike: what coding terms say beside how evidence is coded."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.language import in_any_form
from slz_lib.vocabulary import EvidenceState

#: A reach is asked of what runs at least in part.
_RUNNING = [EvidenceState.DONE, EvidenceState.FULFILLED, EvidenceState.PARTIAL]


def coding_warnings(tables: Mapping[str, Checked]) -> list[Fault]:
    """Evidence whose note has words that are coded otherwise; not refused, since words mislead.

    Where evidence names places, they say more of its reach than words.
    """
    evidence, terms = tables["evidence"], tables["coding_terms"].frame
    frame = evidence.frame
    reaching = frame["state"].isin(_RUNNING) & frame["places"].isna()
    asked = {"state": pd.Series(True, index=frame.index), "reach": reaching}
    warnings = []
    for phrase, column, code in terms[["phrase", "column", "code"]].to_numpy():
        warnings += evidence.sheet.faults(
            frame["note"].str.contains(in_any_form(phrase), na=False)
            & frame[column].ne(code)
            & asked[column],
            column,
            f"slova „{phrase}“ se podle tabulky coding_terms zapisují jako „{code}“",
        )
    return warnings
