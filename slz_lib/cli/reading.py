"""Commands that show what is in the data, and what in issued editions: they issue nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.completion import measures, periods
from slz_lib.cli.options import (
    DEFAULT_TIMEOUT,
    AsOf,
    Data,
    EngineName,
    Format,
    Json,
    Newest,
    Out,
    Timeout,
    Workers,
    loaded,
)
from slz_lib.cli.printing import OUTPUT, from_here, hand_over, require_target, say
from slz_lib.errors import ParameterError, SlzError
from slz_lib.production.workplace import locate


def check(data: Data = None) -> None:
    """Load the data, check rules and decisions; every fault is one line."""
    from slz_lib.production.lines import dataset_lines
    from slz_lib.production.transactions import check as checked

    dataset = loaded(data)
    checked(dataset)
    say(dataset_lines(dataset))


def evaluate(
    period: Newest = None,
    json: Json = None,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="OPATŘENÍ",
            help="Jen odvození jednoho opatření.",
            autocompletion=measures,
        ),
    ] = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Show the evaluation of a period or the trace of one measure, or write all as JSON."""
    from slz_lib.dataset import load
    from slz_lib.evaluation import evaluate as evaluated
    from slz_lib.production.json_export import evaluation_json
    from slz_lib.production.lines import evaluation_lines, trace_lines

    if measure is not None and json is not None:
        raise ParameterError("Volby --measure a\u00a0--json nelze zadat zároveň; jednu vynechte.")
    place = locate(data)
    require_target(json, place.data, place.notebooks)
    evaluation = evaluated(load(place.data), period, as_of=as_of)
    if measure is not None:
        say(trace_lines(evaluation, measure))
    elif json is None:
        say(evaluation_lines(evaluation))
    else:
        hand_over(evaluation_json(evaluation), json, "Vyhodnocení je uloženo")


def audit(
    period: Newest = None,
    json: Json = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Show the findings of the audit of a period, or write them as JSON."""
    from slz_lib.dataset import load
    from slz_lib.evaluation import evaluate as evaluated
    from slz_lib.production.json_export import audit_json
    from slz_lib.production.lines import audit_lines

    place = locate(data)
    require_target(json, place.data, place.notebooks)
    found = evaluated(load(place.data), period, as_of=as_of).audit
    if json is None:
        say(audit_lines(found))
    else:
        hand_over(audit_json(found), json, "Audit je uložen")


def open_issued(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="OBDOBÍ",
            help="Období zprávy nebo plánu; bez něj nejnovější zpráva.",
            autocompletion=periods,
        ),
    ] = None,
    form: Format = "html",
    out: Out = None,
) -> None:
    """Open an issued document in the program that the system has for it."""
    from slz_lib.production.catalogue import PLAN, REPORT, known_formats

    suffix = known_formats(form)[0]
    reports = locate(None, out).reports
    stems = (REPORT.stem,) if subject is None else (REPORT.stem, PLAN.stem)
    found = [
        path
        for stem in stems
        for path in sorted(reports.glob(f"*/{stem}.{suffix}"))
        if subject is None or path.parent.name == subject
    ]
    if not found:
        raise ParameterError(
            f"Ve složce {from_here(reports)} takový dokument {suffix} není; vydá jej "
            f"slz report {subject or ''}".rstrip()
            + f" --formats {suffix}."
        )
    say([str(from_here(found[-1]))])
    seen = not sys.platform.startswith("linux") or {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)
    if not seen or typer.launch(str(found[-1])):
        say(["Okno tu otevřít nelze; otevřete soubor sami."], aside=True)


def verify(
    folder: Annotated[Path, typer.Argument(metavar="SLOŽKA", help="Složka s\u00a0edicemi.")],
    workers: Workers = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
) -> None:
    """Make the editions of a folder again elsewhere and compare every file."""
    from slz_lib.cli.progress import progress
    from slz_lib.production.batch.values import Request
    from slz_lib.production.comparing.issued import unproved
    from slz_lib.production.comparing.verify import (
        verified_lines,
        verified_summary,
        verify as verified,
    )
    from slz_lib.production.engine import known_engine

    request = Request(
        workplace=locate(data),
        workers=workers,
        force=True,
        timeout=timeout,
        engine=known_engine(engine),
    )
    with progress(quiet=True) as tell:
        found = verified(folder, request, tell)
    left = unproved(folder)
    say(verified_lines(found, left))
    say([verified_summary(found, left)], aside=True)
    if any(edition.faults for edition in found):
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
    from slz_lib.production.comparing.runs import reviewed

    require_target(out, old, new)
    hand_over(reviewed(old, new, form), out or Path(OUTPUT), "Porovnání je uloženo")
