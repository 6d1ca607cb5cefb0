"""Commands on a plan: laid out, its tables in Excel, how steps go, deadlines as calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib.cli import changing
from slz_lib.cli.options import Data, NewestPlan, Workbook, data_folder, day, loaded
from slz_lib.cli.printing import from_here, say
from slz_lib.errors import ParameterError

if TYPE_CHECKING:
    from slz_lib.planning import ActionPlan


def plan_new(
    horizon: Annotated[
        str, typer.Argument(metavar="HORIZONT", help="Nové plánovací období: roky od-do.")
    ],
    follows: Annotated[
        str | None,
        typer.Option(
            "--follows", metavar="OBDOBÍ", help="Na které období plán navazuje; jinak na poslední."
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Lay out a plan: its horizon, merges and funding of the last plan as proposals."""
    from slz_lib.dataset.loading import load_to_begin
    from slz_lib.dataset.opening import plan_opening
    from slz_lib.production.lines import plan_opening_lines
    from slz_lib.production.transactions import write_opening

    folder = data_folder(data)
    opened = plan_opening(load_to_begin(folder), horizon, follows)
    say([str(from_here(write_opening(opened, folder)))])
    say(plan_opening_lines(opened), aside=True)


def _plan(horizon: str | None, data: Path | None) -> ActionPlan:
    from slz_lib.evaluation import evaluate
    from slz_lib.planning import draft_plan

    dataset = loaded(data)
    named = horizon or dataset.newest_horizon()
    return draft_plan(evaluate(dataset, dataset.followed_by(named)), named)


def plan_sheet(
    out: Workbook,
    horizon: NewestPlan = None,
    data: Data = None,
) -> None:
    """Write what a plan is made of, and what it assumes of work and weights, as a workbook."""
    from slz_lib.dataset.schemas import TABLES

    own = [table.name for table in TABLES if table.path.startswith("plans/")]
    changing.sheet(out, [*own, "plan_efforts", "plan_weights"], horizon, data)


def plan_status(
    horizon: NewestPlan = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--day",
            metavar="DEN",
            help="K\u00a0jakému dni (RRRR-MM-DD); jinak k\u00a0poslední zprávě.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Show steps due by a day against what was reported, and what the slipped ones move."""
    from slz_lib.planning.progress import Progress, last_report
    from slz_lib.production.lines import status_lines

    plan = _plan(horizon, data)
    say(status_lines(Progress(plan, day(until) or last_report(plan))))


def plan_calendar(
    out: Annotated[Path, typer.Option("--out", metavar="SLOŽKA", help="Nová složka.")],
    horizon: NewestPlan = None,
    data: Data = None,
) -> None:
    """Write the deadlines of a plan's steps as calendars, one a body."""
    from slz_lib.production.calendars import plan_calendars
    from slz_lib.production.writing import write_folder

    files = plan_calendars(_plan(horizon, data))
    if not files:
        raise ParameterError("Plán nemá krok s\u00a0gestorem; není co zapsat do kalendáře.")
    write_folder(out, files)
    say(str(from_here(out / name)) for name in files)
