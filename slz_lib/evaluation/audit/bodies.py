"""The audit of spellings: one body written in several ways, so that sums by spelling fall apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.audit.rows import joined, rows
from slz_lib.language import counted, plural
from slz_lib.vocabulary import AuditCheck

if TYPE_CHECKING:
    from slz_lib.evaluation.period import JudgedPeriod

#: So many measures are named, so that somebody can look them up; more are only counted.
_NAMED = 3


def body_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Bodies with several spellings, see :mod:`slz_lib.evaluation.audit.rows`.

    Spellings that differ only in case and spaces are one.
    """
    forms = _forms(evaluation.dataset.bodies)
    used = _used(evaluation.dataset.measure_bodies, forms)
    forms = forms.merge(used, on=["body_id", "folded"], how="left")
    quoted = "„" + forms["form"] + "“"
    listed = joined(quoted, forms["body_id"])
    in_cells = forms["cells"].notna()
    within = joined((quoted + " " + forms["cells"])[in_cells], forms.loc[in_cells, "body_id"])
    beyond = joined(quoted[~in_cells], forms.loc[~in_cells, "body_id"])
    cells = in_cells.groupby(forms["body_id"], sort=False).sum().reindex(listed.index)
    places = forms.drop_duplicates("body_id").set_index("body_id")["row"].astype("str")
    apart = cells.map(
        lambda number: plural(number, "subjekt", "různé subjekty", "různých subjektů")
    )
    split = " Kdo sčítá podle zápisu, dostane " + cells.astype("str") + "\u00a0" + apart + "."
    subject = pd.Series(listed.index, index=listed.index, dtype="str")
    return rows(
        AuditCheck.SPELLINGS_OF_BODY,
        subject=subject,
        on_measures=False,
        place="data/strategy/bodies.csv, řádek " + places,
        claim=listed,
        explanation=("Gestor a spolupráce: " + within.reindex(listed.index) + ".").fillna(
            "Mezi gestory ani ve spolupráci není."
        )
        + (" Jinde ve zdrojích: " + beyond.reindex(listed.index) + ".").fillna("")
        + split.where(cells.gt(1), ""),
    )


def _forms(bodies: pd.DataFrame) -> pd.DataFrame:
    """Distinct spellings of the bodies that have several.

    Returns:
        ``body_id``, ``row`` (line of the file), ``form``, ``folded``.
    """
    table = pd.DataFrame(
        {
            "body_id": bodies["id"],
            "row": range(2, len(bodies) + 2),
            "form": bodies["published_forms"].str.split(";"),
        }
    ).explode("form", ignore_index=True)
    table["form"] = table["form"].str.split().str.join(" ")
    table["folded"] = table["form"].str.casefold()
    table = table[table["form"].ne("")].drop_duplicates(["body_id", "folded"])
    several = table.groupby("body_id")["folded"].transform("size").gt(1)
    return table[several].reset_index(drop=True)


def _used(measure_bodies: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """In the cells of how many measures each spelling stands, in words.

    A spelling that holds another one (*MMR ČR* and *MMR*) is looked for first.

    Returns:
        ``body_id``, ``folded``, ``cells`` (*62 opatření*; the measures too where they are few).
    """
    written = measure_bodies.loc[
        measure_bodies["published"].notna(), ["measure_id", "body_id", "published"]
    ]
    pairs = written.merge(forms[["body_id", "folded"]], on="body_id")
    pairs["cell"] = pairs["published"].str.split().str.join(" ").str.casefold()
    stands = [
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", cell) is not None
        for form, cell in zip(pairs["folded"], pairs["cell"], strict=True)
    ]
    found = pairs[pd.Series(stands, index=pairs.index, dtype="bool")]
    longest = found.sort_values("folded", key=lambda texts: texts.str.len(), ascending=False)
    kept = longest.drop_duplicates(["measure_id", "body_id", "cell"]).sort_index()
    groups = kept.groupby(["body_id", "folded"], sort=False)["measure_id"]
    table = groups.agg(lambda ids: _measures(list(dict.fromkeys(ids)))).rename("cells")
    return table.reset_index()


def _measures(ids: list[str]) -> str:
    """How many measures, and which where they are few."""
    named = f": {', '.join(ids)}" if len(ids) <= _NAMED else ""
    return f"({counted(len(ids), 'opatreni')}{named})"
