"""``slz new``: an empty strategy passes the check, is not issued, and is once it is filled in."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import slz_lib
from slz_lib.cli.program import carry_out
from slz_lib.dataset.blank import MARK
from slz_lib.errors import DataError, ParameterError
from slz_lib.production.catalogue import KINDS, editions
from tests.samples.issuing import issue
from tests.strategies.test_city import words

#: What a person writes over the marks, by file: a synthetic strategy of one measure.
WRITTEN = {
    "sources.csv": ["Syntetická strategie obce"],
    "strategy/strategy.csv": [
        *("Zkušební strategie", "Zkušební strategie", "Zkušební strategii", "Syntetická obec"),
        "strana 1",
    ],
    "strategy/areas.csv": ["Syntetický okruh bydlení", "Bydlení", "strana 1"],
    "strategy/measures.csv": ["Mít přehled o bytech", "Přehled o bytech", "strana 1"],
    "strategy/bodies.csv": ["Odbor bydlení", "OB", "OB", "strana 1"],
    "strategy/measure_bodies.csv": ["strana 1"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    assert carry_out(["new", str(made), "2026-2027"]) == 0
    return made


def fill(folder: Path) -> None:
    """Write over every mark, by hand."""
    for name, values in WRITTEN.items():
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        given = iter(values)
        rows = [[next(given) if cell.startswith(MARK) else cell for cell in row] for row in rows]
        assert not [*given], name
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)


def test_an_empty_strategy_passes_and_says_what_to_fill_in_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    assert carry_out(["new", str(folder), "2026-2027"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Doplňte v\u00a0tomto pořadí:"
    assert told[1].startswith("data/sources.csv, řádek 2, sloupec title:")
    assert told[2].startswith("data/strategy/strategy.csv, řádek 2, sloupec name:")
    assert carry_out(["check", "--data", str(folder)]) == 0
    assert "Opatření: 1 v\u00a01\u00a0okruhu" in capsys.readouterr().out
    readme = (folder / "README.md").read_text("utf-8")
    assert "1. `sources.csv` – podklady" in readme
    named = re.findall(r"^\d+\. `(.+?)`", readme, re.MULTILINE)
    assert len(named) == 12
    assert all((folder / name).is_file() for name in named)


def test_an_empty_strategy_is_not_issued(folder: Path, tmp_path: Path) -> None:
    for command in ("report", "plan"):
        with pytest.raises(DataError, match=r"ještě není vyplněná.*Začněte tímto: data/sources"):
            carry_out([command, "--data", str(folder), "--out", str(tmp_path / "out")])
    assert not list(tmp_path.rglob("*.html"))


def test_nothing_is_written_over(folder: Path) -> None:
    with pytest.raises(ParameterError, match="už existuje; nic se nezměnilo"):
        carry_out(["new", str(folder), "2026"])
    with pytest.raises(ParameterError, match="není rok ani rozpětí let"):
        carry_out(["new", str(folder.with_name("jina")), "26"])
    assert not folder.with_name("jina").exists()


@pytest.mark.parametrize(
    ("state", "reach", "status", "planned"),
    [
        ("fulfilled", "unknown", "plněno", "Plán řeší"),
        ("done", "region", "splněno", "plán žádný nenavrhuje"),
        ("not_done", "unknown", "nesplněno", "Plán řeší"),
    ],
)
def test_a_strategy_of_one_measure_is_issued_without_silly_sentences_once_it_is_filled_in(
    state: str, reach: str, status: str, planned: str, folder: Path, tmp_path: Path
) -> None:
    fill(folder)
    evidence = folder / "periods/2026-2027/evidence.csv"
    columns = evidence.read_text("utf-8").strip().split(",")
    told = {"id": "1.1-1", "measure_id": "1.1", "order": "1", "criterion": "přehled"}
    told |= {"state": state, "reach": reach, "note": "Přehled vzniká."}
    told |= {"source_id": "podklad", "source_place": "strana 1"}
    row = ",".join(told.get(column, "") for column in columns)
    evidence.write_text(f"{','.join(columns)}\n{row}\n", "utf-8")
    dataset, out = slz_lib.load(folder), tmp_path / "out"
    assert not dataset.warnings
    for edition in editions(dataset, "2026-2027", list(KINDS), ("html",), {}):
        issue(edition, folder, out)
    pages = {
        str(page.relative_to(out)): re.sub(r"\s+", " ", words(page.read_text("utf-8")))
        for page in sorted(out.rglob("*.html"))
    }
    assert list(pages) == [
        "2026-2027/brozura.html",
        "2026-2027/informace-k-rozhodnuti.html",
        "2026-2027/okruhy/okruh-1.html",
        "2026-2027/subjekty/subjekt-gestor.html",
        "2026-2027/technicka-priloha.html",
        "2026-2027/zprava-o-naplnovani.html",
        "2028-2029/akcni-plan.html",
        "2028-2029/priloha-planu.html",
    ]
    counted = f"Strategie má 1 opatření. K 31. 12. 2027 bylo {status}."
    assert counted in pages["2026-2027/zprava-o-naplnovani.html"]
    assert planned in pages["2028-2029/akcni-plan.html"]
    assert not [name for name, page in pages.items() if re.search(r"\bnan\b|\bNone\b", page)]
