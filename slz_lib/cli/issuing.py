"""Commands that issue editions: ``report``, ``plan`` and ``batch``."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib.cli.completion import of
from slz_lib.cli.options import (
    DEFAULT_TIMEOUT,
    MOST,
    AsOf,
    Data,
    Draft,
    EngineName,
    Formats,
    HelpParameters,
    Newest,
    NewestPlan,
    Out,
    Set,
    Timeout,
    Workers,
)
from slz_lib.cli.printing import from_here, say
from slz_lib.errors import SlzError
from slz_lib.production.workplace import Workplace, locate

if TYPE_CHECKING:
    from slz_lib.production.batch.foreman import Making
    from slz_lib.production.catalogue import Publication

MEGABYTE = 1_000_000
#: Kinds of editions, as :data:`slz_lib.production.catalogue.KINDS` has them.
_KINDS = (
    *("report", "annex", "plan", "plan_annex", "council", "brochure"),
    *("areas", "bodies", "districts"),
)


def report(
    period: Newest = None,
    formats: Formats = None,
    as_of: AsOf = None,
    draft: Draft = None,
    parameters: Set = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
    out: Out = None,
    help_parameters: HelpParameters = False,
) -> None:
    """Issue the report of a period, or list the parameters of its notebook."""
    from slz_lib.production.catalogue import REPORT

    place = locate(data, out)
    if help_parameters:
        _list_parameters(REPORT, place)
        return
    options = {"as_of": as_of, "draft": draft}
    _issue(REPORT, period, options, parameters, place, formats, timeout, engine)


def plan(
    horizon: NewestPlan = None,
    formats: Formats = None,
    draft: Draft = None,
    parameters: Set = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
    out: Out = None,
    help_parameters: HelpParameters = False,
) -> None:
    """Issue an action plan, or list the parameters of its notebook."""
    from slz_lib.production.catalogue import PLAN

    place = locate(data, out)
    if help_parameters:
        _list_parameters(PLAN, place)
        return
    _issue(PLAN, horizon, {"draft": draft}, parameters, place, formats, timeout, engine)


def _list_parameters(publication: Publication, place: Workplace) -> None:
    from slz_lib.production.issuing import parameter_lines

    say(parameter_lines(publication, place))


def _issue(
    publication: Publication,
    subject: str | None,
    options: Mapping[str, object],
    assignments: Sequence[str] | None,
    place: Workplace,
    formats: str | None,
    timeout: float,
    engine: str | None,
) -> None:
    """Issue one edition and say which files it has; ``assignments`` are those given by ``-p``."""
    started = time.perf_counter()
    from slz_lib.cli.progress import progress
    from slz_lib.language import count, format_number
    from slz_lib.production.issuing import given_values, issue

    given = given_values(assignments or (), options)
    with progress(quiet=True) as tell:
        done = issue(
            publication,
            subject,
            given,
            place,
            formats=formats,
            timeout=timeout,
            engine=engine,
            tell=tell,
        )
    folder = from_here((place.reports / done.name).parent)
    say(str(folder / name) for name in done.written)
    say((f"odstraněno: {folder / name}" for name in done.removed), aside=True)
    seconds = format_number(time.perf_counter() - started, 1)
    files = count(len(done.written), "soubor", "soubory", "souborů")
    say([f"Hotovo za {seconds}\u00a0s, {files}."], aside=True)


def batch(
    period: Newest = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="DRUHY",
            help=f"Jen některé druhy edic, oddělené čárkou: {','.join(_KINDS)}.",
            autocompletion=of(*_KINDS),
        ),
    ] = None,
    formats: Formats = None,
    as_of: AsOf = None,
    draft: Draft = None,
    workers: Workers = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Jen vypíše, co by se vydalo a\u00a0proč.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Dokončí přerušenou dávku s\u00a0jejím zadáním.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Vydá znovu i\u00a0edice, které se nezměnily.")
    ] = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory", metavar="MB", min=1, max=MOST, help="Nejvíc paměti jednoho notebooku."
        ),
    ] = None,
    engine: EngineName = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADRESA", help="Plánovač Dasku; edice vzniknou na jeho strojích."
        ),
    ] = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Issue every edition of a period that has something new to say."""
    started = time.perf_counter()
    from slz_lib.cli.progress import progress
    from slz_lib.production.batch.running import run_batch
    from slz_lib.production.batch.values import Request
    from slz_lib.production.issuing import asked
    from slz_lib.production.lines import agenda_lines, summary_lines

    request = Request(
        workplace=locate(data, out),
        period=period or "",
        as_of=as_of,
        draft=draft,
        workers=workers,
        dry=dry_run,
        force=force,
        timeout=timeout,
        memory=None if memory is None else memory * MEGABYTE,
        engine=engine,
    )
    request = asked(request, only=only, formats=formats, resume=resume)
    making = _making(scheduler)
    if dry_run:
        say(agenda_lines(run_batch(request, lambda _: None, making=making).agenda))
        return
    with progress() as tell:
        summary = run_batch(request, tell, making=making)
    say(summary_lines(summary, time.perf_counter() - started), aside=True)
    if summary.failed:
        raise typer.Exit(SlzError.exit_code)


def _making(scheduler: str | None) -> Making | None:
    """What makes editions on the machines of a Dask scheduler; this machine does without one."""
    if scheduler is None:
        return None
    from slz_lib.production.batch.cluster import made_there

    return partial(made_there, scheduler=scheduler)
