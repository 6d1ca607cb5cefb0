"""Equal contents have equal digests in every process; any difference that shows makes another."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd
import pytest

import slz_lib
from slz_lib.production.canonical import digest
from tests.conftest import ROOT

FRAME = pd.DataFrame(
    {
        "text": pd.Series(["a", None, "ř"], dtype="str"),
        "whole": [1, 2, 3],
        "share": pd.Series([0.5, None, 1], dtype="Float64"),
        "day": pd.to_datetime(["2024-01-31", "NaT", "2024-02-29"]),
        "flag": [True, False, True],
        "kind": pd.Categorical(["x", "y", "x"]),
        "any": pd.Series([None, pd.NA, ("a", 1)], dtype="object"),
    }
)


def test_a_table_made_in_another_way_has_the_same_digest() -> None:
    rows = [FRAME.iloc[[number]] for number in range(3)]
    again = pd.concat(rows)[list(FRAME.columns)].astype({"kind": FRAME["kind"].dtype})
    assert again is not FRAME
    assert digest(again) == digest(FRAME)
    assert digest(again.set_axis([0, 1, 2])) == digest(FRAME)


@pytest.mark.parametrize(
    "other",
    [
        FRAME.rename(columns={"text": "texts"}),
        FRAME[["whole", "text", "share", "day", "flag", "kind", "any"]],
        FRAME.astype({"whole": "float64"}),
        FRAME.astype({"text": "object"}),
        FRAME.assign(whole=[1, 2, 4]),
        FRAME.assign(text=pd.Series(["a", "", "ř"], dtype="str")),
        FRAME.assign(text=pd.Series(["a", "NaN", "ř"], dtype="str")),
        FRAME.assign(day=FRAME["day"] + pd.Timedelta(days=1)),
        FRAME.assign(any=pd.Series([None, None, ("a", 1)], dtype="object")),
        FRAME.assign(kind=FRAME["kind"].cat.add_categories("z")),
        FRAME.set_axis([0, 1, 5]),
        FRAME.rename_axis("row"),
        FRAME.iloc[:2],
        FRAME.iloc[::-1],
    ],
    ids=range(14),
)
def test_any_difference_of_a_table_makes_another_digest(other: pd.DataFrame) -> None:
    assert digest(other) != digest(FRAME)


def test_values_that_read_alike_but_are_others_have_other_digests() -> None:
    values = [1, 1.0, True, "1", None, "", pd.NA, pd.NaT, float("nan"), [], {}, set(), [1], [[1]]]
    values += [pd.Timestamp("2024-01-01"), "2024-01-01", pd.Timestamp("2024-01-01").date()]
    values += [PurePosixPath("a"), "a", {"a": 1}, {"a": "1"}, {"a": 1, "b": 2}, {"b": 2, "a": 1}]
    assert len({digest(value) for value in values}) == len(values)


def test_the_order_of_a_set_says_nothing() -> None:
    assert digest({"x", "y", "z"}) == digest({"z", "y", "x"})


@dataclass(frozen=True)
class Two:
    first: object
    second: object


def test_a_dataclass_is_its_fields() -> None:
    assert digest(Two(FRAME, 1)) == digest(Two(FRAME.copy(), 1))
    assert digest(Two(FRAME, 1)) != digest(Two(FRAME, 2))


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        digest([object()])


def test_another_process_finds_the_same_digests(evaluation: slz_lib.Evaluation) -> None:
    asked = (
        "import slz_lib; from slz_lib.production.canonical import digest; "
        f"e = slz_lib.evaluate(slz_lib.load({str(ROOT / 'data')!r}), '2022-2023'); "
        "print(*map(digest, (e.judgements, e.audit, e.trace, e.rule_set, e.period, e.by_lead)))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
    ).stdout.split()
    e = evaluation
    values = (e.judgements, e.audit, e.trace, e.rule_set, e.period, e.by_lead)
    assert told == [digest(value) for value in values]
