"""A draft in Word as reviewers return it: its paragraphs, their comments and tracked changes.

Kept libraries for comments and revisions leave out what is not numbered as it should be, and look
every paragraph up in a list; here each mark of the file is met once, in its order, and counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.collection.apart import read_apart
from slz_lib.collection.word import (
    MOST_LINES,
    MOST_SIGNS,
    SIGNS,
    W,
    document_bytes,
    text_of,
    word_document,
)
from slz_lib.errors import DataError
from slz_lib.untrusted import shown

#: Marks of reviewers that one file may have.
MOST_MARKS = 50_000
#: Signs of the text before an insertion that say where it stands.
_BEFORE = 60
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_THREADS = "{http://schemas.microsoft.com/office/word/2012/wordml}"
#: Tag of a tracked change → whether it adds text.
CHANGES = {"ins": True, "moveTo": True, "del": False, "moveFrom": False}
#: Stands for what has no text: a paragraph as such, or a row.
MARK = "¶"
#: Stands for what a change adds or takes away and has no text, and the tags of such.
THING = "\ufffc"
_THINGS = frozenset({"drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference"})
_PARTS = ("footnotes", "endnotes", "header", "footer")


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Návrh ve Wordu, jak se vrátil od připomínkujícího.

    Attributes:
        name: of the file.
        paragraphs: ``bookmarks`` that begin in it (a list), ``original`` (changes rejected) and
            ``final`` text (changes accepted); a row a paragraph in its order.
        comments: ``author``, ``text``, ``paragraph`` (row of ``paragraphs``, -1 without
            an anchor), ``quoted``, ``parent`` (row of the comment that it replies to, else -1),
            ``resolved``; a row a comment of the file.
        changes: ``kind`` (``ins``, ``del``, ``moveFrom``, ``moveTo``), ``author``,
            ``paragraph``, ``text``, ``before``, ``stretch`` (changes of one author without a word
            between them), ``move`` (name of the move); a row a mark of the file.
        restyled: how many tracked changes are of the look alone.
    """

    name: str
    paragraphs: pd.DataFrame
    comments: pd.DataFrame
    changes: pd.DataFrame
    restyled: int

    @property
    def marks(self) -> int:
        """Comments and changes of the file, which all have to be told."""
        return len(self.comments) + len(self.changes)


def read_draft(path: Path) -> Draft:
    """What a reviewer has left in a draft.

    Args:
        path: a file of Word (``.docx``).

    Raises:
        DataError: it is no such file, or not one that an office program would have made.
    """
    found = read_apart(plain_draft, document_bytes(path), path.name)
    frames = {
        name: pd.DataFrame(found[name], columns=list(kind.__dataclass_fields__))
        for name, kind in (("paragraphs", _Paragraph), ("comments", _Comment), ("changes", _Change))
    }
    return Draft(path.name, **frames, restyled=found["restyled"])


@dataclass(slots=True)
class _Paragraph:
    bookmarks: list[str] = field(default_factory=list)
    original: str = ""
    final: str = ""


@dataclass(slots=True)
class _Comment:
    author: str
    text: str
    paragraph: int = -1
    quoted: str = ""
    parent: int = -1
    resolved: bool = False


@dataclass(slots=True)
class _Change:
    kind: str
    author: str
    paragraph: int
    text: str
    before: str
    stretch: int
    move: str


def plain_draft(content: bytes, name: str) -> dict[str, Any]:
    """What :func:`read_draft` asks a process apart for, as JSON holds it.

    Raises:
        DataError: it is no document, or longer than any draft.
    """
    from docx.opc.oxml import parse_xml

    document = word_document(content, name)
    reading = _Reading(name)
    reading.read(document.element.body)
    beside: dict[str, list[Any]] = {"comments": [], "commentsExtended": []}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in (*_PARTS, *beside):
            continue
        root = parse_xml(relation.target_part.blob)
        if kind in beside:
            beside[kind].append(root)
        else:
            reading.read(root)
    comments = [*reading.comments(*beside.values())]
    reading.require(len(comments) + len(reading.changes), MOST_MARKS, "značek revizí")
    return {
        "paragraphs": [asdict(each) for each in reading.paragraphs],
        "comments": [asdict(each) for each in comments],
        "changes": [asdict(each) for each in reading.changes],
        "restyled": reading.restyled,
    }


