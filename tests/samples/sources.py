"""The published report as a Word document, read for comparison with the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "sources"
REPORT = FOLDER / "informace-o-naplnovani-strategie-2022-2023.docx"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


@dataclass(frozen=True, slots=True)
class PublishedMeasure:
    """One measure as the Word document has it; texts with white space folded."""

    id: str
    number: str
    designation: str
    indicator: str
    deadline: str
    lead: str
    cooperating: str
    status_row: str
    commentary_row: str


def folded(text: str) -> str:
    return " ".join(text.split())


def published_measures() -> list[PublishedMeasure]:
    """The 109 measures of the source document, or a skip that says why not."""
    if not REPORT.exists():
        pytest.skip(
            f"the source documents are not beside the repository ({FOLDER.name}/{REPORT.name}), "
            "so the data cannot be compared with them here"
        )
    measures = []
    for area, table in zip(ROMAN, docx.Document(str(REPORT)).tables, strict=True):
        rows = [
            [folded("\n".join(paragraph_text(p) for p in cell.p_lst)) for cell in row.tc_lst]
            for row in table._tbl.tr_lst
        ][4:]
        for number, start in enumerate(range(0, len(rows), 4), start=1):
            first, second, status, commentary = rows[start : start + 4]
            measures.append(
                PublishedMeasure(
                    id=f"{area}.{number}",
                    number=first[0],
                    designation=first[1],
                    indicator=first[2],
                    deadline=first[3],
                    lead=first[4],
                    cooperating=second[4],
                    status_row=status[1],
                    commentary_row=commentary[1],
                )
            )
    return measures


def paragraph_text(paragraph: Any) -> str:
    """Text of a paragraph's XML; a break is white space."""
    kept = [node for node in paragraph.iter() if node.tag in {qn("w:t"), qn("w:br")}]
    return "".join(node.text or " " for node in kept)
