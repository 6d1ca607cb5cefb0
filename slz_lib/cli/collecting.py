"""Commands that take what comes from outside: reports in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.options import Data
from slz_lib.cli.printing import say
from slz_lib.production.workplace import locate


def import_report(
    file: Annotated[Path, typer.Argument(metavar="SOUBOR", help="Zpráva ve Wordu, .docx.")],
    into: Annotated[
        Path, typer.Option("--into", metavar="SLOŽKA", help="Nová složka pro tabulky.")
    ],
    form: Annotated[
        str | None,
        typer.Option("--form", metavar="PODOBA", help="Podoba zprávy; jinak ta, která sedí."),
    ] = None,
    data: Data = None,
) -> None:
    """Read a report in Word into a new folder of tables; say what is doubtful."""
    from slz_lib.collection.report_form import ReportForm
    from slz_lib.collection.reports import read_report
    from slz_lib.collection.word import read_lines
    from slz_lib.dataset import load
    from slz_lib.language import count, counted
    from slz_lib.production.data_changes import write_new

    dataset = load(locate(data).data)
    lines = read_lines(file)
    found = ReportForm.fitting(dataset.report_forms, lines, form)
    report = read_report(lines, found, dataset)
    write_new(into, report.files)
    say([str(into)])
    told = [
        dataset.terms.area.counted(len(report.areas)),
        counted(len(report.measures), "opatreni"),
        count(len(report.doubts), "pochybnost", "pochybnosti", "pochybností"),
    ]
    say([f"Podoba {found.id}: {', '.join(told)}.", *report.doubt_lines], aside=True)
