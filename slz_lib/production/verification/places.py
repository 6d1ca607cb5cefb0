"""Where an element of an XML tree stands, by the names of those around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from slz_lib.production.verification.markup import Change, Element, identity, is_unread, tag

#: More steps than these nearest ones say nothing to a reader.
_MOST_STEPS = 4
#: Elements of one name are counted up to so many, as each count goes through all before it.
_MOST_COUNTED = 500
#: Longest title of a part that is shown whole.
_TITLE = 60


def at(change: Change) -> Element:
    """The element that a change is told of: the issued one, or the added one."""
    element = change.new_at if change.old_at is None else change.old_at
    assert element is not None
    return element


def path(element: Element, top: Element | None = None) -> str:
    """``w:style „Lead“ / w:rPr / w:b``: the steps from below ``top`` (the root) to ``element``."""
    steps: list[str] = []
    here: Element | None = element
    while here is not None and here is not top:
        parent = here.getparent()
        if parent is None and steps:
            break
        steps.append(_step(here, parent))
        here = parent
    steps.reverse()
    if len(steps) > _MOST_STEPS:
        steps = ["…", *steps[-_MOST_STEPS:]]
    return " / ".join(steps)


def _step(element: Element, parent: Element | None) -> str:
    known = identity(element)
    if known is not None:
        return f"{tag(element)} „{known}“"
    if parent is None or is_unread(element):
        return tag(element)
    before = sum(1 for _ in islice(_alike(element, preceding=True), _MOST_COUNTED))
    if before == _MOST_COUNTED:
        return f"{tag(element)} (za prvními {_MOST_COUNTED})"
    alone = not before and next(_alike(element), None) is None
    return tag(element) if alone else f"{tag(element)} č.\u00a0{before + 1}"


def _alike(element: Element, *, preceding: bool = False) -> Iterator[Element]:
    """Siblings of one name with ``element``; lxml itself would refuse a wild name of a page."""
    siblings = element.itersiblings(preceding=preceding)
    return (sibling for sibling in siblings if sibling.tag == element.tag)


def chapter(title: str) -> str:
    """The ``title`` of a part of a document in quotation marks, cut if it is long."""
    title = " ".join(title.split())
    return f"„{title if len(title) <= _TITLE else f'{title[: _TITLE - 1].rstrip()}…'}“"


def joined(*parts: str) -> str:
    """``parts`` that are not empty, with commas."""
    return ", ".join(part for part in parts if part)
