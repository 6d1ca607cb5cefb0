"""The command ``slz``: thin, in Czech; heavy imports wait until a command needs them."""

from __future__ import annotations

import io
import logging
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib import __version__
from slz_lib.czech_commands import CzechCommand, CzechGroup
from slz_lib.errors import DataError, ParameterError, SlzError
from slz_lib.options import (
    DEFAULT_TIMEOUT,
    AsOf,
    Data,
    Draft,
    EngineName,
    Formats,
    HelpParameters,
    Out,
    Set,
    Timeout,
    Workers,
)
from slz_lib.production.quickly import without_grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slz_lib.production.catalogue import Publication

INTERRUPTED = 130
MEGABYTE = 1_000_000
_PROGRAM = "slz"
#: Parameters of notebooks that are not given by ``-p``, and how they are.
_GIVEN_OTHERWISE = {
    "data": "složku s\u00a0daty určuje volba --data",
    "period": f"období je argument příkazu, například {_PROGRAM} report 2022-2023",
    "horizon": f"období plánu je argument příkazu, například {_PROGRAM} plan 2024-2025",
}

app = typer.Typer(
    name=_PROGRAM,
    cls=CzechGroup,
    help="Zprávy o naplňování a akční plány strategie sociálního začleňování.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

period_app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)
app.add_typer(period_app, name="period", help="Zakládá nové vyhodnocované období.")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{_PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Ukáže verzi a skončí."),
    ] = False,
) -> None:
    """Options of the whole program."""


@app.command(cls=CzechCommand, help="Načte data a vypíše všechny jejich vady.")
def check(data: Data = None) -> None:
    """Load the data, check rules and decisions; every fault is one line."""
    from slz_lib.dataset import load
    from slz_lib.production.checking import check as checked
    from slz_lib.production.terminal import dataset_lines
    from slz_lib.production.workplace import locate

    dataset = load(locate(data).data)
    checked(dataset)
    _print(dataset_lines(dataset))


@app.command(cls=CzechCommand, help="Vydá zprávu o naplňování za období, například 2022-2023.")
def report(
    period: Annotated[
        str | None, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")
    ] = None,
    formats: Formats = "html,docx,pdf,xlsx",
    as_of: AsOf = None,
    draft: Draft = None,
    parameters: Set = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
    out: Out = None,
    help_parameters: HelpParameters = False,
) -> None:
    """Issue the implementation report of a period."""
    from slz_lib.production.catalogue import REPORT

    if help_parameters:
        _list_parameters(REPORT, data)
        return
    given = _given(parameters, as_of=as_of, draft=draft)
    subject = _required(period, "report OBDOBÍ")
    _issue(REPORT, subject, given, formats, data, out, timeout, engine)


@app.command(cls=CzechCommand, help="Vydá návrh akčního plánu na období, například 2024-2025.")
def plan(
    horizon: Annotated[
        str | None, typer.Argument(metavar="HORIZONT", help="Plánovací období.")
    ] = None,
    formats: Formats = "html,docx,pdf,xlsx",
    draft: Draft = None,
    parameters: Set = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
    out: Out = None,
    help_parameters: HelpParameters = False,
) -> None:
    """Issue the draft of the action plan for a horizon."""
    from slz_lib.production.catalogue import PLAN

    if help_parameters:
        _list_parameters(PLAN, data)
        return
    given = _given(parameters, draft=draft)
    subject = _required(horizon, "plan HORIZONT")
    _issue(PLAN, subject, given, formats, data, out, timeout, engine)


@app.command(
    cls=CzechCommand, help="Vydá zprávu, plán a\u00a0přehledy za období; jen co se změnilo."
)
def batch(
    period: Annotated[str, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")],
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="DRUHY",
            help="Jen některé druhy edic, oddělené čárkou: report,plan,areas,bodies,orp.",
        ),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--formats",
            metavar="FORMÁTY",
            help="Formáty oddělené čárkou; bez volby všechny: html,docx,pdf,xlsx.",
        ),
    ] = None,
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
        typer.Option("--memory", metavar="MB", min=1, help="Nejvíc paměti jednoho notebooku."),
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
    from slz_lib.production.batch.asking import asked
    from slz_lib.production.batch.command import carry_out
    from slz_lib.production.workplace import locate

    request = asked(
        locate(data, out),
        period,
        only=only,
        formats=formats,
        as_of=as_of,
        draft=draft,
        workers=workers,
        dry=dry_run,
        resume=resume,
        force=force,
        timeout=timeout,
        memory=None if memory is None else memory * MEGABYTE,
        engine=engine,
    )
    if not carry_out(request, scheduler):
        raise typer.Exit(SlzError.exit_code)


