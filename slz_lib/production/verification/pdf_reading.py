"""An untrusted PDF as Typst writes it: a table of objects, each with a dictionary and a stream."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from slz_lib.language import format_number
from slz_lib.production.verification.difference import UnreadableError

#: The largest issued file has some 11 000 objects, 107 pages and 20 MB of streams.
MAX_OBJECTS = 500_000
MAX_PAGES = 10_000
MAX_UNPACKED = 256 * 1024 * 1024

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d{1,9})\s*?\r?\n")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])[ \r\n]{2}")
_OBJECT = re.compile(rb"\s*(\d{1,9}) \d+ obj\b")
_BODY_END = re.compile(rb"\bstream\r?\n|\bendobj\b")
_LENGTH = re.compile(rb"/Length (\d{1,12})\b(?! \d+ R)")
_UNLIKE = "PDF nemá stavbu, jakou vydané soubory mají"


@dataclass(frozen=True, slots=True)
class PdfObject:
    """One object: its dictionary or value as written, and its stream as stored."""

    body: bytes
    stream: bytes | None

    def reference(self, key: bytes) -> int | None:
        """The number of the object that ``key`` of the dictionary points to."""
        found = re.search(rb"/" + key + rb" (\d{1,9}) \d+ R", self.body)
        return int(found[1]) if found else None

    def references(self, key: bytes) -> list[int]:
        """The numbers of the objects that ``key`` points to, one or a list of them."""
        start = re.search(rb"/" + key + rb"\s*\[", self.body)
        if start:
            listed = self.body[start.end() : self.body.find(b"]", start.end())]
            return [int(number) for number in re.findall(rb"(\d{1,9}) \d+ R", listed)]
        one = self.reference(key)
        return [] if one is None else [one]


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF whose objects have been found.

    Attributes:
        objects: by number.
        pages: numbers of the page objects, in order.
        contents: what each page draws, unpacked.
        information: number of the object with the title and dates, if there is one.
    """

    objects: Mapping[int, PdfObject]
    pages: tuple[int, ...]
    contents: tuple[bytes, ...]
    information: int | None


def read(data: bytes) -> Pdf:
    """The objects and pages of the file.

    Raises:
        UnreadableError: it is no whole PDF, is built otherwise, or is past a limit.
    """
    start = _START.search(data, max(0, len(data) - 2048))
    if not data.startswith(b"%PDF-") or start is None:
        raise UnreadableError("není to celé PDF")
    offsets, end = _table(data, int(start[1]))
    ordered = sorted((offset, number) for number, offset in offsets.items())
    # Each object is looked for up to the next one only: a hostile file is read once.
    stops = [*(offset for offset, _ in ordered[1:]), int(start[1])]
    objects = {
        number: _object(data, number, offset, stop)
        for (offset, number), stop in zip(ordered, stops, strict=True)
    }
    trailer = PdfObject(data[end : start.start()], None)
    if b"/Prev" in trailer.body or b"/Encrypt" in trailer.body:
        raise UnreadableError(_UNLIKE)
    pages = tuple(_pages(objects, trailer))
    return Pdf(objects, pages, tuple(_contents(objects, pages)), trailer.reference(b"Info"))


def _table(data: bytes, start: int) -> tuple[dict[int, int], int]:
    """Offsets of objects by number, and where their table ends."""
    head = _TABLE.match(data, start)
    if head is None or int(head[1]) > MAX_OBJECTS:
        raise UnreadableError(_UNLIKE)
    offsets: dict[int, int] = {}
    place = head.end()
    for number in range(int(head[1])):
        entry = _ENTRY.match(data, place)
        if entry is None:
            raise UnreadableError("tabulka objektů PDF není celá")
        if entry[2] == b"n":
            offsets[number] = int(entry[1])
        place = entry.end()
    return offsets, place


def _object(data: bytes, number: int, offset: int, stop: int) -> PdfObject:
    head = _OBJECT.match(data, offset, stop)
    end = _BODY_END.search(data, head.end(), stop) if head else None
    if head is None or end is None or int(head[1]) != number:
        raise UnreadableError(f"objekt PDF č.\u00a0{number} není na svém místě")
    body = data[head.end() : end.start()]
    if end[0] == b"endobj":
        return PdfObject(body.strip(), None)
    length = _LENGTH.search(body)
    if length is None or end.end() + int(length[1]) > stop:
        raise UnreadableError(f"objekt PDF č.\u00a0{number} není celý")
    return PdfObject(body.strip(), data[end.end() : end.end() + int(length[1])])


def _pages(objects: Mapping[int, PdfObject], trailer: PdfObject) -> Iterator[int]:
    root = objects.get(trailer.reference(b"Root") or -1)
    top = None if root is None else root.reference(b"Pages")
    work = [] if top is None else [top]
    seen: set[int] = set()
    found = 0
    while work:
        number = work.pop()
        node = objects.get(number)
        if node is None or number in seen:
            raise UnreadableError("strom stránek PDF je porušen")
        seen.add(number)
        if re.search(rb"/Type\s*/Pages\b", node.body):
            work.extend(reversed(node.references(b"Kids")))
        else:
            found += 1
            if found > MAX_PAGES:
                raise UnreadableError(f"PDF má více než {format_number(MAX_PAGES)} stran")
            yield number
    if not found:
        raise UnreadableError("PDF nemá žádnou stranu")


def _contents(objects: Mapping[int, PdfObject], pages: tuple[int, ...]) -> Iterator[bytes]:
    left = MAX_UNPACKED
    for page in pages:
        parts = []
        for number in objects[page].references(b"Contents"):
            if number not in objects:
                raise UnreadableError("strana PDF nemá svůj obsah")
            part = unpacked(objects[number], left)
            left -= len(part)
            parts.append(part)
        yield b"\n".join(parts)


def unpacked(item: PdfObject, most: int = MAX_UNPACKED) -> bytes:
    """The stream of ``item`` as it was before compression; at most ``most`` bytes.

    Raises:
        UnreadableError: it is longer, or damaged.
    """
    stream = item.stream or b""
    if b"/FlateDecode" not in item.body:
        return stream
    unpacking = zlib.decompressobj()
    try:
        result = unpacking.decompress(stream, most + 1)
    except zlib.error as error:
        raise UnreadableError("komprimovaný obsah PDF je porušen") from error
    if len(result) > most:
        limit = f"{format_number(MAX_UNPACKED // 1024**2)}\u00a0MB"
        raise UnreadableError(f"PDF má po rozbalení více než {limit}")
    return result
