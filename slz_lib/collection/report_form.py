"""The form of a report in Word: which line of it holds which field, as ``report_forms`` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from slz_lib.collection.word import BOX, Line
from slz_lib.errors import DataError
from slz_lib.language import plain

#: Number of a measure: after the area's, or alone; *I.3*, *I/3*, *3.*, *3*.
NUMBER = re.compile(r"(?:(?P<area>\w+)\s*[./]\s*)?(?P<number>\d{1,3})\s*[.)]?")
_TITLED = re.compile(rf"{NUMBER.pattern}(?:\s+(?P<title>\S.*))", re.DOTALL)
_LABEL_ENDS = re.compile(r"[:\t]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A field found in a document.

    Attributes:
        field: a field of the table ``report_forms``; ``unplaced`` for what no field holds.
        text: its text.
        place: where it stands, in Czech.
    """

    field: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class _Header:
    """A header line: the fields by position of their cells, and where each cell begins."""

    fields: dict[int, str]
    starts: tuple[int, ...]

    def read(self, line: Line) -> dict[str, str]:
        """Texts of a line below the header by field; a cell that goes on has none."""
        positions = range(len(self.starts))
        known = dict(zip(self.starts, positions, strict=True))
        same = len(line.cells) == len(self.starts)
        at_each = positions if same else [known.get(start, -1) for start in line.starts]
        pairs = zip(at_each, line.cells, strict=True)
        return {self.fields[at]: text for at, text in pairs if at in self.fields and text}


@dataclass(frozen=True, slots=True)
class ReportForm:
    """One form of reports.

    Attributes:
        id: its id in ``report_forms``.
        labels: where a label stands → the label as one looks for it → the field.
    """

    id: str
    labels: dict[str, dict[str, str]]

    @classmethod
    def fitting(cls, report_forms: pd.DataFrame, lines: Sequence[Line]) -> ReportForm:
        """The form in which a document has most measures.

        Raises:
            DataError: it has none in any of them.
        """
        forms: list[ReportForm] = []
        rows = report_forms.assign(label=report_forms["label"].fillna("").map(plain))
        for name, own in rows.groupby("form", sort=False):
            labels = {
                str(stands): dict(zip(each["label"], each["field"], strict=True))
                for stands, each in own.groupby("stands", sort=False)
            }
            forms.append(cls(str(name), labels))
        found = {
            form.id: sum(mark.field == "number" for mark in form.marks(lines)) for form in forms
        }
        best = max(forms, key=lambda form: found[form.id], default=None)
        if best is None or not found[best.id]:
            known = ", ".join(found) or "žádná"
            raise DataError(
                f"V\u00a0dokumentu není žádné opatření v\u00a0podobě, kterou popisuje tabulka "
                f"report_forms ({known}); doplňte do ní nadpisy, jak v\u00a0dokumentu stojí."
            )
        return best

    def marks(self, lines: Sequence[Line]) -> Iterator[Mark]:
        """The fields of a document in their order; a measure begins with its ``number``.

        A header, once read, holds until the next one, in whatever table: reports are cut by pages.
        """
        headers: list[_Header] = []
        in_header = begun = False
        last, at = "", 0
        for line in lines:
            if not any(line.cells):
                continue
            if line.style == BOX:
                yield Mark("unplaced", line.text, line.place)
                continue
            found = list(self._alone(line, after=last))
            named = self._named(line)
            if found:
                begun = begun or found[0].field == "number"
                at = len(headers)
            elif len(named) > 1 or (named and in_header):
                headers = [*(headers if in_header else ()), _Header(named, line.starts)]
                at = len(headers)
            elif line.table and headers:
                found, at = self._below(line, headers, at)
            elif line.text and not begun:
                found = list(self._totals(line))
            in_header = bool(named) and not found
            last = found[-1].field if found else ""
            yield from found

    def _alone(self, line: Line, after: str) -> Iterator[Mark]:
        """What a line says by itself: a heading, a labelled value, a paragraph of its style."""
        first, *rest = (cell or "" for cell in line.cells)
        if field := self.labels.get("row", {}).get(plain(first.rstrip(": "))) if rest else None:
            yield Mark(field, "\n".join(filter(None, rest)), line.place)
            return
        text = line.text
        if text and (line.heading or line.table):
            for label, field in self.labels.get("heading", {}).items():
                if label and plain(text).startswith(f"{label} "):
                    yield Mark(field, text[len(label) :].strip(), line.place)
                    return
                if not label and (titled := _TITLED.fullmatch(text)):
                    yield Mark(field, text[: titled.start("title")].strip(), line.place)
                    yield Mark("title", titled["title"], line.place)
                    return
        elif field := self.labels.get("style", {}).get(plain(line.style)):
            yield Mark(field, text, line.place)
            return
        elif len(parts := _LABEL_ENDS.split(text, maxsplit=1)) > 1 and (
            field := self.labels.get("row", {}).get(plain(parts[0]))
        ):
            yield Mark(field, parts[1].strip(), line.place)
            return
        if text and after == "area" and (field := self.labels.get("below", {}).get("")):
            yield Mark(field, text, line.place)

    def _named(self, line: Line) -> dict[int, str]:
        known = self.labels.get("column", {})
        named = {at: known.get(plain(text or "")) for at, text in enumerate(line.cells)}
        return {at: field for at, field in named.items() if field} if line.table else {}

    def _below(self, line: Line, headers: list[_Header], at: int) -> tuple[list[Mark], int]:
        """What a row below the header holds, and which line of its measure it is."""
        texts = headers[0].read(line)
        number = texts.pop("number", "")
        if at + 1 < len(headers) and not number:
            rest = headers[at + 1].read(line)
            if rest and len(rest) == sum(bool(cell) for cell in line.cells):
                return [Mark(name, text, line.place) for name, text in rest.items()], at + 1
        if not texts or (number and not NUMBER.fullmatch(number)):
            return [Mark("unplaced", " | ".join(filter(None, line.cells)), line.place)], at
        found = {"number": number, **texts}
        return [Mark(name, text, line.place) for name, text in found.items()], 0

    def _totals(self, line: Line) -> Iterator[Mark]:
        """Numbers that the text itself gives of measures."""
        for label, field in self.labels.get("text", {}).items():
            if numbers := re.findall(rf"(?<!\d)(\d{{1,6}}) {re.escape(label)}", plain(line.text)):
                yield Mark(field, " ".join(numbers), line.place)
