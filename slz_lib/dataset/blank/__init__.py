"""An empty strategy: rules to begin with, and a mark wherever the strategy's own words go."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

from slz_lib.dataset.cells import Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.opening import SOURCE, days
from slz_lib.dataset.schemas import BY_NAME, OF_PERIOD, OF_PLAN, TABLES
from slz_lib.dataset.spelling import written
from slz_lib.vocabulary import years

#: What a cell begins with that waits for its words.
MARK = "DOPLŇTE"
#: The tables that are to be filled in, in this order, and what of them is easily missed.
_TO_FILL = {
    "sources": "nejdřív podklad, z něhož opisujete; každý řádek ostatních tabulek na něj odkazuje",
    "strategy": "název ve třech pádech a území",
    "words": "jak strategie říká území, sobě a okruhům; bez nich platí nejobecnější slova",
    "areas": "okruhy v pořadí; i jeden stačí",
    "bodies": "kdo opatření vede a kdo spolupracuje",
    "measures": "opatření se zněním, indikátorem a termínem",
    "measure_bodies": "gestoři a spolupracující; opatření bez gestora má řádek not_assigned",
    "indicators": "indikátory, mají-li je opatření",
    "goals": "cíle a jejich úrovně (goal_levels), má-li je strategie",
    "statuses": "stupnice; výchozí má tři stupně",
    "evaluation_rules": "pravidla hodnocení, jejich podmínky (rule_conditions) a pravidla plánu",
    "evidence": "podklady o plnění za první období",
}


def blank(period_id: str) -> dict[str, bytes]:
    """The files of an empty strategy, by path under its folder.

    Args:
        period_id: its first period, ``2026-2027`` or ``2026``; a plan of as many years follows it.

    Raises:
        ParameterError: the id is no such years.
    """
    start, end = days(period_id)
    last = 2 * end.year - start.year + 1
    plan = f"{end.year + 1}-{last}" if last > end.year + 1 else f"{last}"
    own = {"source_id": SOURCE, "source_place": "založeno příkazem slz new"}
    span = {"id": period_id, "label": years(start, end), "start": start, "end": end}
    following = {"id": plan, "label": plan.replace("-", "–"), "follows": period_id}
    following |= {"start": f"{end.year + 1}-01-01", "end": f"{last}-12-31"}
    judged = {"measure_id": "1.1", "wording_version": f"{start.year}"}
    rows = {
        "periods": span | {"as_of": end, "origin": "own"} | own,
        "decisions": judged
        | dict.fromkeys(("commentary_supplied", "cells_swapped"), "false")
        | own,
        "horizons": following | own,
    }
    made = {}
    for table in TABLES:
        folder = period_id if table in OF_PERIOD else plan if table in OF_PLAN else ""
        template = files(__name__) / f"{table.name}.csv"
        if template.is_file():
            text = template.read_text("utf-8").replace("$rok", f"{start.year}")
            made[table.file(folder)] = text.encode()
        elif folder or table.folder_column is None:
            names = [column.name for column in table.file_columns if not column.optional]
            known = [rows[table.name]] if table.name in rows else []
            cells = pd.DataFrame(known, columns=names).astype("object").fillna("").astype("str")
            made[table.file(folder)] = written(cells)
    return made | {"README.md": _readme(period_id).encode()}


def _readme(period_id: str) -> str:
    """What to fill in, in order."""
    steps = [
        f"{place}. `{BY_NAME[name].file(period_id)}` – {BY_NAME[name].title.lower()}: {told}."
        for place, (name, told) in enumerate(_TO_FILL.items(), start=1)
    ]
    return "\n".join(
        [
            "# Data strategie",
            "",
            f"Pole, která začínají slovem {MARK}, čekají na údaje strategie; dokud tu jsou,",
            "žádný dokument se nevydá. Vyplňujte v tomto pořadí a kontrolujte příkazem",
            "`slz check --data SLOŽKA`; v Excelu vyplňujte sešit z `slz data sheet`.",
            "",
            *steps,
            "",
            "Co podklad neříká, zůstává prázdné. Každý řádek uvádí podklad a místo v něm.",
            "",
        ]
    )


def unfilled(tables: Tables) -> list[Fault]:
    """The cells that still wait for their words, in the order in which they are to be filled."""
    return [
        fault
        for name in _TO_FILL
        for column, cells in tables[name].sheet.text.items()
        if cells.notna().any()
        for fault in tables[name].sheet.faults(
            cells.str.startswith(MARK, na=False), str(column), "nahraďte údajem strategie"
        )
    ]
