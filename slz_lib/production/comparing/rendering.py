"""A review as its readers want it: for a terminal, as Markdown, as a page.

A comparison is laid out in lines first, which every form shows in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from slz_lib import palette
from slz_lib.language import count
from slz_lib.production.comparing.reviews import Comparison, Difference, Event, Review, Section
from slz_lib.production.comparing.words import Fate, Stretch, Wording
from slz_lib.untrusted import printable

_TITLE = "Co se změnilo"
_ARROW = "→"
_EQUAL = "Beze změny"
_READ_ALIKE = "Liší se jen úprava; slova, čísla a\u00a0stavy jsou stejné"
_COUNTED = {
    Section.STATUSES: ("stav", "stavy", "stavů"),
    Section.NUMBERS: ("údaj", "údaje", "údajů"),
    Section.CHARTS: ("změna", "změny", "změn"),
    Section.PROSE: ("odstavec", "odstavce", "odstavců"),
    Section.REST: ("změna", "změny", "změn"),
}

#: On a terminal changed words are marked as wdiff marks them.
_MARKS = {
    Fate.KEPT: ("", ""),
    Fate.DELETED: ("[-", "-]"),
    Fate.INSERTED: ("{+", "+}"),
}
#: The same marks in a document's own text; a backslash tells them from ours.
_OWN_MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")
#: What a heading is underlined with, by its level.
_UNDERLINES = {2: "=", 3: "-"}

#: Signs that mark something up anywhere in a line of Markdown.
_MARKUP = re.compile(r"([\\`*_\[\]~|$])")
#: What marks a line up at its start, after a number too.
_AT_START = re.compile(r"^(\d*)([#+\-=:.)])")
#: What some readers make into links by themselves.
_ADDRESS = re.compile(r"(?<=[a-zA-Z])://|(?<=www)\.|@", re.IGNORECASE)
_TAGS = {Fate.DELETED: "del", Fate.INSERTED: "ins"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        lead: what stands before the words.
        level: of a heading, from 1; 0 for other lines.
        depth: of an item of a list, from 1; 0 for a line that is none.
        wording: the words of both runs.
        note: what is added in brackets.
    """

    lead: str
    level: int = 0
    depth: int = 0
    wording: Wording = ()
    note: str = ""

    @property
    def swapped(self) -> bool:
        """Whether one text of a place stands for another with which it has no word in common."""
        fates = [stretch.fate for stretch in self.wording]
        return bool(self.lead) and fates == [Fate.DELETED, Fate.INSERTED]


def _joined(lead: str, words: str, note: str) -> str:
    """The parts of a line, each as a form writes it."""
    told = f"{words} ({note})" if words and note else words or note
    return ": ".join(filter(None, (lead, told)))


def _lines(comparison: Comparison) -> Iterator[Line]:
    """``comparison`` as lines; the same comparison gives the same lines."""
    yield Line(_TITLE, level=1)
    reviews = comparison.reviews
    if len(reviews) == 1 and not comparison.only_old and not comparison.only_new:
        yield from (Line(text) for text in (reviews[0].title, reviews[0].subtitle) if text)
        yield from review_lines(reviews[0], 2)
        return
    still = [review for review in reviews if not review.differences]
    for label, names in (
        (_EQUAL, [review.name for review in still if review.equal]),
        (_READ_ALIKE, [review.name for review in still if not review.equal]),
        ("Jen v\u00a0první složce", comparison.only_old),
        ("Jen ve druhé složce", comparison.only_new),
    ):
        if names:
            yield Line(label, level=2)
            yield from (Line(name, depth=1) for name in names)
    for review in reviews:
        if review.differences:
            yield Line(f"{review.title} ({review.name})", level=2)
            yield from review_lines(review, 3)


