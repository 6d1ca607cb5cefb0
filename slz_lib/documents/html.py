"""A document as one self-contained page, and blocks as a fragment for JupyterLab.

The page loads nothing from elsewhere; its security policy lets only its own scripts run. Templates
escape every text; drawings pass through :mod:`slz_lib.documents.drawing`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from slz_lib import palette
from slz_lib.documents.columns import header_text
from slz_lib.documents.drawing import inline_svg
from slz_lib.documents.gate import oversized
from slz_lib.documents.model import (
    Block,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    marks,
    text_of,
)
from slz_lib.documents.outline import DEPTH, levels
from slz_lib.documents.wording import (
    DESIGNATION_TERM,
    NO_COMMENTARY,
    Target,
    standing,
    targets,
    title_facts,
    written_out,
)
from slz_lib.language import NO_BREAK_SPACE, count

#: Scripts of the page, in order; each stands inline.
SCRIPTS = ("navigation.js", "filter.js")
#: So many columns stand beside one another on a phone, if they have no text longer than this.
_ABREAST, _SHORT_TEXT = 3, 30
#: Of a longer table its author is told how many pages it takes.
_LONG, _ROWS_OF_PAGE = 300, 40


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place on the page.

    Attributes:
        block: the block.
        level: level of its HTML heading, if it has one; the document's title is level 1.
        number: number of a table or figure; ``None`` where the whole document is not known.
        drawing: of a figure, as an element of the page.
    """

    block: Block
    level: int
    number: int | None
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the contents, with the headings below it."""

    words: str
    anchor: str
    children: tuple[Entry, ...]


def render(document: Document, *, whole: bool = True) -> str:
    """``document`` as the text of one HTML file; same document, same text.

    Args:
        document: what to write.
        whole: whether all of it is there; where it is not, references may lead nowhere yet.

    Raises:
        DocumentError: a cross-reference leads nowhere, or a drawing is not well-formed SVG.
    """
    environment = _environment()
    known = targets(document.to_read().blocks)
    document = written_out(document.to_read(), known, whole=whole)
    scale = document.scale
    signs = "".join(mark.sign for mark in scale)
    scripts = [
        Markup(f"{environment.get_template(name).render(signs=signs)}\n") for name in SCRIPTS
    ]
    return environment.get_template("report.html.j2").render(
        title=document.title,
        placed=tuple(_placed(document.blocks, known, {})),
        contents=contents(document.blocks),
        known=known,
        scale=scale,
        scripts=scripts,
        script_hashes=[_policy_hash(script) for script in scripts],
        facts_of_title=title_facts(document.title),
        standing=standing(document.title),
    )


def fragment(blocks: Iterable[Block]) -> str:
    """``blocks`` as HTML for the output of a notebook cell, with a style of its own.

    A cell does not know the rest of the document, so tables and figures go without numbers. Under
    a table that paper does not bear its author reads so; the document does not have the sentence.
    """
    shown = tuple(part for block in blocks for part in (block, *_advice(block)))
    known = {anchor: replace(target, number=None) for anchor, target in targets(shown).items()}
    said = tuple(written_out(block, known, whole=False) for block in shown)
    template = _environment().get_template("fragment.html.j2")
    return template.render(
        placed=tuple(_placed(said, known, None)), known=known, scale=marks(shown)
    )


def _advice(block: Block) -> Iterator[Paragraph]:
    """What the author of an own table may not see where there are no pages."""
    if not isinstance(block, Table) or block.workbook_only:
        return
    said = oversized(block)
    if said is None and len(block.rows) > _LONG:
        rows, pages = count(len(block.rows), *block.counted), len(block.rows) // _ROWS_OF_PAGE
        said = (
            f"tabulka má {rows}, na papíře asi {count(pages, 'stranu', 'strany', 'stran')}; "
            "patří-li jen do sešitu, zadejte workbook_only=True."
        )
    if said is not None:
        yield Paragraph(text=(Run(text=f"Pro autora: {said}"),), role="quiet")


def contents(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """The headings of ``blocks`` that the contents show, as a tree."""
    headings = [b for b in blocks if isinstance(b, Heading) and b.level <= DEPTH]
    return tuple(_entries(headings, 1))


def _entries(headings: list[Heading], level: int) -> Iterator[Entry]:
    places = [n for n, heading in enumerate(headings) if heading.level <= level]
    for start, end in pairwise((*places, len(headings))):
        children = _entries(headings[start + 1 : end], level + 1)
        yield Entry(text_of(headings[start].text), headings[start].anchor, tuple(children))


def _placed(
    blocks: Iterable[Block], known: Mapping[str, Target], letters: dict[str, str] | None
) -> Iterator[Placed]:
    for block, level in levels(blocks):
        target = known.get(getattr(block, "anchor", ""))
        drawing = Markup(inline_svg(block, letters) if isinstance(block, Figure) else "")
        yield Placed(block, level + 1, target.number if target else None, drawing)


def _stacks(table: Table) -> bool:
    """Whether rows of ``table`` become labels and values where a screen is narrow."""
    return len(table.columns) > _ABREAST or (
        len(table.columns) == _ABREAST
        and any(
            len(cell.text) > _SHORT_TEXT
            for row in table.rows
            for cell, column in zip(row.cells, table.columns, strict=True)
            if column.kind == "text"
        )
    )


def _sign_and_word(label: str) -> tuple[str, str]:
    """A status label parted into its sign, which a voice need not read, and its word."""
    sign, found, word = label.partition(NO_BREAK_SPACE)
    return (sign, word) if found and not sign.isalnum() else ("", label)


def _policy_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("slz_lib.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        palette=palette,
        text_of=text_of,
        DESIGNATION_TERM=DESIGNATION_TERM,
        NO_COMMENTARY=NO_COMMENTARY,
    )
    environment.tests["stacked"] = _stacks
    environment.filters.update(
        header_text=header_text,
        sign_and_word=_sign_and_word,
        lines=lambda text: Markup("<br>").join(text.split("\n")),
    )
    return environment
