"""Decided statuses beside derived and published ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import slz_lib
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.judgements import departures
from tests.samples.evidence import Measure, Row, judged
from tests.samples.written import write_table

FULFILLED = (Row("clubs", "fulfilled", "region"),)
IN_PART = (Row("clubs", "fulfilled", "some"),)
REASON = "Obce to potvrdily na jednání."
ROLE = "koordinátor plánu"
START = "data/periods/2022-2023/decisions.csv, řádek "


def test_a_departure_without_a_reason_and_a_role_is_refused_with_file_and_line(
    dataset: slz_lib.Dataset,
) -> None:
    measures = [
        Measure(FULFILLED, decided="PLNENO"),
        Measure(FULFILLED, decided="CASTECNE"),
        Measure(IN_PART, decided="PLNENO", reason="Obce to potvrdily na jednání."),
        Measure(decided="NEPLNENO", role="koordinátor plánu"),
    ]
    with pytest.raises(EvaluationError) as caught:
        judged(measures, dataset)
    assert str(caught.value).replace("\u00a0", " ").splitlines() == [
        (
            f"{START}3: opatření I.2 má rozhodnutý stav ČÁSTEČNĚ, z podkladů vychází PLNĚNO; "
            "doplňte důvod (sloupec reason) a funkci toho, kdo rozhodl (sloupec role)."
        ),
        (
            f"{START}4: opatření I.3 má rozhodnutý stav PLNĚNO, z podkladů vychází ČÁSTEČNĚ; "
            "doplňte funkci toho, kdo rozhodl (sloupec role)."
        ),
        (
            f"{START}5: opatření I.4 má rozhodnutý stav NEPLNĚNO, z podkladů nevychází žádný stav; "
            "doplňte důvod (sloupec reason)."
        ),
    ]


def test_a_departure_with_a_reason_and_a_role_stands_and_is_listed(
    dataset: slz_lib.Dataset,
) -> None:
    evaluation = judged(
        [
            Measure(IN_PART, decided="PLNENO", reason=REASON, role=ROLE),
            Measure(FULFILLED, decided="PLNENO"),
            Measure(decided="NEPLNENO", reason=REASON, role=ROLE),
            Measure(FULFILLED),
        ],
        dataset,
    )
    judgements = evaluation.judgements
    assert departures(judgements)["measure_id"].tolist() == ["I.1", "I.3"]
    assert judgements["status"].tolist() == ["PLNENO", "PLNENO", "NEPLNENO", "PLNENO"]
    assert judgements["agrees"].tolist() == [False, True, False, True]
    assert evaluation.differences["measure_id"].tolist() == ["I.1", "I.3"]


def test_a_published_status_stands_before_a_decided_one_and_this_before_a_derived_one(
    dataset: slz_lib.Dataset,
) -> None:
    evaluation = judged(
        [
            Measure(FULFILLED, published="NEPLNENO", decided="CASTECNE", reason=REASON, role=ROLE),
            Measure(FULFILLED, decided="CASTECNE", reason=REASON, role=ROLE),
            Measure(FULFILLED),
            Measure(),
        ],
        dataset,
    )
    assert evaluation.judgements["status"].fillna("").tolist() == [
        "NEPLNENO",
        "CASTECNE",
        "PLNENO",
        "",
    ]
    assert evaluation.counts.to_dict() == {
        "SPLNENO": 0,
        "PLNENO": 1,
        "CASTECNE": 1,
        "NEPLNENO": 1,
    }


def test_the_line_is_that_of_the_file(dataset: slz_lib.Dataset, tmp_path: Path) -> None:
    root = Path(shutil.copytree(dataset.root, tmp_path / "data"))
    decisions = dataset.decisions
    first = decisions["measure_id"].eq("I.2")
    departing = decisions.assign(decided=decisions["decided"].mask(first, "SPLNENO"))
    path = root / "periods/2022-2023/decisions.csv"
    write_table(departing, BY_NAME["decisions"], path)
    line = 1 + [text.split(",")[0] for text in path.read_text("utf-8").splitlines()].index("I.2")
    with pytest.raises(EvaluationError, match=rf"^{START}{line}: opatření.I\.2 "):
        slz_lib.evaluate(slz_lib.load(root), "2022-2023")
