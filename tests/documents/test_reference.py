"""The Word file that gives all others their look: what a change of it must not take away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from lxml import etree

from slz_lib.documents.docx import reference, render
from slz_lib.documents.docx.markup import (
    Element,
    Style,
    heading_style,
    q,
)
from slz_lib.errors import DocumentError
from slz_lib.palette import contrast
from tests.documents.sample import sample

LEVELS = range(1, 6)
#: The least ratio of contrast, and that of large letters (WCAG 2.2), which begin at these points.
CONTRAST, LARGE_CONTRAST, LARGE, LARGE_BOLD = 4.5, 3.0, 18.0, 14.0
SMALLEST, SMALLEST_PROSE = 8.5, 10.0
NEEDED = {
    *Style,
    *map(heading_style, LEVELS),
    "toc 1",
    "toc 2",
}


def part(name: str) -> Element:
    with zipfile.ZipFile(reference.FILE) as archive:
        return etree.fromstring(archive.read(name))


def value(element: Element | None, attribute: str = "val") -> str:
    assert element is not None
    return str(element.get(q(attribute)))


STYLES = {value(style.find(q("name"))): style for style in part("word/styles.xml").iter(q("style"))}
IDENTS = {value(style, "styleId"): name for name, style in STYLES.items()}


def line_of(name: str) -> Iterator[Element]:
    """A style, the one it is based on, and so on."""
    while True:
        yield STYLES[name]
        based = STYLES[name].find(q("basedOn"))
        if based is None:
            return
        name = IDENTS[value(based)]


def inherited(name: str, path: str, attribute: str = "val") -> str | None:
    """A property of a style, of its own or from what it is based on."""
    steps = "/".join(map(q, path.split("/")))
    for style in line_of(name):
        if (found := style.find(steps)) is not None:
            return found.get(q(attribute)) or "1"
    return None


def points(name: str) -> float:
    default = part("word/styles.xml").find(f".//{q('rPrDefault')}//{q('sz')}")
    return int(inherited(name, "rPr/sz") or value(default)) / 2


def test_every_style_that_the_writer_asks_for_is_there() -> None:
    assert set(STYLES) >= NEEDED


def test_language_is_czech_for_all_scripts() -> None:
    language = part("word/styles.xml").find(f".//{q('rPrDefault')}//{q('lang')}")
    theme = part("word/settings.xml").find(q("themeFontLang"))
    for element in (language, theme):
        assert [value(element, name) for name in ("val", "eastAsia", "bidi")] == ["cs-CZ"] * 3
    properties = docx.Document(str(reference.FILE)).core_properties
    assert properties.language == "cs-CZ"
    assert properties.title


def test_headings_have_the_outline_levels_that_readers_navigate_by() -> None:
    for level in LEVELS:
        assert inherited(heading_style(level), "pPr/outlineLvl") == str(level - 1)
        assert inherited(heading_style(level), "pPr/keepNext")
    sizes = [points(heading_style(level)) for level in LEVELS]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", sorted(NEEDED - {Style.TABLE}))
def test_letters_can_be_read_on_what_lies_under_them(name: str) -> None:
    fill = inherited(name, "rPr/shd", "fill") or inherited(name, "pPr/shd", "fill") or "FFFFFF"
    ink = inherited(name, "rPr/color") or value(STYLES["Normal"].find(f"{q('rPr')}/{q('color')}"))
    large = points(name) >= (LARGE_BOLD if inherited(name, "rPr/b") else LARGE)
    assert contrast(f"#{ink}", f"#{fill}") >= (LARGE_CONTRAST if large else CONTRAST)


def test_letters_are_large_enough() -> None:
    small = {name for name in NEEDED - {Style.TABLE_END} if points(name) < SMALLEST}
    assert small == set()
    assert min(map(points, (Style.BODY, Style.LEAD, Style.FINDING))) >= SMALLEST_PROSE


def test_the_header_row_of_a_table_is_marked_and_a_table_has_rules() -> None:
    marked = STYLES[Style.TABLE].iter(q("tblStylePr"))
    assert {"firstRow", "lastRow"} <= {value(found, "type") for found in marked}
    # Bold letters of both a table's and a paragraph's style would be thin in Word.
    assert STYLES[Style.TABLE].find(f".//{q('b')}") is None
    assert all(inherited(name, "rPr/b") for name in (Style.TABLE_HEADER, Style.ROW_HEADER))
    assert STYLES[Style.TABLE].find(f".//{q('tblBorders')}/{q('insideH')}") is not None


@pytest.mark.parametrize("name", [Style.BULLETS, Style.NUMBERS])
def test_lists_count_by_themselves_at_every_level(name: Style) -> None:
    numbering, ident = part("word/numbering.xml"), inherited(name, "pPr/numPr/numId")
    number = next(n for n in numbering.iter(q("num")) if value(n, "numId") == ident)
    scheme = value(number.find(q("abstractNumId")))
    (levels,) = (
        [value(level.find(q("lvlText"))) for level in found.iter(q("lvl"))]
        for found in numbering.iter(q("abstractNum"))
        if value(found, "abstractNumId") == scheme
    )
    assert len(levels) == 9
    assert all(levels)


def test_nothing_leads_out_of_the_file_and_it_stays_small() -> None:
    with zipfile.ZipFile(reference.FILE) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
    assert not [found for found in relations if b'TargetMode="External"' in found]
    assert reference.FILE.stat().st_size < 60_000


def changed(folder: Path, old: bytes, new: bytes) -> Path:
    """The reference document with ``new`` in place of ``old`` in its styles and lists."""
    file = folder / "reference.docx"
    with zipfile.ZipFile(reference.FILE) as read, zipfile.ZipFile(file, "w") as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(old, new))
    return file


def test_styles_are_found_by_name_whatever_word_calls_their_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "FILE", changed(tmp_path, b'"Heading', b'"Nadpis'))
    with zipfile.ZipFile(io.BytesIO(render(sample()))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    used = {value(style) for style in body.iter(q("pStyle"))}
    assert {"Nadpis1", "Nadpis2", "Nadpis3"} <= used
    assert not [name for name in used if name.startswith("Heading")]


def test_a_style_that_was_taken_away_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = changed(tmp_path, "Zjištění".encode(), "Jiné".encode())
    monkeypatch.setattr(reference, "FILE", taken)
    with pytest.raises(DocumentError, match="chybí styl „Zjištění“"):
        render(sample())
