"""Agreement within periods: measures in force, reporters, places, times, territories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import normalize

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import (
    known_keys,
    made_of,
    proposed_row,
    unknown_advice,
    unknown_faults,
)
from slz_lib.dataset.nearest import suggestions
from slz_lib.dataset.times import stating
from slz_lib.vocabulary import MUNICIPALITY, ORGANISATION, UNNAMED, CommentKind, Outcome


def period_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and tables of evaluated periods."""
    return [
        *_wordings(tables["decisions"], tables["measures"]),
        *_newest(tables["decisions"], tables["measures"], tables["periods"]),
        *_in_force(
            tables["decisions"],
            tables["measures"],
            tables["successions"],
            tables["periods"],
            (tables["evidence"], tables["observations"]),
        ),
        *_resolutions(tables["periods"], tables["decisions"]),
        *_words(tables["decisions"], tables["statuses"]),
        *_twins(tables["evidence"]),
        *_places(tables["evidence"], tables["places"]),
        *_places(tables["codings"], tables["places"]),
        *_places(tables["contributions"], tables["places"]),
        *made_of(tables["evidence"], "id", ("measure_id", "order"), "-"),
        *_reporters(tables["evidence"], tables["bodies"]),
        *_reporters(tables["contributions"], tables["bodies"]),
        *_times(tables["observations"]),
        *_readable(tables["evidence"]),
        *_ahead(tables["observations"], tables["periods"]),
        *_ahead(tables["evidence"], tables["periods"]),
        *_territories(tables["observations"], tables["districts"], tables["bodies"]),
        *_named(tables["observations"], "territory", tables),
        *_named(tables["evidence"], "reporter", tables),
        *_refusals(tables["comments"]),
    ]