@app.command(
    cls=CzechCommand, help="Ověří, že vydané edice vycházejí z\u00a0dat do posledního bajtu."
)
def verify(
    folder: Annotated[Path, typer.Argument(metavar="SLOŽKA", help="Složka s\u00a0edicemi.")],
    workers: Workers = None,
    timeout: Timeout = DEFAULT_TIMEOUT,
    engine: EngineName = None,
    data: Data = None,
) -> None:
    """Make the editions of a folder again elsewhere and compare every file."""
    from slz_lib.production.verification.command import carry_out
    from slz_lib.production.workplace import locate

    if not carry_out(folder, locate(data), workers=workers, timeout=timeout, engine=engine):
        raise typer.Exit(SlzError.exit_code)


@app.command(cls=CzechCommand, help="Vypíše vyhodnocení období, nebo je uloží jako JSON.")
def evaluate(
    period: Annotated[str, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")],
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="SOUBOR", help="Soubor pro JSON; - je výstup příkazu."),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="OPATŘENÍ", help="Jen odvození jednoho opatření."),
    ] = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Show the evaluation of a period or the trace of one measure, or write all as JSON."""
    from slz_lib.dataset import load
    from slz_lib.evaluation import evaluate as evaluated
    from slz_lib.production.exchange import evaluation_json
    from slz_lib.production.terminal import evaluation_lines, trace_lines
    from slz_lib.production.workplace import locate

    if measure is not None and json is not None:
        raise ParameterError("Volby --measure a\u00a0--json nelze zadat zároveň; jednu vynechte.")
    evaluation = evaluated(load(locate(data).data), period, as_of=as_of)
    if measure is not None:
        _print(trace_lines(evaluation, measure))
    elif json is None:
        _print(evaluation_lines(evaluation))
    else:
        _hand_over(evaluation_json(evaluation), json, "Vyhodnocení je uloženo")


@app.command(cls=CzechCommand, help="Vypíše zjištění auditu za období, nebo je uloží jako JSON.")
def audit(
    period: Annotated[str, typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.")],
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="SOUBOR", help="Soubor pro JSON; - je výstup příkazu."),
    ] = None,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Show the findings of the audit of a period, or write them as JSON."""
    from slz_lib.dataset import load
    from slz_lib.evaluation import evaluate as evaluated
    from slz_lib.production.audit_exchange import audit_json
    from slz_lib.production.audit_lines import audit_lines
    from slz_lib.production.workplace import locate

    found = evaluated(load(locate(data).data), period, as_of=as_of).audit
    if json is None:
        _print(audit_lines(found))
    else:
        _hand_over(audit_json(found), json, "Audit je uložen")


@app.command(cls=CzechCommand, help="Ukáže, co se změnilo mezi dvěma běhy téže edice.")
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
    from slz_lib.production.review.command import reviewed

    _hand_over(reviewed(old, new, form), out or Path("-"), "Porovnání je uloženo")


@period_app.callback()
def _period() -> None:
    """Keeps ``new`` a command of its own while it is the only one."""


@period_app.command(
    "new", cls=CzechCommand, help="Založí další období: opatření, zatím bez stavů a\u00a0podkladů."
)
def new_period(
    period: Annotated[
        str, typer.Argument(metavar="OBDOBÍ", help="Nové období, například 2024-2025.")
    ],
    data: Data = None,
) -> None:
    """Lay out a period: its measures and their wordings, no status, no evidence."""
    from slz_lib.dataset import load
    from slz_lib.dataset.opening import opening
    from slz_lib.production.period_folder import write_period
    from slz_lib.production.terminal import opening_lines
    from slz_lib.production.workplace import locate

    folder = locate(data).data
    opened = opening(load(folder), period)
    typer.echo(_from_here(write_period(opened, folder)))
    for line in opening_lines(opened):
        typer.echo(line, err=True)


def _given(assignments: Sequence[str] | None, **options: object) -> dict[str, object]:
    """Parameters from options and from ``-p NAME=VALUE``.

    Raises:
        ParameterError: an assignment has no ``=``, or a name is given twice.
    """
    given = {name: value for name, value in options.items() if value is not None}
    for assignment in assignments or ():
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip():
            raise ParameterError(f"Parametr „{assignment}“ zapište jako NÁZEV=HODNOTA.")
        if name.strip() in given:
            raise ParameterError(f"Parametr „{name.strip()}“ je zadán dvakrát.")
        given[name.strip()] = value.strip()
    return given


