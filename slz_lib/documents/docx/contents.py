"""The table of contents: a field that is filled in advance and that Word can refresh.

Entries are links without page numbers: only a word processor knows on which page a heading falls,
and a wrong number would be worse than none. Refreshing the field in Word adds the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from slz_lib.documents.docx.fields import Links, field
from slz_lib.documents.docx.markup import Element, paragraph, runs, w
from slz_lib.documents.docx.sections import Contents, Passage
from slz_lib.documents.docx.styles import Style, contents_style
from slz_lib.documents.model import Block, Heading, MeasureCard, text_of
from slz_lib.documents.outline import DEPTH, MOST_IN_FRONT, contents_place, is_brief, levels
from slz_lib.documents.references import written_out

#: With fewer entries a reader sees the whole document anyway.
_FEWEST = 3


def _entries(blocks: Iterable[Block], links: Links) -> list[tuple[int, str, str]]:
    """Level, anchor and words of every heading that the contents list."""
    found = []
    for block, level in levels(blocks):
        if level > DEPTH:
            continue
        if isinstance(block, Heading):
            found.append((level, block.anchor, text_of(written_out(block, links.known).text)))
        elif isinstance(block, MeasureCard):
            found.append((level, block.anchor, f"{block.number} {block.title}"))
    return found


def with_contents(blocks: Sequence[Block], links: Links) -> list[Passage]:
    """``blocks`` with the place of the contents: in front, or after the first chapter if long."""
    entries = _entries(blocks, links)
    if len(entries) < _FEWEST:
        return list(blocks)
    # A brief's cards may make its contents long, but there is no long first chapter to put first.
    place = 0 if is_brief(blocks) else contents_place(blocks, len(entries))
    return [*blocks[:place], Contents(), *blocks[place:]]


def contents_elements(blocks: Sequence[Block], links: Links) -> list[Element]:
    """The contents as Word's own building block, so that Word offers to refresh it."""
    lines = [
        (level, links.inside(anchor, runs(text))) for level, anchor, text in _entries(blocks, links)
    ]
    begin, code, separate, end = field(f'TOC \\o "1-{DEPTH}" \\h \\z \\u', ())
    entries = [paragraph(contents_style(level), [line]) for level, line in lines]
    for place, element in enumerate((begin, code, separate), start=1):
        entries[0].insert(place, element)
    entries[-1].append(end)
    for before, after in pairwise(entries):
        if before is entries[0] or after is entries[-1]:
            before[0].insert(1, w("keepNext"))
    gallery = w("docPartGallery", val="Table of Contents")
    block = w("docPartObj", gallery, w("docPartUnique"))
    # Long contents begin a page: LibreOffice would leave their heading behind on the one before.
    long = len(lines) > MOST_IN_FRONT and not is_brief(blocks)
    page = [w("pageBreakBefore")] if long else []
    heading = paragraph(Style.CONTENTS, runs("Obsah"), *page)
    return [w("sdt", w("sdtPr", block), w("sdtContent", heading, *entries))]
