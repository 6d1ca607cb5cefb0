"""What ``--json`` writes holds what was judged, on the screen and in a file alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
import pytest

from slz_lib.cli import main
from slz_lib.evaluation import Evaluation
from tests.conftest import ROOT

DATA = ROOT / "data"


@pytest.fixture
def content(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[[str], dict[str, Any]]:
    """What a command on the real period writes, read by a reader that knows no *NaN*."""

    def refuse(constant: str) -> NoReturn:
        pytest.fail(f"{constant} is no JSON")

    def written(command: str) -> dict[str, Any]:
        order = [command, "2022-2023", "--data", str(DATA), "--json"]
        target = tmp_path / "vystup.json"
        assert main([*order, "-"]) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        assert main([*order, str(target)]) == 0
        assert target.read_bytes() == out
        assert list(tmp_path.iterdir()) == [target]
        read: dict[str, Any] = json.loads(out, parse_constant=refuse)
        assert read["period"]["as_of"] == "2023-12-31"
        return read

    return written


def assert_holds(rows: list[dict[str, Any]], table: pd.DataFrame) -> None:
    """The rows are those of the table, and as much is missing."""
    assert len(rows) == len(table)
    assert list(rows[0]) == list(table.columns)
    missing = sum(value is None for row in rows for value in row.values())
    assert missing == int(table.isna().to_numpy().sum())


def test_of_an_audit(content: Callable[[str], dict[str, Any]], evaluation: Evaluation) -> None:
    told, found = content("audit"), evaluation.audit
    assert list(told) == ["period", "kinds", "findings"]
    assert_holds(told["kinds"], found.by_kind)
    assert_holds(told["findings"], found.findings)


def test_of_an_evaluation_with_the_lines_of_the_evidence_of_every_measure(
    content: Callable[[str], dict[str, Any]], evaluation: Evaluation
) -> None:
    told = content("evaluate")
    assert list(told) == [
        *("period", "rules", "counts", "judgements", "criteria", "decisions", "claims"),
        *("codings", "traces"),
    ]
    assert told["rules"]["version"] == evaluation.rule_set.version
    assert told["counts"]["published"] == evaluation.counts.to_dict()
    assert told["counts"]["derived"] == evaluation.derived_counts.to_dict()
    assert told["decisions"] == []
    for name in ("judgements", "criteria", "claims"):
        assert_holds(told[name], getattr(evaluation, name))
    days = {row["deadline_day"] for row in told["judgements"]}
    assert all(day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    measures = [trace["measure_id"] for trace in told["traces"]]
    assert measures == list(evaluation.judgements["measure_id"])
    for trace in told["traces"]:
        lines = (DATA / trace["file"]).read_text("utf-8").splitlines()
        assert trace["inputs"]
        for row in trace["inputs"]:
            assert lines[row["row"] - 1].startswith(f"{row['id']},{trace['measure_id']},")
        (decided,) = {c["rule_id"] for c in trace["conditions"] if c["decided"]}
        assert decided == trace["rule_id"]
        assert all(c["holds"] for c in trace["conditions"] if c["decided"])
