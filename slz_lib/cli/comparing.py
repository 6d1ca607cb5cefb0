"""Commands that compare what was issued: ``verify`` with the data, ``diff`` with another run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.options import DEFAULT_TIMEOUT, Data, EngineName, Timeout, Workers
from slz_lib.cli.printing import OUTPUT, hand_over, require_target
from slz_lib.errors import SlzError
from slz_lib.production.workplace import locate


def verify(
    folder: Annotated[Path, typer.Argument(metavar="SLOŽKA", help="Složka s\u00a0edicemi.")],
    workers: Workers = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
) -> None:
    """Make the editions of a folder again elsewhere and compare every file."""
    from slz_lib.production.comparing.verify import carry_out

    if not carry_out(folder, locate(data), workers=workers, timeout=timeout, engine=engine):
        raise typer.Exit(SlzError.exit_code)


def diff(
    old: Annotated[
        Path, typer.Argument(metavar="PŘED", help="Vydaný notebook, nebo složka s\u00a0nimi.")
    ],
    new: Annotated[Path, typer.Argument(metavar="PO", help="Totéž po změně.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="PODOBA",
            help="Bez volby výpis pro terminál; jinak markdown, nebo html.",
        ),
    ] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="SOUBOR", help="Soubor místo výpisu.")
    ] = None,
) -> None:
    """Review the change between two runs; the exit code is 0 whether they differ or not."""
    from slz_lib.production.comparing.diff import reviewed

    require_target(out, old, new)
    hand_over(reviewed(old, new, form), out or Path(OUTPUT), "Porovnání je uloženo")
