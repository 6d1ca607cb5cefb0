"""Tables in a browser: what the filter offers, how wide and how narrow tables are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slz_lib.documents import html, model as m
from tests.documents.sample import run, sample
from tests.samples.browsing import NARROW, WIDE, opened, scrolls_sideways, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

AREAS = ("I", "II", "IX", "X")
DEADLINES = (
    "po přijetí zákona",
    "průběžně do\u00a012/2027",
    "do\u00a01/2024",
    "do prosince 2025",
    "do\u00a012/2023",
    "do\u00a01/2024",
    "30.\u00a06.\u00a02024",
)
BODIES = ("neurčeno", "OŠMTS", "OSV", "OSV, OŠMTS", "KÚ LK (útvar neurčen, řeší se)", "obce, OSV")
ROWS = 42
PHONE = 480


def overview() -> m.Table:
    """A filterable table of measures; areas in order, deadlines and bodies in none."""
    columns = ("Číslo", "Okruh", "Opatření", "Termín", "Gestor")
    areas = sorted(islice(cycle(AREAS), ROWS), key=AREAS.index)
    texts = zip(areas, islice(cycle(DEADLINES), ROWS), islice(cycle(BODIES), ROWS), strict=True)
    rows = (
        (f"{area}.{n}", area, f"Opatření, které má delší název, číslo {n}", deadline, body)
        for n, (area, deadline, body) in enumerate(texts)
    )
    return m.Table(
        anchor="tab-prehled",
        caption="Přehled",
        columns=tuple(m.Column(title=title) for title in columns),
        rows=tuple(m.Row(cells=tuple(m.Cell(text=text) for text in row)) for row in rows),
        filterable=True,
        counted=("opatření", "opatření", "opatření"),
    )


def steps() -> m.Table:
    """A table of eight columns as the plan has them."""
    texts = {
        "Číslo": (1.0, "VIII.10"),
        "Opatření": (1.7, "Krizové a azylové bydlení jako dočasný krok"),
        "Příčina a rozhodnutí": (1.2, "Neprovádí se; přeformulovat"),
        "Krok": (2.6, "Projednat s gestorem překážky a přeformulovat opatření proveditelně."),
        "Gestor a spolupráce": (1.5, "KÚ LK; spolupráce: zaměstnavatelé, Pakt"),
        "Indikátor a cíl": (1.6, "projednané nové znění; cíl: 1 znění"),
        "Termín": (1.0, "31.\u00a012.\u00a02025"),
        "Peníze a riziko": (2.2, "Peníze: neurčeno. Gestor nebude mít na opatření lidi."),
    }
    return m.Table(
        anchor="tab-kroky",
        caption="Kroky",
        columns=tuple(
            m.Column(title=title, weight=weight, kind="date" if title == "Termín" else "text")
            for title, (weight, _) in texts.items()
        ),
        rows=(m.Row(cells=tuple(m.Cell(text=text) for _, text in texts.values())),) * 5,
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    heading = m.Heading(level=1, text=(run("Tabulky"),), anchor="tabulky")
    blocks = (heading, overview(), steps())
    document = m.Document(title=sample().title, blocks=blocks, origins=("x",) * len(blocks))
    written = tmp_path_factory.mktemp("tables") / "zprava.html"
    written.write_text(html.render(document), encoding="utf-8", newline="\n")
    return written


@pytest.fixture(params=[WIDE, PHONE, NARROW])
def page(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    page = opened(browser, file, request.param)
    yield page
    page.close()


def choice(page: Page, label: str) -> Locator:
    """The select called ``label``."""
    labels = page.locator("form.filter label").filter(has_text=re.compile(f"^{label}"))
    return labels.locator("select")


def offered(page: Page, label: str) -> list[str]:
    """What the select called ``label`` offers after „vše“."""
    texts = choice(page, label).locator("option").all_text_contents()
    assert texts[0] == "vše"
    return [text.replace("\u00a0", " ") for text in texts[1:]]


def test_choices_stand_in_the_order_in_which_a_reader_looks_for_them(
    browser: Browser, file: Path
) -> None:
    page = opened(browser, file)
    assert offered(page, "Okruh") == list(AREAS)
    assert offered(page, "Termín") == [
        "do 12/2023",
        "do 1/2024",
        "30. 6. 2024",
        "do prosince 2025",
        "průběžně do 12/2027",
        "po přijetí zákona",
    ]
    assert offered(page, "Gestor") == [
        "KÚ LK (útvar neurčen, řeší se)",
        "obce",
        "OSV",
        "OŠMTS",
        "neurčeno",
    ]
    page.close()


def test_a_body_finds_the_rows_that_it_shares_with_others(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    choice(page, "Gestor").select_option("OŠMTS")
    page.wait_for_function(
        "said => document.querySelector('form.filter output').textContent === said",
        arg="Zobrazeno: 14\u00a0opatření ze\u00a042",
    )
    shown = page.locator("#tab-prehled tbody tr:visible td:last-child").all_text_contents()
    assert set(shown) == {"OŠMTS", "OSV, OŠMTS"}
    assert len(shown) == 14
    page.close()


def test_a_table_of_eight_columns_is_read_whole_beside_the_contents(
    browser: Browser, file: Path
) -> None:
    page = opened(browser, file)
    region = page.locator("#tab-kroky .scroll")
    assert region.evaluate("element => element.scrollWidth <= element.clientWidth")
    widths = region.evaluate("e => [...e.querySelectorAll('thead th')].map(c => c.offsetWidth)")
    assert max(widths) == widths[3]
    page.close()


def test_axe_finds_no_violation_in_tables(page: Page) -> None:
    assert violations(page) == ""


def test_no_table_of_long_texts_makes_the_reader_scroll_sideways(page: Page) -> None:
    assert not scrolls_sideways(page)
    for region in page.locator(".stacked .scroll").all():
        assert region.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_on_a_phone_a_row_is_a_list_of_labels_and_values_and_still_a_row(
    browser: Browser, file: Path
) -> None:
    page = opened(browser, file, PHONE)
    row = page.locator("#tab-kroky tbody tr").first
    tops = row.evaluate("row => [...row.cells].map(c => c.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    label = "cell => getComputedStyle(cell, '::before').content"
    assert "Krok" in row.locator("td").nth(2).evaluate(label)
    tree = page.locator("#tab-kroky").aria_snapshot()
    assert 'table "Tabulka 2: Kroky"' in tree
    assert 'columnheader "Krok"' in tree
    assert 'rowheader "VIII.10"' in tree
    assert 'cell "31. 12. 2025"' in tree.replace("\u00a0", " ")
    page.close()


@pytest.mark.parametrize(("width", "labels"), [(PHONE, "8rem"), (NARROW, "6rem")])
def test_on_the_narrowest_screen_labels_leave_more_room_and_long_words_are_hyphenated(
    width: int, labels: str, browser: Browser, file: Path
) -> None:
    page = opened(browser, file, width)
    cell = page.locator("#tab-kroky tbody td").first
    tracks = cell.evaluate("cell => getComputedStyle(cell).gridTemplateColumns.split(' ')[0]")
    assert tracks == f"{16 * int(labels[0])}px"
    hyphens = page.locator("#tab-prehled tbody td").first.evaluate(
        "cell => getComputedStyle(cell).hyphens"
    )
    assert hyphens == ("auto" if width == NARROW else "manual")
    page.close()


def test_rows_that_the_filter_hides_stay_hidden_on_a_phone(browser: Browser, file: Path) -> None:
    page = opened(browser, file, PHONE)
    choice(page, "Okruh").select_option("IX")
    page.wait_for_function("() => document.querySelectorAll('#tab-prehled tr[hidden]').length > 0")
    shown = page.locator("#tab-prehled tbody tr:visible").count()
    assert 0 < shown < ROWS
    page.close()
