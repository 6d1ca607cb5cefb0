"""Agreement within the strategy: words, measures, leads, deadlines, links, territory; sources."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import pandas as pd

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import in_folder
from slz_lib.dataset.times import unreal
from slz_lib.vocabulary import COUNTED, Deadline, Role, named_safely

#: Tables whose ids name files or places in documents.
_NAMING = ("areas", "measures")


def strategy_faults(tables: Tables) -> list[Fault]:
    """Faults between columns and tables of the strategy and the sources."""
    sources = tables["sources"]
    published = unreal(sources.frame["published"])
    return [
        *tables["strategy"].sheet.faults(
            pd.Series(tables["strategy"].frame.index > 0),
            "id",
            "strategie je v datech jen jedna; smažte řádek, nebo jej oddělte dobou platnosti",
        ),
        *_deadlines(tables["measures"], tables["events"]),
        *(fault for name in _NAMING for fault in _named_alike(tables[name])),
        *_leads(tables["measures"], tables["measure_bodies"]),
        *_links(tables["links"]),
        *_levels(tables["goals"], tables["goal_levels"]),
        *_levels(tables["other_items"], tables["other_levels"], rooted=False),
        *sources.sheet.faults(published, "published", "čeká se skutečné datum"),
        *_successors(tables["successions"]),
        *_indicators(tables["indicators"]),
        *_known_of_all(tables["districts"]),
        *_tiles(tables["districts"]),
        *_circles(tables),
    ]


def _named_alike(records: Checked) -> list[Fault]:
    """Ids that differ only by what names of files and places in documents do not keep apart."""
    ids = records.frame["id"].dropna().drop_duplicates()
    plain = ids.map(named_safely).str.casefold()
    first = ids.groupby(plain).transform("first")
    wrong = ids.ne(first).reindex(records.frame.index, fill_value=False)
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
    led = roles.loc[roles["role"] == Role.LEAD, "measure_id"]
    ids = measures.frame["id"]
    return measures.sheet.faults(
        ids.notna() & ~ids.isin(led),
        "id",
        "opatření nemá v tabulce measure_bodies gestora; doplňte řádek s rolí lead",
    )


def _links(links: Checked) -> list[Fault]:
    """A link leads from one area or measure to one goal or item of another plan."""
    sheet, filled = links.sheet, links.sheet.text.notna()
    faults: list[Fault] = []
    if not sheet.complete:
        return faults
    for columns, said in (
        (("area_id", "measure_id"), "okruh (area_id), nebo opatření (measure_id)"),
        (("goal_id", "item_id"), "cíl (goal_id), nebo položka jiného plánu (item_id)"),
    ):
        wrong = filled[list(columns)].sum(axis="columns") != 1
        faults += sheet.faults(wrong, columns[1], f"čeká se buď {said}, jedno z toho")
    return faults


def _levels(items: Checked, levels: Checked, *, rooted: bool = True) -> list[Fault]:
    """What stands under something is of a lower level; if ``rooted``, only the first is bare."""
    if not (items.sheet.complete and levels.sheet.complete):
        return []
    rows, folder = items.frame, items.sheet.table.folder_column
    ranks = levels.frame["order"].set_axis(in_folder(levels.frame, "id", folder))
    own = in_folder(rows, "level_id", folder).map(ranks[~ranks.index.duplicated()])
    ranked = own.set_axis(in_folder(rows, "id", folder))
    above = in_folder(rows, "parent_id", folder).map(ranked[~ranked.index.duplicated()])
    bare = own.gt(1) & items.frame["parent_id"].isna() & rooted
    faults = items.sheet.faults
    return [
        *faults(above >= own, "parent_id", "nadřazené má být něco z vyšší úrovně"),
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
    """The goal of an indicator and its start are told apart."""
    frame = indicators.frame
    both = frame["baseline"].notna() & (frame["baseline"] == frame["target"])
    return indicators.sheet.faults(both, "target", "čeká se jiná hodnota, než je výchozí")


def _deadlines(measures: Checked, events: Checked) -> list[Fault]:
    """Columns that say something else than the published deadline, where that can be read."""
    frame, sheet = measures.frame, measures.sheet
    published = frame["deadline_published"]
    known: dict[str, Deadline] = {}
    for words in published.dropna().unique():
        with suppress(ValueError):
            known[words] = Deadline.parse(words)
    foreign = events.frame["event"].notna() & ~events.frame["event"].isin(frame["deadline_event"])
    faults: list[Fault] = []
    for name in ("kind", "until", "event"):
        meant = {words: str(getattr(deadline, name)) for words, deadline in known.items()}
        wanted = published.map(meant).astype("str")
        differs = wanted.notna() & frame[f"deadline_{name}"].fillna("").ne(wanted)
        advice = partial(_as_published, published, wanted)
        faults += sheet.faults(differs, f"deadline_{name}", advice)
    return [
        *faults,
        *sheet.faults(unreal(frame["deadline_until"]), "deadline_until", "čeká se skutečné datum"),
        *events.sheet.faults(foreign, "event", "žádné opatření takovou událost v termínu nemá"),
    ]


def _as_published(published: pd.Series, wanted: pd.Series, position: int, _: str) -> str:
    expected = f"se čeká „{wanted[position]}“" if wanted[position] else "má být pole prázdné"
    return f"podle vydaného termínu „{published[position]}“ {expected}"


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


#: Tables whose rows point to others: the column of what points, and of what it points to. Merges,
#: successions and levels of goals are held by rules of their own, which leave no circle.
_POINTING = (
    ("goal_conditions", "goal_id", "condition_id"),
    ("bodies", "id", "parent_id"),
)
#: A circle of more records is named by its beginning.
_NAMED = 5


def _circles(tables: Tables) -> list[Fault]:
    """Rows that close a circle: conditions of goals, and bodies above one another."""
    return [
        fault
        for name, column, points_to in _POINTING
        for fault in _in_circle(tables[name], column, points_to)
    ]


def _in_circle(checked: Checked, column: str, points_to: str) -> list[Fault]:
    """Rows in a circle, or between two: left when ends and beginnings are taken away again."""
    rows = checked.frame[[column, points_to]]
    around, before = rows.dropna(), -1
    while len(around) != before:
        before = len(around)
        goes_on = around[points_to].isin(around[column])
        around = around[goes_on & around[column].isin(around[points_to])]
    onward = dict(zip(around[column], around[points_to], strict=True))
    return checked.sheet.faults(
        rows.index.to_series().isin(around.index),
        points_to,
        lambda position, _: (
            "záznamy na sebe odkazují v kruhu "
            f"({_told(rows.iloc[position].tolist(), onward)}); jeden z odkazů zrušte"
        ),
    )


def _told(way: list[str], onward: Mapping[str, str]) -> str:
    """The way on from a record and what it points to, so far as it is named: *P1 → P5 → P1*."""
    while way[-1] not in way[:-1]:
        if len(way) > _NAMED:
            return " → ".join([*way, "…"])
        way = [*way, onward[way[-1]]]
    return " → ".join(way)


def term_faults(words: Checked) -> list[Fault]:
    """A word has a singular, what is counted a plural too, and both are of one gender."""
    frame, sheet = words.frame, words.sheet
    if not sheet.complete or words.cell_faults:
        return []
    singular, plural = (
        set(frame.loc[frame["number"].eq(n), "term"]) for n in ("singular", "plural")
    )
    first = frame.groupby("term")["gender"].transform("first")
    return [
        *(
            sheet.lacking(f"slovo {term} nemá řádek čísla {number}; doplňte jej")
            for number, lacking in (
                ("singular", plural - singular),
                ("plural", (singular - plural) & set(COUNTED)),
            )
            for term in sorted(lacking)
        ),
        *sheet.faults(frame["gender"].ne(first), "gender", "čeká se týž rod jako v řádku výše"),
    ]
