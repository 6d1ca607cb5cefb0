"""Agreement of periods and plans: folder, id, label and days say the same years; what is merged."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.language import format_date
from slz_lib.vocabulary import years


def span_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults of the ids, labels and days of evaluated periods and of planning horizons."""
    periods, horizons = tables["periods"], tables["horizons"]
    ends = periods.frame.dropna(subset=["id", "end"]).drop_duplicates("id").set_index("id")["end"]
    followed = ends.reindex(horizons.frame["follows"]).reset_index(drop=True)
    early = (horizons.frame["start"] <= followed).astype("bool")
    before = pd.Series(data=False, index=periods.frame.index)
    return [
        *_in_folder(periods, "period_id"),
        *_in_order(periods),
        *_years(periods, before),
        *_in_folder(horizons, "horizon_id"),
        *_in_order(horizons),
        *horizons.sheet.faults(
            early,
            "start",
            lambda position, _: (
                "čeká se den po konci období, na něž plán navazuje "
                f"({format_date(followed[position])})"
            ),
        ),
        *_years(horizons, early),
    ]


def _in_folder(spans: Checked, folder_column: str) -> list[Fault]:
    """A period stands in the folder of its name."""
    frame = spans.frame
    folders = [str(folder) for folder in frame[folder_column]]
    return spans.sheet.faults(
        frame["id"].notna() & (frame["id"] != frame[folder_column]),
        "id",
        lambda position, _: f"podle složky se čeká „{folders[position]}“",
    )


def _in_order(spans: Checked) -> list[Fault]:
    """The days of a period follow one another."""
    return [
        fault
        for column in ("end", "as_of")
        if column in spans.frame
        for fault in spans.sheet.faults(
            spans.frame[column] < spans.frame["start"], column, "čeká se den, který není před start"
        )
    ]


def _years(spans: Checked, faulty: pd.Series[bool]) -> list[Fault]:
    """Id and label are the years of the days, where these are in order (not ``faulty``)."""
    frame, sheet = spans.frame, spans.sheet
    dated = (frame["start"] <= frame["end"]) & ~faulty
    days = list(zip(frame["start"], frame["end"], dated, strict=True))
    ids, labels = (
        pd.Series(
            [years(start, end, join) if known else None for start, end, known in days],
            index=frame.index,
            dtype="str",
        )
        for join in ("-", "–")
    )
    differs = dated & frame["id"].notna() & (frame["id"] != ids)
    misnamed = dated & ~differs & frame["label"].notna() & (frame["label"] != labels)
    said = "podle sloupců start a end se čeká"
    return [
        *sheet.faults(differs, "id", lambda position, _: f"{said} „{ids[position]}“"),
        *sheet.faults(misnamed, "label", lambda position, _: f"{said} „{labels[position]}“"),
    ]


def merge_faults(merges: Checked) -> list[Fault]:
    """A measure is merged into another one, which itself stays."""
    frame, sheet = merges.frame, merges.sheet
    known = frame["measure_id"].notna() & frame["into_measure_id"].notna()
    itself = known & (frame["measure_id"] == frame["into_measure_id"])
    merged = (frame["horizon_id"] + "/" + frame["measure_id"])[known & ~itself]
    into = frame["horizon_id"] + "/" + frame["into_measure_id"]
    return [
        *sheet.faults(itself, "into_measure_id", "opatření nelze sloučit samo se sebou"),
        *sheet.faults(
            known & ~itself & into.isin(merged),
            "into_measure_id",
            "toto opatření se samo slučuje s jiným; čeká se opatření, které zůstane",
        ),
    ]


def proposal_faults(proposals: Checked, measures: Checked) -> list[Fault]:
    """What has to come first are steps of measures that there are."""
    if not measures.sheet.complete:
        return []
    known = set(measures.frame["id"].dropna())
    asked = proposals.frame["requires"].astype("str").str.split("; ?", regex=True)
    unknown = asked.map(lambda ids: isinstance(ids, list) and not set(ids) <= known).astype(bool)
    advice = "čekají se id z tabulky measures oddělená středníkem"
    return proposals.sheet.faults(unknown, "requires", advice)
