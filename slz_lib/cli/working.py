"""Commands that open the analyst's workplace."""

from __future__ import annotations

from typing import Annotated

import typer

from slz_lib.cli.printing import from_here, say
from slz_lib.production.workplace import locate


def lab(
    flags: Annotated[
        list[str] | None,
        typer.Argument(metavar="VOLBA", help="Volby JupyterLabu, například -- --no-browser."),
    ] = None,
) -> None:
    """Open JupyterLab over the project, at the tour."""
    from slz_lib.lab.opening import open_lab

    place = locate()
    root = place.notebooks.parent
    open_lab(root, (place.notebooks / "tour.ipynb").relative_to(root), flags or ())


def notebook_new(
    name: Annotated[str, typer.Argument(metavar="JMÉNO", help="Jak se notebook jmenuje.")],
) -> None:
    """Begin a notebook that already runs and exports."""
    from slz_lib.lab.starting import begin

    say([str(from_here(begin(name, locate().notebooks)))])
    say(["Otevřete jej v\u00a0JupyterLabu: slz lab"], aside=True)
