"""The public brochure: every figure is the evaluation's, and its words are everyday ones."""

from __future__ import annotations

import re

import pytest

import slz_lib
from slz_lib.documents.model import Document, Figure, ItemList, Paragraph, text_of
from slz_lib.presentation.briefs import Brochure
from tests.conftest import ROOT
from tests.samples.plain_run import document

#: Of statuses, each as the strategy has it and as people say it.
PLAIN = {
    "SPLNENO": "hotovo",
    "PLNENO": "běží",
    "CASTECNE": "běží zčásti",
    "NEPLNENO": "zatím neběží",
}


@pytest.fixture(scope="module")
def made() -> Document:
    return document(ROOT / "notebooks/brochure.ipynb", {"data": str(ROOT / "data")})


@pytest.fixture(scope="module")
def brochure(evaluation: slz_lib.Evaluation) -> Brochure:
    return Brochure(evaluation)


def said(made: Document) -> list[str]:
    """Paragraphs and items of lists."""
    found = []
    for block in made.blocks:
        if isinstance(block, Paragraph):
            found.append(text_of(block.text))
        elif isinstance(block, ItemList):
            found += [text_of(item.text) for item in block.items]
    return found


def test_a_sentence_has_fifteen_words_on_average_at_most_and_no_word_of_the_workshop(
    made: Document,
) -> None:
    texts = said(made)
    sentences = [s for text in texts for s in re.split(r"(?<=[^\d][.!?:])\s+", text) if s]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 15
    # What the list at the end explains may stand there; in a sentence it is written out.
    prose = " ".join(text for text in texts if not text.startswith("Zkratky"))
    assert re.findall(r"(?i)gestor|indikátor|kritéri|implement|evaluac", prose) == []
    statuses = {"SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"}
    assert set(re.findall(r"\b[A-ZČŘŠŽĚÝÁÍÉÚŮ]{2,}\b", prose)) <= statuses


def test_every_figure_that_prints_is_recomputed(
    made: Document, evaluation: slz_lib.Evaluation, plan: slz_lib.ActionPlan
) -> None:
    """Of statuses, priorities, hindrances, the plan, the territory and what the sources count."""
    judged, dataset = evaluation.judgements, evaluation.dataset
    counts = judged["status"].value_counts()
    serving = [evaluation.only(goal=f"P{n}").judgements["status"] for n in range(1, 6)]
    years = plan.steps["deadline"].dt.year.value_counts()
    near = dataset.bodies.loc[dataset.bodies["tier"].ne("regional"), "id"]
    roles = dataset.measure_bodies.drop_duplicates(["measure_id", "body_id"])
    known = {
        *(len(judged), *counts, len(judged) - counts["NEPLNENO"]),
        *(counts["SPLNENO"] + counts["PLNENO"], 5),
        *(n for own in serving for n in (len(own), own.isin(["SPLNENO", "PLNENO"]).sum())),
        *(judged[name].sum() for name in ("silent", "lead_missing", "overdue")),
        *(len(plan.steps), years.max(), years.idxmax(), *plan.decisions["choice"].value_counts()),
        *(dataset.districts["population"].sum(), dataset.districts["municipalities"].sum()),
        *(187, 200, 2020, 2027),
        roles.loc[roles["body_id"].isin(near), "body_id"].value_counts().max(),
    }
    shares = {f"{known_ / len(judged):.1%}".replace(".", ",") for known_ in (12, 91)}
    captions = [block.caption for block in made.blocks if isinstance(block, Figure)]
    text = " ".join([*said(made), *captions]).replace("\u00a0", " ")
    text = re.sub(r"\d{1,2}\. \d{1,2}\. \d{4}|\d{4}–\d{4}|2021\+", "", text)
    printed = re.findall(r"\d+(?: \d{3})*(?:,\d+ ?%)?", text)
    wrong = {n for n in printed if "%" in n and n.replace(" ", "") not in shares}
    wrong |= {n for n in printed if "%" not in n and int(n.replace(" ", "")) not in known}
    assert wrong == set()
    assert len(printed) > 30


def test_the_four_statuses_are_said_in_everyday_words_that_are_data(brochure: Brochure) -> None:
    counts = brochure.judged.counts
    assert brochure.evaluation.scale.labels == PLAIN
    assert [each.number for each in brochure.meanings] == [counts[code] for code in PLAIN]


def test_what_is_on_the_list_is_all_or_the_first_of_each_area(brochure: Brochure) -> None:
    going = brochure.going
    assert len(going) == brochure.judged.counts[["SPLNENO", "PLNENO"]].sum()
    assert brochure.listed(going[:12]) == [*going[:12]]
    assert brochure.listed(going) == [*going.groupby(level=0, sort=False).first()]


def test_what_the_report_holds_probable_is_not_promised(made: Document) -> None:
    """The published report expects the evaluation only probably; not every area has what runs."""
    prose = " ".join(said(made)).replace("\u00a0", " ")
    assert "nejspíš zjistit hodnocení v roce 2027" in prose
    assert "uvádíme první, které je hotovo nebo běží:" in prose
