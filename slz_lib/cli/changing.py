"""Commands that change ``data/``: periods and plans that begin, and what closes a period."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.cli.options import Data, DryRun, Period, Workbook, data_folder, day
from slz_lib.cli.printing import NOTHING_CHANGED, change, from_here, put, require_named, say
from slz_lib.errors import ParameterError

period_app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)


@period_app.command(
    cls=CzechCommand,
    help="Založí další období, například: slz period new 2026-2027 --as-of 2027-12-31.",
)
def new(
    period: Annotated[
        str, typer.Argument(metavar="OBDOBÍ", help="Nové období: roky od-do, nebo jeden rok.")
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DEN",
            help="Den, k\u00a0němuž budou stavy; jinak poslední den.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Lay out a period: its measures and their wordings, no status, no evidence."""
    from slz_lib.dataset.loading import load_to_begin
    from slz_lib.dataset.opening import opening
    from slz_lib.production.lines import opening_lines
    from slz_lib.production.transactions import write_opening

    folder = data_folder(data)
    opened = opening(load_to_begin(folder), period, day(as_of))
    say([str(from_here(write_opening(opened, folder)))])
    say(opening_lines(opened), aside=True)


@period_app.command(
    cls=CzechCommand,
    help="Zapíše, kdo podklady nedodal, například: slz period silence 2026-2027 --dry-run.",
)
def silence(period: Period, dry_run: DryRun = False, data: Data = None) -> None:
    """Record for every measure without an answer that nothing was supplied."""
    from slz_lib.dataset import load
    from slz_lib.evaluation.closing import silence as silent

    folder = data_folder(data)
    change([silent(load(folder), period)], folder, dry=dry_run)


@period_app.command(
    cls=CzechCommand,
    help="Platné stavy zapíše jako zveřejněné, například: slz period publish 2026-2027 "
    "--resolution 123/28/ZK --date 2028-06-30.",
)
def publish(
    period: Period,
    resolution: Annotated[
        str,
        typer.Option("--resolution", metavar="ČÍSLO", help="Usnesení o\u00a0schválení zprávy."),
    ],
    resolved: Annotated[
        str, typer.Option("--date", metavar="DEN", help="Den usnesení (RRRR-MM-DD).")
    ],
    dry_run: DryRun = False,
    data: Data = None,
) -> None:
    """Turn the statuses that stand into published ones, once the assembly has resolved."""
    from slz_lib.dataset import load
    from slz_lib.evaluation.closing import publication
    from slz_lib.vocabulary import parse_day

    if not resolution.strip():
        raise ParameterError("Číslo usnesení je prázdné; doplňte je do volby --resolution.")
    folder = data_folder(data)
    changes = publication(load(folder), period, resolution.strip(), parse_day(resolved))
    change(changes, folder, dry=dry_run)


def new_strategy(
    folder: Annotated[Path, typer.Argument(metavar="SLOŽKA", help="Nová složka s\u00a0daty.")],
    period: Annotated[
        str, typer.Argument(metavar="OBDOBÍ", help="První období: roky od-do, nebo jeden rok.")
    ],
) -> None:
    """Lay out an empty strategy and say what to fill in, in order."""
    from slz_lib.dataset import load
    from slz_lib.dataset.blank import blank
    from slz_lib.production.writing import write_folder

    write_folder(folder, blank(period))
    say([str(folder)])
    say(["Doplňte v\u00a0tomto pořadí:", *map(str, load(folder).warnings)], aside=True)
    say([f"Celý postup je v\u00a0souboru {folder / 'README.md'}."], aside=True)


data_app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)


@data_app.command(
    cls=CzechCommand,
    help="Uloží tabulky jako sešit, například: slz data sheet evidence decisions -o podklady.xlsx.",
)
def sheet(
    out: Workbook,
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="TABULKA", help="Tabulky; bez nich všechny.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="OBDOBÍ", help="Období tabulek; jinak nejnovější."),
    ] = None,
    data: Data = None,
) -> None:
    """Write tables as a workbook for people."""
    from slz_lib.dataset.sheets.writing import chosen, workbook

    folder = data_folder(data)
    require_named(out, ".xlsx", folder)
    put(workbook(folder, chosen(folder, tables or (), period)), out)
    say([f"Zpět do dat: slz data read {out}"], aside=True)


@data_app.command(
    cls=CzechCommand,
    help="Načte sešit zpět do tabulek, například: slz data read podklady.xlsx --dry-run.",
)
def read(
    workbook: Annotated[Path, typer.Argument(metavar="SEŠIT", help="Sešit, který je upravený.")],
    dry_run: DryRun = False,
    data: Data = None,
) -> None:
    """Bring a workbook back as one change of the tables."""
    from slz_lib.dataset.sheets.reading import read_workbook

    folder = data_folder(data)
    change(read_workbook(workbook, folder), folder, dry=dry_run)


@data_app.command(
    cls=CzechCommand,
    help="Přepíše CSV uložené českým Excelem, například: slz data fix data/territory/places.csv.",
)
def fix(
    file: Annotated[Path, typer.Argument(metavar="SOUBOR", help="Soubor tabulky, CSV.")],
    dry_run: DryRun = False,
) -> None:
    """Rewrite a table that Czech Excel has saved; say what was changed."""
    from slz_lib.dataset.sheets.fixing import fixed
    from slz_lib.production.writing import write_file

    done = fixed(file)
    if done.changes and not dry_run:
        write_file(file, done.content)
    say(
        [f"{file}:", *(f"  {line}" for line in done.changes)] if done.changes else [NOTHING_CHANGED]
    )
