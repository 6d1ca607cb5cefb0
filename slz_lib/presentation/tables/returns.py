"""Tables of a collection: who answered, and what of the answers is to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.collection.assignments import State
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import body_names
from slz_lib.vocabulary import labels

if TYPE_CHECKING:
    from slz_lib.collection.accepting import Acceptance
    from slz_lib.collection.inbox import Collected
    from slz_lib.dataset import Dataset
    from slz_lib.documents.model import Table


def respondents_table(found: Collected, dataset: Dataset) -> Table:
    """Kdo odpověděl, jak úplně a komu připomenout."""
    rows = found.assignments
    return table(
        [
            Col("Subjekt", rows["body"].map(body_names(dataset)), 2),
            Col("Stav", rows["state"].map(labels(State)), 1.4),
            Col("Kdo odpověděl", rows["who"].where(rows["who"].ne("")), 2),
            Col("Zodpovězeno", rows["answered"]),
            Col("Z\u00a0kolika", rows["asked"]),
            Col("K\u00a0doptání", rows["open"]),
            Col("Připomenout", rows["remind"]),
        ],
        anchor="tab-subjekty-sberu",
        caption="Kdo odpověděl a komu připomenout",
    )


def doubts_table(found: Collected) -> Table:
    """Buňky, které se nepřevzaly, a upozornění; se souborem, buňkou a větou proč."""
    held = found.quarantined
    kinds = held["ask"].astype(bool).map({True: "doptáme se", False: "k\u00a0posouzení"})
    rows = pd.concat(
        [held.assign(kind=kinds), found.warnings.assign(kind="upozornění")], ignore_index=True
    )
    return table(
        [
            Col("Soubor", rows["file"], 1.4),
            Col("Místo", (rows["sheet"] + " " + rows["cell"]).str.strip(), 1.2),
            Col("Opatření", rows["measure_id"].where(rows["measure_id"].ne("")), 0.8),
            Col("Hodnota", rows["value"].str.slice(0, 200), 1.4),
            Col("Co s\u00a0tím", rows["kind"]),
            Col("Proč", rows["why"], 3),
        ],
        anchor="tab-k-posouzeni",
        caption="Co se nepřevzalo a co je k\u00a0posouzení",
    )


def acceptance_table(change: Acceptance) -> Table:
    """Co by přijetí v\u00a0datech změnilo, řádek po řádku, a\u00a0co se nepřijímá."""
    lines = pd.Series([*change.lines, *change.left_out], dtype="str")
    waits = lines.index >= len(change.lines)
    return table(
        [
            Col("Co", pd.Series("změna dat", index=lines.index).mask(waits, "nepřijímá se")),
            Col("Řádek", lines.str.strip(), 6),
        ],
        anchor="tab-prijeti",
        caption="Co přijetí změní a co se nepřijímá",
    )
