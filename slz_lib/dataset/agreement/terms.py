"""Agreement within the words of the strategy: each has the forms that documents ask for."""

from __future__ import annotations

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.vocabulary import COUNTED


def term_faults(words: Checked) -> list[Fault]:
    """A word has a singular, what is counted a plural too, and both are of one gender."""
    frame, sheet = words.frame, words.sheet
    if not sheet.complete or words.cell_faults:
        return []
    singular, plural = (
        set(frame.loc[frame["number"].eq(n), "term"]) for n in ("singular", "plural")
    )
    first = frame.groupby("term")["gender"].transform("first")
    return [
        *(
            sheet.lacking(f"slovo {term} nemá řádek čísla {number}; doplňte jej")
            for number, lacking in (
                ("singular", plural - singular),
                ("plural", (singular - plural) & set(COUNTED)),
            )
            for term in sorted(lacking)
        ),
        *sheet.faults(frame["gender"].ne(first), "gender", "čeká se týž rod jako v řádku výše"),
    ]
