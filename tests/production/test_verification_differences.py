from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from slz_lib.production.verification import Difference, difference_lines, differences, page
from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.comparing import MAX_BYTES, MOST_FOUND

REPORTS = Path(__file__).resolve().parents[2] / "reports"
STEMS = ("2022-2023/zprava-o-naplnovani", "2024-2025/akcni-plan")
SUFFIXES = ("ipynb", "html", "docx", "pdf", "xlsx")
BODY = "word/document.xml"

BOTH = pytest.mark.parametrize("stem", STEMS)
OFFICE = pytest.mark.parametrize("suffix", ["docx", "xlsx"])


def issued(suffix: str, stem: str = STEMS[0]) -> bytes:
    return (REPORTS / f"{stem}.{suffix}").read_bytes()


def found(suffix: str, old: bytes, new: bytes) -> list[tuple[str, str | None, str | None]]:
    result = differences(f"zprava.{suffix}", old, new)
    assert {difference.document for difference in result} <= {f"zprava.{suffix}"}
    return [(difference.element, difference.old, difference.new) for difference in result]


def once(old: bytes | str, new: bytes | str) -> Callable[[bytes], bytes]:
    """Replaces the first ``old``, which has to be there."""
    before, after = (text.encode() if isinstance(text, str) else text for text in (old, new))

    def revised(data: bytes) -> bytes:
        assert before in data
        return data.replace(before, after, 1)

    return revised


def repacked(
    data: bytes,
    changed: dict[str, Callable[[bytes], bytes]] | None = None,
    keep: Callable[[list[zipfile.ZipInfo]], list[zipfile.ZipInfo]] = list,
) -> bytes:
    """The archive ``data`` with some parts ``changed`` and the members that ``keep`` leaves."""
    changed = changed or {}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(written, "w") as archive:
        assert set(changed) <= set(read.namelist())
        contents = {member.filename: read.read(member) for member in read.infolist()}
        for member in keep(read.infolist()):
            name = member.filename
            content = changed.get(name, bytes)(contents[name])
            archive.writestr(member, content, compresslevel=6)
    return written.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


