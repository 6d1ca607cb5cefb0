"""A synthetic city: its documents speak its own words and count by its own scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset import Dataset
from slz_lib.presentation import charts, tables
from slz_lib.presentation.briefs import DistrictBrief
from slz_lib.production.catalogue import (
    ANNEX,
    AREA_BRIEF,
    BODY_BRIEF,
    BROCHURE,
    COUNCIL,
    DISTRICT_BRIEF,
    FORMATS,
    PLAN,
    REPORT,
    Edition,
)
from slz_lib.vocabulary import Deadline
from tests.commands.sample import of_period
from tests.samples.issuing import issue
from tests.samples.reading import plain, said

CITY = Path(__file__).parent / "city"
FIRST, SECOND = "2022-2023", "2024-2025"
#: Words of another strategy, or of no city.
FOREIGN = re.compile(
    r"Liberec|\bORP\b|\b[Kk]raj|\b[Oo]kruh|\bobec\b|\bobc[eií]|\bAgentur|brožur[ay] ke"
)


@pytest.fixture(scope="module")
def city() -> Dataset:
    return slz_lib.load(CITY / "data")


@pytest.fixture(scope="module")
def comparison(city: Dataset) -> slz_lib.Comparison:
    return slz_lib.compare(slz_lib.evaluate(city, FIRST), slz_lib.evaluate(city, SECOND))


def chosen() -> Iterator[Edition]:
    """An edition of each kind; the report of the second period compares, in all formats."""
    yield of_period(REPORT, FIRST, "html")
    yield of_period(REPORT, SECOND, *FORMATS)
    yield of_period(ANNEX, FIRST, "html")
    yield of_period(ANNEX, SECOND, "html")
    yield of_period(COUNCIL, SECOND, "html")
    yield of_period(BROCHURE, FIRST, "html")
    yield of_period(BROCHURE, SECOND, "html")
    yield of_period(PLAN, SECOND, "html")
    yield of_period(AREA_BRIEF, FIRST, "html", area="4")
    yield of_period(AREA_BRIEF, SECOND, "html", area="1")
    yield of_period(BODY_BRIEF, FIRST, "html", body="OSV")
    yield of_period(BODY_BRIEF, SECOND, "html", body="NADACE")
    yield of_period(DISTRICT_BRIEF, FIRST, "html", district="MC-05")
    yield of_period(DISTRICT_BRIEF, SECOND, "html", district="MC-22")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the editions."""
    reports = tmp_path_factory.mktemp("city")
    for edition in chosen():
        issue(edition, CITY / "data", reports)
    return reports


