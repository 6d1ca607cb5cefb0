"""Agreement within the strategy: measures and their leads, links, sources."""

from __future__ import annotations

from collections.abc import Mapping

from slz_lib.dataset.agreement.deadlines import deadline_faults
from slz_lib.dataset.agreement.shapes import made_of, unreal
from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import known_keys, unknown_faults
from slz_lib.vocabulary import Assignment, IndicatorKind, LinkKind, Role

#: A link's kind of target and the table that holds its ids.
_LINK_TARGETS = {
    LinkKind.STRATEGIC_GOAL: "strategic_goals",
    LinkKind.NATIONAL_GOAL: "national_goals",
    LinkKind.NATIONAL_MEASURE: "national_measures",
    LinkKind.CITY_AREA: "city_areas",
}


def strategy_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and tables of the strategy and the sources."""
    return [
        *deadline_faults(tables["measures"]),
        *made_of(tables["measures"], "id", ("area_id", "number"), "."),
        *_leads(tables["measures"], tables["measure_bodies"]),
        *_assignments(tables["measure_bodies"]),
        *_link_targets(tables),
        *_published_days(tables["sources"]),
        *_successors(tables["successions"]),
        *_indicators(tables["indicators"]),
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
        known = known_keys(tables[name])
        if known is not None:
            among = links.frame["target_kind"] == str(kind)
            faults.extend(unknown_faults(links, "target_id", known, name, among))
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


def _published_days(sources: Checked) -> list[Fault]:
    wrong = unreal(sources.frame["published"])
    return sources.sheet.faults(wrong, "published", "čeká se skutečné datum")
