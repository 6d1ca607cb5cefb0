"""Two drafts of ours as one file of Word with tracked changes, for those who review in Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count, groupby, pairwise, zip_longest
from typing import Any

from lxml import etree

from slz_lib.documents.docx.markup import Element, q, w
from slz_lib.documents.office import settled, storable
from slz_lib.errors import DataError
from slz_lib.production.comparing.words import TOKEN, opcodes

_BODY = "word/document.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What of a paragraph holds words or leads to them; all else of a changed one stays as it is.
_WORDS = {q("t"): None, q("tab"): "\t", q("br"): "\n"}
_KEPT = {q("bookmarkStart"), q("bookmarkEnd")}
#: The page of an entry of the contents, which Word counts anew.
_PAGE = re.compile(r"\t\d+$")
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)<")


def redline(before: bytes, after: bytes, author: str) -> bytes:
    """The draft ``after`` with what differs from ``before`` as tracked changes.

    Rejecting all of them gives the words of ``before``, accepting all those of ``after``; a figure
    stands as it is in ``after``. Changes bear the day of ``after``, so that the same drafts give
    the same bytes.

    Args:
        before: a document of this project.
        after: a later one of the same document.
        author: the role that the changes bear.
    """
    (_, earlier), (root, body) = (_opened(content) for content in (before, after))
    day = _MODIFIED.search(_read(after, "docProps/core.xml"))
    date = day[1].decode() if day else "2000-01-01T00:00:00Z"
    merged = _Redline({"author": storable(author), "date": date}).blocks(earlier, body)
    section = root[0].find(q("sectPr"))
    root[0][:] = [*merged, *([] if section is None else [section])]
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return settled(after, lambda name, content: written if name == _BODY else content)


def _opened(content: bytes) -> tuple[Any, list[Any]]:
    """The root of a document and its paragraphs and tables.

    Raises:
        DataError: it has something else, as no document of this project has.
    """
    root = etree.fromstring(_read(content, _BODY), etree.XMLParser(resolve_entities=False))
    blocks = [] if root.tag != q("document") else [*root[0].iterchildren(q("p"), q("tbl"))]
    rest = [*root.iter(*map(q, ("sdt", "ins", "del", "moveFrom", "moveTo", "txbxContent")))]
    if not blocks or rest:
        raise DataError(
            "Porovnat lze jen dva dokumenty Wordu vydané tímto programem a\u00a0nezměněné; "
            "vydejte je znovu."
        )
    return root, blocks


def _read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name) if name in archive.namelist() else b"<x/>"


#: A word, and the look of its run.
_Piece = tuple[str, Any]


class _Redline:
    """One comparison: who made the changes, and their numbers."""

    def __init__(self, tracked: dict[str, str]) -> None:
        self._tracked, self._numbers = tracked, count(1)

    def blocks(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Element]:
        """Paragraphs and tables of both, those of ``new`` where they are the same."""
        for tag, i, j, k, m in opcodes(*([*map(_key, side)] for side in (old, new))):
            if tag == "equal":
                yield from new[k:m]
                continue
            pairs = [*zip_longest(old[i:j], new[k:m])]
            alike = all(a is not None and b is not None and a.tag == b.tag for a, b in pairs)
            for was, now in (
                pairs if alike else [*((a, None) for a in old[i:j]), *((None, b) for b in new[k:m])]
            ):
                yield from self._block(was, now)

    def _block(self, was: Any, now: Any) -> Iterator[Element]:
        if was is None or now is None:
            yield self._whole(now if was is None else was, "ins" if was is None else "del")
        elif now.tag == q("p"):
            yield self._paragraph(was, now)
        elif _columns(was) == _columns(now):
            yield self._table(was, now)
        else:
            yield self._whole(was, "del")
            yield self._whole(now, "ins")

    def _change(self, tag: str, *children: Element) -> Element:
        return w(tag, *children, id=next(self._numbers), **self._tracked)

    def _whole(self, block: Any, tag: str) -> Any:
        """A paragraph, row or table that only one draft has."""
        block = deepcopy(block)
        for row in block.iter(q("tr")):
            properties = row.find(q("trPr"))
            if properties is None:
                properties = w("trPr")
                row.insert(0, properties)
            properties.append(self._change(tag))
        for paragraph in block.iter(q("p")):
            pieces, marks = _told(paragraph)
            runs = [*self._words(pieces, marks if tag == "ins" else {}, 0, len(pieces), tag)]
            drawn = [run for run in paragraph.iter(q("r")) if run.find(q("drawing")) is not None]
            properties = _properties(paragraph)
            if tag == "del":  # what only its own file has: pages, numbering
                for name in ("sectPr", "numPr"):
                    for found in properties.findall(q(name)):
                        properties.remove(found)
            mark = properties.find(q("rPr"))
            if mark is None:
                mark, section = w("rPr"), properties.find(q("sectPr"))
                at = len(properties) if section is None else properties.index(section)
                properties.insert(at, mark)
            mark.insert(0, self._change(tag))
            paragraph[:] = [properties, *runs, *(drawn if tag == "ins" else [])]
        return block

    def _paragraph(self, was: Any, now: Any) -> Any:
        """A paragraph with other words, word by word; links and fields in it become words."""
        if _drawn(now):
            return now
        (old, _), (new, marks) = _told(was), _told(now)
        found = w("p", deepcopy(_properties(now)))
        for tag, i, j, k, m in opcodes([text for text, _ in old], [text for text, _ in new]):
            if tag == "equal":
                found.extend(self._words(new, marks, k, m, ""))
            else:
                found.extend(self._words(old, {}, i, j, "del"))
                found.extend(self._words(new, marks, k, m, "ins"))
        found.extend(mark for left in marks.values() for mark in left)
        return found

    def _words(
        self, pieces: Sequence[_Piece], marks: dict[int, list[Any]], begin: int, end: int, tag: str
    ) -> Iterator[Element]:
        """Pieces from ``begin`` to ``end`` as runs, tracked by ``tag``; the marks between them."""
        cuts = [begin, *(at for at in sorted(marks) if begin < at < end), end]
        for one, other in pairwise(cuts):
            yield from marks.pop(one, ())
            runs = _plain_runs(pieces[one:other], "delText" if tag == "del" else "t")
            if one < other:
                yield from [self._change(tag, *runs)] if tag else runs
        if end == len(pieces):
            yield from marks.pop(end, ())

    def _table(self, was: Any, now: Any) -> Any:
        """A table of the same columns, row by row."""
        rows = was.findall(q("tr")), now.findall(q("tr"))
        found: list[Element] = []
        for tag, i, j, k, m in opcodes(*([*map(_key, side)] for side in rows)):
            if tag == "equal":
                found += rows[1][k:m]
            elif tag == "replace" and j - i == m - k:
                found += map(self._row, rows[0][i:j], rows[1][k:m])
            else:
                found += [self._whole(row, "del") for row in rows[0][i:j]]
                found += [self._whole(row, "ins") for row in rows[1][k:m]]
        table = deepcopy(now)
        for row in table.findall(q("tr")):
            table.remove(row)
        table.extend(found)
        return table

    def _row(self, was: Any, now: Any) -> Any:
        row = deepcopy(now)
        for old, new in zip(was.findall(q("tc")), row.findall(q("tc")), strict=True):
            blocks = new.findall(q("p"))
            merged = [*self.blocks(old.findall(q("p")), blocks)]
            for child in blocks:
                new.remove(child)
            new.extend(merged)
        return row


def _key(block: Any) -> str:
    """What makes two blocks the same: kind, style and words; a page number is none."""
    texts = [_PAGE.sub("", "".join(text for text, _ in _told(p)[0])) for p in block.iter(q("p"))]
    return "\n".join([block.tag, str(_drawn(block)), *texts])


def _drawn(block: Any) -> bool:
    return next(block.iter(q("drawing")), None) is not None


def _columns(table: Any) -> list[int]:
    """How many cells each kind of row has."""
    return sorted({len(row.findall(q("tc"))) for row in table.findall(q("tr"))})


def _properties(paragraph: Any) -> Any:
    found = paragraph.find(q("pPr"))
    return w("pPr") if found is None else found


def _told(paragraph: Any) -> tuple[list[_Piece], dict[int, list[Any]]]:
    """The words of a paragraph, each with the look of its run; what Word counts itself is left.

    Also bookmarks that begin or end in it, by how many words stand before them.
    """
    pieces: list[_Piece] = []
    marks: dict[int, list[Any]] = {}
    for element in paragraph.iter(q("r"), *_KEPT):
        if element.tag in _KEPT:
            marks.setdefault(len(pieces), []).append(deepcopy(element))
        else:
            texts = (_WORDS[part.tag] or part.text or "" for part in element if part.tag in _WORDS)
            look = element.find(q("rPr"))
            pieces += [(token, look) for token in TOKEN.findall("".join(texts))]
    return pieces, marks


def _plain_runs(pieces: Iterable[_Piece], tag: str) -> Iterator[Element]:
    """Runs of words, those of one look together."""
    for _, group in groupby(pieces, key=lambda piece: id(piece[1])):
        texts, (look, *_) = zip(*group, strict=True)
        yield w("r", None if look is None else deepcopy(look), *_texts("".join(texts), tag))


def _texts(text: str, tag: str) -> Iterator[Element]:
    for part in re.split("([\t\n])", text):
        if part in {"\t", "\n"}:
            yield w("tab" if part == "\t" else "br")
        elif part:
            element = w(tag)
            element.text = part
            element.set(_SPACE, "preserve")
            yield element
