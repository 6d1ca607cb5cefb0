"""A review for a terminal: ``[-deleted-]`` and ``{+inserted+}``, as wdiff writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from slz_lib.production.comparing import outline
from slz_lib.production.comparing.changes import Comparison, Fate
from slz_lib.production.comparing.outline import ARROW, Line
from slz_lib.untrusted import printable

_MARKS = {
    Fate.KEPT: ("", ""),
    Fate.DELETED: ("[-", "-]"),
    Fate.INSERTED: ("{+", "+}"),
}
#: The same marks in a document's own text; a backslash tells them from ours.
_OWN_MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")
#: What a heading is underlined with, by its level.
_UNDERLINES = {2: "=", 3: "-"}


def render(comparison: Comparison) -> str:
    """``comparison`` as a text; signs that steer a terminal are spelled out."""
    return "".join(f"{line}\n" for line in written(outline.lines(comparison)))


def written(lines: Iterable[Line]) -> Iterator[str]:
    """``lines`` as a terminal shows them."""
    last = Line("")
    for line in lines:
        text = printable(_line(line))
        if line.level > 1 >= last.level or (line.depth and not (last.depth or last.level)):
            yield ""
        yield "  " * line.depth + text
        if line.level in _UNDERLINES:
            yield _UNDERLINES[line.level] * len(text)
        last = line


def _line(line: Line) -> str:
    if line.swapped:
        words = f" {ARROW} ".join(_told(stretch.text) for stretch in line.wording)
    else:
        words = "".join(_told(s.text).join(_MARKS[s.fate]) for s in line.wording)
    return outline.joined(_told(line.lead), words, _told(line.note))


def _told(text: str) -> str:
    """A document's own text, in which nothing passes for a mark of the review."""
    return _OWN_MARKS.sub(r"\\\g<0>", text)
