"""Tables of traces: how each status was reached, and one measure's trace in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.documents.model import Content
from slz_lib.errors import ParameterError
from slz_lib.evaluation.changes import MOST_CRITERIA
from slz_lib.language import enumerate_words
from slz_lib.presentation import tracing
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import measure_anchor, measure_anchors
from slz_lib.vocabulary import EvidenceState, Reach, labels

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation


def traces_table(evaluation: Evaluation) -> Table:
    """All measures: what decided, what better statuses lacked, what would move them."""
    judged = evaluation.judgements.set_index("measure_id")
    moved = tracing.changes(evaluation)
    frame = pd.DataFrame(
        {
            "measure": judged.index,
            "derived": judged["derived"],
            "decided": tracing.deciding(evaluation),
            "lacking": tracing.lacking(evaluation).reindex(judged.index),
            "moves": _together(evaluation, moved),
        }
    ).reset_index(drop=True)
    return table(
        frame,
        anchor="tab-odvozeni",
        caption="Jak se u každého opatření došlo k odvozenému stavu",
        titles={
            "measure": "Číslo",
            "derived": "Odvozený stav",
            "decided": "Pravidlo a podklady",
            "lacking": "Co chybělo k nejbližšímu lepšímu stavu",
            "moves": "Nejmenší změna podkladů, která by stav posunula, a kam",
        },
        kinds={"derived": "status"},
        weights={"measure": 0.7, "derived": 1.4, "decided": 1.9, "lacking": 2.7, "moves": 4.2},
        anchors={"measure": measure_anchors(frame["measure"])},
        sheet="Odvození stavů",
        notes=[
            f"ř. je řádek souboru data/periods/{evaluation.period.id}/evidence.csv.",
            "V závorce za podmínkou je, co bylo zjištěno.",
            (
                "Nejmenší změna mění co nejméně kritérií a v nich co nejméně stupňů; není-li lepší "
                "nebo horší stav uveden, nelze ho změnou podkladů dosáhnout. Kritérium, na němž "
                "závisejí obě změny, se jmenuje jen jednou."
            ),
            *_not_computed(evaluation),
        ],
    )


def _not_computed(evaluation: Evaluation) -> list[str]:
    """A note where a measure has more criteria than changes are computed for."""
    judged = evaluation.judgements
    beyond = judged.loc[judged["criteria"] > MOST_CRITERIA, "measure_id"]
    if beyond.empty:
        return []
    listed = enumerate_words(list(beyond))
    return [f"U opatření s více než {MOST_CRITERIA} kritérii se nejmenší změna nepočítá: {listed}."]


def conditions_sheet(evaluation: Evaluation) -> Table:
    """What every rule asked of every measure; stands in the workbook alone."""
    rows = evaluation.trace.conditions
    frame = pd.DataFrame(
        {
            "measure": rows["measure_id"],
            "rule": rows["rule_id"],
            "status": rows["rule_status"],
            "asked": tracing.asked(rows),
            "actual": tracing.amounts(rows["quantity"], rows["actual"]),
            "holds": rows["holds"],
            "decided": rows["decided"].astype("bool"),
        }
    )
    framed = table(
        frame,
        anchor="tab-podminky",
        caption="Podmínky všech pravidel u každého opatření",
        titles={
            "measure": "Číslo",
            "rule": "Pravidlo",
            "status": "Stav",
            "asked": "Podmínka",
            "actual": "Zjištěno",
            "holds": "Platí",
            "decided": "Pravidlo rozhodlo",
        },
        kinds={"status": "status"},
        weights={"measure": 0.7, "rule": 1.4, "status": 1.4, "asked": 3, "actual": 1.6},
        anchors={"measure": measure_anchors(frame["measure"])},
        sheet="Podmínky pravidel",
    )
    return framed.model_copy(update={"workbook_only": True})


def _together(evaluation: Evaluation, moved: pd.DataFrame) -> pd.Series:
    """Both directions of a change in one cell; a criterion that both move is said once."""
    criteria = evaluation.trace.changes.groupby("measure_id")["criterion"].nunique()
    one = criteria.reindex(moved.index).eq(1) & moved["up"].notna()
    repeated = moved["down"].str.replace(r": „.*?“: ", ": ", n=1, regex=True)
    moved = moved.assign(down=repeated.where(one, moved["down"]))
    parts = [("Na " + moved[column]).fillna("") for column in ("up", "down")]
    joined = (parts[0] + " " + parts[1]).str.strip()
    return joined.where(joined.ne(""))


def measure_trace(evaluation: Evaluation, measure: str) -> Content:
    """The trace of one measure: conditions of all rules, its evidence, what would move it.

    Args:
        evaluation: the judged period.
        measure: id of the measure (``I.2``).

    Raises:
        ParameterError: the period does not judge such a measure.
    """
    known = evaluation.judgements["measure_id"]
    if measure not in set(known):
        raise ParameterError(
            f"Opatření „{measure}“ období {evaluation.period.label} nezná; zapište je třeba "
            f"{known.iloc[0]}."
        )
    anchor = measure_anchor(measure)
    return Content.of(
        _conditions(evaluation, measure, anchor),
        _inputs(evaluation, measure, anchor),
        _moves(evaluation, measure, anchor),
    )


def _conditions(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    rows = evaluation.trace.conditions
    rows = rows[rows["measure_id"] == measure]
    decided = rows["decided"].map({True: "rozhodlo", False: ""})
    frame = pd.DataFrame(
        {
            "rule": rows["rule_id"] + decided.radd(" ").str.rstrip(),
            "status": rows["rule_status"],
            "asked": tracing.asked(rows),
            "actual": tracing.amounts(rows["quantity"], rows["actual"]),
            "holds": rows["holds"],
        }
    )
    return table(
        frame.reset_index(drop=True),
        anchor=f"tab-podminky-{anchor}",
        caption=f"Opatření {measure}: podmínky pravidel v pořadí, v němž se zkoušejí",
        titles={
            "rule": "Pravidlo",
            "status": "Stav",
            "asked": "Podmínka",
            "actual": "Zjištěno",
            "holds": "Platí",
        },
        kinds={"status": "status"},
        weights={"rule": 1.4, "status": 1.2, "asked": 3, "actual": 1.4, "holds": 0.6},
    )


def _inputs(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    rows = evaluation.evidence[evaluation.evidence["measure_id"] == measure]
    frame = pd.DataFrame(
        {
            "id": rows["id"],
            "row": rows["row"].astype("str"),
            "criterion": rows["criterion"],
            "state": rows["state"].map(labels(EvidenceState)),
            "reach": rows["reach"].map(labels(Reach)),
            "decisive": rows["decisive"],
            "place": rows["source_place"],
            "note": rows["note"],
        }
    )
    return table(
        frame.reset_index(drop=True),
        anchor=f"tab-podklady-{anchor}",
        caption=f"Opatření {measure}: podklady a které z nich rozhodly",
        titles={
            "id": "Podklad",
            "row": "Řádek",
            "criterion": "Kritérium",
            "state": "Stav kritéria",
            "reach": "Dosah",
            "decisive": "Rozhodl",
            "place": "Místo ve zdroji",
            "note": "Důvod zařazení",
        },
        weights={"id": 0.8, "row": 0.6, "decisive": 0.7, "place": 1.4, "note": 2.4},
    )


def _moves(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    moved = tracing.changes(evaluation).loc[measure]
    frame = pd.DataFrame(
        {"direction": ["ke zlepšení", "ke zhoršení"], "change": [moved["up"], moved["down"]]}
    )
    return table(
        frame.astype("str").where(frame.notna()),
        anchor=f"tab-zmena-{anchor}",
        caption=f"Opatření {measure}: nejmenší změna podkladů, která by stav posunula",
        titles={"direction": "Směr", "change": "Změna"},
        weights={"direction": 0.6, "change": 4},
        notes=["— znamená, že takový stav změnou podkladů nastat nemůže."],
    )
