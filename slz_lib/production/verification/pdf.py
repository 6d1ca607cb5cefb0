"""PDF files compared by lines of text, then by what pages draw, then object by object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from slz_lib.production.verification import pdf_reading
from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.difference import Finding, UnreadableError
from slz_lib.production.verification.pdf_reading import Pdf, PdfObject, unpacked
from slz_lib.production.verification.pdf_text import Font, drawing, font_list, fonts, lines

read = pdf_reading.read

_ENTRY = re.compile(rb"/(\w+)\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_FACTS = {
    "Title": "název",
    "Subject": "předmět",
    "Keywords": "klíčová slova",
    "Author": "autor",
    "Creator": "program",
    "CreationDate": "datum vytvoření",
    "ModDate": "datum změny",
}


class Line(NamedTuple):
    """A line of text: page and line counted from 1, and what stands on it."""

    page: int
    number: int
    text: str

    @property
    def place(self) -> str:
        """``strana 3, řádek 12``."""
        return f"strana {self.page}, řádek {self.number}"


def compare(old: Pdf, new: Pdf) -> Iterator[Finding]:
    """Differences of facts about the document, of its text, and, if none, of the rest."""
    found = [*_fact_findings(old, new), *_page_findings(old, new)]
    yield from found or _object_findings(old, new)


def _fact_findings(old: Pdf, new: Pdf) -> Iterator[Finding]:
    was, now = _facts(old), _facts(new)
    for fact in [*was, *(fact for fact in now if fact not in was)]:
        if was.get(fact) != now.get(fact):
            name = f"údaje o\u00a0dokumentu, {_FACTS.get(fact, fact)}"
            yield Finding(name, was.get(fact), now.get(fact))


def _facts(pdf: Pdf) -> dict[str, str]:
    item = pdf.objects.get(pdf.information or -1)
    entries = [] if item is None else _ENTRY.findall(item.body)
    return {name.decode("latin-1"): _string(value) for name, value in entries}


def _string(value: bytes) -> str:
    if value.startswith(b"("):
        return value[1:-1].decode("latin-1")
    digits = b"".join(value[1:-1].split())
    codes = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    utf16 = codes.startswith(b"\xfe\xff")
    return codes[2:].decode("utf-16-be", "replace") if utf16 else codes.decode("latin-1")


def _page_findings(old: Pdf, new: Pdf) -> Iterator[Finding]:
    """Pages that are not the same: their lines, and the drawing where the lines are."""
    known = _Fonts(old), _Fonts(new)
    count = len(old.pages), len(new.pages)
    if count[0] != count[1]:
        yield Finding("počet stran", str(count[0]), str(count[1]))
    same = {
        page
        for page in range(min(count))
        if old.contents[page] == new.contents[page] and known[0][page] == known[1][page]
    }
    changed = set(range(max(count))) - same
    if not changed:
        return
    found = list(_line_findings(_lines(old, known[0], changed), _lines(new, known[1], changed)))
    yield from (finding for _, finding in found)
    told = {page for page, _ in found}
    for page in sorted(changed - told):
        if page < min(count):
            commands = (
                drawing(old.contents[page], known[0][page]),
                drawing(new.contents[page], known[1][page]),
            )
            pairs = paired(commands[0], commands[1], lambda command: command)
            for number, (was, now) in enumerate(pairs, 1):
                if was != now:
                    yield Finding(f"strana {page + 1}, kresba, příkaz {number}", was, now)


class _Fonts:
    """The fonts of each page, read once: most pages share theirs."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._read: dict[bytes, dict[bytes, Font]] = {}

    def __getitem__(self, page: int) -> dict[bytes, Font]:
        number = self._pdf.pages[page]
        item = self._pdf.objects[number]
        resources = self._pdf.objects.get(item.reference(b"Resources") or -1, item)
        key = font_list(resources)
        if key not in self._read:
            self._read[key] = fonts(self._pdf, number)
        return self._read[key]


def _lines(pdf: Pdf, known: _Fonts, pages: set[int]) -> list[Line]:
    return [
        Line(page + 1, number, text)
        for page in sorted(pages)
        if page < len(pdf.pages)
        for number, text in enumerate(lines(pdf.contents[page], known[page]), 1)
    ]


def _line_findings(old: list[Line], new: list[Line]) -> Iterator[tuple[int, Finding]]:
    """Lines that differ, with their page from 0; of lines that move to another page the first."""
    moved = None
    keys = (lambda line: (line.page, line.text)), (lambda line: line.text)
    for was, now in paired(old, new, *keys):
        line = was or now
        assert line is not None
        if was is None or now is None or was.text != now.text:
            yield line.page - 1, Finding(line.place, was and was.text, now and now.text)
        elif was.page != now.page and (was.page, now.page) != moved:
            moved = was.page, now.page
            what = f"{was.place}, umístění řádku „{was.text}“"
            yield was.page - 1, Finding(what, f"strana {was.page}", f"strana {now.page}")


def _object_findings(old: Pdf, new: Pdf) -> Iterator[Finding]:
    """Objects that differ, by number."""
    for number in sorted({*old.objects, *new.objects}):
        was, now = old.objects.get(number), new.objects.get(number)
        if was == now:
            continue
        kind = re.search(rb"/Type\s*/(\w+)", (was or now or PdfObject(b"", None)).body)
        name = f" ({kind[1].decode()})" if kind else ""
        yield Finding(f"objekt PDF č.\u00a0{number}{name}", _shown(was), _shown(now))


def _shown(item: PdfObject | None) -> str | None:
    if item is None:
        return None
    try:
        stream = unpacked(item)
    except UnreadableError as cause:
        return f"{item.body.decode('latin-1')} ({cause})"
    return f"{item.body.decode('latin-1')} {stream.decode('utf-8', 'backslashreplace')}".rstrip()
