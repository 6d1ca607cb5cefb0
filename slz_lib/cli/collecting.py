"""Commands that ask others and take what comes from outside: forms, reports in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.completion import periods
from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.cli.options import Data, DryRun, data_folder, day, loaded
from slz_lib.cli.printing import change, say

forms_app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)


@forms_app.command(
    cls=CzechCommand,
    help="Vytvoří formuláře pro subjekty s\u00a0rolí, například: slz forms make 2024-2025 "
    "--out sber/2024-2025.",
)
def make(
    period: Annotated[
        str,
        typer.Argument(
            metavar="OBDOBÍ",
            help="Na které období se ptáme; nemusí být založené.",
            autocompletion=periods,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="SLOŽKA", help="Složka sběru; vznikne v\u00a0ní formulare/."),
    ],
    body: Annotated[
        list[str] | None,
        typer.Option("--body", metavar="SUBJEKT", help="Jen tento subjekt; lze opakovat."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DEN", help="Do kdy odpovědět (RRRR-MM-DD)."),
    ] = None,
    data: Data = None,
) -> None:
    """Make forms with their letters, drafts of mails and deadlines, a folder a body."""
    from slz_lib.language import count
    from slz_lib.production.sending import FORMS, make_forms

    made = make_forms(loaded(data), period, out, body or (), day(until))
    say([str(out / FORMS)])
    told = count(len(made), "formulář", "formuláře", "formulářů")
    say([f"{told}, odpovědět do {made['Odpovědět do'].iloc[0]}."], aside=True)
    if until is None:
        say(["Den je předpoklad (dva měsíce po konci období); určí jej volba --until."], aside=True)


@forms_app.command(
    cls=CzechCommand,
    help="Přečte vrácené formuláře (i\u00a0ze zpráv) a\u00a0napíše, co se převzalo, co je "
    "k\u00a0posouzení, co vrátit a\u00a0komu připomenout, například: slz forms read dosle --into "
    "sber/2024-2025. Nečitelný soubor je v\u00a0seznamu a\u00a0příkaz nezastaví.",
)
def read(
    inbox: Annotated[
        Path,
        typer.Argument(
            metavar="SLOŽKA", help="Složka s\u00a0tím, co přišlo; nic se v\u00a0ní nemění."
        ),
    ],
    into: Annotated[
        Path,
        typer.Option("--into", metavar="SLOŽKA", help="Složka sběru; vznikne v\u00a0ní prijem/."),
    ],
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DEN", help="Do kdy odpovědět znovu (RRRR-MM-DD)."),
    ] = None,
    data: Data = None,
) -> None:
    """Read returned forms; say what was found, and write it beside the forms."""
    from slz_lib.production.receiving import RECEIVED, receive, told

    found = receive(inbox, into, loaded(data), day(until))
    say([str(into / RECEIVED)])
    say(told(found), aside=True)


@forms_app.command(
    cls=CzechCommand,
    help="Přijme odpovědi do dat jako jednu změnu, u\u00a0každého řádku se souborem a\u00a0buňkou, "
    "například: slz forms accept dosle --into sber/2024-2025 --dry-run. Vrácené soubory čte "
    "znovu; co je k\u00a0opravě nebo k\u00a0posouzení, nepřijme.",
)
def accept(
    inbox: Annotated[Path, typer.Argument(metavar="SLOŽKA", help="Složka s\u00a0tím, co přišlo.")],
    into: Annotated[
        Path, typer.Option("--into", metavar="SLOŽKA", help="Složka sběru s\u00a0formuláři.")
    ],
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="Přijme i\u00a0odpovědi s\u00a0upozorněním, po posouzení."),
    ] = False,
    dry_run: DryRun = False,
    data: Data = None,
) -> None:
    """Accept the answers of an inbox into data as one change."""
    from slz_lib.collection.accepting import accepted
    from slz_lib.dataset import load
    from slz_lib.production.receiving import inbox_of

    folder = data_folder(data)
    dataset = load(folder)
    forms, _, found = inbox_of(inbox, into, dataset)
    period = next(iter(forms.values())).identity.period
    taken = accepted(found, dataset, period, doubtful=doubtful)
    change(taken.changes, folder, dry=dry_run)
    say(taken.left_out, aside=True)


def import_report(
    file: Annotated[Path, typer.Argument(metavar="SOUBOR", help="Zpráva ve Wordu, .docx.")],
    into: Annotated[
        Path, typer.Option("--into", metavar="SLOŽKA", help="Nová složka pro tabulky.")
    ],
    data: Data = None,
) -> None:
    """Read a report in Word into a new folder of tables; say what is doubtful."""
    from slz_lib.collection.report_form import ReportForm
    from slz_lib.collection.reports import read_report
    from slz_lib.collection.word import read_lines
    from slz_lib.language import count, counted
    from slz_lib.production.writing import write_folder

    dataset = loaded(data)
    lines = read_lines(file)
    found = ReportForm.fitting(dataset.report_forms, lines)
    report = read_report(lines, found, dataset)
    write_folder(into, report.files)
    say([str(into)])
    told = [
        dataset.terms.area.counted(len(report.areas)),
        counted(len(report.measures), "opatreni"),
        count(len(report.doubts), "pochybnost", "pochybnosti", "pochybností"),
    ]
    say([f"Podoba {found.id}: {', '.join(told)}.", *report.doubt_lines], aside=True)
