"""The room is ready: what `slz lab` opens, before anything is typed."""

from __future__ import annotations

from tests.lab.driver import TOKEN, Lab


def test_the_tour_is_open_and_runs_in_the_one_kernel(lab: Lab) -> None:
    lab.page.goto(f"{lab.url}/?token={TOKEN}")
    lab.settled()
    assert lab.page.url.endswith("/lab/tree/notebooks/tour.ipynb")
    assert not lab.page.locator("dialog.jp-Dialog").count()
    lab.do("notebook:run-all-cells")
    assert lab.errors() == []


def test_a_first_tab_completes_what_the_objects_have(lab: Lab) -> None:
    lab.open("annual_report.ipynb")
    lab.run(lab.cell("import slz_lib"))
    assert ".evaluate" in lab.completed(lab.cell("import slz_lib"), "\nslz_lib.eval")
