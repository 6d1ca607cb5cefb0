"""A document as the Typst template reads it: resolved references, numbers, widths, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

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
    Fact,
    Figure,
    Heading,
    Inline,
    ItemList,
    Mark,
    MeasureCard,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.outline import introduces, landscape, levels
from slz_lib.documents.pdf_heights import (
    ROW_SHARE,
    Data,
    body_height,
    card_is_whole,
    ending_rows,
    page_height,
    sections,
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
_COLOURS = ("ink", "paper", "link", "rule", "shade", "quiet")
_OUTSIDE = ("https://", "http://", "mailto:")


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
        "sections": sections(document.blocks, converted, wide, document.title.paper),
    }


def _title(title: TitleBlock) -> Data:
    language, _, region = title.language.partition("-")
    return {
        "title": title.title,
        "subtitle": title.subtitle,
        "subject": title.subject,
        "author": title.author,
        "draft": title.draft,
        "facts": _facts(title_facts(title)),
        "keywords": list(title.keywords),
        "paper": title.paper,
        "lang": language,
        "region": region or None,
        "footer": page_foot(title),
    }


def _block(block: Block, level: int, known: Mapping[str, Target], room: _Room) -> Data:
    match block:
        case Heading():
            return {
                "type": "heading",
                "level": level,
                "text": _inline(block.text),
                "anchor": block.anchor,
            }
        case Paragraph():
            return {
                "type": "paragraph",
                "role": block.role,
                "long": _is_long(text_of(block.text)),
                "text": _inline(block.text),
            }
        case ItemList():
            return _list(block)
        case Table():
            return _table(block, known[block.anchor], room)
        case Figure():
            return _figure(block, known, room)
        case MeasureCard():
            return _measure(block, level, room)
        case _:
            raise ValueError(f"no place for a block of type {block.type} here")


def _list(block: ItemList) -> Data:
    return {
        "type": "list",
        "ordered": block.ordered,
        "start": block.start,
        "items": [
            {
                "text": _inline(item.text),
                "children": [
                    _list(child) if isinstance(child, ItemList) else {"text": _inline(child.text)}
                    for child in item.children
                ],
            }
            for item in block.items
        ],
    }


def _table(block: Table, target: Target, room: _Room) -> Data:
    widths = column_widths(block, room.width)
    heights = [body_height(row, widths) for row in block.rows]
    highest = ROW_SHARE * page_height(block)
    return {
        "type": "table",
        "anchor": block.anchor,
        "label": f"Tabulka{NO_BREAK_SPACE}{target.number}",
        "caption": block.caption,
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
        "notes": list(block.notes),
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
        source = _run(written_out(Run(text="", ref=block.table), known))
    width, height = block.width_mm, block.height_mm
    return {
        "type": "figure",
        "anchor": block.anchor,
        "label": f"Obrázek{NO_BREAK_SPACE}{known[block.anchor].number}",
        "caption": block.caption,
        "subtitle": block.subtitle,
        "alt": block.alt,
        "svg": block.svg,
        "width": min(width, room.width, room.highest * width / height),
        "source": source,
    }


def _measure(block: MeasureCard, level: int, room: _Room) -> Data:
    card: Data = {
        "type": "measure",
        "anchor": block.anchor,
        "level": level,
        "number": block.number,
        "title": block.title,
        "designation_term": DESIGNATION_TERM,
        "designation": block.designation,
        "long": _is_long(block.designation, *(text_of(fact.text) for fact in block.facts)),
        "status": _status(block.status),
        "status_label": block.status_label,
        "facts": _facts(block.facts),
        "commentary": [_inline(text) for text in block.commentary],
        "no_commentary": NO_COMMENTARY,
        "figures": _facts(block.figures),
        "remark": _inline(block.remark),
    }
    return card | {"whole": room.known and card_is_whole(card)}


def _is_long(*texts: str) -> bool:
    """Whether the texts together must be allowed to break over pages."""
    return sum(map(len, texts)) > _LONG


def _facts(facts: Iterable[Fact]) -> list[Data]:
    return [{"term": fact.term, "text": _inline(fact.text)} for fact in facts]


def _inline(text: Inline) -> list[Data]:
    return [_run(run) for run in text]


def _run(run: Run) -> Data:
    outside = run.href is not None and run.href.startswith(_OUTSIDE)
    return {
        "text": run.text,
        "strong": run.strong,
        "emphasis": run.emphasis,
        "code": run.code,
        "href": run.href if outside else None,
        "ref": run.ref,
    }
