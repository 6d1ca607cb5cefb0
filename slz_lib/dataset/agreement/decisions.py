"""Agreement of what periods decide: measures in force in their wordings, statuses as published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import folded, known_keys


def decision_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults of the measures that periods judge and of the statuses that they publish."""
    decisions, measures, periods = (tables[name] for name in ("decisions", "measures", "periods"))
    reported = tables["evidence"], tables["observations"]
    return [
        *_wordings(decisions, measures),
        *_newest(decisions, measures, periods),
        *_in_force(decisions, measures, tables["successions"], periods, reported),
        *_resolutions(periods, decisions),
        *_words(decisions, tables["statuses"]),
    ]


def _wordings(decisions: Checked, measures: Checked) -> list[Fault]:
    """The wording that is judged is one that the measure has."""
    if not _all_wordings(measures):
        return []
    frame = decisions.frame
    pair = ["measure_id", "wording_version"]
    known = measures.frame.rename(columns={"id": "measure_id"})[pair].dropna()
    keys = pd.MultiIndex.from_frame(known)
    among = frame[pair].notna().all(axis="columns") & frame["measure_id"].isin(known["measure_id"])
    wrong = among & ~pd.MultiIndex.from_frame(frame[pair]).isin(keys)
    wordings = known.groupby("measure_id")["wording_version"].agg(", ".join)
    return decisions.sheet.faults(
        wrong,
        "wording_version",
        lambda position, _: (
            "takové znění opatření nemá; tabulka measures zná "
            f"{wordings[frame['measure_id'][position]]}"
        ),
    )


def _newest(decisions: Checked, measures: Checked, periods: Checked) -> list[Fault]:
    """No wording is judged that another one had replaced when the period began.

    One that came while it ran may be judged from the next period on.
    """
    if not _all_wordings(measures) or periods.cell_faults:
        return []
    frame = decisions.frame
    years = frame["period_id"].map(periods.frame.set_index("period_id")["start"].dt.year)
    known = measures.frame[["id", "wording_version"]].dropna()
    rows = pd.DataFrame({"id": frame["measure_id"], "year": years.astype("Float64")})
    pairs = rows.reset_index().merge(known, on="id")
    begun = pairs[pairs["wording_version"].astype("float64").le(pairs["year"])]
    newest = begun.groupby("index")["wording_version"].max().reindex(frame.index)
    return decisions.sheet.faults(
        frame["wording_version"].lt(newest),
        "wording_version",
        lambda position, _: f"od začátku období platí znění {newest[position]}; čeká se ono",
    )


def _all_wordings(measures: Checked) -> bool:
    """Whether the measures and the years of their wordings are all known."""
    years = any(fault.column == "wording_version" for fault in measures.cell_faults)
    return known_keys(measures) is not None and not years


def _in_force(
    decisions: Checked,
    measures: Checked,
    successions: Checked,
    periods: Checked,
    reported: Sequence[Checked],
) -> list[Fault]:
    """A period has a row for every measure in force in it, and for no other; nor has ``reported``.

    A measure is in force from the year of its first wording to the day on which it ended.
    """
    complete = all(
        known.sheet.complete and not (known.cell_faults or known.key_faults)
        for known in (successions, periods)
    )
    if not (_all_wordings(measures) and complete and decisions.sheet.complete):
        return []
    if any(fault.column == "measure_id" for fault in decisions.cell_faults):
        return []
    frame = decisions.frame
    begun = measures.frame.groupby("id", sort=False)["wording_version"].min().astype("Int64")
    ended = successions.frame.set_index("measure_id")["ended"].reindex(begun.index)
    faults: list[Fault] = []
    spans = periods.frame.assign(year=periods.frame["end"].dt.year)
    for period, start, year in spans[["period_id", "start", "year"]].to_numpy().tolist():
        rows = frame["period_id"].eq(period)
        in_force = begun.le(year) & ~ended.lt(start)
        valid = begun[in_force].index
        # What is reported on a measure whose row is faulty is right once the row is.
        told = frame.loc[rows, "measure_id"]
        for table in (decisions, *reported):
            measure = table.frame["measure_id"]
            right = valid if table is decisions else [*valid, *told]
            faults += table.sheet.faults(
                table.frame["period_id"].eq(period)
                & measure.isin(begun.index)
                & ~measure.isin(right),
                "measure_id",
                "opatření v tomto období neplatí; smažte řádek, nebo opravte znění či konec "
                "opatření",
            )
        faults += [
            Fault(
                decisions.sheet.files[period],
                f"chybí řádek opatření {measure}; doplňte jej, nebo zapište konec opatření "
                "do tabulky successions",
            )
            for measure in valid[~valid.isin(told)]
        ]
    return faults


def _resolutions(periods: Checked, decisions: Checked) -> list[Fault]:
    """An own period publishes statuses by a resolution alone."""
    text, rows = periods.sheet.text, decisions.frame
    bare = text[["resolution", "resolved"]].isna().all(axis="columns")
    published = text["id"].isin(rows.loc[rows["status"].notna(), "period_id"])
    return periods.sheet.faults(
        text["origin"].eq("own") & published & bare,
        "resolution",
        "stavy období jsou zveřejněny; čeká se usnesení, jímž byly přijaty",
    )


def _words(decisions: Checked, statuses: Checked) -> list[Fault]:
    """Published words are not those of another step of the scale."""
    if known_keys(statuses) is None:
        return []
    labels = statuses.frame[["code", "label"]].dropna()
    said = dict(zip(folded(labels["label"]), labels["code"], strict=True))
    frame = decisions.frame
    code = folded(frame["published"]).map(said)
    return decisions.sheet.faults(
        code.notna() & frame["status"].notna() & code.ne(frame["status"]),
        "status",
        lambda position, _: (
            f"vydáno je „{frame['published'][position]}“, tedy {code[position]}; "
            "opravte kód, nebo slova"
        ),
    )
