"""A document as the Typst template reads it: resolved references, numbers, widths, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter

from slz_lib import palette
from slz_lib.documents.columns import (
    INSET,
    TEXT_MM,
    column_widths,
    header_text,
    is_number,
    pieces,
    widest_word,
)
from slz_lib.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Mark,
    MeasureCard,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.outline import (
    DEPTH,
    FEWEST_LISTED,
    contents_place,
    introduces,
    landscape,
    levels,
)
from slz_lib.documents.pdf_heights import (
    ROW_SHARE,
    Data,
    body_height,
    card_is_whole,
    ending_rows,
    page_height,
    table_height,
    table_is_whole,
)
from slz_lib.documents.wording import (
    DESIGNATION_TERM,
    NO_COMMENTARY,
    Target,
    page_foot,
    targets,
    title_facts,
    written_out,
)
from slz_lib.language import NO_BREAK_SPACE

#: The highest chart of a page; a landscape one keeps room for its heading and caption.
_HIGHEST_MM = (200.0, 108.0)
#: Characters beyond which a text may not fit on a page in one piece.
_LONG = 2000
#: Contents with more entries would be longer than a page; they list chapters only.
_MOST_CONTENTS = 72
_MOST_CONTENTS_IN_ONE_COLUMN = 6
#: Characters that a line of such a column takes.
_LINE = 40
_COLOURS = ("ink", "paper", "link", "rule", "shade", "quiet")


@dataclass(frozen=True, slots=True)
class _Room:
    """What a block has on its page: a width, a height for charts; whether heights are known."""

    width: float
    highest: float
    known: bool

    @classmethod
    def of(cls, paper: str, lies: bool) -> _Room:
        width, usual = TEXT_MM[paper][lies], TEXT_MM["a4"][lies]
        return cls(width, _HIGHEST_MM[lies] * width / usual, paper == "a4")


def template_data(document: Document) -> Data:
    """Everything that the template shows, as plain values for JSON.

    Raises:
        DocumentError: a reference leads to an anchor that the document does not have.
    """
    known = targets(document.blocks)
    document = written_out(document, known)
    wide = landscape(document.blocks)
    first = next((block for block in document.blocks if isinstance(block, Heading)), None)
    converted: list[Data] = []
    before: Block | None = None
    followed = zip_longest(levels(document.blocks), document.blocks[1:])
    for ((block, level), after), lies in zip(followed, wide, strict=True):
        shown = _block(block, level, known, _Room.of(document.title.paper, lies))
        shown["introduces"] = introduces(block, after)
        shown["after_heading"] = isinstance(before, Heading)
        shown["chapter"] = level == 1 and block is not first
        converted.append(shown)
        before = block
    return {
        "title": _title(document.title),
        "palette": {name: getattr(palette, name.upper()) for name in _COLOURS},
        "sections": _sections(document, converted, wide),
    }


def _sections(document: Document, converted: list[Data], wide: list[bool]) -> list[Data]:
    """``converted`` blocks in runs of one orientation, with the contents in their place."""
    placed = list(zip(wide, converted, strict=True))
    if listed := _contents(document.blocks, FEWEST_LISTED[document.title.paper]):
        placed.insert(contents_place(document.blocks, listed["entries"]), (False, listed))
    return [
        {"landscape": lies, "blocks": [block for _, block in run]}
        for lies, run in groupby(placed, key=itemgetter(0))
    ]


def _contents(blocks: Sequence[Block], fewest: int) -> Data | None:
    """Depth of the contents and the anchor that begins their second column, if there are two."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    depth = DEPTH
    listed = [heading for heading in headings if heading.level <= depth]
    if len(listed) > _MOST_CONTENTS:
        depth = 1
        listed = [heading for heading in headings if heading.level == depth]
    if len(listed) < fewest:
        return None
    split = None
    if len(listed) > _MOST_CONTENTS_IN_ONE_COLUMN:
        split = listed[_middle(listed)].anchor
    return {"type": "contents", "depth": depth, "split": split, "entries": len(listed)}


