"""Slips in a real JupyterLab: the sentence, the traceback on request, Tab in prose, remarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.lab.driver import Lab, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(browser, tmp_path_factory.mktemp("lab")) as lab:
        lab.open("annual_report.ipynb")
        lab.run(lab.cell("period: str"))
        lab.run(lab.cell("import slz_lib"))
        yield lab


def test_a_slip_is_told_where_the_editor_shows_it_and_traced_on_request(lab: Lab) -> None:
    told = lab.add("%%prose evaluation\n## Oddíl\n\n{{ totl | opatreni }}").splitlines()
    assert told[0].startswith("Řádek 4 buňky %%prose: jméno „totl“ tu není")
    assert told[-1] == "Podrobnosti ukáže %tb."
    assert "Traceback (most recent call last)" in lab.add("%tb")


def test_tab_in_prose_offers_what_prose_may_use(lab: Lab) -> None:
    lab.add("%%prose findings evaluation\nZačátek.")
    cell = lab.cell("Začátek.")
    assert [offer.split()[0] for offer in lab.completed(cell, "\n{{ total | opa")] == ["opatreni"]


def test_a_remark_stands_under_the_cell_until_it_holds_no_more(lab: Lab) -> None:
    assert "Odkaz vede na „tab-stavy“" in lab.add("%%prose\nViz [](#tab-stavy).")
    lab.add("tables.status_table(evaluation)")
    assert "Odkaz vede" not in lab.said(lab.cell("Viz [](#tab-stavy)."))
