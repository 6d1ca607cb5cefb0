"""Comments on a draft and how each was settled."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.language import count, plural
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import CommentKind, Outcome, labels

#: What stands for an outcome where there is none yet.
OPEN = "dosud nevypořádáno"
COUNTED = ("připomínka", "připomínky", "připomínek")


def comments_of(evaluation: Evaluation) -> pd.DataFrame:
    """The comments of the period, those on measures in the order of measures, then the others."""
    rows = evaluation.dataset.comments
    rows = rows[rows["period_id"].eq(evaluation.period.id)]
    order = {of: at for at, of in enumerate(evaluation.judgements["measure_id"])}
    return rows.assign(at=rows["measure_id"].map(order)).sort_values(
        ["at", "id"], kind="stable", ignore_index=True
    )


def comments_said(comments: pd.DataFrame) -> str:
    """How many comments there are and how they were settled, in two sentences; empty for none."""
    if comments.empty:
        return ""
    number = len(comments)
    essential = int(comments["kind"].eq(CommentKind.ESSENTIAL).sum())
    came = plural(number, "přišla", "přišly", "přišlo")
    counts = comments["outcome"].map(labels(Outcome)).astype("str").fillna(OPEN).value_counts()
    told = [
        f"{word}: {counts[word]}" for word in (*labels(Outcome).values(), OPEN) if word in counts
    ]
    return (
        f"K\u00a0návrhu {came} {count(number, *COUNTED)}, z\u00a0toho zásadních: {essential}. "
        f"Výsledek vypořádání – {'; '.join(told)}."
    )


@telling_selection
def comments_table(evaluation: Evaluation) -> Table:
    """Připomínky k\u00a0návrhu a\u00a0jejich vypořádání."""
    return settlement_table(
        comments_of(evaluation),
        anchor="tab-pripominky",
        caption="Připomínky k\u00a0návrhu a\u00a0jejich vypořádání",
        sheet="Připomínky",
    )


def settlement_table(
    comments: pd.DataFrame, *, anchor: str, caption: str, sheet: str, but: Collection[str] = ()
) -> Table:
    """Comments, a row each: who, where, what, and how it was settled; not the columns ``but``."""
    rows = comments.set_index("id", drop=False)
    who = [
        "; ".join(f"{role} ({of})" for role, of in zip(roles, organisations, strict=False))
        for roles, organisations in zip(
            rows["author"].str.split("; "), rows["organisation"].str.split("; "), strict=True
        )
    ]
    settled = rows["outcome"].map(labels(Outcome)).astype("str").fillna(OPEN)
    by = rows["role"].map("; rozhodnutí: {}".format, na_action="ignore").astype("str").fillna("")
    columns = [
        Col("Č.", rows["id"], 0.8),
        Col("Místo", rows["heading"], 1.7),
        Col("Kdo", who, 1.6),
        Col("Druh", rows["kind"].map(labels(CommentKind)), 1.2),
        Col("Připomínka", [*map(_said, rows["quoted"], rows["text"], rows["proposal"])], 3.8),
        Col("Výsledek", settled + by, 2.2),
        Col("Důvod", rows["reason"], 2.2),
        Col("Co se změnilo", rows["effect"], 2.0),
    ]
    return table(
        [column for column in columns if column.title not in but],
        anchor=anchor,
        caption=caption,
        sheet=sheet,
        counted=COUNTED,
        filterable=True,
    )


def _said(quoted: object, text: object, proposal: object) -> str:
    """A comment in one text: what it is about, what it says, and what it proposes."""
    parts = (("K\u00a0textu „{}“:", quoted), ("{}", text), ("Návrh: {}", proposal))
    return " ".join(form.format(part) for form, part in parts if isinstance(part, str))
