"""Agreement of what is reported: reporters, places, times, territories, codes, comments."""

from __future__ import annotations

import pandas as pd

from slz_lib.dataset.agreement.periods import next_year
from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import folded, known_keys, proposed_row, unknown_advice, unknown_faults
from slz_lib.dataset.nearest import hints
from slz_lib.dataset.observations import each_place
from slz_lib.dataset.times import stating
from slz_lib.language import in_any_form
from slz_lib.vocabulary import (
    MUNICIPALITY,
    ORGANISATION,
    UNNAMED,
    CommentKind,
    EvidenceState,
    Outcome,
)


def evidence_faults(tables: Tables) -> list[Fault]:
    """Faults of evidence, figures and comments of periods, and of places that a proposal names."""
    evidence, figures, places = (tables[name] for name in ("evidence", "observations", "places"))
    bodies, periods = tables["bodies"], tables["periods"]
    placed = [tables[name] for name in ("codings", "contributions", "proposals")]
    return [
        *_twins(evidence),
        *(fault for table in (evidence, *placed) for fault in _places(table, places)),
        *_ids(evidence),
        *_reporters(evidence, bodies),
        *_reporters(tables["contributions"], bodies),
        *_times(figures),
        *_readable(evidence),
        *_ahead(figures, periods),
        *_ahead(evidence, periods),
        *_territories(figures, tables["districts"], bodies),
        *_named(figures, "territory", tables),
        *_named(evidence, "reporter", tables),
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


def _twins(evidence: Checked) -> list[Fault]:
    """One criterion is written in one way, or it would count as two."""
    frame = evidence.frame
    groups = [frame["period_id"], frame["measure_id"], folded(frame["criterion"])]
    first = frame["criterion"].groupby(groups).transform("first")
    return evidence.sheet.faults(
        frame["criterion"].notna() & first.notna() & frame["criterion"].ne(first),
        "criterion",
        lambda position, _: f"kritérium je výše zapsáno „{first[position]}“; pište je stejně",
    )


def _ids(evidence: Checked) -> list[Fault]:
    """A piece of evidence is named by its measure and its number."""
    frame = evidence.frame
    made = frame["measure_id"] + "-" + frame["order"].astype("str")
    known = frame[["id", "order"]].notna().all(axis="columns") & made.notna()
    return evidence.sheet.faults(
        known & frame["id"].ne(made),
        "id",
        lambda position, _: f"podle sloupců measure_id a order se čeká „{made[position]}“",
    )


def _places(table: Checked, places: Checked) -> list[Fault]:
    """Every named place is one that the table of places knows."""
    known = known_keys(places)
    if known is None:
        return []
    named = each_place(table.frame)["place"]
    unknown = named[~named.isin(known)]
    near = hints(unknown, known.dropna().tolist())
    first = unknown[~unknown.index.duplicated()]
    wrong = pd.Series(table.frame.index.isin(first.index), index=table.frame.index)
    return table.sheet.faults(
        wrong,
        "places",
        lambda position, _: (
            f"místo „{first[position]}“: "
            + unknown_advice("places", near[first[position]])
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
    written = territory.str.match(rf"{MUNICIPALITY}\s*\S", na=False)
    written |= territory.isin(bodies.frame["id"].dropna())
    return unknown_faults(
        observations,
        "territory",
        districts,
        ~written,
        otherwise=f"; jiné území se zapisuje {MUNICIPALITY}název nebo id subjektu, "
        "jehož území to je",
    )


def _named(table: Checked, column: str, tables: Tables) -> list[Fault]:
    """A municipality that is named by ``OBEC:`` is one of the territory."""
    names = {"places": "id", "partnerships": "municipality", "districts": "name"}
    if not all(tables[name].sheet.complete for name in names):
        return []
    known = pd.concat([tables[name].frame[key] for name, key in names.items()]).dropna()
    place = table.frame[column].str.extract(rf"^{MUNICIPALITY}\s*(.+)$", expand=False)
    unknown = place.notna() & ~place.isin(known)
    near = hints(place[unknown], known.tolist())
    return table.sheet.faults(
        unknown,
        column,
        lambda position, _: (
            unknown_advice("places", near[place[position]])
            + "; nové místo doplňte řádkem "
            + proposed_row(tables["places"], {"id": place[position]})
        ),
    )


def _ahead(table: Checked, periods: Checked) -> list[Fault]:
    """A figure tells of the period, of years before it, or of the year after: a budget, a plan."""
    if periods.cell_faults or periods.key_faults:
        return []
    frame = table.frame
    last = frame["period_id"].map(next_year(periods).set_axis(periods.frame["period_id"]))
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


#: A reach is asked of what runs at least in part.
_RUNNING = [EvidenceState.DONE, EvidenceState.FULFILLED, EvidenceState.PARTIAL]


def coding_warnings(tables: Tables) -> list[Fault]:
    """Evidence whose note has words that are coded otherwise; not refused, since words mislead.

    Where evidence names places, they say more of its reach than words.
    """
    evidence, terms = tables["evidence"], tables["coding_terms"].frame
    frame = evidence.frame
    reaching = frame["state"].isin(_RUNNING) & frame["places"].isna()
    asked = {"state": pd.Series(True, index=frame.index), "reach": reaching}
    warnings = []
    for phrase, column, code in terms[["phrase", "column", "code"]].to_numpy():
        warnings += evidence.sheet.faults(
            frame["note"].str.contains(in_any_form(phrase), na=False)
            & frame[column].ne(code)
            & asked[column],
            column,
            f"slova „{phrase}“ se podle tabulky coding_terms zapisují jako „{code}“",
        )
    return warnings
