"""Fields, bookmarks and links: what Word counts, finds and follows by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.story import StoryPart

from slz_lib.documents.docx.markup import Element, R, Style, runs, w, worded
from slz_lib.documents.model import Inline, Run
from slz_lib.documents.office import unique
from slz_lib.documents.wording import Target, missing, reference_text
from slz_lib.errors import DocumentError

#: Word's limit on the length of a bookmark's name.
_NAME_LENGTH = 40


def field(code: str, result: Iterable[Element]) -> list[Element]:
    """A field with its computed result; ``code`` is the writer's own, never a reader's text."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", worded("instrText", f" {code} ")),
        w("r", w("fldChar", fldCharType="separate")),
        *result,
        w("r", w("fldChar", fldCharType="end")),
    ]


def _bookmark_name(anchor: str, taken: set[str]) -> str:
    """A name Word accepts: ASCII letters, digits and ``_``; Word does not tell case apart."""
    folded = unicodedata.normalize("NFKD", anchor).encode("ascii", "ignore").decode()
    name = re.sub(r"\W", "_", folded)
    lettered = name if re.match(r"[A-Za-z]", name) else f"b_{name}"
    return unique(lettered, taken, _NAME_LENGTH, "_{}")


@dataclass(frozen=True, slots=True)
class Links:
    """Everything that a stretch of text can lead to.

    Attributes:
        known: targets inside the document by anchor.
        bookmarks: name of the bookmark of each anchor; a measure ``m-I-1`` has ``m_I_1``.
        part: the part of the file that keeps outside addresses.
    """

    known: Mapping[str, Target]
    bookmarks: Mapping[str, str]
    part: StoryPart

    @classmethod
    def of(cls, known: Mapping[str, Target], part: StoryPart) -> Self:
        """Links over ``known`` targets; measures name their bookmarks first, so these stay."""
        taken = set[str]()
        ordered = sorted(known, key=lambda anchor: known[anchor].kind != "measure")
        return cls(known, {anchor: _bookmark_name(anchor, taken) for anchor in ordered}, part)

    def mark(self, anchor: str) -> tuple[Element, Element]:
        """Start and end of the bookmark of ``anchor``."""
        number = list(self.bookmarks).index(anchor)
        start = w("bookmarkStart", id=number, name=self.bookmarks[anchor])
        return start, w("bookmarkEnd", id=number)

    def marked(self, anchor: str, content: Iterable[Element]) -> list[Element]:
        """``content`` inside the bookmark of ``anchor``."""
        start, end = self.mark(anchor)
        return [start, *content, end]

    def inside(self, anchor: str, content: Iterable[Element]) -> Element:
        """A link to a place in the document."""
        if anchor not in self.known:
            raise DocumentError(missing(anchor))
        return w("hyperlink", *content, anchor=self.bookmarks[anchor], history=1)

    def outside(self, address: str, content: Iterable[Element]) -> Element:
        """A link to a web or mail address, as the gate has seen to."""
        link = w("hyperlink", *content, history=1)
        relation = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(f"{{{R}}}id", relation)
        return link


def _reference(run: Run, anchor: str, links: Links) -> Element:
    """A cross-reference: words, and where the target has a number or a text, a ``REF`` field."""
    words, number = reference_text(run, links.known)
    code = f"REF {links.bookmarks[anchor]} \\h \\* MERGEFORMAT"
    if number is not None:
        counted = field(code, _linked(run, str(number)))
        return links.inside(anchor, [*_linked(run, words), *counted])
    shown = _linked(run, words)
    if not run.text and links.known[anchor].kind == "heading":
        return links.inside(anchor, field(code, shown))
    return links.inside(anchor, shown)


def _linked(run: Run, text: str) -> list[Element]:
    return runs(text, style=Style.LINK, bold=run.strong, italic=run.emphasis)


def inline(text: Inline, links: Links) -> list[Element]:
    """The runs, links and fields of ``text``.

    Raises:
        DocumentError: a link leads nowhere.
    """
    found: list[Element] = []
    for run in text:
        if run.ref is not None:
            found.append(_reference(run, run.ref, links))
        elif run.href is not None:
            found.append(links.outside(run.href, _linked(run, run.text)))
        else:
            style = Style.CODE if run.code else None
            found += runs(run.text, style=style, bold=run.strong, italic=run.emphasis)
    return found
