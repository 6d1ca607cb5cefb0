"""The one document model that every writer reads.

A document is a sequence of blocks. Blocks are frozen values that survive a round trip through JSON,
because an executed notebook carries them in its outputs (MIME type :data:`MIME`) from the kernel to
the writers. Texts are finished Czech: formatted numbers, no-break spaces in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from itertools import chain, compress
from operator import is_
from typing import Annotated, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field

from slz_lib.palette import INK, letters_on

#: MIME type under which a notebook output carries its blocks.
MIME = "application/vnd.slz.blocks+json"

Inline = tuple["Run", ...]


class Value(BaseModel):
    """A frozen value of the model; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def parts(self) -> Iterator[Value]:
        """The value itself and every value in it, in their order."""
        yield self
        for held in vars(self).values():  # its fields, without pydantic's own copy of them
            for part in held if isinstance(held, tuple) else (held,):
                for inner in part if isinstance(part, tuple) else (part,):
                    if isinstance(inner, Value):
                        yield from inner.parts()

    def mapped(self, change: Callable[[Value], Value]) -> Self:
        """The value after ``change`` of every value in it and then of itself."""
        held = {name: (old, _mapped(old, change)) for name, old in vars(self).items()}
        update = {name: new for name, (old, new) in held.items() if new is not old}
        return cast("Self", change(self.model_copy(update=update) if update else self))


def _mapped(held: object, change: Callable[[Value], Value]) -> object:
    if isinstance(held, Value):
        return held.mapped(change)
    if isinstance(held, tuple):
        parts = tuple(_mapped(part, change) for part in held)
        return held if all(map(is_, parts, held)) else parts
    return held


class Shown(Value):
    """A value that JupyterLab shows as it will stand in the document."""

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, object]:
        blocks = self._shown()
        # The writer of pages knows how, and reads this module.
        page = import_module("slz_lib.documents.html")
        # What a block leaves at its default need not travel; its type must.
        written = [
            {"type": block.type, **block.model_dump(mode="json", exclude_defaults=True)}
            for block in blocks
        ]
        return {
            MIME: {"blocks": written},
            "text/html": page.fragment(blocks),
            "text/plain": plain_text(blocks),
        }

    def _shown(self) -> tuple[Block, ...]:
        return (self,)  # type: ignore[return-value]  # every subclass but Content is a block


class Run(Value):
    """A stretch of text of one kind.

    Attributes:
        text: what is read; a line end in it is a break of the line.
        strong: set in bold.
        emphasis: set in italics.
        code: set in a fixed-width face.
        href: an outside address (``https:`` or ``mailto:``).
        ref: the anchor of a block in the same document. For a numbered target (table, figure) its
            number follows the text (``tabulce`` → ``tabulce 3``); with an empty text the target's
            whole label stands there (``tabulka 3``, a heading's words, ``opatření I.1``).
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str | None = None
    ref: str | None = None


class Mark(Value):
    """How a status is drawn: by its code, the sign and the word that stand for it, and a colour."""

    code: str
    sign: str
    label: str
    colour: str

    @property
    def letters(self) -> str:
        """The colour of letters on the mark's own."""
        return letters_on(self.colour)

    @property
    def light(self) -> bool:
        """Whether the colour is so light that on paper it needs an outline of ink."""
        return self.letters == INK


class Heading(Shown):
    """A heading; level 1 is a chapter (the document's title is not a heading)."""

    type: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=5)
    text: Inline
    anchor: str


class Paragraph(Shown):
    """A paragraph.

    Attributes:
        role: ``body``; ``lead`` (the sentence that answers the question); ``finding`` (a boxed
            statement that the reader must not miss); ``quiet`` (a side remark).
    """

    type: Literal["paragraph"] = "paragraph"
    text: Inline
    role: Literal["body", "lead", "finding", "quiet"] = "body"


class ListItem(Value):
    """One item of a list, with what follows its first paragraph: lists nested in it, paragraphs."""

    text: Inline
    children: tuple[ItemList | Paragraph, ...] = ()


