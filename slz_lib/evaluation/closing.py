"""What closes a period: silence of those who did not answer, statuses as they were resolved."""

from __future__ import annotations

from datetime import date

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.changing import Change, stated
from slz_lib.dataset.opening import SOURCE
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.errors import DataError, ParameterError
from slz_lib.evaluation.evaluation import evaluate
from slz_lib.language import counted, enumerate_words, format_date
from slz_lib.vocabulary import UNNAMED, EvidenceState, Reach


def silence(dataset: Dataset, period_id: str) -> Change:
    """A record that nothing was supplied, for each measure on which nobody answered.

    A measure is answered when it has evidence, a commentary or a published status.

    Raises:
        ParameterError: the data do not know the period.
        DataError: the file of evidence cannot be read as it is.
    """
    dataset.period(period_id)
    described = BY_NAME["evidence"]
    before = stated(dataset.root, described, period_id)
    decisions = dataset.decisions[dataset.decisions["period_id"].eq(period_id)]
    told = decisions["commentary_supplied"] | decisions["status"].notna()
    silent = decisions.loc[~told & ~decisions["measure_id"].isin(before["measure_id"])]
    leads = dataset.leads.drop_duplicates("measure_id").set_index("measure_id")["body_id"]
    ids = silent["measure_id"]
    rows = pd.DataFrame(
        {
            "id": ids + "-1",
            "measure_id": ids,
            "order": "1",
            "reporter": ids.map(leads).fillna(UNNAMED),
            "criterion": _criteria(dataset, ids),
            "state": str(EvidenceState.NOTHING_SUPPLIED),
            "reach": str(Reach.UNKNOWN),
            "note": "Podklad nebyl dodán.",
            "source_id": SOURCE,
            "source_place": "zapsáno příkazem slz period silence",
        },
        dtype="str",
    )
    after = pd.concat([before, rows.reindex(columns=before.columns)], ignore_index=True)
    place = {measure: number for number, measure in enumerate(decisions["measure_id"])}
    if before["measure_id"].map(place).is_monotonic_increasing:
        after = after.sort_values("measure_id", key=lambda ids: ids.map(place), kind="stable")
    return Change(described, period_id, before, after.reset_index(drop=True))


def _criteria(dataset: Dataset, ids: pd.Series) -> pd.Series:
    """What each measure was asked about last, or else its indicator, spelled as it is elsewhere."""
    earlier = dataset.evidence[dataset.evidence["order"].eq(1)]
    asked = earlier.drop_duplicates("measure_id", keep="last").set_index("measure_id")["criterion"]
    measures = dataset.measures.drop_duplicates("id", keep="last").set_index("id")
    known = {" ".join(words.split()): words for words in dataset.evidence["criterion"]}
    indicators = measures["indicator"].map(
        lambda words: known.get(" ".join(words.split()), words), na_action="ignore"
    )
    return ids.map(asked).fillna(ids.map(indicators)).fillna("plnění opatření")


def publication(
    dataset: Dataset, period_id: str, resolution: str, day: date
) -> tuple[Change, Change]:
    """The statuses that stand as published ones, and the number of the resolution with its day.

    Raises:
        ParameterError: the data do not know the period, its statuses are taken over from elsewhere,
            the day is before its end, or another resolution is recorded.
        DataError: a measure has no status that stands.
    """
    period = dataset.period(period_id)
    if period.imported:
        raise ParameterError(
            f"Stavy období {period.label} jsou převzaty ze zveřejněné zprávy; není co zveřejnit."
        )
    if day < period.end:
        raise ParameterError(
            f"Usnesení ze dne {format_date(day)} předchází konci období {period.label}; opravte "
            "volbu --date."
        )
    standing = evaluate(dataset, period_id).judgements.set_index("measure_id")["status"]
    missing = standing.index[standing.isna()].tolist()
    if missing:
        raise DataError(
            f"Období {period.label} nelze zveřejnit, stav nemá "
            f"{counted(len(missing), 'opatreni')}: {enumerate_words(missing)}. Doplňte podklady, "
            f"nebo zapište, že dodány nebyly: slz period silence {period_id}; kde si podklady "
            "odporují, rozhodněte v\u00a0decisions.csv."
        )
    spans, judged = (
        stated(dataset.root, BY_NAME[name], period_id) for name in ("periods", "decisions")
    )
    recorded = spans["resolution"].iloc[0]
    if pd.notna(recorded) and recorded != resolution:
        raise ParameterError(
            f"Období {period.label} už bylo zveřejněno usnesením {recorded}; nic se nezměnilo."
        )
    labels = dataset.statuses.set_index("code")["label"]
    statuses = judged["status"].fillna(judged["measure_id"].map(standing))
    published = judged["published"].fillna(statuses.map(labels))
    # The resolution stands in its place before the statuses that rest on it.
    resolved = spans.assign(resolution=resolution, resolved=day.isoformat())
    stated_so = judged.assign(status=statuses, published=published)
    return (
        Change(BY_NAME["periods"], period_id, spans, resolved),
        Change(BY_NAME["decisions"], period_id, judged, stated_so),
    )