def _refusals(comments: Checked) -> list[Fault]:
    """An essential comment is not refused without a reason."""
    frame = comments.frame
    refused = frame["kind"].eq(CommentKind.ESSENTIAL) & frame["outcome"].eq(Outcome.REFUSED)
    return comments.sheet.faults(
        refused & frame["reason"].isna(),
        "reason",
        "zásadní připomínka není akceptována; čeká se důvod",
    )


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
    begun = pairs[pairs["wording_version"].astype("float64").le(pairs["year"]).fillna(value=False)]
    newest = begun.groupby("index")["wording_version"].max().reindex(frame.index)
    return decisions.sheet.faults(
        frame["wording_version"].lt(newest).fillna(value=False).astype(bool),
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
        valid = begun.index[in_force.fillna(False).astype(bool)]
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
    said = {
        _plain(label): code for code, label in statuses.frame[["code", "label"]].dropna().to_numpy()
    }
    frame = decisions.frame
    code = frame["published"].map(lambda words: said.get(_plain(words)), na_action="ignore")
    return decisions.sheet.faults(
        code.notna() & frame["status"].notna() & code.ne(frame["status"]),
        "status",
        lambda position, _: (
            f"vydáno je „{frame['published'][position]}“, tedy {code[position]}; "
            "opravte kód, nebo slova"
        ),
    )


def _plain(text: str) -> str:
    """Text by which two spellings of the same words are one."""
    return " ".join(normalize("NFC", text).casefold().split())


def _twins(evidence: Checked) -> list[Fault]:
    """One criterion is written in one way, or it would count as two."""
    frame = evidence.frame
    plain = frame["criterion"].map(_plain, na_action="ignore")
    groups = [frame["period_id"], frame["measure_id"], plain]
    first = frame["criterion"].groupby(groups).transform("first")
    return evidence.sheet.faults(
        frame["criterion"].notna() & first.notna() & frame["criterion"].ne(first),
        "criterion",
        lambda position, _: f"kritérium je výše zapsáno „{first[position]}“; pište je stejně",
    )


def _places(table: Checked, places: Checked) -> list[Fault]:
    """Every named place is one that the table of places knows."""
    known = known_keys(places)
    if known is None:
        return []
    # Where no row names a place, nothing says that the pieces are text.
    named = table.frame["places"].str.split(";").explode().astype("str").str.strip()
    unknown = named[named.notna() & named.ne("") & ~named.isin(known)]
    near = suggestions(unknown, known.dropna().tolist())
    first = unknown[~unknown.index.duplicated()]
    wrong = pd.Series(table.frame.index.isin(first.index), index=table.frame.index)
    return table.sheet.faults(
        wrong,
        "places",
        lambda position, _: (
            f"místo „{first[position]}“: "
            + unknown_advice("places", near.get(first[position]))
            + "; nové doplňte řádkem "
            + proposed_row(places, {"id": first[position]})
        ),
    )


def _reporters(evidence: Checked, bodies: Checked) -> list[Fault]:
    """A reporter is a known body, a named municipality or organisation, or not stated."""
    spelling = rf"{UNNAMED}|({MUNICIPALITY}|{ORGANISATION})\S.*"
    written = evidence.frame["reporter"].str.fullmatch(spelling, na=False)
    return unknown_faults(
        evidence,
        "reporter",
        bodies,
        ~written,
        codes=(UNNAMED,),
        otherwise=f"; jiný subjekt se zapisuje {MUNICIPALITY}název, {ORGANISATION}název "
        f"nebo {UNNAMED}",
    )


def _territories(observations: Checked, districts: Checked, bodies: Checked) -> list[Fault]:
    """A territory is a district, that of a body, or a named municipality."""
    territory = observations.frame["territory"]
    if known_keys(bodies) is None:
        return []
    written = territory.str.startswith(MUNICIPALITY, na=False)
    written |= territory.isin(bodies.frame["id"].dropna())
    return unknown_faults(
        observations,
        "territory",
        districts,
        ~written,
        otherwise=f"; jiné území se zapisuje {MUNICIPALITY}název nebo id subjektu, "
        "jehož území to je",
    )


def _named(table: Checked, column: str, tables: Mapping[str, Checked]) -> list[Fault]:
    """A municipality that is named by ``OBEC:`` is one of the territory."""
    names = {"places": "id", "partnerships": "municipality", "districts": "name"}
    if not all(tables[name].sheet.complete for name in names):
        return []
    known = pd.concat([tables[name].frame[key] for name, key in names.items()]).dropna()
    place = table.frame[column].str.extract(rf"^{MUNICIPALITY}\s*(.*)$", expand=False)
    unknown = place.notna() & ~place.isin(known)
    near = suggestions(place[unknown], known.tolist())
    return table.sheet.faults(
        unknown,
        column,
        lambda position, _: (
            unknown_advice("places", near.get(place[position]))
            + "; nové místo doplňte řádkem "
            + proposed_row(tables["places"], {"id": place[position]})
        ),
    )


def _ahead(table: Checked, periods: Checked) -> list[Fault]:
    """A figure tells of the period, of years before it, or of the year after: a budget, a plan."""
    if periods.cell_faults or periods.key_faults:
        return []
    frame = table.frame
    ends = periods.frame.set_index("period_id")[["start", "end"]].max(axis="columns").dt.year
    last = frame["period_id"].map(ends) + 1
    year = pd.to_numeric(frame["time"].str[:4], errors="coerce")
    return table.sheet.faults(
        year.gt(last),
        "time",
        lambda position, _: (
            f"údaj období může být nejvýše za rok {last[position]:.0f}; opravte čas"
        ),
    )


def _times(observations: Checked) -> list[Fault]:
    """The time has the shape that its kind names; an unknown time is empty."""
    frame, sheet = observations.frame, observations.sheet
    fits = stating(frame["time"])
    expected = {
        "year": "rok (2023)",
        "school_year": "školní rok (2021/2022)",
        "years": "roky od–do (2021-2023)",
        "date": "skutečné datum ve tvaru RRRR-MM-DD",
        "unknown": "prázdné pole",
    }
    return [
        fault
        for kind, fit in fits.items()
        for fault in sheet.faults(
            (frame["time_kind"] == kind) & ~fit,
            "time",
            f"podle time_kind „{kind}“ se čeká {expected[kind]}",
        )
    ]


def _readable(evidence: Checked) -> list[Fault]:
    """The time of a figure that evidence carries is of some kind, or is not known."""
    readable = pd.DataFrame(stating(evidence.frame["time"])).any(axis="columns")
    expected = evidence.sheet.table.column("time").expected
    return evidence.sheet.faults(~readable, "time", f"čeká se {expected}")
