"""From a question to a Word page in a real JupyterLab, as somebody does it who has not read us."""

from __future__ import annotations

import docx
import pytest

from slz_lib.evaluation import Evaluation
from tests.lab.driver import Lab

pytestmark = pytest.mark.thorough


def test_one_page_of_a_body_s_measures_with_a_deadline_in_a_year(
    lab: Lab, evaluation: Evaluation
) -> None:
    """Five steps: a command, a notebook opened, one line changed, all cells run, one export."""
    lab.command("slz notebook new osv-2024")
    lab.open("osv-2024.ipynb")
    lab.replace(lab.cell("only("), 'area=dataset.areas["id"].iloc[0]', 'body="OSV", deadline=2024')
    lab.do("notebook:run-all-cells")
    lab.do("notebook:run-all-cells")  # as people do; nothing may be printed the second time
    assert lab.errors() == []
    document = docx.Document(str(lab.exported("Word (DOCX)")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    part = evaluation.only(body="OSV", deadline=2024)
    assert f"gestor OSV, termín 2024 ({part.total} ze {evaluation.total} opatření)" in text.replace(
        "\xa0", " "
    )
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows[1:]]
    marked = part.judgements.set_index("measure_id")["status"].map(evaluation.scale.marked)
    assert {row[0]: row[2] for row in rows} == marked.to_dict()


@pytest.mark.parametrize(
    ("label", "beginning"),
    [
        ("webová stránka (HTML)", b"<!"),
        ("Word (DOCX)", b"PK"),
        ("přístupné PDF", b"%PDF"),
        ("Excel (XLSX)", b"PK"),
    ],
)
def test_the_menu_exports_every_format(lab: Lab, label: str, beginning: bytes) -> None:
    assert lab.exported(label).read_bytes().startswith(beginning)


def test_a_typo_in_the_tour_is_one_sentence_and_is_mended(lab: Lab) -> None:
    lab.open("tour.ipynb")
    lab.do("notebook:run-all-cells")
    cell = lab.cell("%%prose vyber")
    lab.replace(cell, "total | opatreni", "totl | opatreni")
    said = lab.run(cell)
    assert "„totl“" in said
    assert "„total“" in said
    assert "Traceback" not in said
    lab.replace(cell, "totl | opatreni", "total | opatreni")
    assert lab.run(cell).startswith("Stav okruhu")
    assert lab.exported("Word (DOCX)").is_file()


def test_a_word_of_prose_is_seen_on_the_page_beside(lab: Lab) -> None:
    lab.open("tour.ipynb")
    lab.do("notebook:run-all-cells")
    lab.add("%nahled")
    page = lab.page.frame_locator(".jp-OutputArea iframe").frame_locator("iframe")
    sentence = page.get_by_text("Stav okruhu").first
    sentence.wait_for(state="attached")
    cell = lab.cell("%%prose vyber")
    lab.replace(cell, "Stav okruhu", "Jak si stojí okruh")
    lab.run(cell)
    page.get_by_text("Jak si stojí okruh").first.wait_for(state="attached")
    assert lab.errors() == []


def test_a_fault_in_the_data_is_told_by_its_place_and_mended(lab: Lab) -> None:
    file = lab.root / "data/strategy/areas.csv"
    sound = file.read_bytes()
    file.write_bytes(sound.replace(b"\nII,", b"\nI,", 1))
    cell = lab.cell("slz_lib.load(")
    said = lab.run(cell)
    assert "data/strategy/areas.csv" in said
    assert "Traceback" not in said
    file.write_bytes(sound)
    assert "Data strategie" in lab.run(cell)


def test_a_tile_map_of_one_s_own_values_is_in_the_word_page(lab: Lab) -> None:
    lab.open("osv-2024.ipynb")
    lab.do("notebook:run-all-cells")
    values = 'dataset.places.groupby("district_id").size()'
    lab.add(f'charts.tiles({values}, evaluation=evaluation, caption="Místa v obvodech")')
    assert lab.errors() == []
    document = docx.Document(str(lab.exported("Word (DOCX)")))
    assert any("Místa v\xa0obvodech" in paragraph.text for paragraph in document.paragraphs)
    assert len(document.inline_shapes) == 2
