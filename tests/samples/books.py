"""Synthetic workbooks and mails as their formats store them, so that anything can be wrong.

A :class:`Book` is cells by sheet, each knowing whether somebody typed it; whatever is done to it,
it still tells where. It is written as .xlsx, .ods, .xls or .csv, and a file as an attachment of
.eml or .msg, by the few parts that each format asks for.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from xml.sax.saxutils import escape, quoteattr

from slz_lib.collection.typed import place_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
#: Styles of numbers, by their place in the file.
STYLES = {"number": 0, "percent": 1, "date": 2}


@dataclass(frozen=True)
class Cell:
    """A text, a number (as a kind of ``STYLES``), a flag, an error, or what a formula gave."""

    value: str | float | bool
    typed: bool = False
    kind: str = "number"
    formula: str = ""


Cells = dict[tuple[int, int], Cell]


@dataclass
class Book:
    """Sheets with what stands beside their cells, by their titles."""

    sheets: dict[str, Cells]
    properties: dict[str, str] = field(default_factory=dict)
    comments: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    threads: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    unseen_rows: set[int] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    since_1904: bool = False
    dimension: str = "A1"
    parts: dict[str, bytes] = field(default_factory=dict)
    #: Texts outside of cells that somebody typed.
    said: list[str] = field(default_factory=list)

    def type(self, sheet: str, at: tuple[int, int], value: str | float | bool, **more: str) -> None:
        """Write into a cell as people do."""
        self.sheets[sheet][at] = Cell(value, typed=True, **more)

    def move(self, sheet: str, to: Callable[[int, int], tuple[int, int]]) -> None:
        """Put every cell of a sheet elsewhere, with its comments."""
        self.sheets[sheet] = {to(*at): cell for at, cell in self.sheets[sheet].items()}
        notes = self.comments.get(sheet, {})
        self.comments[sheet] = {to(*at): text for at, text in notes.items()}

    def rename(self, sheet: str, title: str) -> None:
        """Call a sheet otherwise; it stays in its place."""
        for of in (self.sheets, self.comments):
            again = {title if name == sheet else name: cells for name, cells in of.items()}
            of.clear()
            of.update(again)  # type: ignore[arg-type]

    @property
    def typed(self) -> set[tuple[str, str]]:
        """Sheet and cell of everything that somebody typed."""
        return {
            (sheet, place_of(*at))
            for sheet, cells in self.sheets.items()
            for at, cell in cells.items()
            if cell.typed
        }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def xlsx(book: Book) -> bytes:
    """A workbook of Excel."""
    parts: dict[str, str | bytes] = {}
    listed, links = [], [("styles", "xl/styles.xml")]
    for number, (title, cells) in enumerate(book.sheets.items(), start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        state = "hidden" if title in book.unseen else "visible"
        listed.append(f"<sheet name={quoteattr(title)} state='{state}' r:id='r{number}'/>")
        links.append(("worksheet", part))
        parts[part] = _sheet(book, title, cells)
        beside = []
        for kind, notes in (("comments", book.comments), ("threadedComment", book.threads)):
            if notes.get(title):
                beside.append((kind, f"xl/{kind}{number}.xml"))
                parts[beside[-1][1]] = _notes(kind, notes[title])
        if title in book.boxes:
            beside.append(("drawing", f"xl/drawings/drawing{number}.xml"))
            bodies = "".join(map(_box, book.boxes[title]))
            parts[beside[-1][1]] = f"<x:wsDr xmlns:x='x' xmlns:a='{_DRAWN}'>{bodies}</x:wsDr>"
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _links(beside)
    epoch = "<workbookPr date1904='1'/>" if book.since_1904 else ""
    sheets = f"<sheets>{''.join(listed)}</sheets>"
    parts["xl/workbook.xml"] = _root("workbook", f"{epoch}{sheets}")
    parts["xl/_rels/workbook.xml.rels"] = _links(links[1:] + links[:1])
    formats = "".join(f"<xf numFmtId='{number}'/>" for number in (0, 10, 14))
    parts["xl/styles.xml"] = _root("styleSheet", f"<cellXfs>{formats}</cellXfs>")
    of_file = [("officeDocument", "xl/workbook.xml"), ("custom-properties", "docProps/custom.xml")]
    parts["_rels/.rels"] = _links(of_file)
    said = "".join(
        f"<property name={quoteattr(name)}><lpwstr>{escape(value)}</lpwstr></property>"
        for name, value in book.properties.items()
    )
    parts["docProps/custom.xml"] = f"<Properties>{said}</Properties>"
    return packed(parts | book.parts)


def _root(name: str, inside: str) -> str:
    return f"<{name} xmlns='{_MAIN}' xmlns:r='{_RELATED}'>{inside}</{name}>"


def _links(parts: list[tuple[str, str]]) -> str:
    each = "".join(
        f"<Relationship Id='r{at}' Type='{_RELATED}/{kind}' Target='/{part}'/>"
        for at, (kind, part) in enumerate(parts, start=1)
    )
    return f"<Relationships xmlns='{_PACKAGE}'>{each}</Relationships>"


def _sheet(book: Book, title: str, cells: Cells) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, []).append(_cell(place_of(row, column), cell))
    data = "".join(
        f"<row r='{row}' hidden='{int(row in book.unseen_rows)}'>{''.join(found)}</row>"
        for row, found in rows.items()
    )
    merged = book.merged.get(title)
    ends = f"<mergeCells><mergeCell ref='{merged}'/></mergeCells>" if merged else ""
    size = f"<dimension ref='{book.dimension}'/>"
    return _root("worksheet", f"{size}<sheetData>{data}</sheetData>{ends}")


def _cell(place: str, cell: Cell) -> str:
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    value, kind = cell.value, f"s='{STYLES.get(cell.kind, 0)}'"
    if isinstance(value, bool):
        kind, value = "t='b'", int(value)
    elif cell.kind == "error":
        kind = "t='e'"
    elif isinstance(value, str) and not formula:
        text = f"<is><t xml:space='preserve'>{written(value)}</t></is>"
        return f"<c r='{place}' t='inlineStr'>{text}</c>"
    elif isinstance(value, str):
        kind = "t='str'"
    stored = f"<v>{escape(str(value))}</v>" if value != "" else ""
    return f"<c r='{place}' {kind}>{formula}{stored}</c>"


def written(text: str) -> str:
    """A text as XML of Excel has it: signs that XML cannot hold by their codes."""
    spelled = (
        f"_x{ord(sign):04X}_" if sign < " " and sign not in "\t\n" else sign for sign in text
    )
    return escape("".join(spelled))


def _notes(kind: str, notes: Mapping[tuple[int, int], str]) -> str:
    if kind == "comments":
        each = "".join(
            f"<comment ref='{place_of(*at)}'><text><t>{escape(text)}</t></text></comment>"
            for at, text in notes.items()
        )
        return _root("comments", f"<commentList>{each}</commentList>")
    each = "".join(
        f"<threadedComment ref='{place_of(*at)}'><text>{escape(text)}</text></threadedComment>"
        for at, text in notes.items()
    )
    return _root("ThreadedComments", each)


def _box(text: str) -> str:
    return f"<x:sp><x:txBody><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></x:txBody></x:sp>"


def ods(book: Book) -> bytes:
    """A workbook of LibreOffice; empty cells and rows by repetition."""
    tables = "".join(_table(book, title, cells) for title, cells in book.sheets.items())
    names = ["office", "table", "text", "style", "dc", "meta"]
    spaces = " ".join(f"xmlns:{name}='{name}'" for name in names)
    hidden = "<style:style style:name='un'><style:p table:display='false'/></style:style>"
    said = "".join(
        f"<meta:user-defined meta:name={quoteattr(name)}>{escape(value)}</meta:user-defined>"
        for name, value in book.properties.items()
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:d {spaces}>{hidden}{tables}</office:d>",
            "meta.xml": f"<office:d {spaces}>{said}</office:d>",
        }
    )


def _table(book: Book, title: str, cells: Cells) -> str:
    rows: list[str] = []
    before = 0
    for row in sorted({row for row, _ in cells}):
        found, last = [], 0
        for column in sorted(column for at, column in cells if at == row):
            if gap := column - last - 1:
                found.append(f"<table:table-cell table:number-columns-repeated='{gap}'/>")
            last = column
            note = book.comments.get(title, {}).get((row, column), "")
            found.append(_ods_cell(cells[row, column], note))
        if gap := row - before - 1:
            rows.append(f"<table:table-row table:number-rows-repeated='{gap}'/>")
        before = row
        hidden = " table:visibility='collapse'" if row in book.unseen_rows else ""
        rows.append(f"<table:table-row{hidden}>{''.join(found)}</table:table-row>")
    style = " table:style-name='un'" if title in book.unseen else ""
    return f"<table:table table:name={quoteattr(title)}{style}>{''.join(rows)}</table:table>"


def _ods_cell(cell: Cell, note: str) -> str:
    kinds = {"number": "float", "percent": "percentage"}
    more = f" table:formula={quoteattr('of:=' + cell.formula)}" if cell.formula else ""
    lines = str(cell.value).split("\n") if isinstance(cell.value, str) else []
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    if isinstance(cell.value, str):
        more += f" office:value-type='{'error' if cell.kind == 'error' else 'string'}'"
    else:
        more += f" office:value-type='{kinds[cell.kind]}' office:value='{cell.value}'"
    if note:
        said = "".join(f"<text:p>{escape(line)}</text:p>" for line in note.split("\n"))
        text = f"<office:annotation><dc:creator>já</dc:creator>{said}</office:annotation>{text}"
    return f"<table:table-cell{more}>{text}</table:table-cell>"


def delimited(book: Book, sheet: str, separator: str, encoding: str) -> bytes:
    """One sheet as a CSV."""
    cells = book.sheets[sheet]
    wide = max(column for _, column in cells)
    stream = io.StringIO()
    rows = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    for row in range(1, max(row for row, _ in cells) + 1):
        found = [cells.get((row, column)) for column in range(1, wide + 1)]
        rows.writerow(["" if cell is None else cell.value for cell in found])
    return stream.getvalue().encode(encoding, "replace")


def xls(book: Book) -> bytes:
    """A workbook of Excel before 2007, of texts, numbers and formulas' numbers."""
    begin = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    formats = [(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 10, 14)]
    end = (0x0A, b"")
    sheets = []
    for cells in book.sheets.values():
        records = [(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
        for (row, column), cell in sorted(cells.items()):
            style = STYLES.get(cell.kind, 0)
            at = struct.pack("<HHH", row - 1, column - 1, style)
            if isinstance(cell.value, str):
                records.append((0x204, at + _wide(cell.value, "<HB")))
            elif cell.formula:
                records.append((0x06, at + struct.pack("<dHIH", cell.value, 0, 0, 0)))
            else:
                records.append((0x203, at + struct.pack("<d", cell.value)))
        sheets.append(_records([*records, end]))
    listed = [_wide(title, "<BB") for title in book.sheets]
    start = len(_records([begin, *formats, *((0x85, bytes(6) + name) for name in listed), end]))
    bounds = []
    for title, name, content in zip(book.sheets, listed, sheets, strict=True):
        bounds.append((0x85, struct.pack("<IBB", start, title in book.unseen, 0) + name))
        start += len(content)
    head = _records([begin, *formats, *bounds, end])
    return compound({"Workbook": head + b"".join(sheets)})


def _wide(text: str, sizes: str) -> bytes:
    return struct.pack(sizes, len(text), 1) + text.encode("utf-16-le")


def _records(records: list[tuple[int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _NONE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file of files, as old Excel and Outlook store theirs, by path."""
    parts = [name.split("/") for name in streams]
    folders = {"/".join(part[:at]) for part in parts for at in range(1, len(part))}
    entries = ["", *sorted({*folders, *streams})]
    small = {name: content for name, content in streams.items() if len(content) < _CUTOFF}
    starts, small_table = _chains(small, _SMALL, [])
    blocks = {
        "directory": bytes(len(entries) * 128),
        "small": struct.pack(f"<{len(small_table)}I", *small_table),
        "": b"".join(_filled(content, _SMALL) for content in small.values()),
        **{name: content for name, content in streams.items() if name not in small},
    }
    sectors = sum(-(-len(content) // _SECTOR) for content in blocks.values())
    tables = next(many for many in range(1, 110) if many * 128 >= many + sectors)
    placed, table = _chains(blocks, _SECTOR, [_TABLE] * tables)
    starts |= placed
    table += [_NONE] * (tables * 128 - len(table))
    lengths = {"": len(blocks[""]), **{name: len(content) for name, content in streams.items()}}
    directory = [_entry(name, entries, lengths, starts) for name in entries]
    blocks["directory"] = b"".join(directory)
    header = struct.pack(
        "<8s16x5H6x3I4x5I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, starts["directory"], _CUTOFF),
        *(starts["small"], -(-len(blocks["small"]) // _SECTOR), _END, 0),
    )
    header += struct.pack("<109I", *range(tables), *[_NONE] * (109 - tables))
    content = [struct.pack(f"<{len(table)}I", *table), *blocks.values()]
    return header + b"".join(_filled(each, _SECTOR) for each in content)


def _filled(content: bytes, size: int) -> bytes:
    return content.ljust(-(-len(content) // size) * size, b"\0")


def _chains(
    blocks: Mapping[str, bytes], size: int, table: list[int]
) -> tuple[dict[str, int], list[int]]:
    """Where each block starts, and which place follows which."""
    starts = {}
    for name, content in blocks.items():
        first, many = len(table), -(-len(content) // size)
        starts[name] = first if many else _END
        table = [*table, *range(first + 1, first + many), *([_END] if many else [])]
    return starts, table


def _entry(
    name: str, entries: list[str], lengths: Mapping[str, int], starts: Mapping[str, int]
) -> bytes:
    """One entry of the directory; those of a folder form a chain."""
    parents = [each.rpartition("/")[0] if each else None for each in entries]
    inside = [at for at, parent in enumerate(parents) if parent == name]
    at = entries.index(name)
    after = [of for of in range(at + 1, len(entries)) if parents[of] == parents[at]] if name else []
    called = (name.rpartition("/")[2] or "Root Entry").encode("utf-16-le")
    kind = 5 if not name else 2 if name in lengths else 1
    places = [found[0] if found else _NONE for found in (after, inside)]
    return struct.pack(
        "<64sHBB3I36x3I",
        *(called, len(called) + 2, kind, 1, _NONE, *places),
        *(starts.get(name, 0), lengths.get(name, 0), 0),
    )


def mail(body: str, attached: Mapping[str, bytes], subject: str = "Formulář") -> EmailMessage:
    """A mail with attachments."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Odbor <odbor@kraj.example>"
    message["Date"] = "Mon, 03 Feb 2025 10:15:00 +0100"
    message["Subject"] = subject
    message.set_content(body)
    for name, content in attached.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message


def outlook(body: str, attached: Mapping[str, bytes]) -> bytes:
    """A mail as Outlook saves it."""
    texts = {0x1000: body, 0x0037: "Formulář", 0x0C1A: "Odbor", 0x0C1F: "odbor@kraj.example"}
    sent = 133_830_441_000_000_000
    head = struct.pack("<8x4I", 0, len(attached), 0, len(attached)) + bytes(8)
    head += struct.pack("<HHIQ", 0x40, 0x0039, 6, sent)
    spelled = {at: text.encode("utf-16-le") for at, text in texts.items()}
    found, properties = _properties(spelled, 0x1F)
    found["__properties_version1.0"] = head + properties
    for number, (name, content) in enumerate(attached.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        of_name, listed = _properties({0x3707: name.encode("utf-16-le")}, 0x1F)
        of_data, more = _properties({0x3701: content}, 0x102)
        of_data |= of_name | {"__properties_version1.0": bytes(8) + listed + more}
        found |= {f"{folder}/{each}": data for each, data in of_data.items()}
    return compound(found)


def _properties(values: Mapping[int, bytes], kind: int) -> tuple[dict[str, bytes], bytes]:
    streams = {f"__substg1.0_{at:04X}{kind:04X}": value for at, value in values.items()}
    listed = (struct.pack("<HHIII", kind, at, 6, len(of) + 2, 0) for at, of in values.items())
    return streams, b"".join(listed)
