"""Commands for comments on a draft: read, accepted into data, settled, and shown as a redline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slz_lib.cli.czech_commands import CzechCommand, CzechGroup
from slz_lib.cli.options import Data, DryRun, Period, Workbook, data_folder
from slz_lib.cli.printing import change, put, require_named, require_target, say
from slz_lib.errors import DataError

if TYPE_CHECKING:
    from slz_lib.collection.drafts import Draft

comments_app = typer.Typer(cls=CzechGroup, no_args_is_help=True, rich_markup_mode=None)


@comments_app.command(
    cls=CzechCommand,
    help="Vytvoří prázdný formulář připomínek k\u00a0návrhu ve Wordu.",
)
def form(
    draft: Annotated[Path, typer.Argument(metavar="NÁVRH", help="Rozesílaný návrh, .docx.")],
    out: Workbook,
) -> None:
    """Write an empty form for comments on a draft."""
    from slz_lib.collection.comment_form import comment_form
    from slz_lib.collection.draft_places import Places
    from slz_lib.collection.drafts import read_draft

    require_named(out, ".xlsx", draft)
    put(comment_form(Places.of(read_draft(draft)).headings), out)


@comments_app.command(
    cls=CzechCommand,
    help="Přečte komentáře a\u00a0revize z\u00a0kopií návrhu do sešitu, například: "
    "slz comments read kopie/*.docx --draft navrh.docx -o pripominky.xlsx.",
)
def read(
    copies: Annotated[list[Path], typer.Argument(metavar="KOPIE", help="Vrácené kopie, .docx.")],
    draft: Annotated[
        Path, typer.Option("--draft", metavar="NÁVRH", help="Návrh, jak byl rozeslán, .docx.")
    ],
    out: Workbook,
) -> None:
    """Read what reviewers left in copies of a draft; ask for what cannot be placed."""
    from slz_lib.collection.comment_form import comment_form
    from slz_lib.collection.comments import read_comments

    require_named(out, ".xlsx", draft, *copies)
    sent, *returned = _drafts([draft, *copies])
    found = read_comments(sent, returned)
    put(comment_form(found.headings, found), out)
    ask = f"Na listu Autoři doplňte funkce a\u00a0organizace místo jmen: {len(found.authors)}."
    say([*found.lines, ask, f"Potom: slz comments accept {out} --period OBDOBÍ"], aside=True)


@comments_app.command(
    cls=CzechCommand,
    help="Převezme vyplněné sešity připomínek do dat období; co už v\u00a0nich je, nechá.",
)
def accept(
    workbooks: Annotated[list[Path], typer.Argument(metavar="SEŠIT", help="Vyplněné sešity.")],
    period: Annotated[str, typer.Option("--period", metavar="OBDOBÍ", help="Období návrhu.")],
    number: Annotated[
        int, typer.Option("--round", metavar="KOLO", min=1, help="Kolo připomínek; jinak první.")
    ] = 1,
    dry_run: DryRun = False,
    data: Data = None,
) -> None:
    """Bring comments into the data of a period; those that it has keep their ids."""
    from slz_lib.collection.comment_form import accepted_comments
    from slz_lib.collection.returned import read_returned
    from slz_lib.dataset import load

    read_ = [read_returned(path) for path in workbooks]
    if refused := [refusal.sentence for _, refusals in read_ for refusal in refusals]:
        raise DataError("\n".join(refused))
    folder = data_folder(data)
    returned = [each for found, _ in read_ for each in found]
    change([accepted_comments(returned, load(folder), period, number)], folder, dry=dry_run)


@comments_app.command(
    cls=CzechCommand,
    help="Uloží rozdíl dvou vydaných návrhů jako sledované změny pro Word.",
)
def redline(
    before: Annotated[Path, typer.Argument(metavar="PŘED", help="Dřívější znění, .docx.")],
    after: Annotated[Path, typer.Argument(metavar="PO", help="Nynější znění, .docx.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="SOUBOR", help="Dokument .docx.")],
    author: Annotated[
        str, typer.Option("--author", metavar="FUNKCE", help="Kdo změny provedl; nikoli jméno.")
    ] = "zpracovatel",
) -> None:
    """Write the difference of two drafts as tracked changes."""
    from slz_lib.collection.word import document_bytes
    from slz_lib.production.comparing.redline import redline as tracked

    require_named(out, ".docx", before, after)
    put(tracked(document_bytes(before), document_bytes(after), author), out)


def _drafts(paths: list[Path]) -> list[Draft]:
    """What is in all of the files.

    Raises:
        DataError: some cannot be read; names each.
    """
    from slz_lib.collection.drafts import read_draft

    found, refused = [], []
    for path in paths:
        try:
            found.append(read_draft(path))
        except DataError as error:
            refused.append(str(error))
    if refused:
        refused.append("Připomínky z\u00a0jiných souborů přepište do formuláře: slz comments form.")
        raise DataError("\n".join(refused))
    return found


@comments_app.command(
    cls=CzechCommand,
    help="Vydá vypořádání připomínek období, u\u00a0akceptovaných s\u00a0rozdílem obou znění.",
)
def settle(
    period: Period,
    before: Annotated[
        Path, typer.Option("--before", metavar="NÁVRH", help="Rozeslané znění, .docx.")
    ],
    after: Annotated[Path, typer.Option("--after", metavar="NÁVRH", help="Nynější znění, .docx.")],
    out: Annotated[Path, typer.Option("--out", metavar="SLOŽKA", help="Složka pro výstupy.")],
    data: Data = None,
) -> None:
    """Write how comments were settled, and what in the text proves it."""
    from slz_lib.collection.draft_places import Places
    from slz_lib.dataset import load
    from slz_lib.evaluation import evaluate
    from slz_lib.production.comparing.settling import settlement, write_content

    evaluation = evaluate(load(data_folder(data)), period)
    content = settlement(evaluation, *map(Places.of, _drafts([before, after])))
    for suffix in ("docx", "xlsx"):
        require_target(out / f"vyporadani.{suffix}", before, after)
        say([str(write_content(content, out / f"vyporadani.{suffix}"))])
