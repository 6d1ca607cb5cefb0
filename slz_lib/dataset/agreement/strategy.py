"""Agreement within the strategy: measures, their leads and deadlines, links, sources, territory."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import made_of, unknown_faults, unreal
from slz_lib.vocabulary import Assignment, Deadline, IndicatorKind, LinkKind, Role

#: A link's kind of target and the table that holds its ids.
_LINK_TARGETS = {
    LinkKind.STRATEGIC_GOAL: "strategic_goals",
    LinkKind.NATIONAL_GOAL: "national_goals",
    LinkKind.NATIONAL_MEASURE: "national_measures",
    LinkKind.CITY_AREA: "city_areas",
}


def strategy_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and tables of the strategy and the sources."""
    sources = tables["sources"]
    published = unreal(sources.frame["published"])
    return [
        *_deadlines(tables["measures"]),
        *made_of(tables["measures"], "id", ("area_id", "number"), "."),
        *_leads(tables["measures"], tables["measure_bodies"]),
        *_assignments(tables["measure_bodies"]),
        *_link_targets(tables),
        *sources.sheet.faults(published, "published", "čeká se skutečné datum"),
        *_successors(tables["successions"]),
        *_indicators(tables["indicators"]),
        *_tiles(tables["districts"]),
    ]


def _leads(measures: Checked, measure_bodies: Checked) -> list[Fault]:
    """Every measure has a lead row, if only one that says that nobody leads it."""
    if not measure_bodies.sheet.complete or measure_bodies.cell_faults:
        return []
    roles = measure_bodies.frame
    led = roles.loc[roles["role"] == str(Role.LEAD), "measure_id"]
    ids = measures.frame["id"]
    return measures.sheet.faults(
        ids.notna() & ~ids.isin(led),
        "id",
        "opatření nemá v tabulce measure_bodies gestora; doplňte řádek s rolí lead",
    )


def _assignments(measure_bodies: Checked) -> list[Fault]:
    """A role has a body unless it is not assigned."""
    frame, sheet = measure_bodies.frame, measure_bodies.sheet
    nobody = frame["assignment"] == str(Assignment.NOT_ASSIGNED)
    holder = sheet.text["body_id"].notna()
    known = frame["assignment"].notna()
    return [
        *sheet.faults(known & nobody & holder, "body_id", "u not_assigned má být pole prázdné"),
        *sheet.faults(known & ~nobody & ~holder, "body_id", "čeká se id z tabulky bodies"),
    ]


def _link_targets(tables: Mapping[str, Checked]) -> list[Fault]:
    links = tables["links"]
    faults: list[Fault] = []
    for kind, name in _LINK_TARGETS.items():
        among = links.frame["target_kind"] == str(kind)
        faults += unknown_faults(links, "target_id", tables[name], among)
    return faults


def _successors(successions: Checked) -> list[Fault]:
    """What a measure became goes on after its end; so no measures follow each other in a circle."""
    frame = successions.frame
    ends = frame.drop_duplicates("measure_id").set_index("measure_id")["ended"]
    gone = ends.reindex(frame["successor_id"]).set_axis(frame.index) <= frame["ended"]
    return successions.sheet.faults(
        frame["successor_id"].notna() & gone,
        "successor_id",
        "toto opatření v ten den skončilo také, nebo už dřív; čeká se takové, které platí dál",
    )


def _indicators(indicators: Checked) -> list[Fault]:
    """An indicator has a name unless there is none; a goal and its start are told apart."""
    frame, sheet = indicators.frame, indicators.sheet
    nothing = frame["kind"] == str(IndicatorKind.MISSING)
    named = sheet.text["name"].notna()
    known = frame["kind"].notna()
    both = frame["baseline"].notna() & (frame["baseline"] == frame["target"])
    return [
        *sheet.faults(known & nothing & named, "name", "u druhu missing má být pole prázdné"),
        *sheet.faults(known & ~nothing & ~named, "name", "čeká se název indikátoru"),
        *sheet.faults(both, "target", "čeká se jiná hodnota, než je výchozí"),
    ]


def _deadlines(measures: Checked) -> list[Fault]:
    """Deadlines that cannot be read, and columns that say something else."""
    published = measures.frame["deadline_published"]
    known: dict[str, Deadline] = {}
    for words in published.dropna().unique():
        with suppress(ValueError):
            known[words] = Deadline.parse(words)
    readable = published.isin(list(known))
    return [
        *measures.sheet.faults(
            published.notna() & ~readable,
            "deadline_published",
            "čeká se termín s měsícem a rokem (12 / 2024), nebo událost (po přijetí zákona)",
        ),
        *(
            fault
            for column, meanings in _meanings(known).items()
            for fault in _disagreeing(measures, column, meanings, readable)
        ),
    ]


def _meanings(known: Mapping[str, Deadline]) -> dict[str, dict[str, str]]:
    """What each column should hold, by the published wording; nothing for an empty cell."""
    return {
        "deadline_kind": {words: str(deadline.kind) for words, deadline in known.items()},
        "deadline_month": {
            words: f"{deadline.year}-{deadline.month:02d}"
            for words, deadline in known.items()
            if deadline.year is not None
        },
        "deadline_event": {
            words: deadline.event for words, deadline in known.items() if deadline.event is not None
        },
    }


def _disagreeing(
    measures: Checked, column: str, meanings: Mapping[str, str], readable: pd.Series[bool]
) -> list[Fault]:
    published = measures.frame["deadline_published"]
    meaning = published.map(meanings).astype("str").fillna("")
    differs = measures.frame[column].fillna("") != meaning

    def advice(position: int, _: str) -> str:
        wanted = meaning[position]
        expected = f"se čeká „{wanted}“" if wanted else "má být pole prázdné"
        return f"podle vydaného termínu „{published[position]}“ {expected}"

    return measures.sheet.faults(differs & readable, column, advice)


def _tiles(districts: Checked) -> list[Fault]:
    """Tiles are one wide, so those of one row stand a whole column apart."""
    placed = districts.frame.dropna(subset=["tile_row", "tile_column"])
    placed = placed.sort_values(["tile_row", "tile_column"], kind="stable")
    apart = placed.groupby("tile_row")["tile_column"].diff()
    beside = placed["id"].groupby(placed["tile_row"]).shift()
    wrong = apart.lt(1).reindex(districts.frame.index, fill_value=False)
    return districts.sheet.faults(
        wrong,
        "tile_column",
        lambda position, _: (
            f"dlaždice se překrývá s dlaždicí obvodu {beside[position]} v téže řadě; "
            "čeká se sloupec vzdálený aspoň o 1"
        ),
    )
