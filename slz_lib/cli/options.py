"""Options that several commands of ``slz`` share, with their Czech help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from slz_lib.cli.completion import of, periods

#: Seconds; the longest cell of the annual report takes two or three.
DEFAULT_TIMEOUT = 600.0
#: The largest number that any option takes: seconds, megabytes, editions at once.
MOST = 1_000_000

Newest = Annotated[
    str | None,
    typer.Argument(metavar="OBDOBÍ", help="Období; bez něj nejnovější.", autocompletion=periods),
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
        help="Formáty oddělené čárkou; bez volby všechny: html,docx,pdf,xlsx.",
        autocompletion=of("html", "docx", "pdf", "xlsx"),
    ),
]
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
