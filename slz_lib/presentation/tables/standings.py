"""Rows of statuses, of measures without one and of measures that a period does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.movements import NO_STATUS, NOT_IN_PERIOD
from slz_lib.language import format_points
from slz_lib.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slz_lib.documents.model import Table

#: What stands for a measure without a status, and at the head of sums.
_NO_STATUS = "bez stavu"
TOTAL = "Celkem"
#: Codes of the scale, best first.
SCALE = [str(status) for status in Status]


def unbroken(label: str) -> str:
    """The label of a period for a narrow header, where no line may end after its dash."""
    return label.replace("–", "–\u2060")


def codes_of(codes: Sequence[str]) -> pd.Series:
    """Status codes of rows and of their sum; empty where the row is no step of the scale."""
    return pd.Series([code if code in SCALE else None for code in [*codes, ""]], dtype="str")


def with_sums(counts: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """``counts`` after a column of their status, with a row of sums."""
    frame = pd.concat([counts, counts.sum().to_frame().T], ignore_index=True)
    frame.insert(0, "status", codes_of(codes))
    return frame


def row_label(code: str) -> str:
    """What a row is called that is no step of the scale; empty for a step."""
    return {NO_STATUS: _NO_STATUS, NOT_IN_PERIOD: "opatření nebylo"}.get(code, "")


def column_title(code: str) -> str:
    """What a column of standings of the later period is called."""
    if code in SCALE:
        return Status(code).marked
    return {NO_STATUS: _NO_STATUS, NOT_IN_PERIOD: "opatření už není"}[code]


def labelled(framed: Table, labels: Sequence[str]) -> Table:
    """``framed`` with words at the head of the rows that are no step of the scale."""
    rows = [
        row.model_copy(
            update={"cells": (row.cells[0].model_copy(update={"text": label}), *row.cells[1:])}
        )
        if label
        else row
        for row, label in zip(framed.rows, labels, strict=True)
    ]
    empty = any(cell.text == "—" for row in rows for cell in row.cells)
    notes = tuple(note for note in framed.notes if empty or not note.startswith("— znamená"))
    return framed.model_copy(update={"rows": tuple(rows), "notes": notes})


def with_points(framed: Table) -> Table:
    """``framed`` with the last column as signed percentage points."""
    rows = []
    for row in framed.rows:
        last = row.cells[-1]
        if isinstance(last.value, float):
            points = format_points(last.value / 100).removesuffix("\u00a0p.\u00a0b.")
            last = last.model_copy(update={"text": points})
        rows.append(row.model_copy(update={"cells": (*row.cells[:-1], last)}))
    return framed.model_copy(update={"rows": tuple(rows)})


def signed(framed: Table, columns: Sequence[int]) -> Table:
    """``framed`` with a plus before positive numbers of some columns."""
    rows = [
        row.model_copy(
            update={
                "cells": tuple(
                    cell.model_copy(update={"text": f"+{cell.text}"})
                    if place in columns and isinstance(cell.value, int) and cell.value > 0
                    else cell
                    for place, cell in enumerate(row.cells)
                )
            }
        )
        for row in framed.rows
    ]
    return framed.model_copy(update={"rows": tuple(rows)})