# --- every format ----------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_bytes_do_not_differ(suffix: str, stem: str) -> None:
    assert differences(f"zprava.{suffix}", issued(suffix, stem), issued(suffix, stem)) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_truncated_file_is_told_in_one_sentence(suffix: str) -> None:
    data = issued(suffix)
    (difference,) = differences(f"zprava.{suffix}", data, data[: len(data) // 2])
    assert (difference.old, difference.new) == (None, None)
    assert difference.element.startswith("nyní vytvořený soubor nelze přečíst: ")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_two_unreadable_files_are_told_apart(suffix: str) -> None:
    result = found(suffix, b"\xff\xfe old", b"\xff\xfe new")
    assert [element.partition(" nelze")[0] for element, _, _ in result] == [
        "dříve vydaný soubor",
        "nyní vytvořený soubor",
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_past_the_limit_is_not_looked_into(suffix: str) -> None:
    ((element, old, new),) = found(suffix, issued(suffix), bytes(MAX_BYTES + 1))
    assert (element, old, new) == (
        "nyní vytvořený soubor nelze přečíst: je větší než 64\u00a0MB",
        None,
        None,
    )


@pytest.mark.parametrize("suffix", ["ipynb", "html"])
def test_bytes_that_differ_without_the_content_are_told_with_the_first_one(suffix: str) -> None:
    data = issued(suffix)
    ((element, old, new),) = found(suffix, data, data + b"\n")
    assert element.startswith("obsah je stejný, liší se jen jeho zápis, bajt")
    assert re.sub(r"\D", "", element) == str(len(data) + 1)
    assert (old, new) == ("konec souboru", "0A")


def test_a_file_of_no_known_format_is_compared_byte_by_byte() -> None:
    assert found("bin", b"\x00\x01\x02", b"\x00\x01\x03") == [("bajt\u00a0č.\u00a03", "02", "03")]


def test_a_text_is_compared_line_by_line() -> None:
    assert found("csv", b"id,name\n1,a\n2,b\n", b"id,name\n0,x\n1,a\n2,c\n") == [
        ("řádek 2", None, "0,x"),
        ("řádek 3", "2,b", "2,c"),
    ]


def test_no_more_differences_are_looked_for_than_the_limit() -> None:
    lines = [b"%d" % number for number in range(2 * MOST_FOUND)]
    result = differences("a.txt", b"\n".join(lines), b"\n".join(line + b"x" for line in lines))
    assert len(result) == MOST_FOUND + 1
    assert (result[-1].old, result[-1].new) == (None, None)


# --- notebooks -------------------------------------------------------------------------------


def notebook(data: bytes, revise: Callable[[dict[str, Any]], None]) -> bytes:
    content = json.loads(data)
    revise(content)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def prose_cell(content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The first cell of prose and its number without papermill's cell."""
    own = [
        c for c in content["cells"] if "injected-parameters" not in c["metadata"].get("tags", [])
    ]
    return next(
        (number, cell)
        for number, cell in enumerate(own, 1)
        if "".join(cell["source"]).startswith("%%prose")
    )


@BOTH
def test_a_figure_in_a_notebooks_block_is_named_by_the_analysts_cell(stem: str) -> None:
    data = issued("ipynb", stem)
    number, cell = prose_cell(json.loads(data))
    blocks = cell["outputs"][0]["data"]["application/vnd.slz.blocks+json"]["blocks"]
    text = blocks[1]["text"][0]["text"]
    changed = re.sub(r"\d+", "7654321", text, count=1)

    def revise(content: dict[str, Any]) -> None:
        shown = prose_cell(content)[1]["outputs"][0]["data"]
        shown["application/vnd.slz.blocks+json"]["blocks"][1]["text"][0]["text"] = changed

    ((element, old, new),) = found("ipynb", data, notebook(data, revise))
    first = cell["source"][0].strip()
    assert element == (
        f"buňka {number} „{first}“, výstup 1 (bloky dokumentu), blocks[1].text[0].text"
    )
    assert (old, new) == (text, changed)


def test_a_line_of_source_and_a_line_of_an_output_are_named() -> None:
    data = issued("ipynb")
    number, cell = prose_cell(json.loads(data))
    shown = "".join(cell["outputs"][0]["data"]["text/plain"]).split("\n")[0]

    def revise(content: dict[str, Any]) -> None:
        other = prose_cell(content)[1]
        other["source"][-1] += " Dodatek."
        other["outputs"][0]["data"]["text/plain"] = ["jinak"]

    result = found("ipynb", data, notebook(data, revise))
    name = f"buňka {number} „{cell['source'][0].strip()}“"
    last = cell["source"][-1]
    assert result[0] == (
        f"{name}, zdroj, řádek {len(cell['source'])}",
        last,
        f"{last} Dodatek.",
    )
    assert result[1] == (f"{name}, výstup 1 (text/plain), řádek 1", shown, "jinak")


def test_a_missing_cell_and_facts_of_the_notebook_are_named() -> None:
    data = issued("ipynb")
    number, cell = prose_cell(json.loads(data))

    def revise(content: dict[str, Any]) -> None:
        content["cells"].remove(prose_cell(content)[1])
        content["metadata"]["kernelspec"]["name"] = "python4"

    assert found("ipynb", data, notebook(data, revise)) == [
        (f"buňka {number} „{cell['source'][0].strip()}“", "".join(cell["source"]), None),
        ("údaje notebooku, metadata.kernelspec.name", "python3", "python4"),
    ]


def test_parameters_are_named_by_their_own_cell() -> None:
    data = issued("ipynb")
    ((element, old, new),) = found(
        "ipynb", data, once('period = \\"2022-2023\\"', 'period = \\"2020-2021\\"')(data)
    )
    assert element == "vložená buňka s\u00a0parametry, zdroj, řádek 2"
    assert (old, new) == ('period = "2022-2023"', 'period = "2020-2021"')


def test_a_number_a_decimal_and_true_are_three_things() -> None:
    for old, new in ((b"1", b"1.0"), (b"1", b"true"), (b"1.0", b"true")):
        assert found("json", b'{"a": %b}' % old, b'{"a": %b}' % new) == [
            ("a", old.decode(), new.decode())
        ]


def test_an_empty_output_is_told_from_none() -> None:
    def with_output(data: str) -> bytes:
        return b'{"cells":[{"source":"x","outputs":[{"data":%b}]}]}' % data.encode()

    assert found("ipynb", with_output('{"a/b": {}}'), with_output("{}")) == [
        ("buňka 1 „x“, výstup 1 (a/b)", "{}", None)
    ]
    assert found("ipynb", with_output("{}"), with_output('{"a/b": null}')) == [
        ("buňka 1 „x“, výstup 1 (a/b)", None, "null")
    ]


def test_json_nested_without_end_is_refused() -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    ((element, _, _),) = found("json", b"[]", deep)
    assert element == "nyní vytvořený soubor nelze přečíst: obsah je vnořen příliš hluboko"


# --- pages -----------------------------------------------------------------------------------


@BOTH
def test_a_word_of_a_page_is_named_by_its_heading(stem: str) -> None:
    data = issued("html", stem)
    lead = re.search(r'<h2 id="shrnuti">(.*?)</h2><p class="lead">(.*?)</p>', data.decode())
    assert lead is not None
    changed = re.sub(r"\d+", "7654321", lead[2], count=1)
    assert found("html", data, once(lead[2], changed)(data)) == [
        (f"část „{lead[1]}“, odstavec", lead[2], changed)
    ]


def test_a_cell_of_a_page_is_named_by_its_table_and_row() -> None:
    data = issued("html")
    cell = 'PLNĚNO</span></th><td class="number">22</td>'
    ((element, old, new),) = found("html", data, once(cell, cell.replace("22", "23"))(data))
    assert element.endswith(", #tab-stavy, řádek 3, buňka 2")
    assert (old, new) == ("22", "23")


def test_an_attribute_and_a_style_of_a_page_are_named() -> None:
    data = issued("html")
    assert found("html", data, once('<p class="lead">', '<p class="note">')(data)) == [
        ("část „Shrnutí“, odstavec, atribut class", "lead", "note")
    ]
    assert found("html", data, once('<html lang="cs"', '<html lang="en"')(data)) == [
        ("html, atribut lang", "cs", "en")
    ]
    ((element, _, _),) = found("html", data, once("<style>", "<style>p{color:red}")(data))
    assert element.startswith("head / style")


@pytest.mark.parametrize("hidden", ["<!-- tajné -->", "<?tajné?>"])
def test_what_a_page_hides_is_told(hidden: str) -> None:
    data = issued("html")
    result = found("html", data, once("</main>", f"{hidden}</main>")(data))
    ((element, old, new),) = result
    assert element.endswith("main „slz-text“ / komentář nebo instrukce")
    assert old is None
    assert "tajné" in (new or "")


def test_an_attribute_that_only_a_page_may_have_is_named() -> None:
    data = issued("html")
    wild = '<p class="lead" \x01@="a">'
    ((element, old, new),) = found("html", data, once('<p class="lead">', wild)(data))
    assert element.startswith("část „Shrnutí“, odstavec, atribut ")
    assert (old, new) == (None, "a")


def test_a_page_without_headings_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are looked for in the whole page, so not again for every change."""
    times: list[object] = []

    def no_headings(root: object) -> dict[object, str]:
        times.append(root)
        return {}

    monkeypatch.setattr(page, "_headings", no_headings)
    old, new = (
        f"<html><body>{''.join(f'<p>{word} {n}</p>' for n in range(9))}</body></html>".encode()
        for word in ("pes", "kočka")
    )
    assert len(found("html", old, new)) == 9
    assert len(times) == 2


# --- Word ------------------------------------------------------------------------------------


def paragraph(data: bytes, style: str) -> tuple[int, str, str]:
    """Number, nearest heading and text of the first paragraph in ``style``, by python-docx."""
    heading = ""
    for number, found_paragraph in enumerate(docx.Document(io.BytesIO(data)).paragraphs, 1):
        name = found_paragraph.style.style_id if found_paragraph.style else ""
        if name.startswith("Heading"):
            heading = found_paragraph.text
        if name == style:
            return number, heading, found_paragraph.text
    raise AssertionError(style)


@BOTH
def test_a_word_of_a_word_file_is_named_by_its_paragraph_and_heading(stem: str) -> None:
    data = issued("docx", stem)
    number, heading, text = paragraph(data, "Lead")
    changed = re.sub(r"\d+", "7654321", text, count=1)
    place = f"{BODY}, odstavec {number} v\u00a0části „{heading}“"
    assert found("docx", data, repacked(data, {BODY: once(text, changed)})) == [
        (place, text, changed)
    ]
    lead = once('<w:pStyle w:val="Lead"/>', '<w:pStyle w:val="Fact"/>')
    assert found("docx", data, repacked(data, {BODY: lead})) == [
        (f"{place}, w:pPr / w:pStyle, atribut w:val", "Lead", "Fact")
    ]


@BOTH
def test_a_cell_of_a_word_table_is_named(stem: str) -> None:
    data = issued("docx", stem)
    cell = docx.Document(io.BytesIO(data)).tables[0].rows[1].cells[-1].text
    start = part(data, BODY).index(b"<w:tbl>")
    row = part(data, BODY).index(b"<w:tr>", part(data, BODY).index(b"</w:tr>", start))

    def revise(body: bytes) -> bytes:
        end = body.index(b"</w:tr>", row)
        before, _, after = body[row:end].rpartition(f">{cell}<".encode())
        return body[:row] + before + b">jinak<" + after + body[end:]

    ((element, old, new),) = found("docx", data, repacked(data, {BODY: revise}))
    assert re.fullmatch(rf"{BODY}, tabulka 1 v\u00a0části „.+“, řádek 2, buňka \d+", element)
    assert (old, new) == (cell, "jinak")


@OFFICE
def test_a_date_of_an_archive_is_named(suffix: str) -> None:
    data = issued(suffix)

    def dated(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        members[2].date_time = (2024, 2, 29, 12, 5, 0)
        return members

    name = zipfile.ZipFile(io.BytesIO(data)).namelist()[2]
    assert found(suffix, data, repacked(data, keep=dated)) == [
        (f"archiv, {name}, datum", "1. 1. 1980 0:00:00", "29. 2. 2024 12:05:00")
    ]


@OFFICE
def test_the_order_of_an_archive_is_named(suffix: str) -> None:
    data = issued(suffix)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    swapped = repacked(data, keep=lambda members: [*members[:-2], members[-1], members[-2]])
    assert found(suffix, data, swapped) == [("pořadí částí archivu", names[-2], names[-1])]


@OFFICE
def test_a_property_of_an_office_file_is_named(suffix: str) -> None:
    data = issued(suffix)
    author = once("<dc:creator>Liberecký kraj<", "<dc:creator>Někdo jiný<")
    assert found(suffix, data, repacked(data, {"docProps/core.xml": author})) == [
        ("docProps/core.xml, dc:creator", "Liberecký kraj", "Někdo jiný")
    ]


def test_a_style_and_a_picture_of_a_word_file_are_named() -> None:
    data = issued("docx")
    size = once('<w:sz w:val="25"/>', '<w:sz w:val="27"/>')
    ((element, old, new),) = found("docx", data, repacked(data, {"word/styles.xml": size}))
    assert element.startswith("word/styles.xml, ")
    assert element.endswith("w:style „Lead“ / w:rPr / w:sz, atribut w:val")
    assert (old, new) == ("25", "27")
    picture = "word/media/image1.png"
    changed = repacked(data, {picture: lambda content: b"\x00" + content[1:]})
    ((element, old, new),) = found("docx", data, changed)
    assert element == f"{picture}, bajt\u00a0č.\u00a01"
    assert (old or "").startswith("89 50")
    assert (new or "").startswith("00 50")


def test_a_part_that_is_missing_is_named() -> None:
    data = issued("docx")

    def without(name: str) -> bytes:
        return repacked(data, keep=lambda members: [m for m in members if m.filename != name])

    ((element, old, new),) = found("docx", data, without("word/settings.xml"))
    assert element == "část word/settings.xml"
    assert old is not None
    assert new is None
    ((element, _, _),) = found("docx", data, without(BODY))
    assert element == f"nyní vytvořený soubor nelze přečíst: chybí část {BODY}"
    ((element, _, _),) = found("docx", without(BODY), data)
    assert element == f"dříve vydaný soubor nelze přečíst: chybí část {BODY}"


# --- workbooks -------------------------------------------------------------------------------


@BOTH
def test_a_value_of_a_workbook_is_named_by_sheet_and_cell(stem: str) -> None:
    data = issued("xlsx", stem)
    name = "xl/worksheets/sheet3.xml"
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[2]
    value = sheet["B8"].value
    content = re.search(rb'<c r="B8" s="\d+"><v>(\d+)</v>', part(data, name))
    assert content is not None
    other = content[0].replace(b"<v>" + content[1], b"<v>7654321")
    assert found("xlsx", data, repacked(data, {name: once(content[0], other)})) == [
        (f"list „{sheet.title}“, buňka B8", str(value), "7654321")
    ]


def test_a_shared_text_of_a_workbook_is_named_by_every_cell_that_shows_it() -> None:
    data = issued("xlsx")
    cells = [
        (sheet.title, cell.coordinate)
        for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "Liberecký kraj"
    ]
    texts = once("<t>Liberecký kraj</t>", "<t>Ústecký kraj</t>")
    assert cells
    assert found("xlsx", data, repacked(data, {"xl/sharedStrings.xml": texts})) == [
        (f"list „{sheet}“, buňka {address}", "Liberecký kraj", "Ústecký kraj")
        for sheet, address in cells
    ]


def test_a_formula_and_a_look_of_a_cell_are_named() -> None:
    data = issued("xlsx")
    name = "xl/worksheets/sheet3.xml"
    look = re.search(rb'<c r="B7" s="(\d+)"><v>1</v>', part(data, name))
    percent = re.search(rb'<c r="C7" s="(\d+)">', part(data, name))
    assert look is not None
    assert percent is not None
    formula = look[0].replace(b"<v>", b"<f>3-2</f><v>")
    assert found("xlsx", data, repacked(data, {name: once(look[0], formula)})) == [
        ("list „Stavy“, buňka B7, vzorec", None, "=3-2")
    ]
    other = look[0].replace(b's="' + look[1], b's="' + percent[1])
    workbook = openpyxl.load_workbook(io.BytesIO(data))["Stavy"]
    assert found("xlsx", data, repacked(data, {name: once(look[0], other)})) == [
        (
            "list „Stavy“, buňka B7, číselný formát",
            workbook["B7"].number_format,
            workbook["C7"].number_format,
        )
    ]


def test_a_width_and_a_style_of_a_workbook_are_named() -> None:
    data = issued("xlsx")
    name = "xl/worksheets/sheet3.xml"
    width = re.search(rb'<col min="1" max="1" width="([\d.]+)"', part(data, name))
    assert width is not None
    wider = repacked(data, {name: once(width[0], width[0].replace(width[1], b"99"))})
    ((element, old, new),) = found("xlsx", data, wider)
    assert element.startswith("list „Stavy“, cols / col")
    assert (old, new) == (width[1].decode(), "99")
    bold = once("<b/>", "<i/>")
    result = found("xlsx", data, repacked(data, {"xl/styles.xml": bold}))
    assert {element.partition(",")[0] for element, _, _ in result} == {"xl/styles.xml"}
    assert [(old, new) for _, old, new in result] == [("<b>", None), (None, "<i>")]


def test_a_workbook_without_the_part_of_a_sheet_is_refused() -> None:
    data = issued("xlsx")
    name = "xl/worksheets/sheet3.xml"
    lost = repacked(data, keep=lambda members: [m for m in members if m.filename != name])
    assert found("xlsx", data, lost) == [
        (f"nyní vytvořený soubor nelze přečíst: chybí část {name}", None, None)
    ]


def test_a_comment_in_a_workbook_is_told() -> None:
    data = issued("xlsx")
    name = "xl/_rels/workbook.xml.rels"
    hidden = repacked(data, {name: once("<Relationship ", "<!-- tajné --><Relationship ")})
    assert found("xlsx", data, hidden) == [
        (f"{name}, komentář nebo instrukce", None, "tajné"),
    ]


@pytest.mark.parametrize(
    ("name", "before", "told"),
    [
        (
            "xl/worksheets/sheet3.xml",
            rb'<c r="A1" s="',
            "list „Stavy“, buňka A1, číselný formát",
        ),
        (
            "xl/styles.xml",
            rb'<cellXfs.*?fillId="',
            "xl/styles.xml, cellXfs / xf č.\u00a01, atribut fillId",
        ),
    ],
)
def test_a_number_without_end_in_a_workbook_points_nowhere(
    name: str, before: bytes, told: str
) -> None:
    data = issued("xlsx")

    def endless(content: bytes) -> bytes:
        assert re.search(before, content)
        return re.sub(before, rb"\g<0>" + b"9" * 5000, content, count=1)

    result = found("xlsx", data, repacked(data, {name: endless}))
    assert result[0][0] == told


# --- PDF -------------------------------------------------------------------------------------


def with_object(data: bytes, number: int, body: bytes) -> bytes:
    """The PDF with another object ``number``; the table of objects follows."""
    head = b"\n%d 0 obj\n" % number
    start = data.index(head) + len(head)
    length = re.match(rb"<</Length (\d+)[^>]*>>\nstream\n", data[start : start + 200])
    stop = data.index(b"\nendobj", start + length.end() + int(length[1]) if length else start)
    shift = len(body) - (stop - start)
    last = re.search(rb"startxref\n(\d+)", data)
    assert last is not None
    table = int(last[1])

    def moved(entry: re.Match[bytes]) -> bytes:
        offset = int(entry[1])
        return b"%010d %b" % (offset + shift if offset >= stop else offset, entry[2])

    rows = re.sub(rb"(\d{10}) (\d{5} n)", moved, data[table:])
    rows = rows.replace(last[0], b"startxref\n%d" % (table + shift))
    return data[:start] + body + data[stop:table] + rows


def page_content(data: bytes, page: int) -> tuple[int, bytes]:
    """Number and unpacked stream of the content of a page, counted from 1."""
    kids = re.search(rb"/Type/Pages/Count \d+/Kids\[([^\]]+)\]", data)
    assert kids is not None
    number = int(re.findall(rb"(\d+) 0 R", kids[1])[page - 1])
    body = data[data.index(b"\n%d 0 obj\n" % number) :]
    content = re.search(rb"/Contents (\d+) 0 R", body)
    assert content is not None
    start = data.index(b"\n%d 0 obj\n" % int(content[1]))
    start = data.index(b"stream\n", start) + len(b"stream\n")
    return int(content[1]), zlib.decompressobj().decompress(data[start:])


def packed(content: bytes) -> bytes:
    stream = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(stream), stream)


@BOTH
def test_a_letter_on_a_page_of_a_pdf_is_named_by_page_and_line(stem: str) -> None:
    data = issued("pdf", stem)
    number, content = page_content(data, 3)
    text = re.search(rb"\(\\000([^\\()])\\000([^\\()])", content)
    assert text is not None
    first, second = text[1], text[2]
    assert first != second
    other = b"(\\000" + second + b"\\000" + second
    changed = with_object(data, number, packed(once(text[0], other)(content)))
    ((element, old, new),) = found("pdf", data, changed)
    assert re.fullmatch(r"strana 3, řádek \d+", element)
    assert old is not None
    assert new is not None
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


def test_the_text_of_a_pdf_is_that_of_the_page() -> None:
    """The heading and the lead stand on the first page of the PDF as they do in the page."""
    data = issued("pdf")
    number, _ = page_content(data, 1)
    removed = with_object(data, number, packed(b""))
    told = " ".join(old or "" for _, old, _ in found("pdf", data, removed))
    lead = re.search(r'<p class="lead">(.*?)</p>', issued("html").decode())
    assert lead is not None
    assert " ".join(lead[1].replace("\u00a0", " ").split()) in told.replace("\u00a0", " ")


def test_a_drawing_on_a_page_of_a_pdf_is_named() -> None:
    data = issued("pdf")
    number, content = page_content(data, 3)
    colour = re.search(rb"[\d.]+ [\d.]+ [\d.]+ scn", content)
    assert colour is not None
    changed = with_object(data, number, packed(once(colour[0], b"1 0 0 scn")(content)))
    ((element, old, new),) = found("pdf", data, changed)
    assert re.fullmatch(r"strana 3, kresba, příkaz \d+", element)
    assert (old, new) == (colour[0].decode(), "1 0 0 scn")


def test_a_date_and_the_language_of_a_pdf_are_named() -> None:
    data = issued("pdf")
    date = re.search(rb"/ModDate\(([^)]*)\)", data)
    assert date is not None
    later = b"D:20991231000000Z"
    assert len(later) == len(date[1])
    moved = once(date[0], b"/ModDate(" + later + b")")(data)
    assert found("pdf", data, moved) == [
        ("údaje o\u00a0dokumentu, datum změny", date[1].decode(), later.decode())
    ]
    ((element, old, new),) = found("pdf", data, once("/Lang(cs-CZ)", "/Lang(en-GB)")(data))
    assert re.fullmatch(r"objekt PDF č\.\u00a0\d+ \(Catalog\)", element)
    (line,) = difference_lines([Difference("a.pdf", element, old, new)])
    assert "cs-CZ" in line
    assert "en-GB" in line


# --- hostile files ---------------------------------------------------------------------------


@OFFICE
def test_a_bomb_is_refused(suffix: str) -> None:
    data = issued(suffix)
    bomb = io.BytesIO(data)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            archive.writestr(f"bomba{number}.bin", bytes(90 * 1024 * 1024))
    assert len(bomb.getvalue()) < MAX_BYTES
    assert found(suffix, data, bomb.getvalue()) == [
        (
            "nyní vytvořený soubor nelze přečíst: archiv má po rozbalení více než 256\u00a0MB",
            None,
            None,
        )
    ]


def test_a_stream_of_a_pdf_that_is_a_bomb_is_refused() -> None:
    data = issued("pdf")
    number, _ = page_content(data, 3)
    bomb = packed(bytes(260 * 1024 * 1024))
    ((element, _, _),) = found("pdf", data, with_object(data, number, bomb))
    assert (
        element == "nyní vytvořený soubor nelze přečíst: PDF má po rozbalení více než 256\u00a0MB"
    )


@OFFICE
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(suffix: str, encoding: str) -> None:
    data = issued(suffix)
    laughs = (
        '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">'
        '<!ENTITY d SYSTEM "file:///etc/passwd">]><a>&c;&d;</a>'
    ).encode(encoding)
    hostile = repacked(data, {"docProps/core.xml": lambda _: laughs})
    ((element, _, _),) = found(suffix, data, hostile)
    assert element == (
        "nyní vytvořený soubor nelze přečíst: část docProps/core.xml: "
        "XML obsahuje deklaraci DOCTYPE, která sem nepatří"
    )


@OFFICE
def test_a_part_that_is_there_twice_is_refused(suffix: str) -> None:
    data = issued(suffix)
    twice = io.BytesIO(data)
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(twice, "a") as archive,
    ):
        archive.writestr("docProps/app.xml", b"<a/>")
    ((element, _, _),) = found(suffix, data, twice.getvalue())
    assert element == (
        "nyní vytvořený soubor nelze přečíst: část docProps/app.xml je v\u00a0archivu dvakrát"
    )


@OFFICE
def test_damaged_bytes_inside_an_archive_are_refused(suffix: str) -> None:
    data = issued(suffix)
    damaged = data[:2000] + bytes(200) + data[2200:]
    ((element, _, _),) = found(suffix, data, damaged)
    assert element == "nyní vytvořený soubor nelze přečíst: není to celý archiv ZIP"


@OFFICE
def test_another_compression_than_the_issued_one_is_refused(suffix: str) -> None:
    data = issued(suffix)
    name = "[Content_Types].xml"

    def squeezed(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        next(m for m in members if m.filename == name).compress_type = zipfile.ZIP_LZMA
        return members

    ((element, _, _),) = found(suffix, data, repacked(data, keep=squeezed))
    assert element == (
        f"nyní vytvořený soubor nelze přečíst: část {name} je komprimována neznámým způsobem"
    )


def test_a_pdf_whose_objects_are_not_in_their_places_is_refused() -> None:
    data = issued("pdf")
    ((element, _, _),) = found("pdf", data, once(b"\n7 0 obj\n", b"7" * 5000 + b" 0 obj\n")(data))
    assert "nelze přečíst" in element
    ((element, _, _),) = found("pdf", data, once(b"\n7 0 obj\n", b"\n8 0 obj\n")(data))
    assert element == "nyní vytvořený soubor nelze přečíst: objekt PDF č.\u00a07 není na svém místě"


def test_two_long_and_wholly_different_sequences_are_put_side_by_side_at_once() -> None:
    """Repeats are what makes a plain comparison of sequences quadratic."""
    old, new = ["a", "b"] * 100_000, ["b", "b", "a"] * 70_000
    pairs = list(paired(old, new, lambda item: item))
    assert [was for was, _ in pairs if was is not None] == old
    assert [now for _, now in pairs if now is not None] == new


# --- lines -----------------------------------------------------------------------------------


def test_lines_say_document_place_old_and_new() -> None:
    assert difference_lines(
        [
            Difference("zprava.xlsx", "list „Okruhy“, buňka C7", "12", "13"),
            Difference("zprava.xlsx", "list „Okruhy“, buňka C8", None, "13"),
            Difference("zprava.xlsx", "list „Okruhy“, buňka C9", "12", None),
            Difference("zprava.xlsx", "list „Okruhy“, buňka D1", "", "1"),
            Difference(
                "plan.pdf", "nyní vytvořený soubor nelze přečíst: není to celé PDF", None, None
            ),
        ]
    ) == [
        "zprava.xlsx, list „Okruhy“, buňka C7: dříve „12“, nyní „13“",
        "zprava.xlsx, list „Okruhy“, buňka C8: dříve nic, nyní „13“",
        "zprava.xlsx, list „Okruhy“, buňka C9: dříve „12“, nyní nic",
        "zprava.xlsx, list „Okruhy“, buňka D1: dříve prázdné, nyní „1“",
        "plan.pdf, nyní vytvořený soubor nelze přečíst: není to celé PDF",
    ]


def test_lines_list_so_many_of_a_file_and_say_how_many_more() -> None:
    many = [Difference("a.xlsx", f"buňka A{n}", "1", "2") for n in range(1, 24)]
    lines = difference_lines([*many, Difference("b.pdf", "strana 1, řádek 1", "a", "b")])
    assert len(lines) == 22
    assert lines[20] == "a.xlsx: a\u00a0ještě 3\u00a0další rozdíly"
    assert lines[21] == "b.pdf, strana 1, řádek 1: dříve „a“, nyní „b“"


def test_a_long_value_is_shown_around_what_differs() -> None:
    before = "začátek věty " * 30 + "dvanáct" + " konec věty" * 30
    (line,) = difference_lines([Difference("a", "b", before, before.replace("dvanáct", "třináct"))])
    assert "dvanáct" in line
    assert "třináct" in line
    assert len(line) < 250


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("1 000", "1\u00a0000", "dříve „1 000“, nyní „1[U+00A0]000“"),
        ("a", "a\u200b", "dříve „a“, nyní „a[U+200B]“"),
        ("á", "a\u0301", "dříve „á“, nyní „a[U+0301]“"),
        ("a\u00a0b", "c", "dříve „a\u00a0b“, nyní „c“"),
        ("a", "\x1b[31mb", "dříve „a“, nyní „[U+001B][31mb“"),
        ("a\nb", "c", "dříve „a b“, nyní „c“"),
    ],
)
def test_what_a_terminal_hides_or_obeys_is_shown_by_its_code(
    old: str, new: str, shown: str
) -> None:
    (line,) = difference_lines([Difference("a\x1b", "b", old, new)])
    assert line == f"a[U+001B], b: {shown}"
