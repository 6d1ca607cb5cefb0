"""HTML pages compared block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from slz_lib.production.verification import markup
from slz_lib.production.verification.difference import Finding, UnreadableError
from slz_lib.production.verification.markup import Element, tree_changes, whole_text
from slz_lib.production.verification.places import at, chapter, joined, path

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Anchors of these say nothing of the place.
_WHOLE = frozenset({"html", "body", "main"})
#: Czech names of elements whose text is told as a whole.
_BLOCKS = {
    **dict.fromkeys(_HEADINGS, "nadpis"),
    "p": "odstavec",
    "li": "položka seznamu",
    "td": "buňka",
    "th": "buňka",
    "caption": "popisek",
    "figcaption": "popisek",
    "dt": "pojem",
    "dd": "údaj",
    "summary": "nadpis",
    "title": "titulek stránky",
}


def read(data: bytes) -> Element:
    """The root of the page.

    Raises:
        UnreadableError: it is no whole page in UTF-8.
    """
    if not data.rstrip().lower().endswith(b"</html>"):
        raise UnreadableError("není to celá stránka, nekončí značkou </html>")
    return markup.page(data)


def compare(old: Element, new: Element) -> Iterator[Finding]:
    """Differences by the nearest heading and anchor, block, and what of it."""
    headings: dict[Element, str] | None = None
    cells: dict[Element, str] = {}
    for change in tree_changes(old, new, _is_block):
        if headings is None:
            headings = {**_headings(new), **_headings(old)}
            cells = {**_cells(new), **_cells(old)}
        element = at(change)
        place = headings.get(element, "")
        yield Finding(joined(place, _named(element, cells), change.what), change.old, change.new)
    was, now = markup.doctype(old), markup.doctype(new)
    if was != now:
        yield Finding("typ dokumentu", was or None, now or None)


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS and not any(
        inner.tag in _BLOCKS for inner in element.iterdescendants()
    )


def _headings(root: Element) -> dict[Element, str]:
    """For each element below the first heading, the nearest heading before it."""
    places: dict[Element, str] = {}
    place = ""
    for element in root.iter():
        if element.tag in _HEADINGS:
            place = f"část {chapter(whole_text(element))}"
        if place:
            places[element] = place
    return places


def _cells(root: Element) -> dict[Element, str]:
    """For each cell of a table its row and which one of the row it is, counted from 1."""
    return {
        cell: f"řádek {row_number}, buňka {number}"
        for table in root.iter("table")
        for row_number, row in enumerate(table.iter("tr"), 1)
        for number, cell in enumerate(row.iterchildren("td", "th"), 1)
    }


def _named(element: Element, cells: Mapping[Element, str]) -> str:
    """The nearest anchor, place in a table, and the element: ``#tab-okruhy, řádek 2, buňka 3``."""
    block = _nearest(element, lambda inner: inner.tag in _BLOCKS)
    outer = element if block is None else block
    anchor = _nearest(outer, lambda inner: bool(inner.get("id")) and inner.tag not in _WHOLE)
    inner = "" if element is block else path(element, block if block is not None else anchor)
    return joined(
        "" if anchor is None else f"#{anchor.get('id')}",
        "" if block is None else cells.get(block, _BLOCKS[str(block.tag)]),
        inner,
    )


def _nearest(element: Element, fits: markup.Predicate) -> Element | None:
    here: Element | None = element
    while here is not None and not fits(here):
        here = here.getparent()
    return here
