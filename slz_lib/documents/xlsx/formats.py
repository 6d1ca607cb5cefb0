"""Formats of cells: few, calm, with horizontal rules only."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from slz_lib.documents.columns import is_number
from slz_lib.documents.model import Cell, Column, Row
from slz_lib.palette import INK, LINK, ON_STATUS, QUIET, RULE, STATUS
from slz_lib.vocabulary import Status

#: Fill of cells that wait for a reader's answer; a note above the table says it in words.
EDITABLE = "#FFF6DF"
FACE = "Calibri"

_NUMBER_FORMATS = {
    "integer": "#,##0",
    "decimal": "#,##0.0##",
    "percent": "0.0 %",
    "date": "d. m. yyyy",
}
_THIN, _MEDIUM = 1, 2

Properties = dict[str, object]


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

    @property
    def title(self) -> Format:
        """The title of a sheet."""
        return self.of(bold=True, font_size=15)

    @property
    def note(self) -> Format:
        """A line under the title."""
        return self.of(font_color=QUIET)

    @property
    def link(self) -> Format:
        """A link that stands alone."""
        return self.of(font_color=LINK, underline=1)

    @property
    def term(self) -> Format:
        """What a row of the cover is about."""
        return self.of(bold=True, bottom=_THIN, bottom_color=RULE, align="left", indent=1)

    @property
    def text(self) -> Format:
        """Running text in a cell."""
        return self.of(text_wrap=True, bottom=_THIN, bottom_color=RULE, align="left", indent=1)

    @property
    def linked(self) -> Format:
        """Running text that is a link."""
        return self.of(
            text_wrap=True,
            bottom=_THIN,
            bottom_color=RULE,
            align="left",
            indent=1,
            font_color=LINK,
            underline=1,
        )

    @property
    def count(self) -> Format:
        """A number of rows."""
        return self.of(
            num_format=_NUMBER_FORMATS["integer"],
            align="right",
            indent=1,
            bottom=_THIN,
            bottom_color=RULE,
        )

    def header(self, column: Column) -> Format:
        """A header cell: bold over a strong rule; numbers at the right."""
        properties: Properties = {
            "bold": True,
            "text_wrap": True,
            "valign": "bottom",
            "bottom": _MEDIUM,
            "bottom_color": INK,
            "align": "left",
            "indent": 1,
        }
        if is_number(column):
            properties["align"] = "right"
        if column.editable:
            properties["bg_color"] = EDITABLE
        return self.of(**properties)

    def cell(self, column: Column, row: Row, cell: Cell, *, names_row: bool) -> Format:
        """The format of one cell from its column's kind, its row and its status."""
        properties: Properties = {
            "text_wrap": True,
            "bottom": _THIN,
            "bottom_color": RULE,
            "align": "left",
            "indent": 1,
        }
        if column.kind in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[column.kind]
            properties["align"] = "left" if column.kind == "date" else "right"
        if names_row or row.kind == "total":
            properties["bold"] = True
        if row.kind == "total":
            properties |= {"top": _THIN, "top_color": INK}
        elif column.editable:
            properties |= {"bg_color": EDITABLE, "locked": False}
        if cell.status in set(Status):
            status = Status(cell.status)
            properties |= {
                "bg_color": STATUS[status],
                "font_color": ON_STATUS[status],
                "bold": True,
            }
        if cell.ref is not None:
            properties |= {"font_color": LINK, "underline": 1}
        return self.of(**properties)
