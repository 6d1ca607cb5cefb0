"""The analyst's Markdown as blocks of the document model.

CommonMark without tables, pictures and raw HTML (HTML is shown as text). On top of it:

- ``## Nadpis {#kotva}`` gives a heading its anchor; without it the anchor is a slug of the words;
- ``{.lead}`` or ``{.quiet}`` at the start of a paragraph gives its role, a quotation is a finding;
- ``[tabulce](#tab-stavy)`` refers to a block, ``[](#tab-stavy)`` lets its label stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, cast
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from slz_lib.documents.model import (
    Block,
    Heading,
    Inline,
    ItemList,
    ListItem,
    Paragraph,
    Run,
    text_of,
)
from slz_lib.errors import DocumentError
from slz_lib.language import no_breaks, plain

#: Where a link of the text may lead: outside, to a mailbox, to a block of the same document.
ALLOWED_LINKS = ("https://", "mailto:", "#")
DEEPEST_HEADING = 5

_HEADING_ANCHOR = re.compile(r"\s*\{#([A-Za-z][A-Za-z0-9_-]*)\}\s*$")
_ROLE = re.compile(r"^\{\.(lead|quiet)\}\s*")
#: Stands for a run that spacing must not look into; no space, no letter, no digit.
_OPAQUE = "\ufffc"

Role = Literal["body", "lead", "finding", "quiet"]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks that the Markdown ``text`` says, in order.

    Raises:
        DocumentError: the text holds a picture or a heading deeper than the fifth level; lists
            every such place.
    """
    reading = _Reading()
    found = tuple(reading.blocks(SyntaxTreeNode(_parser().parse(text)).children, "body"))
    if reading.faults:
        raise DocumentError(" ".join(reading.faults))
    return found


def slug(text: str) -> str:
    """An ASCII anchor made of the Czech ``text``: ``Kde to vázne?`` → ``kde-to-vazne``."""
    words = re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
    return words if words[:1].isalpha() else f"oddil-{words}".rstrip("-")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable("code")  # an indented paragraph of prose is never meant as program text
    parser.validateLink = lambda url: url.startswith(ALLOWED_LINKS)  # type: ignore[method-assign]
    return parser


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass over a syntax tree; gathers what the model has no place for."""

    faults: list[str] = field(default_factory=list)

    def blocks(self, nodes: Sequence[SyntaxTreeNode], role: Role) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield from self._heading(node)
                case "paragraph":
                    yield _paragraph(self._inline(node), role)
                case "bullet_list" | "ordered_list":
                    yield self._list(node)
                case "blockquote":
                    yield from self.blocks(node.children, "finding")
                case "fence":
                    yield Paragraph(text=(Run(text=node.content.rstrip("\n"), code=True),))
                case _:  # a thematic break only divides what stands around it
                    continue

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Heading]:
        text, level = self._inline(node), int(node.tag[1:])
        if level > DEEPEST_HEADING:
            self.faults.append(
                f"Nadpis „{text_of(text)}“ má {level}. úroveň; dokument jich zná "
                f"{DEEPEST_HEADING}, uberte znak #."
            )
            return
        named = _HEADING_ANCHOR.search(text[-1].text) if text else None
        if named:
            last = text[-1].model_copy(update={"text": text[-1].text[: named.start()]})
            text = (*text[:-1], last) if last.text else text[:-1]
        anchor = named[1] if named else slug(text_of(text))
        yield Heading(level=level, text=text, anchor=anchor)

    def _list(self, node: SyntaxTreeNode) -> ItemList:
        return ItemList(
            ordered=node.type == "ordered_list",
            items=tuple(self._item(item) for item in node.children),
        )

    def _item(self, node: SyntaxTreeNode) -> ListItem:
        text: list[Run] = []
        children: list[ItemList] = []
        for part in node.children:
            if part.type in ("bullet_list", "ordered_list"):
                children.append(self._list(part))
                continue
            for block in self.blocks([part], "body"):
                if isinstance(block, Heading | Paragraph):
                    text.extend((Run(text=" "), *block.text) if text else block.text)
        return ListItem(text=tuple(text), children=tuple(children))

    def _inline(self, node: SyntaxTreeNode) -> Inline:
        runs = [run for child in node.children for run in self._runs(child, Run(text=""))]
        return typeset(_merged(runs))

    def _runs(self, node: SyntaxTreeNode, form: Run) -> Iterator[Run]:
        """The runs of ``node`` in the ``form`` of the nodes around it."""
        match node.type:
            case "text" | "text_special":
                yield form.model_copy(update={"text": node.content})
            case "softbreak" | "hardbreak":
                yield form.model_copy(update={"text": " "})
            case "code_inline":
                yield form.model_copy(update={"text": node.content, "code": True})
            case "link":
                target = str(node.attrs["href"])
                inside = {"ref": unquote(target[1:])} if target[:1] == "#" else {"href": target}
                linked = form.model_copy(update=inside)
                if not node.children:
                    yield linked
                yield from self._inner(node, linked)
            case "strong":
                yield from self._inner(node, form.model_copy(update={"strong": True}))
            case "em":
                yield from self._inner(node, form.model_copy(update={"emphasis": True}))
            case "image":
                self.faults.append(
                    f"Text vkládá obrázek „{node.content}“; obrázky patří do buňky "
                    "s voláním figure(...) ze slz_lib.presentation."
                )
            case _:
                yield from self._inner(node, form)

    def _inner(self, node: SyntaxTreeNode, form: Run) -> Iterator[Run]:
        for child in node.children:
            yield from self._runs(child, form)


def _paragraph(text: Inline, role: Role) -> Paragraph:
    marker = _ROLE.match(text[0].text) if text and not text[0].code else None
    if marker:
        first = text[0].model_copy(update={"text": text[0].text[marker.end() :]})
        text = (first, *text[1:]) if first.text else text[1:]
        role = cast("Role", marker[1])
    return Paragraph(text=text, role=role)


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """``runs`` with neighbours of the same form joined, spaces folded, empty ones dropped."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].model_copy(update={"text": run.text}) == run and not run.code:
            joined.append(run.model_copy(update={"text": joined.pop().text + run.text}))
        else:
            joined.append(run)
    folded = (
        run if run.code else run.model_copy(update={"text": re.sub(r"[ \t\n]+", " ", run.text)})
        for run in joined
    )
    return tuple(run for run in folded if run.text or run.ref or run.href)


def typeset(runs: Sequence[Run]) -> Inline:
    """``runs`` with no-break spaces also where one run ends and the next begins; code is left.

    Expects single spaces: then ``no_breaks`` swaps one sign for one sign and places agree.
    """
    opaque = [run.code or not run.text for run in runs]
    shown = [_OPAQUE if hidden else run.text for run, hidden in zip(runs, opaque, strict=True)]
    spaced = no_breaks("".join(shown))
    result: list[Run] = []
    start = 0
    for run, hidden, text in zip(runs, opaque, shown, strict=True):
        words = spaced[start : start + len(text)]
        start += len(text)
        result.append(run if hidden else run.model_copy(update={"text": words}))
    return tuple(result)
