"""The change of one text; where both read the same, what differs in links, spaces, emphasis."""

from __future__ import annotations

from slz_lib.documents.model import Inline, text_of
from slz_lib.production.review.values import Change, Fate, Kind
from slz_lib.production.review.words import compared

_SPACES = "jiné mezery"


def text_change(chapter: str, subject: str, where: str, old: str, new: str) -> Change:
    """The change of ``old`` to ``new`` word by word; an empty one was added or removed."""
    wording = compared(old, new)
    if all(stretch.fate is Fate.KEPT for stretch in wording):
        return form_change(chapter, subject, where, _SPACES)
    kind = Kind.ADDED if not old else Kind.REMOVED if not new else Kind.CHANGED
    return Change(chapter, subject, where, kind, wording)


def form_change(chapter: str, subject: str, where: str, note: str = "") -> Change:
    """The change of a part that reads as before."""
    return Change(chapter, subject, where, Kind.FORM, note=note or "jiná úprava")


def form_note(old: Inline, new: Inline) -> str:
    """What differs in two texts with the same words; empty where nothing does."""
    if old == new:
        return ""
    notes = []
    if (before := _links(old)) != (after := _links(new)):
        notes.append(f"odkaz vede na „{after or '—'}“, dříve na „{before or '—'}“")
    if [run.ref for run in old if run.ref] != [run.ref for run in new if run.ref]:
        notes.append("odkaz uvnitř dokumentu vede jinam")
    if text_of(old) != text_of(new):
        notes.append(_SPACES)
    return "; ".join(notes) or "jiné zvýraznění"


def _links(text: Inline) -> str:
    return ", ".join(run.href for run in text if run.href)
