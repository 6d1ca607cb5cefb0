"""A review as Markdown, for a pull request or a mail: ``<del>`` and ``<ins>`` mark the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from slz_lib.production.review import telling
from slz_lib.production.review.values import Change, Comparison, Fate, Review, StatusMove, Wording
from slz_lib.production.review.visible import visible

#: Signs that mark something up anywhere in a line.
_MARKUP = re.compile(r"([\\`*_\[\]~|$])")
#: What marks a line up at its start, after a number too.
_AT_START = re.compile(r"^(\d*)([#+\-=:.)])")
#: What some readers make into links by themselves.
_ADDRESS = re.compile(r"(?<=[a-zA-Z])://|(?<=www)\.|@", re.IGNORECASE)
_TAGS = {Fate.DELETED: "del", Fate.INSERTED: "ins"}


def render(comparison: Comparison) -> str:
    """``comparison`` as Markdown; texts of the documents are escaped, so they mark nothing up."""
    return "\n".join(_lines(comparison)).rstrip("\n") + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"# {telling.TITLE}"
    yield ""
    only = telling.alone(comparison)
    if only is not None:
        yield f"**{_escaped(only.title.strip())}**  "
        if only.subtitle:
            yield _first(only.subtitle)
        yield ""
        yield from _review(only, 2)
        return
    for label, found in telling.names(comparison):
        yield f"{label}:"
        yield ""
        yield from (f"- {_first(name)}" for name in found)
        yield ""
    for review in telling.changed(comparison):
        yield f"## {_escaped(review.title)}"
        yield ""
        yield _first(review.name)
        yield ""
        yield from _review(review, 3)


def _review(review: Review, level: int) -> Iterator[str]:
    rows = telling.summary(review)
    if not rows:
        yield f"{telling.UNCHANGED}."
        return
    yield from (f"- {label}: {number}" for label, number in rows)
    mark = "#" * level
    if review.statuses:
        yield from ("", f"{mark} {telling.STATUSES}", "")
        yield from (f"- {_move(move)}" for move in review.statuses)
    for section, changes in review.sections:
        if changes:
            yield from ("", f"{mark} {section.label}")
            for chapter, subjects in telling.chapters(changes):
                yield from ("", f"{mark}# {_escaped(chapter)}", "")
                for subject, found in subjects:
                    if subject:
                        yield f"- {_escaped(subject)}"
                    indent = "  " if subject else ""
                    yield from (f"{indent}- {_change(change)}" for change in found)
    yield ""


def _move(move: StatusMove) -> str:
    name = _first(f"{move.number}\u2002{move.title}".rstrip())
    which = telling.which(move)
    rest = f" ({_escaped(which)})" if which else ""
    old, new = _marked(Fate.DELETED, move.old_label), _marked(Fate.INSERTED, move.new_label)
    chapter = _escaped(move.chapter)
    return f"{name}: {old} {telling.ARROW} {new}{rest}, v\u00a0kapitole {chapter}"


def _change(change: Change) -> str:
    words = _words(change.wording, f" {telling.ARROW} " if change.where else " ")
    note = _escaped(change.note)
    told = f"{words} ({note})" if words and note else words or note
    lead = _escaped(telling.lead(change))
    return f"{lead}: {told}" if lead and told else lead or told


def _words(wording: Wording, join: str) -> str:
    """The words with their marks; ``join`` stands between an old text and the one instead of it."""
    alone = [stretch.fate for stretch in wording] == [Fate.DELETED, Fate.INSERTED]
    return (join if alone else "").join(_marked(s.fate, s.text) for s in wording)


def _marked(fate: Fate, text: str) -> str:
    words = _escaped(text)
    return f"<{_TAGS[fate]}>{words}</{_TAGS[fate]}>" if fate in _TAGS else words


def _escaped(text: str) -> str:
    """``text`` that reads the same in Markdown and marks nothing up within a line."""
    shown = _MARKUP.sub(r"\\\1", visible(text))
    return escape(_ADDRESS.sub(_parted, shown), quote=False)


def _first(text: str) -> str:
    """``text`` escaped to begin a line, where more signs mark something up."""
    return _AT_START.sub(r"\1\\\2", _escaped(text.strip()))


def _parted(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
