"""Staged cells as answers: the newest of each, and what waits and why."""

from __future__ import annotations

import re

import pandas as pd

from slz_lib.collection.forms import Answer
from slz_lib.untrusted import cut, shown
from slz_lib.vocabulary import STATE_LABELS

#: What an answer is of: who says it of which measure; a criterion of it, none for a whole one.
WHO = ["body", "place", "organisation", "measure_id"]
FIELDS = ["state", "reach", "places", "value", "unit", "time", "description", "link", "next_step"]
_KEY = [*WHO, "criterion"]
#: Characters of a description that stand in a note; the whole of it is in the file.
_LONGEST_NOTE = 600


def answers(cells: pd.DataFrame, quarantined: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """One row an answer that can be taken, and a Czech sentence for each that waits.

    Of a field that came more than once the last round counts. An answer of a whole measure and its
    criteria exclude each other, unless one is of a later round, which then counts. An answer waits
    without a state, while a cell in its last row is to be mended, and while files of one round
    differ.

    Args:
        cells: as :func:`slz_lib.collection.accepting.accepted` takes them, with ``source_id``.
        quarantined: likewise.

    Returns:
        ``body``, ``place``, ``organisation``, ``measure_id``, ``criterion`` (empty for a whole
        measure), ``answer``, a column a field, ``note``, ``source_id``, ``source_place``, and
        ``at``: file and cell.
    """
    spoiled = quarantined.loc[quarantined["ask"].astype(bool), ["digest", "sheet", "row"]]
    cells = cells.merge(spoiled.drop_duplicates(), how="left", indicator="spoiled")
    cells["differs"] = cells.groupby([*_KEY, "field", "round"])["value"].transform("nunique").gt(1)
    cells = cells.sort_values(["round", "digest", "sheet", "cell"])
    newest = cells.drop_duplicates([*_KEY, "field"], keep="last")
    place = "list\u00a0" + newest["sheet"] + ", buňka\u00a0" + newest["cell"]
    last = newest["round"].eq(newest.groupby(_KEY)["round"].transform("max"))
    newest = newest.assign(
        spoiled=newest["spoiled"].eq("both") & last,
        source_place=place,
        at=newest["file"].map(shown) + ", " + place,
    )
    values = newest.pivot(index=_KEY, columns="field", values="value")  # noqa: PD010
    values = values.reindex(columns=["answer", *FIELDS]).astype("str")
    # What stands for an answer is its state; of one without a state, whatever there is.
    deciding = newest["field"].isin(["answer", "state"])
    first = newest.assign(other=~deciding).sort_values("other", kind="stable").groupby(_KEY).first()
    found = values.where(values != "").join(first[["round", "source_id", "source_place", "at"]])
    found = found.join(newest.groupby(_KEY)[["differs", "spoiled"]].any())
    figures = newest[newest["field"].eq("value")].set_index(_KEY)
    elsewhere = figures["source_id"].ne(found["source_id"].reindex(figures.index))
    of = ("; údaj: " + figures["source_id"] + ", ").where(elsewhere, "; údaj: ")
    found["source_place"] += (of + figures["source_place"]).reindex(found.index).fillna("")
    return _settled(found.assign(note=_notes(found)).reset_index())


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
    why = pd.Series(pd.NA, index=found.index, dtype="str")
    for where, sentence in (
        (~whole & found["state"].isna(), "u\u00a0kritéria chybí stav"),
        (changed & detailed.isna(), "odpověď je „změna“ a\u00a0podrobnosti chybějí"),
        (~changed & detailed.eq(told), "odpověď za celé opatření a\u00a0podrobnosti si odporují"),
        (found["differs"], "vrácené soubory si odporují"),
        (found["spoiled"], "v\u00a0řádku je buňka k\u00a0opravě"),
    ):
        why = why.mask(where & ~older, sentence)
    lines = found["at"] + ": opatření " + found["measure_id"] + " se nepřijímá, " + why + "."
    taken = found[why.isna() & ~older & ~changed].reset_index(drop=True)
    return taken, lines.dropna().tolist()


def _notes(found: pd.DataFrame) -> pd.Series:
    """What respondents say in their own words; a long description is cut after a sentence."""
    texts = found[["description", "link", "next_step"]].fillna("").map(_sensibly_cut)
    bare = "Odpověď bez popisu: " + found["state"].map(STATE_LABELS)
    note = texts["description"].mask(texts["description"].eq(""), bare)
    for column, words in (("link", "Odkaz"), ("next_step", "Další krok")):
        note += (f" ({words}: " + texts[column] + ")").where(texts[column].ne(""), "")
    return note


def _sensibly_cut(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST_NOTE:
        return text
    head = cut(text, _LONGEST_NOTE)
    ended = re.match(r".{200,}[.!?](?= )", head)
    return f"{ended[0] if ended else head[:-1].rsplit(' ', 1)[0]} …"
