"""Commands for whoever writes: JupyterLab, a notebook of one's own, the page of a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.options import Data
from slz_lib.cli.printing import from_here, say
from slz_lib.production.workplace import locate


def lab(
    flags: Annotated[
        list[str] | None,
        typer.Argument(metavar="VOLBA", help="Volby JupyterLabu, například -- --no-browser."),
    ] = None,
) -> None:
    """Open JupyterLab over the project, at the tour."""
    from slz_lib.lab.starting import open_lab

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


def watch(
    notebook: Annotated[
        Path | None,
        typer.Argument(metavar="NOTEBOOK", help="Soubor .ipynb; bez něj zpráva o\u00a0naplňování."),
    ] = None,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="Port na tomto počítači; jinak volný."
        ),
    ] = 0,
    data: Data = None,
) -> None:
    """Show the page of a notebook in a browser and renew it while somebody writes."""
    from slz_lib.lab.watching import watch as watched
    from slz_lib.production.catalogue import REPORT

    place = locate(data)
    path = notebook or place.notebooks / f"{REPORT.notebook}.ipynb"
    watched(path.resolve(), place.data, lambda address: say([f"Náhled: {address}"]), port)
