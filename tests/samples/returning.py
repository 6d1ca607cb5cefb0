"""Forms filled in as their respondents do it; all answers are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

#: By sheet, by what stands in the first column, heading → answer.
Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]


def fill(form: Path, target: Path, answers: Answers) -> Path:
    """Save a form with answers typed into its cells, found by the words that people see."""
    book = openpyxl.load_workbook(form)
    for title, rows in answers.items():
        sheet = book[title]
        places = {
            " ".join(str(cell.value).split()): at for at, cell in enumerate(sheet[1], start=1)
        }
        lines = {" ".join(str(cell.value).split()): cell.row for cell in reversed(list(sheet["A"]))}
        for key, cells in rows.items():
            for heading, value in cells.items():
                sheet.cell(lines[key], places.get(heading, 2)).value = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target
