"""Tables of agreement: of statuses, and of two codings of the evidence."""

from __future__ import annotations

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.reliability import Agreement, agreement, reliability
from slz_lib.language import format_number
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.selecting import telling_selection
from slz_lib.presentation.tracing import criterion_words
from slz_lib.vocabulary import Coder, Settlement, labels

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
    """Agreement of the published and of the decided status with the derived one, by column.

    Where only departures are decided, they say nothing of agreement; then it is left out.
    """
    judged = evaluation.judgements.set_index("measure_id")
    scale = list(evaluation.scale.ranks)
    return {
        column: agreement(judged[column], judged["derived"], scale)
        for column in _STATUSES
        if judged[column].notna().any()
        and (column == "published" or judged.loc[judged["derived"].notna(), column].notna().all())
    }


@telling_selection
def agreement_table(evaluation: Evaluation) -> Table:
    """Shoda stavů a shoda čtení: podíl, kappa, vážená kappa."""
    codings = reliability(evaluation).agreements if len(evaluation.dataset.codings) else {}
    rows = {
        **{_STATUSES[column]: found for column, found in status_agreements(evaluation).items()},
        **{_ASPECTS[aspect]: found for aspect, found in codings.items() if found.compared},
    }
    found = list(rows.values())
    return table(
        [
            Col("Co se porovnává", list(rows), 3),
            Col("Opatření", [agreed.compared for agreed in found]),
            Col("Shodně", [agreed.agreed for agreed in found]),
            Col("Podíl shody", [agreed.share for agreed in found], form="percent"),
            Col("Kappa", [agreed.kappa for agreed in found], form="coefficient"),
            Col("Vážená kappa", [agreed.weighted for agreed in found], form="coefficient"),
        ],
        anchor="tab-shoda",
        caption="Shoda stavů" + (" a shoda dvou nezávislých čtení" if codings else ""),
        sheet="Shoda",
        notes=[
            "Kappa měří shodu nad to, co by dala náhoda: 1 je úplná shoda, 0 shoda náhodná.",
            "Vážená kappa počítá rozdíl o dva stupně dvakrát víc než rozdíl o jeden.",
        ],
    )


@telling_selection
def settlements_table(evaluation: Evaluation) -> Table:
    """Opatření, která obě čtení zapsala různě nebo byla revidována, a co platí."""
    rows = reliability(evaluation).settled
    first, second = (
        criterion_words(
            rows[f"{coder}_state"], rows[f"{coder}_reach"].astype("int64"), evaluation.terms
        )
        + " ("
        + rows[f"{coder}_criteria"].map(format_number)
        + ") → "
        + rows[f"{coder}_derived"].map(evaluation.scale.labels)
        for coder in Coder
    )
    return table(
        [
            measure_column(rows["measure_id"]),
            Col("První čtení", first, 2),
            Col("Druhé čtení", second, 2),
            Col("Platí", rows["settled"].map(labels(Settlement)), 0.8),
            Col("Důvod", rows["note"], 4.4),
        ],
        anchor="tab-kodovani",
        caption="Opatření, u nichž se dvě čtení liší nebo byl zápis sjednocen, a co platí",
        sheet="Rozdíly čtení",
        notes=[
            (
                "Uveden je stav a dosah prvního kritéria, v závorce počet kritérií, za šipkou "
                "odvozený stav opatření."
            ),
            (
                "O rozdílech rozhodlo třetí čtení; neznalo zveřejněný stav ani to, které čtení "
                "je které. Pozdější oprava zapisuje stejná slova stejně; je dílem jednoho "
                "zpracovatele."
            ),
        ],
    )
