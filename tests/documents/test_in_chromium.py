"""The page in a browser: accessibility rules, reflow, the keyboard, what the filter offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from slz_lib.documents import html, model as m
from slz_lib.presentation import charts
from tests.documents.sample import heading, of, row, sample
from tests.samples.browsing import NARROW, WIDE, opened, scrolls_sideways, violations
from tests.samples.scales import MARKS, SCALE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PHONE = 480
AREAS = ("I", "II", "IX", "X")
DEADLINES = (
    *("po přijetí zákona", "průběžně do\u00a012/2027", "do\u00a01/2024", "do prosince 2025"),
    *("do\u00a012/2023", "do\u00a01/2024", "30.\u00a06.\u00a02024"),
)
BODIES = ("neurčeno", "OŠMTS", "OSV", "OSV, OŠMTS", "KÚ LK (útvar neurčen, řeší se)", "obce, OSV")
ROWS = 109
SHARE_OF_BODY = "element => element.scrollWidth / element.clientWidth"


def overview() -> m.Table:
    """A filterable table of 109 rows and a total; areas in order, deadlines and bodies in none."""
    titles = ("Číslo", "Okruh", "Opatření", "Stav", "Termín", "Gestor")
    areas = sorted(islice(cycle(AREAS), ROWS), key=AREAS.index)
    rows = []
    for n, area, deadline, body in zip(range(ROWS), areas, cycle(DEADLINES), cycle(BODIES)):
        status = list(SCALE)[0 if n == 0 else 3 if n < 13 else 2]
        name = f"Opatření, které má delší název, žádost-{n}"
        made = row(f"{area}.{n}", area, name, status.marked, deadline, body)
        cells = [
            cell.model_copy(update={"status": MARKS[status.code]})
            if cell.text == status.marked
            else cell
            for cell in made.cells
        ]
        rows.append(m.Row(cells=tuple(cells)))
    return m.Table(
        anchor="tab-prehled",
        caption="Přehled",
        columns=tuple(
            m.Column(title=title, kind="status" if title == "Stav" else "text") for title in titles
        ),
        rows=(*rows, row("Celkem", *["—"] * 5, kind="total")),
        filterable=True,
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
        rows=(row(*(text for _, text in texts.values())),) * 5,
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page of everything: the sample and tables as reports and plans have them."""
    chart = charts.bars({"Frýdlant": 2, "Jablonec nad Nisou": 31}, caption="Počty")
    tables = (heading("Tabulky"), overview(), steps(), chart)
    written = tmp_path_factory.mktemp("page") / "zprava.html"
    page = html.render(of(*sample().blocks, *tables))
    written.write_text(page, encoding="utf-8", newline="\n")
    return written


