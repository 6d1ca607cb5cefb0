"""``slz audit`` shows what the audit found."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from slz_lib.cli import main
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.audit import audit

DATA = Path(__file__).resolve().parents[2] / "data"
COMMAND = ["audit", "2022-2023", "--data"]
STALE = "check,subject,reason,role,source_id,source_place\ncells_swapped,V.7,x,x,vlastni-cteni,x\n"


def test_kinds_and_findings_are_shown_and_are_no_error(
    capsys: pytest.CaptureFixture[str], evaluation: Evaluation
) -> None:
    assert main([*COMMAND, str(DATA)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = audit(evaluation)
    assert out.startswith("Audit období 2022–2023, stav k\u00a031.\u00a012.\u00a02023\n")
    kinds = re.findall(r"^(.+?) {2,}(vysoká|střední|nízká) +(\d+)$", out, re.MULTILINE)
    assert [(label, int(number)) for label, _, number in kinds] == list(
        zip(found.by_kind["label"], found.by_kind["findings"], strict=True)
    )
    for text in found.findings["explanation"]:
        assert f"    {text}\n" in out


def test_deadlines_are_audited_to_the_given_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, str(DATA), "--as-of", "2022-12-31"]) == 0
    out, _ = capsys.readouterr()
    assert re.search(r"^Uplynul termín +střední +0$", out, re.MULTILINE)


def test_an_acknowledgement_of_nothing_found_is_one_message_and_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    (data / "periods/2022-2023/acknowledgements.csv").write_text(STALE, encoding="utf-8")
    assert main([*COMMAND, str(data)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Chyba: data/periods/2022-2023/acknowledgements.csv, řádek 2: ")
    assert "Traceback" not in err
