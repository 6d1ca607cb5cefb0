"""Each fault that a file itself can have, made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.spoiling import (
    NB,
    PERIOD,
    Case,
    both,
    faults_of,
    folder_in_place,
    removed,
    replaced,
    written,
)

#: What follows the separator that Czech Excel used.
SAVED = (
    ", jak je ukládá český Excel; "
    "do podoby tabulek jej přepíše slz data fix data/territory/districts.csv."
)


def _without_first_column(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    path.write_text("".join(f"{line.partition(',')[2]}\n" for line in lines), "utf-8")


def _plan_again(data: Path) -> None:
    """A second plan that begins within the first one."""
    again = data / "plans/2025-2026"
    shutil.copytree(data / "plans/2024-2025", again)
    (again / "horizon.csv").write_text(
        "id,label,start,end,follows,source_id,source_place\n"
        "2025-2026,2025–2026,2025-01-01,2026-12-31,2022-2023,syn-zprava,strana 1\n",
        "utf-8",
    )


def resaved(file: str, encoding: str, separator: str) -> Callable[[Path], None]:
    """A spoiler that saves a file as a spreadsheet would."""

    def spoil(data: Path) -> None:
        text = (data / file).read_text("utf-8").replace(",", separator).replace("\n", "\r\n")
        (data / file).write_bytes(text.encode(encoding))

    return spoil


def linked(file: str) -> Callable[[Path], None]:
    """A spoiler that puts a file or folder elsewhere, and a link in its place."""

    def spoil(data: Path) -> None:
        elsewhere = (data / file).rename(data.parent / "elsewhere")
        (data / file).symlink_to(elsewhere)

    return spoil


CASES: dict[str, Case] = {
    "missing_file": (
        removed("territory/partnerships.csv"),
        "data/territory/partnerships.csv: soubor chybí; doplňte jej.",
    ),
    "folder_in_place_of_file": (
        folder_in_place(f"{PERIOD}notes.csv"),
        f"data/{PERIOD}notes.csv: soubor chybí; doplňte jej.",
    ),
    "not_utf8": (
        lambda data: (data / "other_plans/mesto/summary.csv").write_bytes(
            "id,name,value,source_id,source_place\nL-1,bydlení,1,syn-zprava,strana 1\n".encode(
                "cp1250"
            )
        ),
        (
            "data/other_plans/mesto/summary.csv, řádek 2: nalezeno „bajt 0xED“; "
            "čeká se kódování UTF-8; do podoby tabulek jej přepíše slz data fix "
            "data/other_plans/mesto/summary.csv."
        ),
    ),
    "nul_byte": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady\0dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2: soubor obsahuje nulový bajt; "
            f"uložte jej jako CSV v{NB}kódování UTF-8."
        ),
    ),
    "empty_file": (
        written("other_plans/mesto/items.csv", b""),
        (
            "data/other_plans/mesto/items.csv: soubor je prázdný; "
            f"čeká se aspoň řádek s{NB}názvy sloupců."
        ),
    ),
    "no_rows": (
        written("rules/plan_targets.csv", b"id,order,prefix,target,source_id,source_place\n"),
        "data/rules/plan_targets.csv: tabulka nemá žádný řádek; doplňte jej.",
    ),
    "unbalanced_quote": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", '"Podklady dodaly odbory.'),
        (
            f"data/{PERIOD}notes.csv, řádek 2: "
            'nalezeno „N1,asked,"Podklady dodaly odbory.,syn-zprava,strana 1“; '
            "uvozovky nejsou uzavřeny; záznam má být celý na jednom řádku."
        ),
    ),
    "text_after_quote": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly odbory.", '"Podklady" dodaly.'),
        (
            f"data/{PERIOD}notes.csv, řádek 2: "
            'nalezeno „N1,asked,"Podklady" dodaly.,syn-zprava,strana 1“; '
            "uvozovky stojí na nesprávném místě."
        ),
    ),
    "unquoted_comma": (
        replaced(f"{PERIOD}notes.csv", "Podklady dodaly", "Podklady, dodaly"),
        (
            f"data/{PERIOD}notes.csv, řádek 2: "
            "nalezeno „N1,asked,Podklady, dodaly odbory.,syn-zprava,strana 1“; "
            f"řádek má 6{NB}polí, záhlaví 5; text s{NB}čárkou patří do uvozovek."
        ),
    ),
    "blank_line": (
        replaced(f"{PERIOD}notes.csv", "\nN1,", "\n\nN1,"),
        f"data/{PERIOD}notes.csv, řádek 2: řádek je prázdný; smažte jej.",
    ),
    "missing_column": (
        written(f"{PERIOD}notes.csv", b"id,topic,source_id,source_place\nN1,asked,syn-zprava,s\n"),
        f"data/{PERIOD}notes.csv, sloupec text: sloupec chybí; doplňte jej.",
    ),
    "unknown_column": (
        written(
            f"{PERIOD}notes.csv",
            b"id,topic,text,source_id,source_place,extra\nN1,asked,t,syn-zprava,s,x\n",
        ),
        (
            f"data/{PERIOD}notes.csv, řádek 1: nalezeno „extra“; "
            "takový sloupec tabulka notes nemá; smažte jej."
        ),
    ),
    "repeated_column": (
        written(
            f"{PERIOD}notes.csv",
            b"id,topic,text,text,source_id,source_place\nN1,asked,t,t,syn-zprava,s\n",
        ),
        f"data/{PERIOD}notes.csv, řádek 1: nalezeno „text“; sloupec je v{NB}záhlaví 2krát.",
    ),
    "saved_by_excel_with_semicolons": (
        resaved("territory/districts.csv", "utf-8-sig", ";"),
        f"data/territory/districts.csv: pole oddělují středníky{SAVED}",
    ),
    "saved_by_excel_in_windows_1250": (
        resaved("territory/districts.csv", "cp1250", ";"),
        f"data/territory/districts.csv: pole oddělují středníky{SAVED}",
    ),
    "link_in_place_of_file": (
        linked(f"{PERIOD}notes.csv"),
        f"data/{PERIOD}notes.csv: na místě souboru je odkaz; dejte sem soubor sám.",
    ),
    "link_in_place_of_folder": (
        linked("other_plans"),
        "data/other_plans: na místě složky je odkaz; dejte sem složku samu.",
    ),
    "pipe_in_place_of_file": (
        both(removed(f"{PERIOD}notes.csv"), lambda data: os.mkfifo(data / PERIOD / "notes.csv")),
        (f"data/{PERIOD}notes.csv: na místě souboru je zařízení nebo roura; dejte sem soubor."),
    ),
    "utf_16": (
        lambda data: (data / PERIOD / "notes.csv").write_bytes(
            (data / PERIOD / "notes.csv").read_text("utf-8").encode("utf-16")
        ),
        (
            f"data/{PERIOD}notes.csv, řádek 1: nalezeno „bajt 0xFF“; čeká se kódování UTF-8; "
            f"do podoby tabulek jej přepíše slz data fix data/{PERIOD}notes.csv."
        ),
    ),
    "lines_end_by_cr": (
        lambda data: (data / PERIOD / "notes.csv").write_bytes(
            (data / PERIOD / "notes.csv").read_bytes().replace(b"\n", b"\r")
        ),
        (
            f"data/{PERIOD}notes.csv: řádky končí jen znakem CR; "
            f"do podoby tabulek jej přepíše slz data fix data/{PERIOD}notes.csv."
        ),
    ),
    "missing_column_of_links": (
        written(
            "strategy/links.csv",
            b"measure_id,goal_id,plan_id,item_id,note,source_id,source_place\nI.2,C1,,,x,syn-cteni,s\n",
        ),
        "data/strategy/links.csv, sloupec area_id: sloupec chybí; doplňte jej.",
    ),
    "missing_ids_of_areas": (
        lambda data: _without_first_column(data / "strategy/areas.csv"),
        "data/strategy/areas.csv, sloupec id: sloupec chybí; doplňte jej.",
    ),
    "overlapping_periods": (
        _plan_again,
        (
            "data/plans/2025-2026/horizon.csv, řádek 2, sloupec start: nalezeno „2025-01-01“; "
            f"období se překrývá s{NB}obdobím 2024-2025; čeká se den po jeho konci."
        ),
    ),
    "no_horizon": (
        lambda data: shutil.rmtree(data / "plans"),
        "data/plans: chybí složka období (například 2022-2023); první založí slz plan new.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_reported_once_with_its_place(name: str, data: Path) -> None:
    """File, row, column, what was found, what is expected; and no consequence besides."""
    spoil, expected = CASES[name]
    spoil(data)
    assert faults_of(data) == [expected]


@pytest.mark.parametrize("folder", ["", "strategy", "periods", f"{PERIOD}"])
def test_a_folder_that_may_not_be_read_is_one_fault(
    folder: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = data / folder
    listed, allowed = os.scandir, os.access

    def scandir(path: Path) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr("os.scandir", scandir)
    monkeypatch.setattr(
        "os.access", lambda path, mode: Path(path) != closed and allowed(path, mode)
    )
    shown = f"data/{folder}".rstrip("/")
    assert faults_of(data) == [f"{shown}: složku nelze přečíst: chybí oprávnění."]
