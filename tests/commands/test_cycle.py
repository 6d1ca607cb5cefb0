"""The whole cycle by commands alone: a period begins, is answered, closed and published; a plan.

All answers are synthetic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.dataset.sheets.labels import headings
from tests.commands.conftest import Run

pytestmark = pytest.mark.thorough

PERIOD, HORIZON, SOURCE = "2024-2025", "2026-2027", "synteticke-odpovedi"


def add(sheet: Any, of: str, **cells: object) -> None:
    """A row below the last one, as somebody types it."""
    places = list(headings(BY_NAME[of]))
    row = max(cell.row for line in sheet.iter_rows() for cell in line if cell.value) + 1
    for name, value in cells.items():
        sheet.cell(row, places.index(name) + 1).value = value


def answer(path: Path, measures: pd.DataFrame, states: list[str]) -> None:
    """Fill in the workbook: one row of evidence an answered measure, and nothing more."""
    book = openpyxl.load_workbook(path)
    sources = book["Podklady"]
    ids = [cell.value for cell in sources["A"]]
    if SOURCE not in ids:
        add(sources, "sources", id=SOURCE, title="Syntetické odpovědi", kind="výklad zpracovatele")
    for number, (measure, indicator) in enumerate(measures.to_numpy()):
        figure = {"value": number + 1, "unit": "výjezdů", "time": "2025"} if number == 0 else {}
        add(
            book["Podklady o plnění"],
            "evidence",
            measure_id=measure,
            reporter="NEUVEDEN",
            criterion=f"synteza {measure}",
            state=states[number % len(states)],
            reach="část území",
            places="Liberec",
            note="Syntetická odpověď.",
            source_id=SOURCE,
            source_place=f"řádek {number}, {indicator}",
            **figure,
        )
    book.save(path)


def test_from_a_new_period_to_the_next_plan(run: Run, data: Path, tmp_path: Path) -> None:
    def done(*arguments: str) -> tuple[str, str]:
        """Output and errors of a command, which has to succeed."""
        code, out, err = run(*arguments)
        assert code == 0, err
        return out, err

    _, next_steps = done("period", "new", PERIOD, "--as-of", "2025-12-31")
    assert f"slz data sheet evidence decisions --period {PERIOD}" in next_steps
    measures = slz_lib.load(data).measures.drop_duplicates("id")[["id", "indicator"]]
    path = tmp_path / "odpovedi.xlsx"
    order = ("data", "sheet", "sources", "evidence", "--period", PERIOD, "-o", str(path))

    # Half of the measures are answered, one row each.
    done(*order)
    answer(path, measures.iloc[:54], ["plněno", "plněno částečně", "neplněno"])
    shown, _ = done("data", "read", str(path))
    assert shown.startswith("sources.csv: přidáno 1\n")
    assert "periods/2024-2025/evidence.csv: přidáno 54\n" in shown
    assert done("data", "read", str(path))[0] == "Nic se nezměnilo: data už takto jsou.\n"
    told, _ = done("check")
    assert "Doplňte: „výjezdů,výjezdů,výjezdů,výjezdů,vlastni-cteni," in told
    half = slz_lib.evaluate(slz_lib.load(data))
    assert (half.period.id, int(half.judgements["derived"].notna().sum())) == (PERIOD, 54)
    (figure,) = half.observations.query("unit == 'výjezdů'").to_dict("records")
    assert (figure["measure_id"], figure["value"], figure["time"]) == ("I.1", 1, "2025")

    # The rest answers, all but one.
    done(*order)
    answer(path, measures.iloc[54:-1], ["trvale splněno", "teprve se připravuje"])
    done("data", "read", str(path))
    silent, _ = done("period", "silence", PERIOD)
    assert silent.startswith("periods/2024-2025/evidence.csv: přidáno 1\n  + XIII.4-1: ")
    done("check")

    reports = tmp_path / "reports"
    issued, _ = done("report", "--formats", "html", "--out", str(reports))
    assert f"{PERIOD}/zprava-o-naplnovani.html" in issued
    done("period", "publish", PERIOD, "--resolution", "123/26/ZK", "--date", "2026-06-30")
    published = slz_lib.evaluate(slz_lib.load(data), PERIOD)
    assert published.judgements["published"].notna().all()
    assert published.judgements["agrees"].all()

    done("plan", "new", HORIZON)
    done("check")
    planned, _ = done("plan", "--formats", "html", "--out", str(reports))
    assert f"{HORIZON}/akcni-plan.html" in planned
