"""The analyst's Markdown as blocks of the document model.

What JupyterLab shows of a Markdown cell, every format shows alike, or it is refused by its line:
pictures, tables, HTML, formulas and footnotes have no place here. Comments are left out, as
JupyterLab does. On top of it:

- ``## Nadpis {#kotva}`` gives a heading its anchor; without it the anchor is a slug of the words;
- ``{.lead}`` or ``{.quiet}`` at the start of a paragraph gives its role, a quotation is a finding;
- ``[tabulce](#tab-stavy)`` refers to a block, ``[](#tab-stavy)`` lets its label stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Literal, cast
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from slz_lib.documents.markdown_faults import Slip, fault, in_text, of_html, of_table, uncommented
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
#: The highest number that Word counts a list from.
HIGHEST_START = 32_767

_HEADING_ANCHOR = re.compile(r"\s*\{#([A-Za-z][A-Za-z0-9_-]*)\}\s*$")
_ROLE = re.compile(r"^\{\.(lead|quiet)\}\s*")
#: What looks like an anchor or a role and is none; JupyterLab shows the braces.
_NO_ANCHOR = re.compile(r"\{[#.:][^{}]*\}\s*$")
_NO_ROLE = re.compile(r"^\{\.(?!lead\}|quiet\})[^{}]*\}")
#: Stands for a run that spacing must not look into; no space, no letter, no digit.
_OPAQUE = "\ufffc"
#: An address that stands in the text by itself, which JupyterLab makes a link.
_ADDRESS = re.compile(
    r"(?<![\w/.])(?:(?:https?|ftp)://|www\.)(?=\w)[^\s<]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]*\w)+"
)
_AFTER_ADDRESS = "?!.,:;*_~'\"“”‘"
_TASK = re.compile(r"\[[ xX]\]\s")

Role = Literal["body", "lead", "finding", "quiet"]


def blocks(text: str, source: str | None = None) -> tuple[Block, ...]:
    """The blocks that the Markdown ``text`` says, in order.

    Args:
        text: the Markdown.
        source: what the analyst edits, where that is another text.

    Raises:
        DocumentError: the text holds what the model has no place for; lists every such place.
    """
    found, slips = read(text, source)
    if slips:
        raise DocumentError("\n".join(map(str, slips)))
    return found


def read(text: str, source: str | None = None) -> tuple[tuple[Block, ...], tuple[Slip, ...]]:
    """The blocks of ``text``, and what of it the model has no place for; see :func:`blocks`."""
    reading = _Reading()
    found = tuple(reading.blocks(SyntaxTreeNode(_parser().parse(text)).children, "body"))
    slips = sorted(dict.fromkeys(reading.found), key=itemgetter(0))
    if source is None:
        return found, tuple(Slip(line, problem) for line, problem in slips)
    made, edited = text.split("\n"), [line.strip() for line in source.split("\n")]
    # A line of a template is known by its words, unless these are computed or stand there twice.
    known = {words: at for at, words in enumerate(edited, 1) if edited.count(words) == 1}
    return found, tuple(Slip(known.get(made[line - 1].strip()), said) for line, said in slips)


def slug(text: str) -> str:
    """An ASCII anchor made of the Czech ``text``: ``Kde to vázne?`` → ``kde-to-vazne``."""
    words = re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
    return words if words[:1].isalpha() else f"oddil-{words}".rstrip("-")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    parser.disable("text_join")  # what was escaped is told from what was not
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


@dataclass(slots=True)
class _Reading:
    """One pass over a syntax tree; gathers what the model has no place for, with its line."""

    found: list[tuple[int, str]] = field(default_factory=list)
    line: int = 1

    def _fault(self, kind: str, *told: object) -> None:
        self._told(fault(kind, *told))

    def _told(self, problem: str) -> None:
        self.found.append((self.line, problem))

    def blocks(
        self, nodes: Sequence[SyntaxTreeNode], role: Role, inside: str = ""
    ) -> Iterator[Block]:
        """The blocks of ``nodes``; ``inside`` says in what they stand if not in the text itself."""
        for node in nodes:
            self.line = node.map[0] + 1 if node.map else self.line
            match node.type:
                case "paragraph":
                    text = self._inline(node)
                    if text and not text[0].code and (odd := _NO_ROLE.match(text[0].text)):
                        self._fault("role", odd[0])
                    if text:  # else a picture or a comment stood there
                        yield _paragraph(text, role)
                case "fence" if not node.info.strip().startswith("mermaid"):
                    code = Run(text=node.content.rstrip("\n"), code=True)
                    yield Paragraph(text=(code,), role=role)
                case "heading" if not inside:
                    yield from self._heading(node)
                case "bullet_list" | "ordered_list" if inside != "citátu":
                    yield self._list(node)
                case "blockquote" if not inside:
                    yield from self.blocks(node.children, "finding", "citátu")
                case _:
                    self._refused(node, inside)

    def _refused(self, node: SyntaxTreeNode, inside: str) -> None:
        match node.type:
            case "html_block":
                if left := uncommented(node.content):
                    self._told(of_html(left))
            case "table":
                header = (n.content for n in node.children[0].walk() if n.type == "inline")
                self._told(of_table([*header]))
            case "code_block":
                self._fault("listing", node.content)
            case "hr":
                self._fault("rule")
            case "fence":
                self._fault("mermaid")
            case kind:
                what = {"heading": "nadpis", "blockquote": "citát"}.get(kind, "seznam")
                self._fault("inside", what, inside)

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Heading]:
        text, level = self._inline(node), int(node.tag[1:])
        words = text_of(text)
        if level > DEEPEST_HEADING:
            self._fault("deep", words, level, DEEPEST_HEADING)
            return
        if "\n" in words:
            self._fault("broken", words)
            return
        named = _HEADING_ANCHOR.search(text[-1].text) if text else None
        if named:
            last = text[-1].model_copy(update={"text": text[-1].text[: named.start()]})
            text = (*text[:-1], last) if last.text else text[:-1]
        elif text and not text[-1].code and (odd := _NO_ANCHOR.search(text[-1].text)):
            self._fault("anchor", odd[0])
        anchor = named[1] if named else slug(text_of(text))
        yield Heading(level=level, text=text, anchor=anchor)

    def _list(self, node: SyntaxTreeNode) -> ItemList:
        start = int(node.attrs.get("start", 1))
        if start > HIGHEST_START:
            self._fault("start", start)
            start = 1
        items = tuple(self._item(item) for item in node.children)
        return ItemList(ordered=node.type == "ordered_list", items=items, start=start)

    def _item(self, item: SyntaxTreeNode) -> ListItem:
        text: Inline = ()
        children: list[ItemList | Paragraph] = []
        first = item.children[0] if item.children else None
        if first is not None and first.type == "paragraph":
            self.line = first.map[0] + 1 if first.map else self.line
            if _TASK.match(first.children[0].content):
                self._fault("task", first.children[0].content)
        for block in self.blocks(item.children, "body", "seznamu"):
            if isinstance(block, Paragraph) and not text and not children:
                text = block.text
            elif isinstance(block, ItemList | Paragraph):
                children.append(block)
        return ListItem(text=text, children=tuple(children))

    def _inline(self, node: SyntaxTreeNode) -> Inline:
        for lines, problem in in_text("".join(child.content for child in node.children)):
            self.found.append((self.line + lines, problem))
        runs = [run for child in node.children for run in self._runs(child, Run(text=""))]
        return typeset(_merged(runs))

    def _runs(self, node: SyntaxTreeNode, form: Run) -> Iterator[Run]:
        """The runs of ``node`` in the ``form`` of the nodes around it."""
        match node.type:
            case "text":
                yield from self._text(node.content, form)
            case "text_special":
                yield form.model_copy(update={"text": node.content.replace("\n", " ")})
            case "softbreak" | "hardbreak":
                self.line += 1
                yield form.model_copy(update={"text": " " if node.type == "softbreak" else "\n"})
            case "code_inline":
                yield form.model_copy(update={"text": node.content, "code": True})
            case "link":
                yield from self._link(node, form)
            case "strong":
                yield from self._inner(node, form.model_copy(update={"strong": True}))
            case "em":
                yield from self._inner(node, form.model_copy(update={"emphasis": True}))
            case "image":
                self._fault("picture", node.content or node.attrs["src"])
            case "html_inline":
                yield from self._tag(node.content, form)
            case _:
                yield from self._inner(node, form)

    def _inner(self, node: SyntaxTreeNode, form: Run) -> Iterator[Run]:
        for child in node.children:
            yield from self._runs(child, form)

    def _text(self, text: str, form: Run) -> Iterator[Run]:
        """``text`` with the addresses that stand in it as links, unless it is one itself."""
        done = 0
        for found in _ADDRESS.finditer(text) if not (form.href or form.ref) else ():
            words = found[0].rstrip(_AFTER_ADDRESS)
            if "(" not in words:
                words = words.rstrip(f"){_AFTER_ADDRESS}")
            mailbox = "@" in words and "/" not in words
            scheme = "mailto:" if mailbox else "https://" if words.startswith("www.") else ""
            yield form.model_copy(update={"text": text[done : found.start()]})
            href = _parser().normalizeLink(f"{scheme}{words}")
            allowed = href.startswith(ALLOWED_LINKS)
            if not allowed:
                self._fault("address", words, href)
            yield form.model_copy(update={"text": words, "href": href if allowed else None})
            done = found.start() + len(words)
        yield form.model_copy(update={"text": text[done:]})

    def _tag(self, tag: str, form: Run) -> Iterator[Run]:
        if re.fullmatch(r"<br\s*/?>", tag, re.IGNORECASE):
            yield form.model_copy(update={"text": "\n"})
        elif not tag.startswith(("<!--", "</")):
            self._told(of_html(tag))
        self.line += tag.count("\n")

    def _link(self, node: SyntaxTreeNode, form: Run) -> Iterator[Run]:
        target = str(node.attrs["href"])
        words = "".join(child.content for child in node.walk() if not child.children)
        inside = {"ref": unquote(target[1:])} if target[:1] == "#" else {"href": target}
        if not target.startswith(ALLOWED_LINKS):
            inside = {}
            if words[:1] != "^":  # a footnote, which was told
                self._fault("address", words, target)
        elif "title" in node.attrs:
            self._fault("title", node.attrs["title"])
        elif not words and target[:1] != "#":
            self._fault("wordless", target)
        linked = form.model_copy(update=inside)
        if not node.children:
            yield linked
        yield from self._inner(node, linked)


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
    folded = (run if run.code else run.model_copy(update={"text": _folded(run)}) for run in joined)
    return tuple(run for run in folded if run.text or run.ref or run.href)


def _folded(run: Run) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", run.text))


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