def _required(subject: str | None, usage: str) -> str:
    """The argument that only ``--help-parameters`` does without.

    Raises:
        ParameterError: it is missing.
    """
    if subject is None:
        command, metavar = usage.split()
        raise ParameterError(f"Chybí argument {metavar}. Nápověda: {_PROGRAM} {command} --help")
    return subject


def _list_parameters(publication: Publication, data: Path | None) -> None:
    """Print the parameters of a notebook, with what the data permit; nothing is run."""
    from slz_lib.dataset import load
    from slz_lib.production.execution import read_notebook
    from slz_lib.production.parameter_lines import known_values, parameter_lines
    from slz_lib.production.parameters import declared
    from slz_lib.production.workplace import locate

    workplace = locate(data)
    name = publication.notebook
    parameters = declared(read_notebook(workplace.notebooks / f"{name}.ipynb"), name)
    try:
        known = known_values(load(workplace.data))
    except DataError:
        known = {}
        typer.echo("Hodnoty z\u00a0dat chybí: data mají vady, vypíše je slz check.", err=True)
    _print(parameter_lines(name, parameters, known, _GIVEN_OTHERWISE))


def _issue(
    publication: Publication,
    subject: str,
    given: dict[str, object],
    formats: str,
    data: Path | None,
    out: Path | None,
    timeout: float,
    engine: str | None,
) -> None:
    """Issue an edition and say what was written and how long it took."""
    started = time.perf_counter()
    from slz_lib.language import count, format_number
    from slz_lib.production.batch.asking import known_engine
    from slz_lib.production.catalogue import edition
    from slz_lib.production.engine import NBCLIENT
    from slz_lib.production.engine.context import warm
    from slz_lib.production.formats import known_formats
    from slz_lib.production.workplace import locate

    for name in ("data", publication.subject):
        if name in given:
            raise ParameterError(
                f"Parametr „{name}“ se nezadává volbou -p: {_GIVEN_OTHERWISE[name]}."
            )
    wanted = known_formats([name.strip() for name in formats.split(",") if name.strip()])
    workplace = locate(data, out)
    asked = None if engine is None else known_engine(engine)
    if asked != NBCLIENT:
        warm()  # it gets ready while the data are read here
    from slz_lib.dataset import load

    dataset = load(workplace.data)
    issued = edition(publication, subject, dataset, given, wanted)
    from slz_lib.production.edition import produce
    from slz_lib.production.execution import Running

    how = Running(engine=asked, timeout=timeout)
    delivered = produce(issued, workplace, how)
    for path in delivered.written:
        typer.echo(_from_here(path))
    for path in delivered.removed:
        typer.echo(f"odstraněno: {_from_here(path)}", err=True)
    seconds = format_number(time.perf_counter() - started, 1)
    files = count(len(delivered.written), "soubor", "soubory", "souborů")
    typer.echo(f"Hotovo za {seconds}\u00a0s, {files}.", err=True)


def _from_here(path: Path) -> Path:
    """``path`` as the current folder sees it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _hand_over(content: str, target: Path, done: str) -> None:
    """Write JSON to a file and say so, or to the output where the target is ``-``."""
    from slz_lib.production.outputs import write_alone

    if str(target) == "-":
        typer.echo(content.encode(), nl=False)
    else:
        write_alone(target, content)
        typer.echo(f"{done}: {target}", err=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code.

    An error of the package is one Czech message on the error stream, without a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a sign must not stop a report.
            stream.reconfigure(errors="replace")
    # Libraries log in English what comes as an exception anyway.
    logging.getLogger().addHandler(logging.NullHandler())
    # Stopped by the system, a run cleans up as it does when stopped from the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command = typer.main.get_command(app)
    try:
        with without_grammar():
            code = command.main(arguments, prog_name=_PROGRAM, standalone_mode=False)
    except SlzError as error:
        typer.echo(f"Chyba: {error}", err=True)
        return error.exit_code
    except typer.TyperException:
        typer.echo(f"Chyba: Příkazu nerozumím. Nápověda: {_PROGRAM} --help", err=True)
        return ParameterError.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        typer.echo("Přerušeno; co nebylo hotové, zůstalo, jak bylo.", err=True)
    return int(code or 0)
