"""Agreement within periods: coverage, reporters, times, territories."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slz_lib.dataset.agreement.days import unreal
from slz_lib.dataset.agreement.ids import made_of
from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import known_keys, unknown_advice
from slz_lib.dataset.nearest import suggestions
from slz_lib.vocabulary import DAY


def period_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and tables of evaluated periods."""
    return [
        *_coverage(tables["measures"], tables["decisions"]),
        *made_of(tables["evidence"], "id", ("measure_id", "order"), "-"),
        *_reporters(tables["evidence"], tables["bodies"]),
        *_times(tables["observations"]),
        *_territories(tables["observations"], tables["orp"]),
    ]


def _coverage(measures: Checked, decisions: Checked) -> list[Fault]:
    """Every period has a decision of every measure; a repeated one is a repeated key."""
    ids = known_keys(measures)
    if ids is None or not decisions.sheet.complete:
        return []
    if any(fault.column == "measure_id" for fault in decisions.cell_faults):
        return []
    frame = decisions.frame
    decided = {
        period: set(frame.loc[frame["period_id"] == period, "measure_id"])
        for period in decisions.sheet.files
    }
    return [
        Fault(file, None, None, None, f"chybí rozhodnutí o opatření {measure}")
        for period, file in decisions.sheet.files.items()
        for measure in ids
        if measure not in decided[period]
    ]


def _reporters(evidence: Checked, bodies: Checked) -> list[Fault]:
    """A reporter is a known body, a named municipality or organisation, or not stated."""
    known = known_keys(bodies)
    if known is None:
        return []
    reporter = evidence.frame["reporter"]
    free = reporter.str.fullmatch(r"NEUVEDEN|(OBEC|ORG):\S.*", na=False)
    wrong = reporter.notna() & ~free & ~reporter.isin(known)
    near = suggestions(reporter[wrong], [*known, "NEUVEDEN"])
    return evidence.sheet.faults(
        wrong,
        "reporter",
        lambda _, value: (
            unknown_advice("bodies", near.get(value))
            + "; jiný subjekt se zapisuje OBEC:název, ORG:název nebo NEUVEDEN"
        ),
    )


def _territories(observations: Checked, orp: Checked) -> list[Fault]:
    """A territory is the region, an ORP or a named municipality."""
    known = known_keys(orp)
    if known is None:
        return []
    territory = observations.frame["territory"]
    free = territory.str.fullmatch(r"LK|OBEC:\S.*", na=False)
    wrong = territory.notna() & ~free & ~territory.isin(known)
    near = suggestions(territory[wrong], [*known, "LK"])
    return observations.sheet.faults(
        wrong,
        "territory",
        lambda _, value: (
            unknown_advice("orp", near.get(value)) + "; jiné území se zapisuje LK nebo OBEC:název"
        ),
    )


def _follows(text: str, join: str, whole: str, step: int | None) -> bool:
    """Whether ``text`` is two years, the later after the earlier (by ``step`` if given)."""
    if not re.fullmatch(whole, text):
        return False
    first, second = (int(year) for year in text.split(join))
    return second - first == step if step is not None else second > first


def _times(observations: Checked) -> list[Fault]:
    """The time has the shape that its kind names; an unknown time is empty."""
    frame, sheet = observations.frame, observations.sheet
    time = frame["time"].fillna("")
    year = r"[0-9]{4}"
    fits = {
        "year": time.str.fullmatch(year),
        "school_year": time.map(lambda t: _follows(t, "/", f"{year}/{year}", 1)),
        "years": time.map(lambda t: _follows(t, "-", f"{year}-{year}", None)),
        "date": time.str.fullmatch(DAY) & ~unreal(time),
        "unknown": time == "",
    }
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
            (frame["time_kind"] == kind) & ~fit.astype(bool),
            "time",
            f"podle time_kind „{kind}“ se čeká {expected[kind]}",
        )
    ]
