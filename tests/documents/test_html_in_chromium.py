"""The page in a browser: accessibility rules, reflow, the filter by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slz_lib.documents import html, model as m
from slz_lib.vocabulary import Status
from tests.documents.sample import sample
from tests.samples.browsing import NARROW, WIDE, opened, scrolls_sideways, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHARE_OF_BODY = "element => element.scrollWidth / element.clientWidth"


@pytest.fixture(params=[WIDE, NARROW])
def page(request: pytest.FixtureRequest, browser: Browser, page_file: Path) -> Iterator[Page]:
    page = opened(browser, page_file, request.param)
    yield page
    page.close()


def test_axe_finds_no_violation(page: Page) -> None:
    assert violations(page) == ""


def test_the_page_does_not_scroll_sideways(page: Page) -> None:
    assert not scrolls_sideways(page)


def test_the_page_scripts_run_under_its_own_policy(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    assert page.locator("form.filter").count() == 1
    assert said == []
    page.close()


def test_controls_are_large_enough_to_hit(page: Page) -> None:
    for control in page.locator("form.filter :is(select, input, button), tbody a").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


def test_the_contents_are_folded_only_on_a_narrow_screen(page: Page) -> None:
    wide = page.viewport_size == {"width": WIDE, "height": 800}
    assert page.locator("nav details").evaluate("element => element.open") is wide
    assert page.locator("nav summary").is_visible() is not wide


def test_only_a_table_that_scrolls_is_a_stop_of_the_keyboard(page: Page) -> None:
    for region in page.locator(".scroll").all():
        scrolls = region.evaluate(SHARE_OF_BODY) > 1
        assert (region.get_attribute("tabindex") == "0") is scrolls


def test_the_first_stop_of_the_keyboard_skips_to_the_text(
    browser: Browser, page_file: Path
) -> None:
    page = opened(browser, page_file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Přejít k\u00a0textu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.close()


def test_without_scripts_the_table_is_whole_and_no_filter_shows(
    browser: Browser, page_file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("form").count() == 0
    assert page.locator("#tab-opatreni tbody tr").count() == 3
    assert page.locator("nav a").first.is_visible()
    context.close()


ROWS = 109


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with one filterable table of 109 rows in four statuses and two bodies."""
    columns = (
        m.Column(title="Číslo"),
        m.Column(title="Opatření"),
        m.Column(title="Stav", kind="status"),
        m.Column(title="Gestor"),
    )
    statuses = list(Status)
    rows = []
    for n in range(ROWS):
        status = statuses[0 if n == 0 else 3 if n < 13 else 2]
        texts = (f"X.{n}", f"Žádost {n}", status.marked, "OŠMTS" if n % 2 else "OSV")
        cells = tuple(
            m.Cell(text=text, status=status if column.kind == "status" else None)
            for text, column in zip(texts, columns, strict=True)
        )
        rows.append(m.Row(cells=cells))
    total = m.Row(kind="total", cells=tuple(m.Cell(text=t) for t in ("Celkem", "109", "—", "—")))
    table = m.Table(
        anchor="tab-vse",
        caption="Všechna opatření",
        columns=columns,
        rows=(*rows, total),
        filterable=True,
    )
    document = m.Document(title=sample().title, blocks=(table,), origins=("x",))
    file = tmp_path_factory.mktemp("long") / "zprava.html"
    file.write_text(html.render(document), encoding="utf-8", newline="\n")
    return file


def test_the_filter_works_by_keyboard_alone(browser: Browser, long_file: Path) -> None:
    page = opened(browser, long_file)
    result, rows = page.locator("form.filter output"), page.locator("tbody tr:visible")

    def says(text: str) -> None:
        page.wait_for_function(
            "said => document.querySelector('form.filter output').textContent === said",
            arg=text,
        )

    def focused() -> str:
        return str(page.evaluate("document.activeElement.closest('label, button')?.textContent"))

    assert result.text_content() == "Zobrazeno: 109\u00a0řádků ze\u00a0109"
    while not focused().startswith("Stav"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    says("Zobrazeno: 1\u00a0řádek ze\u00a0109")
    assert rows.count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    says("Zobrazeno: 12\u00a0řádků ze\u00a0109")
    assert page.locator("tfoot tr").is_hidden()
    page.keyboard.press("Tab")
    assert focused().startswith("Gestor")
    page.keyboard.press("Tab")
    assert focused().startswith("Hledat")
    page.keyboard.type("zadost 1")
    says("Zobrazeno: 4\u00a0řádky ze\u00a0109")
    while focused() != "Zrušit filtr":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says("Zobrazeno: 109\u00a0řádků ze\u00a0109")
    assert page.locator("tfoot tr").is_visible()
    page.close()


def test_the_filter_offers_statuses_from_the_best_and_bodies_by_the_alphabet(
    browser: Browser, long_file: Path
) -> None:
    page = opened(browser, long_file)
    offered = [
        select.locator("option").all_text_contents() for select in page.locator("select").all()
    ]
    assert offered == [
        ["vše", "● SPLNĚNO", "◐ ČÁSTEČNĚ", "○ NEPLNĚNO"],
        ["vše", "OSV", "OŠMTS"],
    ]
    assert page.locator("output").get_attribute("aria-live") == "polite"
    page.close()
