"""What one returned file holds, gathered cell by cell in the process apart; loads no pandas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from slz_lib.errors import DataError
from slz_lib.language import format_number
from slz_lib.untrusted import shown

#: What one file may hold; forms of ours have some thousands of cells.
MOST_SHEETS = 100
MOST_CELLS = 100_000
MOST_SIGNS = 20_000_000
#: Columns of a sheet.
MOST_COLUMNS = 16_384
#: Cells that only look somehow cost time too.
_MOST_MET = 1_000_000
#: What of a number format says nothing of its kind: texts, single signs, colours and locales.
_BESIDE_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^]]*\]')
#: Words that a number format shows beside the number, and signs of currencies.
_IN_FORMAT = re.compile(r'"([^"]*)"|\[\$([^\]-]*)')
#: What of an address people do not write.
_AROUND_ADDRESS = re.compile(r"^[a-z]+:/*|/$")
#: Day 0 of serial dates: of 1900, whose February had 29 days in spreadsheets, and of 1904.
_DAY_0, _DAY_0_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_AFTER_LEAP = 61
_LETTERS = 26
#: The first number that a double no longer tells from its neighbour.
_INEXACT = 2**53


class Typed:
    """Cells of one file and texts beside them, up to the limits."""

    def __init__(self, name: str) -> None:
        """Begin the file that messages call ``name``."""
        self.name = name
        #: Of a mail, who sent it and when, and what is attached.
        self.mail: dict[str, Any] = {}
        self.properties: dict[str, str] = {}
        self.cells: list[tuple[str, int, int, str, str, bool]] = []
        self.outside: list[tuple[str, str]] = []
        self._signs = self._met = 0

    def meet(self, many: int = 1) -> None:
        """Count cells that were come across, empty ones along."""
        self._met += many
        self.require(self._met, _MOST_MET, "buněk i\u00a0s\u00a0prázdnými")

    def cell(self, sheet: str, row: int, column: int, kind: str, value: str, hidden: bool) -> None:
        """Add a cell; an empty one is none."""
        if value:
            self.cells.append((sheet, row, column, kind, value, hidden))
            self.require(len(self.cells), MOST_CELLS, "vyplněných buněk")
            self._count(value)

    def beside(self, place: str, text: str) -> None:
        """Add a text that stands in no cell; a blank one is none."""
        if text.strip():
            self.outside.append((place, text))
            self.require(len(self.outside), MOST_CELLS, "komentářů a\u00a0textů mimo buňky")
            self._count(text)

    def comment(self, sheet: str, cell: str, text: str) -> None:
        """Add a comment at a cell."""
        self.beside(f"komentář u\u00a0buňky {shown(cell)} listu „{shown(sheet)}“", text)

    def link(self, sheet: str, row: int, column: int, target: str) -> None:
        """Add where a cell links to; one that says so itself has said it."""
        there = (text for *at, _, text, _ in reversed(self.cells) if at == [sheet, row, column])
        if _AROUND_ADDRESS.sub("", target) not in next(there, ""):
            self.beside(
                f"odkaz u\u00a0buňky {place_of(row, column)} listu „{shown(sheet)}“", target
            )

    def box(self, sheet: str, text: str) -> None:
        """Add the text of a box or a shape."""
        self.beside(f"textové pole na listu „{shown(sheet)}“", text)

    def pictured(self, name: str) -> None:
        """Add what can only be looked at."""
        self.beside("obrázek, graf nebo vložený soubor v\u00a0sešitu", name)

    def require(self, many: int, most: int, what: str) -> None:
        """Stop where there is too much of something.

        Raises:
            DataError: there is.
        """
        if many > most:
            raise DataError(
                f"Soubor „{shown(self.name)}“ je na vyplněný formulář příliš velký (nejvýše "
                f"{format_number(most)} {what}); přeneste odpovědi do vydaného formuláře."
            )

    def _count(self, text: str) -> None:
        self._signs += len(text)
        self.require(self._signs, MOST_SIGNS, "znaků")

    @property
    def answer(self) -> dict[str, Any]:
        """All of it as JSON holds it."""
        return {
            "properties": self.properties,
            "cells": self.cells,
            "outside": self.outside,
            **self.mail,
        }


def of_number(text: str) -> str:
    """A number as Python spells it; what is none, as it stands.

    A whole number has no decimal point.
    """
    try:
        number = float(text)
    except ValueError:
        return text
    whole = number.is_integer() and abs(number) < _INEXACT
    return str(int(number)) if whole else repr(number)


def _of_format(code: str) -> str:
    """The kind of numbers that a number format shows: ``number``, ``percent`` or ``date``."""
    bare = _BESIDE_FORMAT.sub("", code)
    if "%" in bare:
        return "percent"
    return "date" if code != "General" and re.search("[dmyhs]", bare, re.IGNORECASE) else "number"


def of_excel(value: str, code: str, since_1904: bool) -> tuple[str, str]:
    """The kind and value of a number that Excel stores, as its format shows it."""
    kind, number = _of_format(code), of_number(value)
    if kind == "date":
        day = _of_serial(value, since_1904)
        return ("date", day) if day else ("number", number)
    return _of_unit(code, number) if kind == "number" else (kind, number)


def _of_unit(code: str, number: str) -> tuple[str, str]:
    """The kind and value of a number whose format may show a unit behind it, as *1200 Kč*."""
    pieces = _IN_FORMAT.findall(code.partition(";")[0])
    return with_unit(number, " ".join("".join(piece).strip() for piece in pieces).strip())


def with_unit(number: str, unit: str) -> tuple[str, str]:
    """The kind and value of a number that shows this behind it, which may be no unit."""
    if any(sign.isalpha() or unicodedata.category(sign) == "Sc" for sign in unit):
        return "text", f"{number.replace('.', ',')} {unit}"
    return "number", number


def _of_serial(text: str, since_1904: bool) -> str | None:
    """The date or time that a serial number means, in ISO; ``None`` where it means none."""
    try:
        serial = float(text)
        if 0 <= serial < 1:
            return (_DAY_0 + timedelta(days=serial)).time().isoformat("seconds")
        if since_1904:
            moment = _DAY_0_OF_1904 + timedelta(days=serial)
        elif int(serial) == _AFTER_LEAP - 1 or serial < 0:
            return None
        else:
            moment = _DAY_0 + timedelta(days=serial + (serial < _AFTER_LEAP))
    except (ValueError, OverflowError):
        return None
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return moment.isoformat().removesuffix("T00:00:00")


def place_of(row: int, column: int) -> str:
    """A cell as people call it: *A1*, *AA12*."""
    letters = ""
    while column:
        column, at = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + at) + letters
    return f"{letters}{row}"


def elements(xml: bytes, *names: str, inside: bool = False) -> Iterator[Any]:
    """Elements of these local names in the order of their ends, each dropped after it was seen.

    With ``inside``, elements keep what stands in them; only what came before them is dropped.
    """
    import io

    from lxml import etree

    wanted = [f"{{*}}{name}" for name in names]
    steps = etree.iterparse(
        io.BytesIO(xml), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in steps:
        yield element
        if not inside:
            element.clear()
        parent = element.getparent()
        while parent is not None and (before := element.getprevious()) is not None:
            parent.remove(before)


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
