"""The report of a second period compares it with the first; the first has nothing to compare."""

from __future__ import annotations

from pathlib import Path

import pytest

import slz_lib
from slz_lib.dataset.opening import opening
from slz_lib.errors import ParameterError
from slz_lib.production.catalogue import REPORT
from slz_lib.production.transactions import write_opening
from slz_lib.production.workplace import locate
from tests.commands.sample import of_period, produce
from tests.conftest import ROOT
from tests.samples.issuing import issue
from tests.samples.synthetic_periods import AFTER, synthetic_periods
from tests.samples.written import write_dataset

CHAPTER = 'id="srovnani"'


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(True, id="published"),
        pytest.param(False, id="unpublished", marks=pytest.mark.thorough),
    ],
)
def issued(
    request: pytest.FixtureRequest,
    dataset: slz_lib.Dataset,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The page of the synthetic second period."""
    folder = tmp_path_factory.mktemp("obdobi")
    synthetic = synthetic_periods(dataset, seed=1, published=request.param)
    write_dataset(synthetic.dataset, folder / "data")
    issue(of_period(REPORT, AFTER, "html"), folder / "data", folder / "reports")
    page = folder / "reports" / AFTER / f"{REPORT.stem}.html"
    text = page.read_text("utf-8")
    assert ("podle zveřejněného stavu" in text) is request.param
    return text


def test_the_second_period_is_compared_with_the_first(issued: str) -> None:
    assert CHAPTER in issued
    for anchor in ("obr-prechody", "tab-prechody", "zmeny-opatreni"):
        assert f'id="{anchor}"' in issued
    assert "podle týchž pravidel" in issued


def test_the_real_first_period_has_nothing_to_be_compared_with() -> None:
    page = ROOT / "reports" / "2022-2023" / f"{REPORT.stem}.html"
    text = page.read_text("utf-8")
    assert 'id="okruhy"' in text
    assert CHAPTER not in text


def test_a_period_that_is_only_laid_out_is_not_reported(
    dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    write_dataset(dataset, tmp_path / "data")
    write_opening(opening(dataset, "2024-2025"), tmp_path / "data")
    workplace = locate(tmp_path / "data", tmp_path / "reports")
    laid_out = of_period(REPORT, "2024-2025")
    with pytest.raises(ParameterError, match="zatím nemá podklady ani stavy"):
        produce(laid_out, workplace, slz_lib.load(tmp_path / "data"))
    assert not (tmp_path / "reports").exists()