class ItemList(Shown):
    """A bulleted or numbered list; a numbered one counts from ``start``.

    Numbers are Czech: 1., 2. and in a numbered list of a numbered list a), b).
    """

    type: Literal["list"] = "list"
    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = Field(default=1, ge=0)


class Column(Value):
    """A column of a table.

    Attributes:
        title: header text.
        kind: what its cells hold; numbers are right-aligned with tabular figures.
        weight: relative width.
    """

    title: str
    kind: Literal["text", "integer", "decimal", "percent", "date", "status"] = "text"
    weight: float = 1.0


class Cell(Value):
    """A cell of a table.

    Attributes:
        text: what is read; ``—`` where nothing is known, never empty.
        value: the plain value for a spreadsheet (a fraction for a percent); ``None`` = the text.
        unit: what ``value`` counts, which a spreadsheet has in a column of its own.
        status: the status shown, for its colour.
        ref: anchor of the block that the cell leads to.
    """

    text: str
    value: float | int | date | None = None
    unit: str = ""
    status: Mark | None = None
    ref: str | None = None


class Row(Value):
    """A row of a table; ``total`` rows stand at the end and are set in bold."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total"] = "body"


class Table(Shown):
    """A table with a caption; its first header row is ``columns``.

    Attributes:
        caption: what the table shows, without its number.
        row_header: whether the first column names the row.
        notes: sentences under the table; the meaning of ``—`` belongs here.
        sheet: what its sheet in a workbook is called, as far as Excel takes it; else its caption.
        filterable: whether a page offers to filter it.
        workbook_only: whether it stands in a workbook alone, too wide to be read anywhere else.
        counted: what its rows are, as they are counted: forms after 1, after 2 to 4, after 5.
        explains: whether it explains words of the document; rows whose word stands nowhere else
            in it are left out.
    """

    type: Literal["table"] = "table"
    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_header: bool = True
    notes: tuple[str, ...] = ()
    sheet: str = ""
    filterable: bool = False
    workbook_only: bool = False
    counted: tuple[str, str, str] = ("řádek", "řádky", "řádků")
    explains: bool = False


class Figure(Shown):
    """A chart.

    Attributes:
        caption: the finding, without the figure's number.
        subtitle: unit and source.
        alt: what a person would say about it.
        svg: the picture as SVG text.
        narrow: the same drawn for a screen too narrow for it, if it was.
        width_mm: width in print; ``height_mm`` follows the picture's proportion.
        table: anchor of the table with its data, if the document has it.
    """

    type: Literal["figure"] = "figure"
    anchor: str
    caption: str
    subtitle: str = ""
    alt: str
    svg: str
    narrow: str = ""
    width_mm: float
    height_mm: float
    table: str | None = None


class Fact(Value):
    """A term and what is said of it (an item of a description list)."""

    term: str
    text: Inline


class MeasureCard(Shown):
    """One measure as the published form has it.

    Attributes:
        anchor: permanent, ``m-I-1`` for the measure ``I.1``.
        number: ``I.1``.
        title: short nominative title.
        designation: the official designation as adopted.
        status: ``None`` when the period has no status for it.
        status_label: sign and word.
        facts: indicator, deadline, lead, co-operation.
        commentary: condensed commentary; empty when none was supplied.
        figures: figures that the commentary gives.
        remark: one quiet line when the derived status differs.
        trace: anchor of the table that says more of the remark, if the document has it.
    """

    type: Literal["measure"] = "measure"
    anchor: str
    number: str
    title: str
    designation: str
    status: Mark | None
    status_label: str
    facts: tuple[Fact, ...]
    commentary: tuple[Inline, ...] = ()
    figures: tuple[Fact, ...] = ()
    remark: Inline = ()
    trace: str | None = None


class TitleBlock(Shown):
    """The title block: always the first block, and the source of the document's metadata.

    Attributes:
        title: the document's title.
        subtitle: period, edition.
        subject: one sentence for the file's properties.
        author: the publishing body.
        as_of: the day to which the document is true; every writer's only clock.
        draft: whether to mark every page as a draft.
        facts: what stands under the title (period, as of, mandate).
        keywords: for the file's properties.
        language: BCP 47 tag.
        paper: the sheet that it is printed on.
        scale: the steps of the scale that the document speaks of, best first.
    """

    type: Literal["title"] = "title"
    title: str
    subtitle: str = ""
    subject: str
    author: str
    as_of: date
    draft: bool = False
    facts: tuple[Fact, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = "cs-CZ"
    paper: Literal["a4", "a5"] = "a4"
    scale: tuple[Mark, ...] = ()


Block = Annotated[
    TitleBlock | Heading | Paragraph | ItemList | Table | Figure | MeasureCard,
    Field(discriminator="type"),
]


class Content(Shown):
    """Bloky dokumentu, které ukazuje jedna buňka notebooku.

    JupyterLab shows the HTML; the writers read the blocks.
    """

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, *parts: Block | Content) -> Self:
        """Blocks and contents joined in order."""
        held = (part.blocks if isinstance(part, Content) else (part,) for part in parts)
        return cls(blocks=tuple(chain.from_iterable(held)))

    def _shown(self) -> tuple[Block, ...]:
        return self.blocks


class Document(Value):
    """A whole document.

    Attributes:
        title: its title block.
        blocks: everything after the title block.
        origins: for each block, the notebook cell it came from, as messages name it.
    """

    title: TitleBlock
    blocks: tuple[Block, ...]
    origins: tuple[str, ...]

    @property
    def scale(self) -> tuple[Mark, ...]:
        """The steps of its scale; where the title does not say, the statuses that it shows."""
        return self.title.scale or marks(self.blocks)

    def to_read(self) -> Self:
        """The document without the tables that stand in a workbook alone."""
        kept = [not in_workbook_alone(block) for block in self.blocks]
        if all(kept):
            return self
        held = {"blocks": self.blocks, "origins": self.origins}
        update = {name: tuple(compress(parts, kept)) for name, parts in held.items()}
        return self.model_copy(update=update)


def in_workbook_alone(block: Block) -> bool:
    """Whether only readers of a workbook have it, so that nothing may refer to it."""
    return isinstance(block, Table) and block.workbook_only


def marks(blocks: Iterable[Value]) -> tuple[Mark, ...]:
    """Every status that ``blocks`` show, each once."""
    found = (part for block in blocks for part in block.parts() if isinstance(part, Mark))
    return tuple({mark.code: mark for mark in found}.values())


def text_of(inline: Inline) -> str:
    """The words of ``inline`` without their form."""
    return "".join(run.text for run in inline)


def words_of(blocks: Iterable[Value]) -> str:
    """Everything that is read in ``blocks``, with plain spaces, a text a line."""
    texts = (
        text
        for block in blocks
        for part in block.parts()
        if not getattr(part, "code", False)
        for name, held in vars(part).items()
        if name in _READ
        for text in (held if isinstance(held, tuple) else (held,))
        if isinstance(text, str)
    )
    return "\n".join(texts).replace("\u00a0", " ")


#: Fields whose texts are read as they are.
_READ = frozenset(
    ("text", "term", "title", "subtitle", "caption", "notes", "alt", "designation", "status_label")
)


def plain_text(blocks: tuple[Block, ...]) -> str:
    """A line a block, for displays that know text only."""
    lines = []
    for block in blocks:
        match block:
            case TitleBlock():
                lines.append(block.title)
            case Heading() | Paragraph():
                lines.append(text_of(block.text))
            case ItemList():
                lines.extend(f"• {text_of(item.text)}" for item in block.items)
            case Table() | Figure():
                lines.append(f"[{block.caption}]")
            case MeasureCard():
                lines.append(f"{block.number} {block.title}: {block.status_label}")
    return "\n".join(lines)


ListItem.model_rebuild()
