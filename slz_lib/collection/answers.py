"""Staged cells as answers that can be taken, and what waits and why."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.collection.forms import Answer
from slz_lib.dataset.keys import among
from slz_lib.untrusted import shown
from slz_lib.vocabulary import STATE_LABELS

if TYPE_CHECKING:
    from slz_lib.collection.inbox import Collected

#: What an answer is of: who says it of which measure; a criterion of it, none for a whole one.
WHO = ["body", "place", "organisation", "measure_id"]
FIELDS = ["state", "reach", "places", "value", "unit", "time", "description", "link", "next_step"]
_KEY = [*WHO, "criterion"]
#: Characters of a description that stand in a note; the whole of it is in the file.
_LONGEST_NOTE = 600


def answers(collected: Collected, *, doubtful: bool) -> tuple[pd.DataFrame, list[str]]:
    """One row an answer that can be taken, and a Czech sentence for each that waits.

    An answer of a whole measure and those of its criteria exclude each other, unless one is of a
    later round, which then counts. An answer waits without a state, while the respondent is asked
    about it again, and while something in it is doubtful.

    Args:
        collected: what an inbox holds; its ``staged`` with ``source_id``.
        doubtful: whether doubtful answers are taken as well.

    Returns:
        ``body``, ``place``, ``organisation``, ``measure_id``, ``criterion`` (empty for a whole
        measure), ``answer``, a column a field, ``note``, ``source_id``, ``source_place``, and
        ``at``: file and cell.
    """
    cells, waiting = _of_known(_located(collected.staged))
    values = cells.pivot(index=_KEY, columns="field", values="value")  # noqa: PD010
    values = values.reindex(columns=["answer", *FIELDS]).astype("str")
    # What stands for an answer is its state; for one without a state, whatever there is.
    other = ~cells["field"].isin(["answer", "state"])
    first = cells.assign(other=other).sort_values(["other", "at"]).groupby(_KEY).first()
    found = values.join(first[["round", "source_id", "source_place", "at"]])
    figures = cells[cells["field"].eq("value")].set_index(_KEY)
    found["source_place"] += _place_beside(found, "údaj", figures)
    asked = collected.quarantined[collected.quarantined["ask"].astype(bool)]
    doubts = collected.warnings.head(0) if doubtful else collected.warnings
    for name, rows in (("asked", asked), ("doubt", doubts)):
        why = rows[rows["field"].isin(["answer", *FIELDS])].groupby(_KEY)["why"].first()
        found[name] = why.reindex(found.index).astype("str")
    taken, left = _settled(found.assign(note=_notes(found)).reset_index())
    return taken, waiting + left


def reports(collected: Collected, *, doubtful: bool) -> tuple[pd.DataFrame, list[str]]:
    """What leads report of steps of a plan, and a Czech sentence for each that waits.

    A note alone waits for a state; the work that a step takes does not, it says what it says.

    Args:
        collected: what an inbox holds; its ``staged`` with ``source_id``, cells of steps alone.
        doubtful: whether doubtful answers are taken as well.

    Returns:
        ``step_id``, ``state``, ``note`` and ``person_days`` (each NA where not said),
        ``source_id`` and ``source_place``.
    """
    cells, waiting = _certain(collected, doubtful)
    by_step = {
        field: rows.drop_duplicates("step_id", keep="last").set_index("step_id")
        for field, rows in cells.sort_values("round", kind="stable").groupby("field")
    }
    none = cells.head(0).set_index("step_id")
    states, work, notes = (by_step.get(f"step_{name}", none) for name in ("state", "days", "note"))
    found = pd.concat([states, work[~work.index.isin(states.index)]])
    beside = work[work.index.isin(states.index)]
    found["source_place"] += _place_beside(found, "pracnost", beside)
    for name, said in (("state", states), ("note", notes), ("person_days", work)):
        found[name] = said["value"].reindex(found.index).astype("str")
    alone = notes[~notes.index.isin(found.index)]
    waiting += (alone["at"] + ": u\u00a0kroku " + alone.index + " chybí stav.").tolist()
    names = ["step_id", "state", "note", "person_days", "source_id", "source_place"]
    return found.reset_index()[names], waiting


def capacities(collected: Collected, *, doubtful: bool) -> tuple[pd.DataFrame, list[str]]:
    """What bodies can give to a plan in a quarter, and a Czech sentence for each that waits.

    Nobody can say how several answers of one body add up: they are taken where they agree.

    Args:
        collected: what an inbox holds; its ``staged`` with ``source_id``, cells of capacity alone.
        doubtful: whether doubtful answers are taken as well.

    Returns:
        ``body_id``, ``person_days``, ``source_id`` and ``source_place``.
    """
    cells, waiting = _certain(collected, doubtful)
    differ = cells.groupby("body")["value"].transform("nunique").gt(1).astype(bool)
    told = cells.loc[differ, "at"] + ": kapacita se zatím nepřijímá; odpovědi subjektu se liší."
    found = cells[~differ].drop_duplicates("body").rename(columns={"body": "body_id"})
    found = found.assign(person_days=found["value"])
    names = ["body_id", "person_days", "source_id", "source_place"]
    return found[names].reset_index(drop=True), waiting + told.tolist()


def _place_beside(found: pd.DataFrame, what: str, others: pd.DataFrame) -> pd.Series:
    """What to add to the place of an answer whose other cell stands elsewhere; empty else."""
    source = others["source_id"].astype("object")  # of no answers at all it would be a number
    source = source.where(source.ne(found["source_id"].reindex(others.index)), "")
    told = f"; {what}: " + (source + ", ").mask(source.eq(""), "") + others["source_place"]
    return told.reindex(found.index).fillna("")


def _of_known(cells: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The cells without answers to one question whose files do not say who gives them."""
    unclear = among(cells[WHO], cells.loc[cells.duplicated([*_KEY, "field"]), WHO])
    first = cells[unclear].drop_duplicates(["file", *WHO])
    why = " se zatím nepřijímá; odpovídá víc souborů a neříkají, za koho; doplňte to v nich."
    return cells[~unclear], (first["at"] + ": opatření " + first["measure_id"] + why).tolist()


