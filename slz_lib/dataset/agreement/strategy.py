"""Agreement within the strategy: measures, their leads and deadlines, links, sources, territory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

import pandas as pd

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import in_folder, unreal
from slz_lib.vocabulary import (
    Assignment,
    Deadline,
    DeadlineKind,
    IndicatorKind,
    Role,
    named_safely,
)

#: Tables whose ids name files or places in documents.
_NAMING = ("areas", "measures")
_ENDED = {DeadlineKind.FIXED, DeadlineKind.CONTINUOUS}
#: Kinds of deadlines that need a column, and those that may have it.
_OF_KINDS: Mapping[str, tuple[Collection[str], Collection[str]]] = {
    "deadline_published": (_ENDED | {DeadlineKind.EVENT}, set(DeadlineKind)),
    "deadline_until": ({DeadlineKind.FIXED}, _ENDED),
    "deadline_event": ({DeadlineKind.EVENT}, {DeadlineKind.EVENT}),
}


def strategy_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and tables of the strategy and the sources."""
    sources = tables["sources"]
    published = unreal(sources.frame["published"])
    return [
        *_deadlines(tables["measures"], tables["events"]),
        *(fault for name in _NAMING for fault in _named_alike(tables[name])),
        *_leads(tables["measures"], tables["measure_bodies"]),
        *_assignments(tables["measure_bodies"]),
        *_links(tables["links"]),
        *_levels(tables["goals"], tables["goal_levels"]),
        *_levels(tables["other_items"], tables["other_levels"], rooted=False),
        *sources.sheet.faults(published, "published", "čeká se skutečné datum"),
        *_successors(tables["successions"]),
        *_indicators(tables["indicators"]),
        *_known_of_all(tables["districts"]),
        *_tiles(tables["districts"]),
    ]


def _named_alike(records: Checked) -> list[Fault]:
    """Ids that differ only by what names of files and places in documents do not keep apart."""
    ids = records.frame["id"].drop_duplicates()
    plain = ids.map(named_safely).str.casefold()
    first = ids.groupby(plain).transform("first")
    wrong = (ids.notna() & ids.ne(first)).reindex(records.frame.index, fill_value=False)
    return records.sheet.faults(
        wrong,
        "id",
        lambda position, _: (
            f"od „{first[position]}“ se liší jen velikostí písmen nebo oddělovačem; soubory "
            "a odkazy by se jmenovaly stejně, zvolte jiné"
        ),
    )


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


def _links(links: Checked) -> list[Fault]:
    """A link leads from one area or measure to one goal or item of another plan."""
    sheet, filled = links.sheet, links.sheet.text.notna()
    faults: list[Fault] = []
    for columns, said in (
        (("area_id", "measure_id"), "okruh (area_id), nebo opatření (measure_id)"),
        (("goal_id", "item_id"), "cíl (goal_id), nebo položka jiného plánu (item_id)"),
    ):
        wrong = filled[list(columns)].sum(axis="columns") != 1
        faults += sheet.faults(wrong, columns[1], f"čeká se buď {said}, jedno z toho")
    apart = filled["plan_id"] != filled["item_id"]
    return [*faults, *sheet.faults(apart, "plan_id", "plán (plan_id) patří právě k item_id")]


def _levels(items: Checked, levels: Checked, *, rooted: bool = True) -> list[Fault]:
    """What stands under something is of a lower level; under nothing stands the first alone.

    Args:
        items: goals, or items of other plans.
        levels: their levels.
        rooted: whether an item below the first level has to stand under another.
    """
    rows, folder = items.frame, items.sheet.table.folder_column
    ranks = levels.frame["order"].set_axis(in_folder(levels.frame, "id", folder))
    own = in_folder(rows, "level_id", folder).map(ranks[~ranks.index.duplicated()])
    ranked = own.set_axis(in_folder(rows, "id", folder))
    above = in_folder(rows, "parent_id", folder).map(ranked[~ranked.index.duplicated()])
    wrong = (above >= own).fillna(value=False).astype(bool)
    bare = own.gt(1).fillna(value=False).astype(bool) & items.frame["parent_id"].isna() & rooted
    faults = items.sheet.faults
    return [
        *faults(wrong, "parent_id", "nadřazené má být něco z vyšší úrovně"),
        *faults(bare, "parent_id", "cíl pod první úrovní má nadřazený cíl; doplňte jej"),
    ]


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


def _deadlines(measures: Checked, events: Checked) -> list[Fault]:
    """Columns that say something else than the published deadline, where that can be read."""
    frame, sheet = measures.frame, measures.sheet
    published, kind = frame["deadline_published"], frame["deadline_kind"]
    known: dict[str, Deadline] = {}
    for words in published.dropna().unique():
        with suppress(ValueError):
            known[words] = Deadline.parse(words)
    readable = published.isin(list(known))
    foreign = events.frame["event"].notna() & ~events.frame["event"].isin(frame["deadline_event"])
    return [
        *(
            fault
            for column, meanings in _meanings(known).items()
            for fault in _disagreeing(measures, column, meanings, readable)
        ),
        *sheet.faults(unreal(frame["deadline_until"]), "deadline_until", "čeká se skutečné datum"),
        *(
            fault
            for column, (needed, possible) in _OF_KINDS.items()
            for wrong, advice in (
                (kind.isin(needed) & frame[column].isna(), "podle druhu termínu se čeká údaj"),
                (
                    kind.notna() & ~kind.isin(possible) & frame[column].notna(),
                    "podle druhu termínu má být pole prázdné",
                ),
            )
            for fault in sheet.faults(wrong, column, advice)
        ),
        *events.sheet.faults(foreign, "event", "žádné opatření takovou událost v termínu nemá"),
    ]


def _meanings(known: Mapping[str, Deadline]) -> dict[str, dict[str, str]]:
    """What each column should hold, by the published wording; nothing for an empty cell."""
    return {
        f"deadline_{name}": {
            words: str(getattr(deadline, name)) for words, deadline in known.items()
        }
        for name in ("kind", "until", "event")
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


def _known_of_all(districts: Checked) -> list[Fault]:
    """What adds up to the whole is known of every district or of none."""
    text = districts.sheet.text
    return [
        fault
        for column in ("municipalities", "population", "tile_row", "tile_column")
        for fault in districts.sheet.faults(
            text[column].isna() & bool(text[column].notna().any()),
            column,
            "u jiných obvodů je vyplněno; vyplňte všechny, nebo žádný",
        )
    ]


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
