"""Facts hold from a day to a day: what is told of their days, and laws that came into force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import slz_lib
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.dataset.views import on_day
from slz_lib.planning.drafting import drafted
from tests.samples.next_period import PLAN, next_period
from tests.samples.synthetic_periods import AFTER
from tests.samples.written import write_dataset

BODY = "KULK-OSV"


def renamed(dataset: slz_lib.Dataset, day: str | None, ended: str | None = None) -> slz_lib.Dataset:
    """The data with another name of a body from a day on; the first name may have an end."""
    bodies = dataset.bodies
    this = bodies["id"].eq(BODY)
    later = bodies[this].assign(name="Odbor syntetických věcí", valid_from=day)
    first = bodies.assign(valid_to=bodies["valid_to"].mask(this, ended))
    both = pd.concat([first, later.astype(bodies.dtypes)], ignore_index=True)
    return replace(dataset, bodies=both)


def told(dataset: slz_lib.Dataset, folder: Path) -> list[str]:
    write_dataset(dataset, folder / "data")
    try:
        slz_lib.load(folder / "data")
    except FaultyDataError as error:
        return [str(fault).replace("\u00a0", " ").partition(", ")[2] for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("begins", "ended", "day", "is_later"),
    [
        ("2024-03-15", None, "2024-03-14", False),
        ("2024-03-15", None, "2024-03-15", True),
        ("2024-03", None, "2024-02-29", False),
        ("2024-03", "2024-02", "2024-03-01", True),
        ("2024", "2023", "2023-12-31", False),
        ("2024", "2023-12-31", "2024-01-01", True),
    ],
)
def test_a_name_holds_until_the_next_one_begins(
    dataset: slz_lib.Dataset, begins: str, ended: str | None, day: str, is_later: bool
) -> None:
    names = on_day(renamed(dataset, begins, ended), date.fromisoformat(day)).bodies
    names = names[names["id"].eq(BODY)]
    assert (names["name"] == "Odbor syntetických věcí").tolist() == [is_later]
    assert names["valid_to"].isna().all()


@pytest.mark.parametrize(
    ("begins", "ended", "faults"),
    [
        ("2024-03", "2024-02", []),
        ("2024", "2023-12-31", []),
        (
            "2024",
            "2024-03-31",
            [
                (
                    "sloupec valid_to: nalezeno „2024-03-31“; další řádek téhož klíče platí už od "
                    "2024; zapište dřívější konec, nebo pole nechte prázdné."
                )
            ],
        ),
        (
            "2023-02-30",
            None,
            ["sloupec valid_from: nalezeno „2023-02-30“; čeká se skutečné datum."],
        ),
        (
            None,
            None,
            [
                (
                    "sloupec id: nalezeno „KULK-OSV“; opakuje se klíč z řádku 4; klíč má být "
                    "jedinečný, pozdější údaj má vlastní valid_from."
                )
            ],
        ),
    ],
)
def test_days_that_cannot_be_are_told(
    dataset: slz_lib.Dataset,
    tmp_path: Path,
    begins: str | None,
    ended: str | None,
    faults: list[str],
) -> None:
    found = told(renamed(dataset, begins, ended), tmp_path)
    assert [fault.partition(", ")[2] for fault in found] == faults


def test_what_does_not_hold_in_a_period_may_not_be_referred_to_in_it(
    dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    bodies = dataset.bodies
    ends = bodies["valid_to"].mask(bodies["id"].eq(BODY), "2023-11")
    faults = told(replace(dataset, bodies=bodies.assign(valid_to=ends)), tmp_path)
    assert faults
    for fault in faults:
        assert f"nalezeno „{BODY}“; tabulka bodies takové id nezná" in fault
        assert fault.endswith("(v údajích platných k 31. 12. 2023).")


def test_a_law_in_force_when_the_plan_begins_is_applied_not_followed(
    dataset: slz_lib.Dataset,
) -> None:
    later = next_period(dataset, decided=False)
    # The later evidence waits for what the earlier waited for.
    awaited = dataset.evidence.set_index("id")["waits_for"]
    later = replace(
        later,
        evidence=later.evidence.assign(waits_for=later.evidence["id"].map(awaited).astype("str")),
    )
    before, after = (
        drafted(slz_lib.evaluate(later, period), plan).steps
        for period, plan in (("2022-2023", "2024-2025"), (AFTER, PLAN))
    )
    waiting = before.loc[before["cause"].eq("waits_for_law"), "measure_id"]
    applied = after[after["cause"].eq("law_in_force")]
    assert set(applied["measure_id"]) == set(waiting) - {"VI.11", "I.9"}  # I.9 has ended
    told = applied["step"].str.replace("\u00a0", " ")
    law = "Uplatňovat zákon č. 175/2025 Sb., o podpoře bydlení, účinný od 1. 1. 2026, a doložit"
    assert told.str.startswith(law).all()
    # No record says which law VI.11 waits for, so it is not known to be in force.
    assert list(after.loc[after["cause"].eq("waits_for_law"), "measure_id"]) == ["VI.11"]
    assert not before["cause"].eq("law_in_force").any()