def _located(cells: pd.DataFrame) -> pd.DataFrame:
    """Staged cells with their place in the file, and ``at``: the file and the place."""
    sheet = cells["sheet"]  # a file of text has none
    place = ("list\u00a0" + sheet + ", ").where(sheet.ne(""), "") + "buňka\u00a0" + cells["cell"]
    return cells.assign(source_place=place, at=cells["file"].map(shown) + ", " + place)


def _certain(collected: Collected, doubtful: bool) -> tuple[pd.DataFrame, list[str]]:
    """The staged cells that can be taken, and a sentence for each that is doubtful."""
    cells = _located(collected.staged)
    if doubtful:
        return cells, []
    at = ["file", "sheet", "cell"]
    doubts = collected.warnings.drop_duplicates(at).set_index(at)["why"]
    why = cells.join(doubts.rename("doubt"), on=at)["doubt"].astype("str")
    return cells[why.isna()], (cells["at"] + " se zatím nepřijímá; " + why).dropna().tolist()


def _settled(found: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The answers that can be taken as they are, and a sentence for each of the others."""
    whole = found["criterion"].eq("")
    changed = whole & found["answer"].eq(str(Answer.CHANGED))
    who = [found[name] for name in WHO]
    detailed, told = (
        found["round"].where(among).groupby(who).transform("max")
        for among in (~whole & found["state"].notna(), whole & ~changed)
    )
    older = (~whole & told.gt(detailed)) | (whole & ~changed & detailed.gt(told))
    why = found["doubt"]
    for where, sentence in (
        (~whole & found["state"].isna(), "u\u00a0kritéria chybí stav."),
        (changed & detailed.isna(), "odpověď je „změna“ a\u00a0podrobnosti chybějí."),
        (~changed & detailed.eq(told), "odpověď za celé opatření a\u00a0podrobnosti si odporují."),
        (found["asked"].notna(), found["asked"]),
    ):
        why = why.mask(where, sentence)
    why = why.mask(older)
    lines = found["at"] + ": opatření " + found["measure_id"] + " se zatím nepřijímá; " + why
    taken = found[why.isna() & ~older & ~changed].reset_index(drop=True)
    return taken, lines.dropna().tolist()


def _notes(found: pd.DataFrame) -> pd.Series:
    """What respondents say in their own words; a long text is cut after a word."""
    texts = found[["description", "link", "next_step"]].fillna("")
    texts = texts.map(lambda text: shorten(text, _LONGEST_NOTE, placeholder=" …"))
    bare = "Odpověď bez popisu: " + found["state"].map(STATE_LABELS)
    note = texts["description"].mask(texts["description"].eq(""), bare)
    for column, words in (("link", "Odkaz"), ("next_step", "Další krok")):
        note += (f" ({words}: " + texts[column] + ")").where(texts[column].ne(""), "")
    return note
