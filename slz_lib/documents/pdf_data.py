"""A document as the Typst template reads it: resolved references, numbers, widths, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slz_lib import palette
from slz_lib.documents.columns import column_widths, header_text, is_number
from slz_lib.documents.model import (
    Block,
    Cell,
    Document,
    Fact,
    Figure,
    Heading,
    Inline,
    ItemList,
    MeasureCard,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.documents.references import NO_BREAK, Target, reference_text, targets
from slz_lib.language import format_date
from slz_lib.vocabulary import Status

PORTRAIT_MM = 162.0
LANDSCAPE_MM = 249.0
#: A table with more columns than this lies on a landscape page.
MOST_PORTRAIT_COLUMNS = 7
#: Contents with more entries list chapters only, so that page one keeps room for the answer.
_MOST_CONTENTS = 16
_MOST_CONTENTS_IN_ONE_COLUMN = 6
_HIGHEST_MM = 200.0
#: Characters beyond which a text may not fit on a page in one piece.
_LONG = 2000
#: A table of at most this many rows is not parted by the end of a page.
_MOST_ROWS_TOGETHER = 8
_OUTSIDE = ("https://", "http://", "mailto:")

Data = dict[str, Any]


def template_data(document: Document) -> Data:
    """Everything that the template shows, as plain values for JSON.

    Raises:
        KeyError: a reference leads to an anchor that the document does not have.
    """
    known = targets(document.blocks)
    converted: list[Data] = []
    level = 0
    for block in document.blocks:
        if isinstance(block, MeasureCard):
            after_heading = bool(converted) and converted[-1]["type"] == "heading"
            converted.append(_measure(block, known, level + 1) | {"after_heading": after_heading})
        elif isinstance(block, Heading):
            converted.append(_heading(block, known) | {"new_page": block.level == 1 and level > 0})
            level = block.level
        else:
            converted.append(_block(block, known, level))
    return {
        "title": _title(document.title, known),
        "palette": {
            "ink": palette.INK,
            "paper": palette.PAPER,
            "link": palette.LINK,
            "rule": palette.RULE,
            "shade": palette.SHADE,
            "quiet": palette.QUIET,
        },
        "contents": _contents(document.blocks),
        "sections": _sections(document.blocks, converted),
    }


def _title(title: TitleBlock, known: Mapping[str, Target]) -> Data:
    language, _, region = title.language.partition("-")
    facts = title.facts
    if title.draft:  # the mark in the page head is not read aloud, this is
        facts = (*facts, Fact(term="Podoba", text=(Run(text="návrh"),)))
    return {
        "title": title.title,
        "subtitle": title.subtitle,
        "subject": title.subject,
        "author": title.author,
        "draft": title.draft,
        "facts": _facts(facts, known),
        "keywords": list(title.keywords),
        "lang": language,
        "region": region or None,
        "footer": f"{title.author} · stav k{NO_BREAK}{format_date(title.as_of)}",
    }


def _contents(blocks: Sequence[Block]) -> Data | None:
    """Depth of the contents and the anchor that begins their second column, if there are two."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    listed = [heading for heading in headings if heading.level <= 2]
    depth = 2
    if len(listed) > _MOST_CONTENTS:
        listed = [heading for heading in headings if heading.level == 1]
        depth = 1
    if len(listed) < 2:
        return None
    split = None
    if len(listed) > _MOST_CONTENTS_IN_ONE_COLUMN:
        split = listed[_middle([heading.level for heading in listed])].anchor
    return {"depth": depth, "split": split}


def _middle(levels: Sequence[int]) -> int:
    """Where the second column begins: at the chapter nearest the middle, if one is near."""
    middle = (len(levels) + 1) // 2
    chapters = [place for place, level in enumerate(levels) if level == 1 and place > 0]
    nearest = min(chapters, key=lambda place: abs(place - middle), default=middle)
    return nearest if abs(nearest - middle) <= len(levels) // 4 else middle


def _sections(blocks: Sequence[Block], converted: Sequence[Data]) -> list[Data]:
    """Runs of blocks on pages of one orientation; a wide table takes its heading along."""
    wide = [isinstance(block, Table) and _is_wide(block) for block in blocks]
    for place in range(len(blocks) - 1, 0, -1):
        if wide[place] and isinstance(blocks[place - 1], Heading):
            wide[place - 1] = True
    sections: list[Data] = []
    for landscape, block in zip(wide, converted, strict=True):
        if not sections or sections[-1]["landscape"] is not landscape:
            sections.append({"landscape": landscape, "blocks": []})
        sections[-1]["blocks"].append(block)
    return sections


