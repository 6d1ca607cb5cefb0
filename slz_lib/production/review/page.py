"""A review as one self-contained page that loads nothing and runs nothing."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from slz_lib import palette
from slz_lib.production.review import telling
from slz_lib.production.review.values import Comparison, Fate
from slz_lib.production.review.visible import visible
from slz_lib.vocabulary import Status


def render(comparison: Comparison) -> str:
    """``comparison`` as the text of one HTML file; the same comparison gives the same text.

    Every text is escaped, signs that hide or steer are spelled out.
    """
    environment = Environment(
        # The page looks as the documents do, so it has their style.
        loader=ChoiceLoader(
            [PackageLoader("slz_lib.production.review"), PackageLoader("slz_lib.documents")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(palette=palette, Status=Status, Fate=Fate, telling=telling)
    alone = telling.alone(comparison)
    shown = environment.get_template("review.html.j2").render(
        alone=alone,
        changed=telling.changed(comparison),
        names=tuple(telling.names(comparison)),
    )
    return f"{shown.strip()}\n"


def _shown(value: object) -> object:
    """What is put out for ``value``; templates' own markup passes as it is."""
    return visible(value) if type(value) is str else value