def review_lines(review: Review, level: int) -> Iterator[Line]:
    """One review, its headings from ``level`` on."""
    if not review.differences:
        yield Line(f"{_EQUAL if review.equal else _READ_ALIKE}.")
    sections = [
        (section, some)
        for section in Section
        if (some := [each for each in review.differences if each.section is section])
    ]
    for section, changes in sections:
        yield Line(f"{section}: {count(len(changes), *_COUNTED[section])}", depth=1)
    for section, changes in sections:
        yield Line(section.value, level=level)
        for chapter, found in groupby(changes, key=lambda each: each.chapter):
            yield Line(chapter, level=level + 1)
            for subject, those in groupby(found, key=lambda each: each.subject):
                if subject:
                    yield Line(subject, depth=1)
                for each in those:
                    depth = 2 if subject else 1
                    yield Line(_lead(each), 0, depth, each.wording, each.note)


def _lead(each: Difference) -> str:
    """What stands before the words of a difference: what happened and where."""
    evident = each.event is Event.CHANGED and (each.where or not each.subject)
    event = "" if evident and (each.wording or each.note) else each.event.value
    return " – ".join(part for part in (event, each.where) if part)


def text(comparison: Comparison) -> str:
    """``comparison`` as a text; signs that steer a terminal are spelled out."""
    return "".join(f"{line}\n" for line in written(_lines(comparison)))


def written(lines: Iterable[Line]) -> Iterator[str]:
    """``lines`` as a terminal shows them."""
    last = Line("")
    for line in lines:
        shown = printable(_line(line))
        if line.level > 1 >= last.level or (line.depth and not (last.depth or last.level)):
            yield ""
        yield "  " * line.depth + shown
        if line.level in _UNDERLINES:
            yield _UNDERLINES[line.level] * len(shown)
        last = line


def _line(line: Line) -> str:
    if line.swapped:
        words = f" {_ARROW} ".join(_told(stretch.text) for stretch in line.wording)
    else:
        words = "".join(_told(s.text).join(_MARKS[s.fate]) for s in line.wording)
    return _joined(_told(line.lead), words, _told(line.note))


def _told(words: str) -> str:
    """A document's own text, in which nothing passes for a mark of the review."""
    return _OWN_MARKS.sub(r"\\\g<0>", words)


def markdown(comparison: Comparison) -> str:
    """``comparison`` as Markdown; texts of the documents are escaped, so they mark nothing up."""
    return "\n".join(_marked_up(comparison)).strip("\n") + "\n"


def _marked_up(comparison: Comparison) -> Iterator[str]:
    last = Line("")
    for line in _lines(comparison):
        if line.level or last.level or bool(line.depth) != bool(last.depth):
            yield ""
        last = line
        if line.level:
            yield f"{'#' * line.level} {_escaped(line.lead)}"
        elif line.depth:
            yield f"{'  ' * (line.depth - 1)}- {_marked_up_line(line)}"
        else:
            yield f"{_marked_up_line(line)}  "


def _marked_up_line(line: Line) -> str:
    alone = [stretch.fate for stretch in line.wording] == [Fate.DELETED, Fate.INSERTED]
    join = f" {_ARROW} " if line.swapped else " " if alone else ""
    # More signs mark something up where a line begins.
    lead = _AT_START.sub(r"\1\\\2", _escaped(line.lead.strip()))
    return _joined(lead, join.join(map(_tagged, line.wording)), _escaped(line.note))


def _tagged(stretch: Stretch) -> str:
    words, tag = _escaped(stretch.text), _TAGS.get(stretch.fate)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _escaped(words: str) -> str:
    """``words`` that read the same in Markdown and mark nothing up within a line."""
    shown = _MARKUP.sub(r"\\\1", printable(words))
    return escape(_ADDRESS.sub(lambda found: f"\\{found[0]}", shown), quote=False)


def page(comparison: Comparison) -> str:
    """``comparison`` as one HTML file that loads nothing and runs nothing; texts are escaped."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        # The page looks as the documents do, so it has their style.
        loader=ChoiceLoader([PackageLoader(__package__), PackageLoader("slz_lib.documents")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates' own markup passes as it is.
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.globals.update(palette=palette, scale=(), Fate=Fate, ARROW=_ARROW)
    title, *lines = _lines(comparison)
    shown = environment.get_template("review.html.j2").render(
        heading=title.lead, title={"paper": "a4"}, lines=lines
    )
    return f"{shown.strip()}\n"
