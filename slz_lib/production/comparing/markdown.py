"""A review as Markdown, for a pull request or a mail: ``<del>`` and ``<ins>`` mark the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from slz_lib.production.comparing import outline
from slz_lib.production.comparing.changes import Comparison, Fate, Stretch
from slz_lib.production.comparing.outline import ARROW, Line
from slz_lib.untrusted import printable

#: Signs that mark something up anywhere in a line.
_MARKUP = re.compile(r"([\\`*_\[\]~|$])")
#: What marks a line up at its start, after a number too.
_AT_START = re.compile(r"^(\d*)([#+\-=:.)])")
#: What some readers make into links by themselves.
_ADDRESS = re.compile(r"(?<=[a-zA-Z])://|(?<=www)\.|@", re.IGNORECASE)
_TAGS = {Fate.DELETED: "del", Fate.INSERTED: "ins"}


def render(comparison: Comparison) -> str:
    """``comparison`` as Markdown; texts of the documents are escaped, so they mark nothing up."""
    return "\n".join(_written(comparison)).strip("\n") + "\n"


def _written(comparison: Comparison) -> Iterator[str]:
    last = Line("")
    for line in outline.lines(comparison):
        if line.level or last.level or bool(line.depth) != bool(last.depth):
            yield ""
        last = line
        if line.level:
            yield f"{'#' * line.level} {_escaped(line.lead)}"
        elif line.depth:
            yield f"{'  ' * (line.depth - 1)}- {_line(line)}"
        else:
            yield f"{_line(line)}  "


def _line(line: Line) -> str:
    alone = [stretch.fate for stretch in line.wording] == [Fate.DELETED, Fate.INSERTED]
    join = f" {ARROW} " if line.swapped else " " if alone else ""
    words = join.join(map(_marked, line.wording))
    return outline.joined(_first(line.lead), words, _escaped(line.note))


def _marked(stretch: Stretch) -> str:
    words, tag = _escaped(stretch.text), _TAGS.get(stretch.fate)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _escaped(text: str) -> str:
    """``text`` that reads the same in Markdown and marks nothing up within a line."""
    shown = _MARKUP.sub(r"\\\1", printable(text))
    return escape(_ADDRESS.sub(lambda found: f"\\{found[0]}", shown), quote=False)


def _first(text: str) -> str:
    """``text`` escaped to begin a line, where more signs mark something up."""
    return _AT_START.sub(r"\1\\\2", _escaped(text.strip()))
