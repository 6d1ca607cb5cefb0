"""A review as lines for a terminal: ``[-deleted-]`` and ``{+inserted+}``, as wdiff writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slz_lib.production.review import telling
from slz_lib.production.review.values import Change, Comparison, Fate, Review, StatusMove, Wording
from slz_lib.production.review.visible import visible

_MARKS = {
    Fate.KEPT: ("", ""),
    Fate.DELETED: ("[-", "-]"),
    Fate.INSERTED: ("{+", "+}"),
}
#: The same marks in a document's own text; a backslash tells them from ours.
_OWN_MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")


def render(comparison: Comparison) -> str:
    """``comparison`` as a text; the same comparison gives the same text.

    Signs that steer a terminal are spelled out.
    """
    return "".join(f"{visible(line)}\n" for line in _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    only = telling.alone(comparison)
    if only is not None:
        yield f"{telling.TITLE}: {_told(only.title)}"
        if only.subtitle:
            yield _told(only.subtitle)
        yield ""
        yield from _review(only)
        return
    yield telling.TITLE
    for label, found in telling.names(comparison):
        yield ""
        yield f"{label}:"
        yield from (f"  {_told(name)}" for name in found)
    for review in telling.changed(comparison):
        yield ""
        yield f"=== {_told(review.title)} ({_told(review.name)})"
        yield ""
        yield from _review(review)


def _review(review: Review) -> Iterator[str]:
    rows = telling.summary(review)
    if not rows:
        yield f"{telling.UNCHANGED}."
        return
    yield telling.SUMMARY
    width = max(len(label) for label, _ in rows)
    for label, number in rows:
        yield f"  {label.ljust(width)}  {number}"
    if review.statuses:
        yield ""
        yield telling.STATUSES
        for move in review.statuses:
            yield f"  {_move(move)}"
            yield f"    v\u00a0kapitole {_told(move.chapter)}"
    for section, changes in review.sections:
        if changes:
            yield ""
            yield section.label
            for chapter, subjects in telling.chapters(changes):
                yield f"  {_told(chapter)}"
                for subject, found in subjects:
                    if subject:
                        yield f"    {_told(subject)}"
                    indent = "      " if subject else "    "
                    yield from (f"{indent}{_change(change)}" for change in found)


def _move(move: StatusMove) -> str:
    name = f"{move.number}\u2002{move.title}".rstrip()
    which = telling.which(move)
    rest = f" ({which})" if which else ""
    return _told(f"{name}: {move.old_label} {telling.ARROW} {move.new_label}{rest}")


def _change(change: Change) -> str:
    replaced = change.replaced
    if replaced and change.where:
        words = f" {telling.ARROW} ".join(map(_told, replaced))
    else:
        words = _words(change.wording)
    note = _told(change.note)
    told = f"{words} ({note})" if words and note else words or note
    lead = _told(telling.lead(change))
    return f"{lead}: {told}" if lead and told else lead or told


def _words(wording: Wording) -> str:
    return "".join(_told(stretch.text).join(_MARKS[stretch.fate]) for stretch in wording)


def _told(text: str) -> str:
    """A document's own text, in which nothing passes for a mark of the review."""
    return _OWN_MARKS.sub(r"\\\g<0>", text)
