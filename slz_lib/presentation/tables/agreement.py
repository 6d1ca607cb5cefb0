"""Tables of agreement: of statuses, and of two codings of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.agreement import Agreement, agreement
from slz_lib.evaluation.coding import reliability
from slz_lib.language import format_number
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import measure_anchors
from slz_lib.presentation.tracing import standing_words
from slz_lib.vocabulary import Coder, Settlement, Status, labels

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

_STATUSES = {
    "published": "Zveřejněný a odvozený stav",
    "decided": "Rozhodnutý a odvozený stav",
}
_ASPECTS = {
    "derived": "Dvě čtení: odvozený stav",
    "state": "Dvě čtení: stav prvního kritéria",
    "reach": "Dvě čtení: dosah prvního kritéria",
    "criteria": "Dvě čtení: počet kritérií",
}


def status_agreements(evaluation: Evaluation) -> dict[str, Agreement]:
    """Agreement of the published and of the decided status with the derived one, by column."""
    judged = evaluation.judgements.set_index("measure_id")
    scale = [str(status) for status in Status]
    return {
        column: agreement(judged[column], judged["derived"], scale)
        for column in _STATUSES
        if judged[column].notna().any()
    }


def agreement_table(evaluation: Evaluation) -> Table:
    """Agreement of statuses and of codings: share, kappa, weighted kappa."""
    codings = reliability(evaluation).agreements if len(evaluation.dataset.codings) else {}
    rows = {
        **{_STATUSES[column]: found for column, found in status_agreements(evaluation).items()},
        **{_ASPECTS[aspect]: found for aspect, found in codings.items() if found.compared},
    }
    frame = pd.DataFrame(
        {
            "what": list(rows),
            "compared": [found.compared for found in rows.values()],
            "agreed": [found.agreed for found in rows.values()],
            "share": [found.share for found in rows.values()],
            "kappa": [found.kappa for found in rows.values()],
            "weighted": [found.weighted for found in rows.values()],
        }
    )
    framed = table(
        frame.astype({"kappa": "Float64", "weighted": "Float64"}),
        anchor="tab-shoda",
        caption="Shoda stavů" + (" a shoda dvou nezávislých čtení" if codings else ""),
        titles={
            "what": "Co se porovnává",
            "compared": "Opatření",
            "agreed": "Shodně",
            "share": "Podíl shody",
            "kappa": "Kappa",
            "weighted": "Vážená kappa",
        },
        kinds={"share": "percent", "kappa": "decimal", "weighted": "decimal"},
        weights={"what": 3},
        sheet="Shoda",
        notes=[
            "Kappa měří shodu nad to, co by dala náhoda: 1 je úplná shoda, 0 shoda náhodná.",
            "Vážená kappa počítá rozdíl o dva stupně dvakrát víc než rozdíl o jeden.",
        ],
    )
    return _with_two_places(framed)


def _with_two_places(framed: Table) -> Table:
    """``framed`` with the kappas, which are its last two columns, to two decimal places."""
    rows = []
    for row in framed.rows:
        kappas = [
            cell.model_copy(
                update={"text": format_number(cell.value, 2), "value": round(cell.value, 2)}
            )
            if isinstance(cell.value, float)
            else cell
            for cell in row.cells[-2:]
        ]
        rows.append(row.model_copy(update={"cells": (*row.cells[:-2], *kappas)}))
    return framed.model_copy(update={"rows": tuple(rows)})


def settlements_table(evaluation: Evaluation) -> Table:
    """Measures that the two coders coded differently, and how it was settled."""
    rows = reliability(evaluation).differences
    coded = {
        str(coder): standing_words(rows[f"{coder}_state"], rows[f"{coder}_reach"].astype("int64"))
        + " ("
        + rows[f"{coder}_criteria"].map(format_number)
        + ") → "
        + rows[f"{coder}_derived"].map(labels(Status))
        for coder in Coder
    }
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            **coded,
            "settled": rows["settled"].map(labels(Settlement)),
            "note": rows["note"],
        }
    )
    return table(
        frame,
        anchor="tab-kodovani",
        caption="Opatření, u nichž se dvě čtení liší, a které z nich platí",
        titles={
            "measure": "Číslo",
            "first": "První čtení",
            "second": "Druhé čtení",
            "settled": "Platí",
            "note": "Důvod",
        },
        weights={"measure": 0.7, "first": 2, "second": 2, "settled": 0.8, "note": 4.4},
        anchors={"measure": measure_anchors(rows["measure_id"])},
        sheet="Rozdíly čtení",
        notes=[
            (
                "Uveden je stav a dosah prvního kritéria, v závorce počet kritérií, za šipkou "
                "odvozený stav opatření."
            ),
            (
                "O rozdílech rozhodlo třetí čtení; neznalo zveřejněný stav ani to, které čtení "
                "je které."
            ),
        ],
    )