def _middle(listed: Sequence[Heading]) -> int:
    """Where the second column begins: at the chapter nearest the middle, if one is near."""
    lines = [1 + len(text_of(heading.text)) // _LINE for heading in listed]
    heights = [sum(lines[:place]) for place in range(len(lines))]
    middle = min(range(1, len(lines)), key=lambda place: abs(2 * heights[place] - sum(lines)))
    chapters = [place for place, heading in enumerate(listed) if heading.level == 1 and place > 0]
    nearest = min(chapters, key=lambda place: abs(place - middle), default=middle)
    return nearest if abs(nearest - middle) <= len(listed) // 8 else middle


def _title(title: TitleBlock) -> Data:
    language, _, region = title.language.partition("-")
    shown = title.model_copy(update={"facts": title_facts(title)}).model_dump(mode="json")
    return shown | {"lang": language, "region": region or None, "footer": page_foot(title)}


def _block(block: Block, level: int, known: Mapping[str, Target], room: _Room) -> Data:
    """A block as it is, with what only its place in the document and its letters tell."""
    shown = block.model_dump(mode="json", exclude={"rows", "narrow"})
    match block:
        case Paragraph():
            return shown | {"long": _is_long(text_of(block.text))}
        case Table():
            return shown | _table(block, known[block.anchor], room)
        case Figure():
            return shown | _figure(block, known, room)
        case MeasureCard():
            return _measure(block, shown | {"level": level}, room)
        case TitleBlock():
            raise ValueError("no place for another title block here")
    return shown


def _table(block: Table, target: Target, room: _Room) -> Data:
    widths = column_widths(block, room.width)
    heights = [body_height(row, widths) for row in block.rows]
    highest = ROW_SHARE * page_height(block)
    return {
        "label": f"Tabulka{NO_BREAK_SPACE}{target.number}",
        "columns": [
            {
                "title": header_text(column),
                "width": width,
                "number": is_number(column),
                "hyphenate_title": widest_word(header_text(column)) > width - INSET + 0.01,
            }
            for column, width in zip(block.columns, widths, strict=True)
        ],
        "rows": [
            {
                "total": row.kind == "total",
                "whole": room.known and height.most <= highest,
                "cells": [
                    _cell(cell, column)
                    for cell, column in zip(row.cells, block.columns, strict=True)
                ],
            }
            for row, height in zip(block.rows, heights, strict=True)
        ],
        "whole": table_is_whole(block, table_height(block, heights, widths))
        if room.known
        else None,
        "ending": ending_rows(heights, page_height(block)),
    }


def _cell(cell: Cell, column: Column) -> Data:
    status = _status(cell.status)
    sign, space, word = cell.text.partition(NO_BREAK_SPACE)
    signed = status is not None and len(sign) == 1 and bool(space)
    return {
        "pieces": [
            {"text": part, "parted": parted and column.kind == "text"}
            for part, parted in pieces(word if signed else cell.text)
        ],
        "sign": sign if signed else None,
        "status": status,
        "ref": cell.ref,
    }


def _status(mark: Mark | None) -> Data | None:
    """Colours of a status; ``None`` when the period knows no status."""
    if mark is None:
        return None
    return {"fill": mark.colour, "text": mark.letters, "outlined": mark.light}


def _figure(block: Figure, known: Mapping[str, Target], room: _Room) -> Data:
    source = None
    if block.table is not None:
        source = written_out(Run(text="", ref=block.table), known).model_dump()
    width, height = block.width_mm, block.height_mm
    return {
        "label": f"Obrázek{NO_BREAK_SPACE}{known[block.anchor].number}",
        "width": min(width, room.width, room.highest * width / height),
        "source": source,
    }


def _measure(block: MeasureCard, shown: Data, room: _Room) -> Data:
    card = shown | {
        "designation_term": DESIGNATION_TERM,
        "long": _is_long(block.designation, *(text_of(fact.text) for fact in block.facts)),
        "status": _status(block.status),
        "no_commentary": NO_COMMENTARY,
    }
    return card | {"whole": room.known and card_is_whole(card)}


def _is_long(*texts: str) -> bool:
    """Whether the texts together must be allowed to break over pages."""
    return sum(map(len, texts)) > _LONG
