"""Synthetic reviewers: comments and tracked changes put into copies of a draft, seeded."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "comments": f"{_TYPES}/comments",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
}


def q(name: str) -> str:
    """The qualified name of a tag or attribute."""
    return f"{{{W}}}{name}"


def element(xml: str) -> etree._Element:
    """An element of this markup; the prefixes are known."""
    return etree.fromstring(f'<x xmlns:w="{W}" xmlns:w14="{W14}">{xml}</x>')[0]


def text_of(node: etree._Element) -> str:
    """The words of an element, inserted and deleted ones alike."""
    return "".join(t.text or "" for t in node.iter(q("t"), q("delText")))


def marks_in(document: bytes) -> int:
    """Comments and tracked changes of a file, counted in its XML."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
        stories = [n for n in names if re.fullmatch(r"word/(document|comments|\w+notes)\.xml", n)]
        roots = [etree.fromstring(archive.read(name)) for name in stories]
    tags = [q(name) for name in ("comment", "ins", "del", "moveFrom", "moveTo")]
    return sum(1 for root in roots for _ in root.iter(*tags))


def _removed(node: etree._Element) -> None:
    holder = node.getparent()
    if holder is not None:
        holder.remove(node)


@dataclass
class Copy:
    """A copy of a draft that somebody marks."""

    draft: bytes
    author: str
    comments: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.draft)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.paragraphs = [*self.root.iter(q("p"))]
        self.changes = 0

    def _by(self) -> str:
        self.changes += 1
        return f'w:id="{9000 + self.changes}" w:author={quoteattr(self.author)}'

    def comment(
        self, at: int, text: str, *, reply_to: int | None = None, resolved: bool = False,
        anchored: bool = True, closed: bool = True, ident: int | None = None,
    ) -> int:  # fmt: skip
        """Put a comment at a paragraph; its number."""
        number = len(self.comments)
        shown = number if ident is None else ident
        para = f"{number + 1:08X}"
        self.comments.append(
            f'<w:comment w:id="{shown}" w:author={quoteattr(self.author)} w:date='
            f'"2026-01-05T09:00:00Z"><w:p w14:paraId="{para}"><w:r><w:t xml:space="preserve">'
            f"{escape(text)}</w:t></w:r></w:p></w:comment>"
        )
        parent = "" if reply_to is None else f' w15:paraIdParent="{reply_to + 1:08X}"'
        self.threads.append(
            f'<w15:commentEx w15:paraId="{para}"{parent} w15:done="{int(resolved)}"/>'
        )
        if anchored:
            paragraph = self.paragraphs[at]
            first = 1 if len(paragraph) and paragraph[0].tag == q("pPr") else 0
            paragraph.insert(first, element(f'<w:commentRangeStart w:id="{shown}"/>'))
            if closed:
                paragraph.append(element(f'<w:commentRangeEnd w:id="{shown}"/>'))
            paragraph.append(element(f'<w:r><w:commentReference w:id="{shown}"/></w:r>'))
        return number

    def insert(self, at: int, text: str) -> None:
        """Insert words at the end of a paragraph."""
        run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        self.paragraphs[at].append(element(f"<w:ins {self._by()}>{run}</w:ins>"))

    def delete(self, at: int) -> None:
        """Delete the last run of a paragraph that has words."""
        holder = self.paragraphs[at]
        run = [run for run in holder.findall(q("r")) if run.find(q("t")) is not None][-1]
        place = holder.index(run)
        gone = element(f"<w:del {self._by()}/>")
        holder.insert(place, gone)
        gone.append(run)
        for words in run.iter(q("t")):
            words.tag = q("delText")

    def move(self, at: int, to: int) -> None:
        """Move the words of a paragraph behind another one, tracked."""
        name, old = f"move{self.changes}", self.paragraphs[at]
        runs = [child for child in old if child.tag == q("r")]
        ranges = f'w:id="{5000 + self.changes}" w:name="{name}"'
        begin = old.index(runs[0])
        source = element(f"<w:moveFrom {self._by()}/>")
        new = element("<w:p/>")
        goal = element(f"<w:moveTo {self._by()}/>")
        for run in runs:
            goal.append(etree.fromstring(etree.tostring(run)))
            source.append(run)
        for node, holder, place, side in ((source, old, begin, "From"), (goal, new, 0, "To")):
            holder.insert(place, element(f"<w:move{side}RangeStart {ranges}/>"))
            holder.insert(place + 1, node)
            holder.insert(
                place + 2, element(f'<w:move{side}RangeEnd w:id="{5000 + self.changes - 2}"/>')
            )
        self.paragraphs[to].addnext(new)

    def tear(self, rng: random.Random) -> None:
        """Do without tracking what people do: lose bookmarks, move, edit, delete, add."""
        for start in [*self.root.iter(q("bookmarkStart"))]:
            if rng.random() < 0.3:
                _removed(start)
        body = [p for p in self.paragraphs if p.getparent() is self.root[0] and text_of(p)]
        for paragraph in rng.sample(body, 4):
            rng.choice(body).addnext(paragraph)
        for paragraph in rng.sample(body, 20):
            words = [t for t in paragraph.iter(q("t")) if t.text]
            words[-1].text = f"{(words[-1].text or '')[:-2]} – upraveno"
        for paragraph in rng.sample(body, 4):
            if paragraph.find(q("commentRangeStart")) is None and not len(
                paragraph.findall(q("ins"))
            ):
                _removed(paragraph)
        for paragraph in rng.sample(body, 4):
            if paragraph.getparent() is not None:
                paragraph.addnext(
                    element("<w:p><w:r><w:t>Nový odstavec, jaký nikde není.</w:t></w:r></w:p>")
                )

    def saved(self) -> bytes:
        """The file."""
        head = f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">'
        extended = f'<w15:commentsEx xmlns:w15="{W15}">'
        parts = self.parts | {"word/document.xml": etree.tostring(self.root)}
        written = {
            "comments": f"{head}{''.join(self.comments)}</w:comments>",
            "commentsExtended": f"{extended}{''.join(self.threads)}</w15:commentsEx>",
        }
        links = parts["word/_rels/document.xml.rels"].decode()
        types = parts["[Content_Types].xml"].decode()
        for name, xml in written.items():
            parts[f"word/{name}.xml"] = xml.encode()
            link = f'<Relationship Id="rev{name}" Type="{_PARTS[name]}" Target="{name}.xml"/>'
            links = links.replace("</Relationships>", f"{link}</Relationships>")
            kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
            override = f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
            types = types.replace("</Types>", f"{override}</Types>")
        parts |= {
            "word/_rels/document.xml.rels": links.encode(),
            "[Content_Types].xml": types.encode(),
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return stream.getvalue()
