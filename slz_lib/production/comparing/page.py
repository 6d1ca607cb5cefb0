"""A review as one self-contained page that loads nothing and runs nothing."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from slz_lib import palette
from slz_lib.production.comparing import outline
from slz_lib.production.comparing.changes import Comparison, Fate
from slz_lib.untrusted import printable
from slz_lib.vocabulary import Status


def render(comparison: Comparison) -> str:
    """``comparison`` as the text of one HTML file; every text is escaped."""
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
    environment.globals.update(palette=palette, Status=Status, Fate=Fate, ARROW=outline.ARROW)
    title, *lines = outline.lines(comparison)
    shown = environment.get_template("review.html.j2").render(title=title.lead, lines=lines)
    return f"{shown.strip()}\n"
