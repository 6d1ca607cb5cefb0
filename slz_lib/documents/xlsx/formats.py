"""Formats of cells: few, calm, with horizontal rules only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from slz_lib.documents.columns import is_number
from slz_lib.documents.model import Cell, Column, Row
from slz_lib.palette import INK, LINK, QUIET, RULE

FACE = "Calibri"

_NUMBER_FORMATS = {
    "integer": "#,##0",
    "decimal": "#,##0.0##",
    "percent": "0.0 %",
    "date": "d. m. yyyy",
}
_THIN, _MEDIUM = 1, 2

Properties = dict[str, object]

_LINK: Properties = {"font_color": LINK, "underline": 1}
_CELL: Properties = {
    "text_wrap": True,
    "bottom": _THIN,
    "bottom_color": RULE,
    "align": "left",
    "indent": 1,
}
#: Formats outside tables: of the title of a sheet, of a line under it, of a link that stands alone,
#: of what a row of the cover is about, of running text.
_NAMED: dict[str, Properties] = {
    "title": {"bold": True, "font_size": 15},
    "note": {"font_color": QUIET},
    "link": _LINK,
    "term": _CELL | {"bold": True, "text_wrap": False},
    "text": _CELL,
}


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one workbook, each made once."""

    workbook: Workbook
    _made: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def of(self, **properties: object) -> Format:
        """The format with ``properties`` over the common face and ink."""
        full: Properties = {"font_name": FACE, "font_color": INK, "valign": "top"} | properties
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(full)
        return self._made[key]

    def named(self, name: str) -> Format:
        """The format of a part of a sheet outside tables: ``title``, ``note`` and so on."""
        return self.of(**_NAMED[name])

    def header(self, column: Column) -> Format:
        """A header cell: bold over a strong rule; numbers at the right."""
        properties = _CELL | {
            "bold": True,
            "valign": "bottom",
            "bottom": _MEDIUM,
            "bottom_color": INK,
        }
        if is_number(column):
            properties["align"] = "right"
        return self.of(**properties)

    def cell(self, column: Column, row: Row, cell: Cell, *, bold: bool, linked: bool) -> Format:
        """The format of one cell from its column's kind, its row and its status."""
        properties, kind = dict(_CELL), column.kind
        if cell.unit:  # amounts of one column may be whole and not
            kind = "integer" if isinstance(cell.value, int) else "decimal"
        elif isinstance(cell.value, date):
            kind = "date"
        if kind in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[kind]
            properties["align"] = "left" if kind == "date" else "right"
        if bold:
            properties["bold"] = True
        if row.kind == "total":
            properties |= {"top": _THIN, "top_color": INK}
        if cell.status is not None:
            properties |= {
                "bg_color": cell.status.colour,
                "font_color": cell.status.letters,
                "bold": True,
            }
        if linked:
            properties |= _LINK
        return self.of(**properties)