def _block(block: Block, known: Mapping[str, Target], level: int) -> Data:
    match block:
        case Heading():
            return _heading(block, known)
        case Paragraph():
            return {
                "type": "paragraph",
                "role": block.role,
                "long": _is_long(text_of(block.text)),
                "text": _inline(block.text, known),
            }
        case ItemList():
            return _list(block, known)
        case Table():
            return _table(block, known)
        case Figure():
            return _figure(block, known)
        case MeasureCard():
            return _measure(block, known, level + 1)
        case TitleBlock():
            raise ValueError("a title block stands only at the head of a document")


def _heading(block: Heading, known: Mapping[str, Target]) -> Data:
    return {
        "type": "heading",
        "level": block.level,
        "text": _inline(block.text, known),
        "anchor": block.anchor,
        "new_page": False,
    }


def _list(block: ItemList, known: Mapping[str, Target]) -> Data:
    return {
        "type": "list",
        "ordered": block.ordered,
        "items": [
            {
                "text": _inline(item.text, known),
                "children": [_list(child, known) for child in item.children],
            }
            for item in block.items
        ],
    }


def _is_wide(table: Table) -> bool:
    return len(table.columns) > MOST_PORTRAIT_COLUMNS


def _table(block: Table, known: Mapping[str, Target]) -> Data:
    widths = column_widths(block, LANDSCAPE_MM if _is_wide(block) else PORTRAIT_MM)
    return {
        "type": "table",
        "anchor": block.anchor,
        "label": f"Tabulka{NO_BREAK}{known[block.anchor].number}",
        "caption": block.caption,
        "together": len(block.rows) <= _MOST_ROWS_TOGETHER,
        "columns": [
            {
                "title": header_text(column),
                "width": width,
                "number": is_number(column),
                "hyphenate": column.kind == "text",
            }
            for column, width in zip(block.columns, widths, strict=True)
        ],
        "rows": [
            {
                "total": row.kind == "total",
                "cells": [_cell(cell, known) for cell in row.cells],
            }
            for row in block.rows
        ],
        "notes": list(block.notes),
    }


def _cell(cell: Cell, known: Mapping[str, Target]) -> Data:
    if cell.ref is not None and cell.ref not in known:
        raise KeyError(cell.ref)
    status = _status(cell.status)
    sign, space, word = cell.text.partition(NO_BREAK)
    signed = status is not None and len(sign) == 1 and bool(space)
    return {
        "text": word if signed else cell.text,
        "sign": sign if signed else None,
        "status": status,
        "ref": cell.ref,
    }


def _status(code: str | None) -> Data | None:
    """Colours of a status; ``None`` when the period knows no status."""
    if code is None or code not in list(Status):
        return None
    status = Status(code)
    text = palette.ON_STATUS[status]
    # Ink on the fill means that the fill is light: it needs an outline on paper.
    return {"fill": palette.STATUS[status], "text": text, "outlined": text == palette.INK}


def _figure(block: Figure, known: Mapping[str, Target]) -> Data:
    source = None
    if block.table is not None:
        source = _run(Run(text="", ref=block.table), known)
    return {
        "type": "figure",
        "anchor": block.anchor,
        "label": f"Obrázek{NO_BREAK}{known[block.anchor].number}",
        "caption": block.caption,
        "subtitle": block.subtitle,
        "alt": block.alt,
        "svg": block.svg,
        "width": min(block.width_mm, PORTRAIT_MM, _HIGHEST_MM * block.width_mm / block.height_mm),
        "source": source,
    }


def _measure(block: MeasureCard, known: Mapping[str, Target], level: int) -> Data:
    return {
        "type": "measure",
        "anchor": block.anchor,
        "level": level,
        "number": block.number,
        "title": block.title,
        "designation": block.designation,
        "long": _is_long(block.designation, *(text_of(fact.text) for fact in block.facts)),
        "status": _status(block.status),
        "status_label": block.status_label,
        "facts": _facts(block.facts, known),
        "commentary": [_inline(text, known) for text in block.commentary],
        "figures": _facts(block.figures, known),
        "remark": _inline(block.remark, known),
    }


def _is_long(*texts: str) -> bool:
    """Whether the texts together must be allowed to break over pages."""
    return sum(map(len, texts)) > _LONG


def _facts(facts: Iterable[Fact], known: Mapping[str, Target]) -> list[Data]:
    return [{"term": fact.term, "text": _inline(fact.text, known)} for fact in facts]


def _inline(text: Inline, known: Mapping[str, Target]) -> list[Data]:
    return [_run(run, known) for run in text]


def _run(run: Run, known: Mapping[str, Target]) -> Data:
    words = run.text
    if run.ref is not None:
        lead, number = reference_text(run, known)
        words = lead if number is None else f"{lead}{number}"
    outside = run.href is not None and run.href.startswith(_OUTSIDE)
    return {
        "text": words,
        "strong": run.strong,
        "emphasis": run.emphasis,
        "code": run.code,
        "href": run.href if outside else None,
        "ref": run.ref,
    }