class _Reading:
    """One file while it is read, element by element."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraphs: list[_Paragraph] = []
        self.changes: list[_Change] = []
        self.signs = self.restyled = 0
        #: Paragraphs and changes that are open, the innermost last.
        self.around: list[int] = []
        self.open: list[_Change] = []
        #: Bookmarks that begin before the next paragraph.
        self.coming: list[str] = []
        #: Where ranges of comments begin and end: paragraph and length of its two texts.
        self.starts: dict[str, tuple[int, int, int]] = {}
        self.ends: dict[str, tuple[int, int, int]] = {}
        #: Names of moves that are open, by side and id of their ranges.
        self.moves: dict[tuple[str, str], str] = {}
        #: Signs but spaces that stayed, by paragraph; the last stretch of an author in it, how many
        #: had stayed before its end, and how long the text was there.
        self.kept: defaultdict[int, int] = defaultdict(int)
        self.last: dict[tuple[int, str], tuple[int, int, int]] = {}

    def require(self, number: int, most: int, noun: str) -> None:
        """Stop at a file that has more than any draft.

        Raises:
            DataError: it has.
        """
        if number > most:
            raise DataError(
                f"Soubor „{shown(self.name)}“ má na návrh příliš mnoho {noun}; rozdělte jej."
            )

    def read(self, root: Any) -> None:
        """Meet every element of a story in its order."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag.endswith("}Fallback"):  # it repeats what stands before it
                walk.skip_subtree()
            elif tag.startswith(W):
                local = tag[len(W) :]
                self._begin(local, element) if event == "start" else self._end(local)
            elif event == "start" and tag.endswith("}oMath"):
                self._changed(THING)
        self.require(len(self.paragraphs), MOST_LINES, "odstavců")
        self.require(self.signs, MOST_SIGNS, "znaků")

    def _begin(self, tag: str, element: Any) -> None:
        if tag == "p":
            self.around.append(len(self.paragraphs))
            self.paragraphs.append(_Paragraph(self.coming))
            self.coming = []
        elif tag == "bookmarkStart":
            here = self.paragraphs[self.around[-1]].bookmarks if self.around else self.coming
            here.append(element.get(f"{W}name", ""))
        elif tag in CHANGES:
            self._change(tag, element)
        elif tag in _THINGS:
            self._changed(THING)
        elif tag.endswith("Change"):
            self.restyled += 1
        elif "Range" in tag or tag == "commentReference":
            self._range(tag, element.get(f"{W}id", ""), element.get(f"{W}name", ""))
        elif tag in {"t", "delText"}:
            self._text(element.text or "")
        elif (sign := SIGNS.get(f"{W}{tag}")) and element.getparent().tag != f"{W}tabs":
            self._text(sign)

    def _range(self, tag: str, ident: str, name: str) -> None:
        match tag:
            case "moveFromRangeStart" | "moveToRangeStart":
                self.moves[tag.removesuffix("RangeStart"), ident] = name
            case "moveFromRangeEnd" | "moveToRangeEnd":
                self.moves.pop((tag.removesuffix("RangeEnd"), ident), None)
            case "commentRangeStart" | "commentReference":
                self.starts.setdefault(ident, self._here())
            case "commentRangeEnd":
                self.ends.setdefault(ident, self._here())

    def _end(self, tag: str) -> None:
        if tag == "p":
            self.around.pop()
        elif tag in CHANGES and self.open:
            done = self.open.pop()
            place = done.paragraph, done.author
            end = len(self.paragraphs[done.paragraph].original) if self.around else 0
            self.last[place] = done.stretch, self.kept[done.paragraph], end

    def _here(self) -> tuple[int, int, int]:
        """The paragraph here, or the next one, and how long its texts are so far."""
        if not self.around:
            return len(self.paragraphs), 0, 0
        at = self.around[-1]
        return at, len(self.paragraphs[at].original), len(self.paragraphs[at].final)

    def _change(self, tag: str, element: Any) -> None:
        at, length, _ = self._here()
        author = element.get(f"{W}author", "")
        stretch, kept, end = self.last.get((at, author), (-1, -1, -1))
        if kept != self.kept[at]:
            stretch = len(self.changes)
        move = next((name for (side, _), name in reversed(self.moves.items()) if side == tag), "")
        space = " " if stretch < len(self.changes) and end < length else ""
        mark = space if len(element) else MARK  # of a paragraph or a row it has no text of its own
        before = self.paragraphs[at].original[max(length - _BEFORE, 0) :] if self.around else ""
        self.changes.append(_Change(tag, author, at, mark, before, stretch, move))
        self.open.append(self.changes[-1])

    def _text(self, text: str) -> None:
        self.signs += len(text)
        if not self.around:
            return
        here = self.paragraphs[self.around[-1]]
        adds = [CHANGES[change.kind] for change in self.open]
        if not any(adds):
            here.original += text
        if all(adds):
            here.final += text
        self._changed(text)
        if not self.open:
            self.kept[self.around[-1]] += len(text.replace(" ", "").replace("\u00a0", ""))

    def _changed(self, text: str) -> None:
        """Add to all changes that are open."""
        for change in self.open:
            change.text += text

    def comments(self, parts: list[Any], extended: list[Any]) -> Iterator[_Comment]:
        """All comments, in the order of the file, with what they stand at."""
        written = [each for part in parts for each in part.iter(f"{W}comment")]
        threads = {
            each.get(f"{_THREADS}paraId"): each
            for part in extended
            for each in part.iter(f"{_THREADS}commentEx")
        }
        idents = [[p.get(_PARA) for p in each.iter(f"{W}p")] for each in written]
        rows = {ident: row for row, found in enumerate(idents) for ident in found if ident}
        for row, (each, found) in enumerate(zip(written, idents, strict=True)):
            texts = map(text_of, each.iter(f"{W}p"))
            author, ident = (each.get(f"{W}{name}", "") for name in ("author", "id"))
            thread = next((threads[ident] for ident in reversed(found) if ident in threads), None)
            parent = -1 if thread is None else rows.get(thread.get(f"{_THREADS}paraIdParent"), -1)
            paragraph, quoted = self._anchor(ident)
            yield _Comment(
                *(author, "\n".join(texts).strip(), paragraph, quoted),
                parent=parent if parent < row else -1,  # a thread begins before it goes on
                resolved=thread is not None and thread.get(f"{_THREADS}done") in {"1", "true"},
            )

    def _anchor(self, ident: str) -> tuple[int, str]:
        """The paragraph of a comment and the text that it is about; of a draft, else inserted.

        A comment that stands at a point is about its paragraph.
        """
        if ident not in self.starts or self.starts[ident][0] >= len(self.paragraphs):
            return -1, ""
        first, *begin = self.starts[ident]
        last, *end = self.ends.get(ident, (first, MOST_SIGNS, MOST_SIGNS))
        sides = ("original", "final")
        for side, name in enumerate(sides):
            texts = [getattr(each, name) for each in self.paragraphs[first : last + 1]]
            if texts:
                texts[-1] = texts[-1][: end[side]]
                texts[0] = texts[0][begin[side] :]
            if quoted := "\n".join(texts).strip():
                return first, quoted
        whole = (getattr(self.paragraphs[first], name).strip() for name in sides)
        return first, next(filter(None, whole), "")
