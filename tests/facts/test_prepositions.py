"""Prepositions as the number behind them is read; what does not end a line."""

from __future__ import annotations

import pytest

from slz_lib.language import after, no_breaks, of_number, of_whole


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (0, "z 0"), (1, "z 1"), (2, "ze 2"), (4, "ze 4"), (5, "z 5"), (6, "ze 6"), (8, "z 8"),
        (12, "ze 12"), (15, "z 15"), (21, "ze 21"), (50, "z 50"), (68, "ze 68"), (80, "z 80"),
        (109, "ze 109"), (500, "z 500"), (1000, "z 1 000"), (2500, "ze 2 500"),
    ],
)  # fmt: skip
def test_of_is_vocalised_as_it_is_read(number: int, read: str) -> None:
    assert of_number(number).replace("\u00a0", " ") == read


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (1, "v 1"),
        (2, "ve 2"),
        (4, "ve 4"),
        (6, "v 6"),
        (12, "ve 12"),
        (35, "ve 35"),
        (109, "ve 109"),
    ],
)
def test_within_is_vocalised_as_it_is_read(number: int, read: str) -> None:
    assert after("v", str(number)).replace("\u00a0", " ") == read


def test_a_part_of_a_whole_stays_on_one_line() -> None:
    assert of_whole(68, 109) == "68\u00a0ze\u00a0109"


@pytest.mark.parametrize(
    "spaced",
    [
        "v~6~obvodech a~2~dalších, ne ve 12,5~%",
        "ze 109~opatření; 15~195~dětí a~500~tisíc~Kč",
        "dne 31.~12.~2023, 1.~7.~2025 a~31.~prosince 2023",
        "v~roce~2023 proběhla 2~až 4~setkání; v~letech 2022 a~2023 byla",
        "č.~j. 12/2023 podle §~21a zákona č.~108/2006~Sb. o~službách",
        "Člověk v~tísni, o.~p.~s., a~D.R.A.K., z.~s.",
        "KÚ~LK, NAKAP~LK~II, ORP~Česká Lípa, ZŠ~Velké Hamry",
        "(o~bydlení) a~škole/v~obci – i~„v~kraji“",
        "žáci 1.~stupně, obce II. a~III.~typu, tj.~např.~vč.~osob",
        "I.1 je splněno. PLNĚNO je do 12/2024 podle verze 3.2 pravidel",
    ],
)
def test_a_line_ends_with_no_preposition_number_or_abbreviation(spaced: str) -> None:
    assert no_breaks(spaced.replace("~", " ")).replace("\u00a0", "~") == spaced
    assert no_breaks(spaced.replace("~", "\u00a0")).replace("\u00a0", "~") == spaced
