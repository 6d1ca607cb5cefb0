"""Agreement of periods and plans: the days they have, the measures they judge, what is merged."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import among, folded, known_keys
from slz_lib.language import format_date
from slz_lib.vocabulary import Choice, years


def span_faults(tables: Tables) -> list[Fault]:
    """Faults of evaluated periods and of planning horizons, and of what plans propose."""
    periods, horizons = tables["periods"], tables["horizons"]
    ends = periods.frame.dropna(subset=["id", "end"]).drop_duplicates("id").set_index("id")["end"]
    followed = ends.reindex(horizons.frame["follows"]).reset_index(drop=True)
    early = (horizons.frame["start"] <= followed).astype("bool")
    before = pd.Series(data=False, index=periods.frame.index)
    return [
        *_in_folder(periods, "period_id"),
        *_in_order(periods),
        *_apart(periods),
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
        *_apart(horizons),
        *_by_quarters(horizons, early),
        *_years(horizons, early),
        *_within(tables["capacities"], horizons),
        *_whole_quarters(tables["scenarios"]),
        *_merged(tables["merges"]),
        *_proposed(tables["proposals"], tables["measures"]),
        *_merging(tables["proposals"], tables["merges"]),
    ]


def _in_folder(spans: Checked, folder_column: str) -> list[Fault]:
    """A period stands in the folder of its name."""
    frame = spans.frame
    folders = [str(folder) for folder in frame[folder_column]]
    return spans.sheet.faults(
        frame["id"].notna() & frame[folder_column].notna() & frame["id"].ne(frame[folder_column]),
        "id",
        lambda position, _: f"podle složky se čeká „{folders[position]}“",
    )


def _in_order(spans: Checked) -> list[Fault]:
    """The days of a period follow one another; states are given to one soon after its end."""
    frame, faults = spans.frame, spans.sheet.faults
    found = faults(frame["end"] < frame["start"], "end", "čeká se den, který není před start")
    if "as_of" in frame:
        early, late = frame["as_of"] < frame["start"], frame["as_of"].dt.year > next_year(spans)
        found += faults(early, "as_of", "čeká se den, který není před start")
        found += faults(late, "as_of", "čeká se den nejpozději v roce, který následuje po end")
    return found


def next_year(spans: Checked) -> pd.Series:
    """The year after that in which each period ends."""
    ends: pd.Series = spans.frame[["start", "end"]].max(axis="columns").dt.year + 1
    return ends


def _apart(spans: Checked) -> list[Fault]:
    """No day is in two periods."""
    if spans.key_faults:
        return []
    ordered = spans.frame.dropna(subset=["start", "end"]).sort_values(["start", "end"])
    last = ordered["end"].cummax()
    holder = ordered["id"].where(ordered["end"].eq(last)).ffill().shift()
    overlapping = ordered["start"].le(last.shift())
    return spans.sheet.faults(
        overlapping.reindex(spans.frame.index, fill_value=False),
        "start",
        lambda position, _: (
            f"období se překrývá s obdobím {holder[position]}; čeká se den po jeho konci"
        ),
    )


def _by_quarters(horizons: Checked, faulty: pd.Series[bool]) -> list[Fault]:
    """A plan is scheduled by quarters, so it has whole ones."""
    start, end = (horizons.frame[name] for name in ("start", "end"))
    faults, said = horizons.sheet.faults, "plán je po celých čtvrtletích; čeká se"
    return [
        *faults(
            start.notna() & ~start.dt.is_quarter_start & ~faulty,
            "start",
            f"{said} první den čtvrtletí",
        ),
        *faults(end.notna() & ~end.dt.is_quarter_end, "end", f"{said} poslední den čtvrtletí"),
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


def _merged(merges: Checked) -> list[Fault]:
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


def _within(capacities: Checked, horizons: Checked) -> list[Fault]:
    """What a body can do is told of quarters of the plan."""
    if horizons.cell_faults or horizons.key_faults:
        return []
    spans = horizons.frame.set_index("horizon_id")[["start", "end"]]
    first, last = (
        capacities.frame["horizon_id"].map(spans[end].dt.to_period("Q").astype("str"))
        for end in ("start", "end")
    )
    quarter = capacities.frame["quarter"].str.replace("-", "")
    return capacities.sheet.faults(
        quarter.lt(first) | quarter.gt(last), "quarter", "čeká se čtvrtletí plánovacího období"
    )


def _whole_quarters(scenarios: Checked) -> list[Fault]:
    """A day is moved by whole quarters; person-days may be of any size."""
    frame = scenarios.frame
    broken = frame["change"].ne("capacity") & frame["amount"].mod(1).ne(0)
    return scenarios.sheet.faults(
        broken & frame["amount"].notna(), "amount", "termín a začátek posouvají jen celá čtvrtletí"
    )


def _proposed(proposals: Checked, measures: Checked) -> list[Fault]:
    """What has to come first are steps of other measures that there are."""
    if not measures.sheet.complete:
        return []
    known = set(measures.frame["id"].dropna())
    asked = proposals.frame["requires"].astype("str").str.split("; ?", regex=True).explode()
    own = asked.eq(proposals.frame["measure_id"].reindex(asked.index))
    unknown, own = (
        where.groupby(level=0).any() for where in (asked.notna() & ~asked.isin(known), own)
    )
    faults = proposals.sheet.faults
    return [
        *faults(unknown, "requires", "čekají se id z tabulky measures oddělená středníkem"),
        *faults(own, "requires", "opatření nemůže čekat samo na sebe; čeká se jiné"),
    ]


def _merging(proposals: Checked, merges: Checked) -> list[Fault]:
    """What is proposed to be merged, the table of merges says into what."""
    if not merges.sheet.complete:
        return []
    pair, frame = ["horizon_id", "measure_id"], proposals.frame
    alone = frame["choice"].eq(Choice.MERGE) & ~among(frame[pair], merges.frame[pair])
    return proposals.sheet.faults(
        alone, "choice", "tabulka merges neříká, s čím se opatření sloučí; doplňte do ní řádek"
    )


def decision_faults(tables: Tables) -> list[Fault]:
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
    asked = frame[pair].notna().all(axis="columns") & frame["measure_id"].isin(known["measure_id"])
    wordings = known.groupby("measure_id")["wording_version"].agg(", ".join)
    return decisions.sheet.faults(
        asked & ~among(frame[pair], known),
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
    if not _all_wordings(measures) or periods.cell_faults or periods.key_faults:
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
