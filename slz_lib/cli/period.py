"""Commands of periods: ``period new``."""

from __future__ import annotations

from typing import Annotated

import typer

from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.cli.options import Data
from slz_lib.cli.printing import from_here, say
from slz_lib.production.workplace import locate

app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _period() -> None:
    """Keeps ``new`` a command of its own while it is the only one."""


@app.command(
    cls=CzechCommand, help="Založí další období: opatření, zatím bez stavů a\u00a0podkladů."
)
def new(
    period: Annotated[
        str, typer.Argument(metavar="OBDOBÍ", help="Nové období, například 2024-2025.")
    ],
    data: Data = None,
) -> None:
    """Lay out a period: its measures and their wordings, no status, no evidence."""
    from slz_lib.dataset import load
    from slz_lib.dataset.opening import opening
    from slz_lib.production.evaluation_lines import opening_lines
    from slz_lib.production.period_folder import write_period

    folder = locate(data).data
    opened = opening(load(folder), period)
    say([str(from_here(write_period(opened, folder)))])
    say(opening_lines(opened), aside=True)
