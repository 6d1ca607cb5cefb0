"""What a reader sees of a table or a figure, with spaces that a test can read."""

from __future__ import annotations

from slz_lib.documents.model import Figure, Table


def plain(text: str) -> str:
    """``text`` with plain spaces."""
    return text.replace("\u00a0", " ")


def said(figure: Figure) -> str:
    """The caption."""
    return plain(figure.caption)


def column(framed: Table, place: int | str) -> list[str]:
    """The texts of a column, by its number or its title."""
    if isinstance(place, str):
        place = [column.title for column in framed.columns].index(place)
    return [plain(row.cells[place].text) for row in framed.rows]


def values(framed: Table, place: int) -> list[object]:
    """The values of a column, by its number."""
    return [row.cells[place].value for row in framed.rows]