@pytest.fixture(scope="module", params=[WIDE, PHONE, NARROW])
def page(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    """The page in a window of each width, for what leaves it as it is."""
    page = opened(browser, file, request.param)
    yield page
    page.close()


@pytest.fixture
def wide(browser: Browser, file: Path) -> Iterator[Page]:
    page = opened(browser, file)
    yield page
    page.close()


def choice(page: Page, label: str) -> Locator:
    """The select called ``label``."""
    labels = page.locator("#tab-prehled form.filter label").filter(has_text=re.compile(f"^{label}"))
    return labels.locator("select")


def offered(page: Page, label: str) -> list[str]:
    """What the select called ``label`` offers after „vše“."""
    texts = choice(page, label).locator("option").all_text_contents()
    assert texts[0] == "vše"
    return [text.replace("\u00a0", " ") for text in texts[1:]]


def says(page: Page, text: str) -> None:
    """Wait until the filter says ``text``."""
    said = "said => document.querySelector('#tab-prehled form.filter output').textContent === said"
    page.wait_for_function(said, arg=text)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_no_violation(scheme: Literal["dark", "light"], page: Page) -> None:
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == ""


def test_letters_twice_as_large_neither_widen_the_page_nor_part_its_tables(wide: Page) -> None:
    wide.add_style_tag(content="html { font-size: 200% }")
    assert not scrolls_sideways(wide)
    tables = wide.locator(".stacked .scroll")
    assert tables.count() == 3
    assert [table.evaluate(SHARE_OF_BODY) for table in tables.all()] == [1] * 3


LETTERS = """element => [...element.querySelectorAll('svg')].filter(svg => svg.checkVisibility())
    .map(svg => 8 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""


def test_a_chart_is_drawn_anew_for_a_phone_and_an_own_picture_scrolls_there(page: Page) -> None:
    """The least letters of a chart have eight points in its own measure."""
    drawn, own = page.locator("#obr-pocty .scroll"), page.locator("#obr-stavy .scroll")
    narrow = page.viewport_size != {"width": WIDE, "height": 800}
    assert drawn.locator(".narrow").is_visible() is narrow
    (size,) = drawn.evaluate(LETTERS)
    assert size >= 11
    assert drawn.evaluate(SHARE_OF_BODY) == 1
    scrolls = own.evaluate(SHARE_OF_BODY) > 1
    assert scrolls is narrow
    assert own.get_attribute("role") == ("region" if scrolls else None)


def test_neither_the_page_nor_a_table_of_long_texts_scrolls_sideways(page: Page) -> None:
    assert not scrolls_sideways(page)
    for region in page.locator(".stacked .scroll").all():
        assert region.evaluate(SHARE_OF_BODY) <= 1


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


def test_the_page_scripts_run_under_its_own_policy(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert page.locator("form.filter").count() == 2
    assert said == []
    page.close()


def test_the_first_stop_of_the_keyboard_skips_to_the_text(wide: Page) -> None:
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.textContent") == "Přejít k\u00a0textu"
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.tagName") == "MAIN"


def test_without_scripts_the_table_is_whole_and_no_filter_shows(
    browser: Browser, file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("form").count() == 0
    assert page.locator("#tab-opatreni tbody tr").count() == 3
    assert page.locator("nav a").first.is_visible()
    context.close()


def test_the_filter_works_by_keyboard_alone(wide: Page) -> None:
    table, keyboard = wide.locator("#tab-prehled"), wide.keyboard
    rows, total = table.locator("tbody tr:visible"), table.locator("tfoot tr")

    def focused() -> str:
        return str(wide.evaluate("document.activeElement.closest('label, button')?.textContent"))

    says(wide, "Zobrazeno: 109\u00a0řádků ze\u00a0109")
    assert table.locator("output").get_attribute("aria-live") == "polite"
    wide.locator("#tab-opatreni button").focus()
    while not focused().startswith("Stav"):
        keyboard.press("Tab")
    keyboard.press("ArrowDown")
    says(wide, "Zobrazeno: 1\u00a0řádek ze\u00a0109")
    assert rows.count() == 1
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    says(wide, "Zobrazeno: 12\u00a0řádků ze\u00a0109")
    assert total.is_hidden()
    keyboard.press("Tab")
    assert focused().startswith("Termín")
    keyboard.press("Tab")
    assert focused().startswith("Gestor")
    keyboard.press("Tab")
    assert focused().startswith("Hledat")
    keyboard.type("zadost-1")
    says(wide, "Zobrazeno: 4\u00a0řádky ze\u00a0109")
    while focused() != "Zrušit filtr":
        keyboard.press("Tab")
    keyboard.press("Enter")
    says(wide, "Zobrazeno: 109\u00a0řádků ze\u00a0109")
    assert total.is_visible()


ORDERED = {
    "Stav": ["● SPLNĚNO", "◐ ČÁSTEČNĚ", "○ NEPLNĚNO"],
    "Okruh": list(AREAS),
    "Termín": [
        *("do 12/2023", "do 1/2024", "30. 6. 2024", "do prosince 2025"),
        *("průběžně do 12/2027", "po přijetí zákona"),
    ],
    "Gestor": [
        *("KÚ LK (útvar neurčen, řeší se)", "obce", "OSV", "OŠMTS", "neurčeno"),
    ],
}


def test_choices_stand_in_a_readers_order_and_find_the_rows_that_a_body_shares(wide: Page) -> None:
    assert {found: offered(wide, found) for found in ORDERED} == ORDERED
    choice(wide, "Gestor").select_option("OŠMTS")
    says(wide, "Zobrazeno: 36\u00a0řádků ze\u00a0109")
    shown = wide.locator("#tab-prehled tbody tr:visible td:last-child").all_text_contents()
    assert set(shown) == {"OŠMTS", "OSV, OŠMTS"}
    assert len(shown) == 36


def test_a_table_of_eight_columns_is_read_whole_beside_the_contents(wide: Page) -> None:
    region = wide.locator("#tab-kroky .scroll")
    assert region.evaluate(SHARE_OF_BODY) <= 1
    widths = region.evaluate("e => [...e.querySelectorAll('thead th')].map(c => c.offsetWidth)")
    assert max(widths) == widths[3]


def test_on_a_phone_a_row_is_a_list_of_labels_and_values_and_still_a_row(wide: Page) -> None:
    wide.set_viewport_size({"width": PHONE, "height": 800})
    row = wide.locator("#tab-kroky tbody tr").first
    tops = row.evaluate("row => [...row.cells].map(c => c.getBoundingClientRect().top)")
    assert tops == sorted(set(tops))
    label = "cell => getComputedStyle(cell, '::before').content"
    assert "Krok" in row.locator("td").nth(2).evaluate(label)
    tree = wide.locator("#tab-kroky").aria_snapshot().replace("\u00a0", " ")
    for said in (
        *('table "Tabulka 4: Kroky"', 'columnheader "Krok"', 'rowheader "VIII.10"'),
        'cell "31. 12. 2025"',
    ):
        assert said in tree
    choice(wide, "Okruh").select_option("IX")
    wide.wait_for_function("() => document.querySelectorAll('#tab-prehled tr[hidden]').length > 0")
    assert 0 < wide.locator("#tab-prehled tbody tr:visible").count() < ROWS


def test_on_the_narrowest_screen_labels_leave_more_room_and_long_words_are_hyphenated(
    page: Page,
) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    cell = page.locator("#tab-prehled tbody td").first
    hyphens = cell.evaluate("cell => getComputedStyle(cell).hyphens")
    assert hyphens == ("auto" if width == NARROW else "manual")
    if width < WIDE:
        first = page.locator("#tab-kroky tbody td").first
        grid = first.evaluate("cell => getComputedStyle(cell).gridTemplateColumns")
        assert grid.split(" ")[0] == ("96px" if width == NARROW else "128px")
