"""Options that several commands of ``slz`` share, in Czech, and what they stand for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib.cli.completion import horizons, of, periods
from slz_lib.production.workplace import locate

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset

#: Seconds; the longest cell of the annual report takes two or three.
DEFAULT_TIMEOUT = 600.0
#: The largest number that any option takes: seconds, megabytes, editions at once.
MOST = 1_000_000
_FORMATS = ("html", "docx", "pdf", "xlsx")

Newest = Annotated[
    str | None,
    typer.Argument(metavar="OBDOBÍ", help="Období; bez něj nejnovější.", autocompletion=periods),
]
NewestPlan = Annotated[
    str | None,
    typer.Argument(
        metavar="HORIZONT",
        help="Plánovací období; bez něj nejnovější.",
        autocompletion=horizons,
    ),
]
Period = Annotated[
    str,
    typer.Argument(metavar="OBDOBÍ", help="Vyhodnocované období.", autocompletion=periods),
]
Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="SLOŽKA", help="Složka s daty místo data/ v projektu."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="SLOŽKA", help="Složka pro výstupy místo reports/ v projektu."),
]
Formats = Annotated[
    str | None,
    typer.Option(
        "--formats",
        metavar="FORMÁTY",
        help=f"Formáty oddělené čárkou; bez volby všechny: {','.join(_FORMATS)}.",
        autocompletion=of(*_FORMATS),
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMÁT",
        help="html, docx, pdf, nebo xlsx; jinak html.",
        autocompletion=of(*_FORMATS),
    ),
]
Workbook = Annotated[Path, typer.Option("-o", "--out", metavar="SOUBOR", help="Sešit .xlsx.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DEN", help="Den, k němuž se posuzují termíny (RRRR-MM-DD)."),
]
Draft = Annotated[
    bool | None,
    typer.Option("--draft/--final", help="Označí výstup jako návrh, nebo jako konečný."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("-p", metavar="NÁZEV=HODNOTA", help="Další parametr notebooku; lze opakovat."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=MOST,
        help="Kolik edic vzniká zároveň; jinak podle jader.",
    ),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="SEKUND",
        min=1,
        max=MOST,
        help="Nejdelší výpočet jedné buňky; jinak 600.",
    ),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NÁZEV",
        help="Čím notebooky běží: slz, nebo nbclient.",
        autocompletion=of("slz", "nbclient"),
    ),
]
Json = Annotated[
    Path | None,
    typer.Option("--json", metavar="SOUBOR", help="Soubor pro JSON; - je výstup příkazu."),
]
HelpParameters = Annotated[
    bool,
    typer.Option("--help-parameters", help="Vypíše parametry notebooku a\u00a0skončí."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Jen ukáže, co by se změnilo; nic nezapíše.")
]


def day(text: str | None) -> date | None:
    """The day that an option gives, if it is given.

    Raises:
        ParameterError: it is no day.
    """
    from slz_lib.vocabulary import parse_day

    return None if text is None else parse_day(text)


def data_folder(data: Path | None) -> Path:
    """The data folder, with what a killed run has left of its change brought into place."""
    from slz_lib.production.transactions import finish

    return finish(locate(data).data)


def loaded(data: Path | None) -> Dataset:
    """The dataset in the data folder.

    Raises:
        DataError: the data have faults.
    """
    from slz_lib.dataset import load

    return load(locate(data).data)