@pytest.fixture(scope="module")
def pages(reports: Path) -> dict[str, str]:
    """The pages without their styles, by name."""
    return {
        str(path.relative_to(reports)): re.sub(
            r"<(style|script)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for path in reports.rglob("*.html")
    }


def words(page: str) -> str:
    """What a reader sees and hears of a page: text and spoken descriptions."""
    spoken = " ".join(re.findall(r'(?:aria-label|alt)="([^"]*)"', page))
    return plain(unescape(re.sub(r"<[^>]+>", " ", page) + " " + spoken)).replace("\u00ad", "")


def test_the_data_say_what_the_native_table_does(city: Dataset) -> None:
    native = pd.read_csv(CITY / "native/opatreni.csv", sep=";", dtype="str").set_index("Číslo")
    measures = city.measures.set_index("id")
    decisions = city.decisions[city.decisions["period_id"].eq(FIRST)].set_index("measure_id")
    assert list(native.index) == list(measures.index)
    assert list(native["Opatření"]) == list(measures["designation"])
    assert list(native["Stav k 31. 12. 2023"]) == list(decisions["published"])
    for text, kind, until in zip(
        native["Termín"], measures["deadline_kind"], measures["deadline_until"], strict=True
    ):
        parsed = Deadline.parse(text)
        assert (str(parsed.kind), parsed.until) == (kind, "" if pd.isna(until) else until)


def test_documents_speak_no_word_of_another_strategy(pages: dict[str, str]) -> None:
    assert len(pages) == 14
    found = {name: FOREIGN.findall(words(page)) for name, page in pages.items()}
    assert {name: foreign for name, foreign in found.items() if foreign} == {}


def empty_chapters(page: str) -> list[str]:
    """Headings of a page with nothing under them, not even a deeper heading."""
    parts = re.split(r"<h([2-6])\b[^>]*>(.*?)</h\1>", page[page.index("<h2") :], flags=re.DOTALL)
    levels = [*parts[1::3], "1"]
    return [
        title
        for level, title, text, next_level in zip(
            levels, parts[2::3], parts[3::3], levels[1:], strict=False
        )
        if not words(title).strip() or not (words(text).strip() or next_level > level)
    ]


def test_no_chapter_is_empty(pages: dict[str, str]) -> None:
    assert {name: found for name, page in pages.items() if (found := empty_chapters(page))} == {}


def of_few(words: str, number: int) -> str:
    """The words as they agree with two to four."""
    return re.sub(r"(?<=[nl])o\b", "a", words, count=1) if 1 < number < 5 else words


def test_the_report_counts_by_the_citys_scale(city: Dataset, pages: dict[str, str]) -> None:
    counts = city.decisions[city.decisions["period_id"].eq(FIRST)]["status"].value_counts()
    spoken = city.statuses.set_index("code")["spoken"]
    whole = int(counts.drop("ZRUSENO").sum())
    told = []
    for code in ("SPLNENO", "PRUBEZNE", "CASTECNE", "NESPLNENO"):
        share = f"{counts[code] / whole * 100:.1f} %".replace(".", ",")
        told.append(f"{of_few(spoken[code], counts[code])} {counts[code]} ({share})")
    dropped = of_few("zrušeno", counts["ZRUSENO"])
    verb = of_few("bylo", counts["SPLNENO"])
    sentence = f"{verb} {', '.join(told)} a {dropped} {counts['ZRUSENO']}."
    assert f"Program má {counts.sum()} opatření. K 31. 12. 2023 z nich {sentence}" in words(
        pages[f"{FIRST}/zprava-o-naplnovani.html"]
    )


def test_every_format_knows_the_citys_scale(city: Dataset, reports: Path) -> None:
    stem = reports / SECOND / "zprava-o-naplnovani"
    page = stem.with_suffix(".html").read_text(encoding="utf-8")
    signs = "".join(step.sign for step in city.scale)
    assert f'const SIGNS = "{signs}";' in page
    with ZipFile(stem.with_suffix(".docx")) as archive:
        styles = archive.read("word/styles.xml").decode()
    for step in city.scale:
        assert f".status-{step.code.lower()} {{ --colour: {step.colour}; }}" in page
        _, found, look = styles.partition(f'w:val="Stav {step.label}"')
        assert found
        assert f'w:fill="{step.colour.removeprefix("#")}"' in look.partition("</w:style>")[0]
    with ZipFile(stem.with_suffix(".xlsx")) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert f"Od nejlepšího: {', '.join(step.marked for step in city.scale)}." in texts
    assert stem.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (f"{FIRST}/zprava-o-naplnovani.html", "Program schválila Rada města Vymyšlova"),
        (f"{FIRST}/zprava-o-naplnovani.html", "V každé prioritě je aspoň jedno opatření"),
        (f"{FIRST}/zprava-o-naplnovani.html", "Město má 22 městských částí."),
        (f"{SECOND}/informace-k-rozhodnuti.html", "V prioritě 4 nedosáhlo stavu"),
        (f"{FIRST}/technicka-priloha.html", "4 priority"),
        (f"{FIRST}/zprava-o-naplnovani.html", "Gestorem všech opatření je odbor sociálních věcí"),
        (f"{SECOND}/zprava-o-naplnovani.html", "nesrovnávají se 2 zrušená opatření"),
        (f"{SECOND}/akcni-plan.html", "plán k Programu sociálního začleňování města Vymyšlova"),
        (f"{SECOND}/akcni-plan.html", "Dokončit přípravu a zahájit provádění opatření"),
        (f"{SECOND}/okruhy/okruh-1.html", "Priorita 1: Dostupné bydlení pro všechny"),
        (f"{FIRST}/mc/mc-05.html", "Která opatření se městské části týkají"),
    ],
)
def test_sentences_agree_with_the_citys_words(
    pages: dict[str, str], name: str, sentence: str
) -> None:
    assert sentence in re.sub(r"\s+", " ", words(pages[name]))


def test_what_was_dropped_is_neither_better_nor_unknown(
    city: Dataset, comparison: slz_lib.Comparison
) -> None:
    status = city.decisions.set_index(["period_id", "measure_id"])["status"]
    dropped = set(status[FIRST][status[FIRST].eq("ZRUSENO")].index)
    ways = comparison.measures.set_index("measure_id")["way"]
    assert set(ways[ways.eq("dropped")].index) == dropped
    assert comparison.transitions.loc["ZRUSENO", "ZRUSENO"] == len(dropped)
    assert comparison.counts.sum() == 17
    shares = tables.shares_change_table(comparison).rows[-1]
    assert [plain(cell.text) for cell in shares.cells[2:5:2]] == ["100,0 %"] * 2


def test_the_chart_of_transitions_tells_what_was_dropped(
    comparison: slz_lib.Comparison,
) -> None:
    figure = charts.transitions_chart(comparison)
    assert said(figure).endswith("nesrovnávají se 2 zrušená opatření")
    assert "zrušeno 2 – zrušeno 2" in plain(figure.alt)


def test_a_district_is_told_of_what_was_dropped_apart(city: Dataset) -> None:
    evaluation = slz_lib.evaluate(city, FIRST)
    stands = evaluation.judgements.set_index("measure_id")["status"]
    given_up = stands.index[stands.eq("ZRUSENO")]
    assert len(given_up) > 0
    brief = DistrictBrief(evaluation, "MC-05")
    assert set(brief.numbers("dropped")) == set(given_up)
    assert sum(brief.reached.values()) == len(evaluation.judgements)
