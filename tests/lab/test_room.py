"""The room is ready: what `slz lab` opens, before anything is typed."""

from __future__ import annotations

import pytest

from tests.lab.driver import TOKEN, Lab


def test_the_tour_is_open_and_runs_in_the_one_kernel(lab: Lab) -> None:
    lab.page.goto(f"{lab.url}/?token={TOKEN}")
    lab.settled()
    assert lab.page.url.endswith("/lab/tree/notebooks/tour.ipynb")
    assert not lab.page.locator("dialog.jp-Dialog").count()
    lab.do("notebook:run-all-cells")
    assert lab.errors() == []


@pytest.mark.thorough
def test_the_launcher_begins_a_notebook_that_runs(lab: Lab) -> None:
    lab.page.goto(f"{lab.url}/lab/tree/notebooks?token={TOKEN}&reset")
    lab.page.locator(".jp-LauncherCard", has_text="SLZ").first.click()
    lab.settled()
    lab.do("notebook:run-all-cells")
    assert lab.cell("evaluation.only(")
    assert lab.errors() == []


@pytest.mark.thorough
def test_a_first_tab_completes_what_the_objects_have(lab: Lab) -> None:
    lab.open("annual_report.ipynb")
    lab.run(lab.cell("import slz_lib"))
    assert ".evaluate" in lab.completed(lab.cell("import slz_lib"), "\nslz_lib.eval")


def test_a_cell_finds_our_command_and_an_empty_notebook_the_data(lab: Lab) -> None:
    assert lab.add("!slz --version").startswith("slz ")
    assert "Data strategie" in lab.add("import slz_lib\nslz_lib.load()")
