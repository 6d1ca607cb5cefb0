"""A review as its readers want it: for a terminal, as Markdown, as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from slz_lib import palette
from slz_lib.production.comparing import outline
from slz_lib.production.comparing.changes import Comparison, Fate, Stretch
from slz_lib.production.comparing.outline import ARROW, Line
from slz_lib.untrusted import printable

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


def text(comparison: Comparison) -> str:
    """``comparison`` as a text; signs that steer a terminal are spelled out."""
    return "".join(f"{line}\n" for line in written(outline.lines(comparison)))


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
        words = f" {ARROW} ".join(_told(stretch.text) for stretch in line.wording)
    else:
        words = "".join(_told(s.text).join(_MARKS[s.fate]) for s in line.wording)
    return outline.joined(_told(line.lead), words, _told(line.note))


def _told(words: str) -> str:
    """A document's own text, in which nothing passes for a mark of the review."""
    return _OWN_MARKS.sub(r"\\\g<0>", words)


def markdown(comparison: Comparison) -> str:
    """``comparison`` as Markdown; texts of the documents are escaped, so they mark nothing up."""
    return "\n".join(_marked_up(comparison)).strip("\n") + "\n"


def _marked_up(comparison: Comparison) -> Iterator[str]:
    last = Line("")
    for line in outline.lines(comparison):
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
    join = f" {ARROW} " if line.swapped else " " if alone else ""
    # More signs mark something up where a line begins.
    lead = _AT_START.sub(r"\1\\\2", _escaped(line.lead.strip()))
    return outline.joined(lead, join.join(map(_tagged, line.wording)), _escaped(line.note))


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
    environment.globals.update(palette=palette, scale=(), Fate=Fate, ARROW=ARROW)
    title, *lines = outline.lines(comparison)
    shown = environment.get_template("review.html.j2").render(
        heading=title.lead, title={"paper": "a4"}, lines=lines
    )
    return f"{shown.strip()}\n"
