"""Briefs are issued from the real data, and parts that are not there are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

import slz_lib
from slz_lib.errors import ParameterError
from slz_lib.production import edition as editions
from slz_lib.production.catalogue import (
    AREA_BRIEF,
    BODY_BRIEF,
    DISTRICT_BRIEF,
    Publication,
)
from slz_lib.production.execution import read_notebook
from slz_lib.production.parameters import declared
from slz_lib.production.workplace import Workplace
from tests.commands.sample import of_period, produce
from tests.conftest import ROOT
from tests.documents.printed import lying
from tests.samples.issued_words import loose_ends, unexplained
from tests.samples.issuing import issue


def place(reports: Path) -> Workplace:
    return Workplace(notebooks=ROOT / "notebooks", data=ROOT / "data", reports=reports)


@pytest.mark.parametrize(
    ("publication", "part", "path", "title"),
    [
        (AREA_BRIEF, "I", "okruhy/okruh-I", "Okruh I:"),
        (
            BODY_BRIEF,
            "KULK-ORREP",
            "subjekty/subjekt-kulk-orrep",
            "odbor regionálního rozvoje a\u00a0evropských projektů (ORREP)",
        ),
        (
            BODY_BRIEF,
            "KULK-OSV",
            "subjekty/subjekt-kulk-osv",
            "odbor sociálních věcí (OSV)",
        ),
        (BODY_BRIEF, "OBCE", "subjekty/subjekt-obce", "Přehled pro subjekt: obce"),
        (BODY_BRIEF, "KULK-OK", "subjekty/subjekt-kulk-ok", "Přehled pro subjekt: odbor OK"),
        (DISTRICT_BRIEF, "ORP-5105", "orp/orp-5105", "Správní obvod ORP\u00a0Liberec"),
    ],
    ids=["area", "body", "most leads", "most co-operation", "one measure", "district"],
)
def test_a_brief_is_issued_in_two_to_nine_pages(
    publication: Publication,
    part: str,
    path: str,
    title: str,
    dataset: slz_lib.Dataset,
    tmp_path: Path,
) -> None:
    made = of_period(publication, "2022-2023", "html", "pdf", **{publication.part: part})
    document = issue(made, ROOT / "data", tmp_path)
    pdf = tmp_path / "2022-2023" / f"{path}.pdf"
    assert 2 <= len(lying(pdf.read_bytes())) <= 9
    assert title in pdf.with_suffix(".html").read_text(encoding="utf-8")
    assert unexplained(document, dataset) == set()
    assert loose_ends(pdf.with_suffix(".html")) == []


def test_a_brief_is_issued_with_its_notebook_and_manifest(
    dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    made = of_period(DISTRICT_BRIEF, "2022-2023", "html", district="ORP-5105")
    written = produce(made, place(tmp_path), dataset).written
    assert sorted(file.relative_to(tmp_path).as_posix() for file in written) == [
        f"2022-2023/orp/orp-5105.{suffix}" for suffix in ("html", "ipynb", "manifest.json")
    ]


def no_run(*_: object, **__: object) -> NoReturn:
    pytest.fail("a kernel was started")


@pytest.mark.parametrize(
    ("publication", "part", "message"),
    [
        (AREA_BRIEF, "XIIII", "Okruh „XIIII“ tu není; nejbližší je „XIII“."),
        (
            BODY_BRIEF,
            "KULK-OREP",
            "Subjekt s\u00a0rolí „KULK-OREP“ tu není; nejbližší je „KULK-ORREP“.",
        ),
        (
            DISTRICT_BRIEF,
            "5105",
            "Správní obvod ORP „5105“ tu není; nejbližší je „ORP-5105“.",
        ),
    ],
    ids=["area", "body", "district"],
)
def test_an_unknown_part_is_refused_with_the_nearest_before_any_kernel(
    publication: Publication,
    part: str,
    message: str,
    dataset: slz_lib.Dataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(editions, "run", no_run)
    made = of_period(publication, "2022-2023", **{publication.part: part})
    with pytest.raises(ParameterError) as caught:
        produce(made, place(tmp_path), dataset)
    assert str(caught.value) == message
    assert list(tmp_path.iterdir()) == []


def test_a_body_without_a_role_has_no_brief(
    dataset: slz_lib.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "run", no_run)
    assert "CVT" in set(dataset.bodies["id"])
    with pytest.raises(ParameterError, match="Subjekt s\u00a0rolí „CVT“ tu není; známá"):
        produce(of_period(BODY_BRIEF, "2022-2023", body="CVT"), place(tmp_path), dataset)


def test_a_brief_of_an_unknown_period_is_refused(
    dataset: slz_lib.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "run", no_run)
    with pytest.raises(ParameterError, match="Období „2022-2024“ tu není"):
        produce(of_period(BODY_BRIEF, "2022-2024", body="LK"), place(tmp_path), dataset)


def test_a_brief_says_of_which_part_it_speaks() -> None:
    with pytest.raises(ParameterError, match="Chybí parametr „area“ notebooku „area_brief“"):
        assert of_period(AREA_BRIEF, "2022-2023").name


@pytest.mark.parametrize("publication", [AREA_BRIEF, BODY_BRIEF, DISTRICT_BRIEF])
def test_a_notebook_opened_by_itself_speaks_of_the_first_part_of_any_data(
    publication: Publication, dataset: slz_lib.Dataset
) -> None:
    name = publication.notebook
    part = declared(read_notebook(ROOT / f"notebooks/{name}.ipynb"), name)[publication.part]
    assert part.optional
    assert part.default is None
    assert dataset.part(publication.part) == dataset.parts(publication.part)[0]


def test_a_strategy_without_districts_is_told_that_no_brief_of_one_can_be_issued(
    dataset: slz_lib.Dataset,
) -> None:
    without = replace(dataset, districts=dataset.districts[:0], words=dataset.words[:0])
    with pytest.raises(ParameterError, match="data nemají žádný záznam druhu „obvod“"):
        without.part("district")
