"""Tables of traces: how each status was reached, and one measure's trace in full."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.nearest import require_known
from slz_lib.documents.model import Content, Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.margins import MOST_CRITERIA
from slz_lib.language import enumerate_words
from slz_lib.presentation import tracing
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import measure_anchor, reporter_names, source_places
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import EvidenceState, labels


@telling_selection
def traces_table(evaluation: Evaluation) -> Table:
    """Všechna opatření: co rozhodlo, co chybělo k lepšímu stavu, co by je posunulo."""
    judged = evaluation.judgements.set_index("measure_id", drop=False)
    moves = _together(evaluation, tracing.changes(evaluation))
    return table(
        [
            measure_column(judged["measure_id"]),
            Col("Odvozený stav", judged["derived"], 1.4, evaluation.scale),
            Col("Pravidlo a podklady", tracing.deciding(evaluation), 1.9),
            Col("Co chybělo k nejbližšímu lepšímu stavu", tracing.lacking(evaluation), 2.7),
            Col("Nejmenší změna podkladů, která by stav posunula, a kam", moves, 4.2),
        ],
        anchor="tab-odvozeni",
        caption="Jak se u každého opatření došlo k odvozenému stavu",
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


@telling_selection
def conditions_sheet(evaluation: Evaluation) -> Table:
    """Na co se které pravidlo u kterého opatření ptalo; jen v sešitu."""
    rows, terms = evaluation.trace.conditions, evaluation.terms
    found = tracing.amounts(rows["quantity"], rows["actual"], terms)
    return table(
        [
            measure_column(rows["measure_id"]),
            Col("Pravidlo", rows["rule_id"], 1.4),
            Col("Stav", rows["rule_status"], 1.4, evaluation.scale),
            Col("Podmínka", tracing.asked(rows, terms), 3),
            Col("Zjištěno", found, 1.6, "amount"),
            Col("Platí", rows["holds"]),
            Col("Pravidlo rozhodlo", rows["decided"].astype("bool")),
        ],
        anchor="tab-podminky",
        caption="Podmínky všech pravidel u každého opatření",
        sheet="Podmínky pravidel",
        workbook_only=True,
    )


def _together(evaluation: Evaluation, moved: pd.DataFrame) -> pd.Series:
    """Both directions of a change in one cell; a criterion that both move is said once."""
    criteria = evaluation.trace.changes.groupby("measure_id")["criterion"].nunique()
    one = criteria.reindex(moved.index).eq(1) & moved["up"].notna()
    repeated = moved["down"].str.replace(r": „.*?“: ", ": ", n=1, regex=True)
    moved = moved.assign(down=repeated.where(one, moved["down"]))
    parts = [("Na " + moved[column]).fillna("") for column in ("up", "down")]
    joined = (parts[0] + " " + parts[1]).str.strip()
    return joined.where(joined.ne(""))


@telling_selection
def measure_trace(evaluation: Evaluation, measure: str) -> Content:
    """Odvození stavu jednoho opatření: podmínky pravidel, podklady, co by ho posunulo.

    Args:
        evaluation: the judged period.
        measure: id of the measure (``I.2``).

    Raises:
        ParameterError: the period does not judge such a measure.
    """
    require_known("Opatření", measure, list(evaluation.judgements["measure_id"]))
    anchor = measure_anchor(measure)
    return Content.of(
        _conditions(evaluation, measure, anchor),
        _inputs(evaluation, measure, anchor),
        *_parts(evaluation, measure, anchor),
        _moves(evaluation, measure, anchor),
    )


def _conditions(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    rows = evaluation.trace.conditions
    rows = rows[rows["measure_id"] == measure]
    terms = evaluation.terms
    found = tracing.amounts(rows["quantity"], rows["actual"], terms)
    decided = rows["decided"].map({True: "rozhodlo", False: ""})
    return table(
        [
            Col("Pravidlo", rows["rule_id"] + decided.radd(" ").str.rstrip(), 1.4),
            Col("Stav", rows["rule_status"], 1.2, evaluation.scale),
            Col("Podmínka", tracing.asked(rows, terms), 3),
            Col("Zjištěno", found, 1.4, "amount"),
            Col("Platí", rows["holds"], 0.6),
        ],
        anchor=f"tab-podminky-{anchor}",
        caption=f"Opatření {measure}: podmínky pravidel v pořadí, v němž se zkoušejí",
    )


def _inputs(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    rows = evaluation.evidence[evaluation.evidence["measure_id"] == measure]
    return table(
        [
            Col("Podklad", rows["id"], 0.8),
            Col("Řádek", rows["row"].astype("str"), 0.6),
            Col("Kritérium", rows["criterion"]),
            Col("Stav kritéria", rows["state"].map(labels(EvidenceState))),
            Col("Dosah", rows["reach"].map(evaluation.terms.reaches)),
            Col("Rozhodl", rows["decisive"], 0.7),
            Col("Místo ve zdroji", source_places(rows, evaluation.dataset.sources), 1.4),
            Col("Důvod zařazení", rows["note"], 2.4),
        ],
        anchor=f"tab-podklady-{anchor}",
        caption=f"Opatření {measure}: podklady a které z nich rozhodly",
        notes=[*tracing.disputes(evaluation).filter([measure], axis="index")],
    )


def _parts(evaluation: Evaluation, measure: str, anchor: str) -> list[Table]:
    """The single answers that evidence was put together from, where there are any."""
    evidence, dataset = evaluation.evidence, evaluation.dataset
    rows = dataset.contributions
    ids = evidence.loc[evidence["measure_id"].eq(measure), "id"]
    rows = rows[rows["period_id"].eq(evaluation.period.id) & rows["evidence_id"].isin(ids)]
    if rows.empty:
        return []
    shown = table(
        [
            Col("Podklad", rows["evidence_id"], 0.8),
            Col("Kdo odpověděl", reporter_names(evaluation, rows["reporter"])),
            Col("Stav kritéria", rows["state"].map(labels(EvidenceState))),
            Col("Místa", rows["places"].str.replace(";", ", ", regex=False)),
            Col("Místo ve zdroji", source_places(rows, dataset.sources), 1.8),
            Col("Odpověď", rows["note"], 2),
        ],
        anchor=f"tab-odpovedi-{anchor}",
        caption=f"Opatření {measure}: odpovědi, z nichž jsou podklady sloučeny",
    )
    return [shown]


def _moves(evaluation: Evaluation, measure: str, anchor: str) -> Table:
    moved = tracing.changes(evaluation).loc[measure]
    return table(
        [
            Col("Směr", ["ke zlepšení", "ke zhoršení"], 0.6),
            Col("Změna", [moved["up"], moved["down"]], 4),
        ],
        anchor=f"tab-zmena-{anchor}",
        caption=f"Opatření {measure}: nejmenší změna podkladů, která by stav posunula",
        notes=["— znamená, že takový stav změnou podkladů nastat nemůže."],
    )
