"""What differs in a chart: its words and its picture."""

from __future__ import annotations

from collections.abc import Iterator

from slz_lib.documents.model import Figure
from slz_lib.production.review.forms import form_change, text_change
from slz_lib.production.review.placing import named
from slz_lib.production.review.values import Change, Kind, Section

_PICTURE = {"svg", "width_mm", "height_mm"}


def chart_changes(chapter: str, old: Figure, new: Figure) -> Iterator[tuple[Section, Change]]:
    """What differs between two charts; ``chapter`` is where the new one stands."""
    subject = named(new)
    found = [
        text_change(chapter, subject, where, was, now)
        for where, was, now in (
            ("titulek", old.caption, new.caption),
            ("podtitulek", old.subtitle, new.subtitle),
            ("textová náhrada", old.alt, new.alt),
        )
        if was != now
    ]
    if old.model_dump(include=_PICTURE) != new.model_dump(include=_PICTURE):
        found.append(Change(chapter, subject, "obrázek", Kind.CHANGED, note="je nakreslen jinak"))
    for change in found:
        yield Section.CHARTS, change
    if not found and old != new:
        yield Section.REST, form_change(chapter, subject, "")
