"""Real briefs of a batch are the same to the byte whoever makes them, where and how."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import slz_lib
from slz_lib.production.catalogue import DISTRICT_BRIEF
from slz_lib.production.workplace import Workplace
from tests.commands.batch_sample import DISTRICTS, PERIOD, command, environment
from tests.commands.sample import files, of_period, produce
from tests.conftest import ROOT

pytestmark = pytest.mark.thorough


def test_outputs_do_not_depend_on_workers_zone_locale_seed_folder_or_user(
    dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    copy = tmp_path / "jiný uživatel" / "checkout"
    for folder in ("slz_lib", "notebooks", "data", "tests/commands", "tests/samples"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.lock", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, copy / name)
    made = []
    for root, workers, variables in (
        (ROOT, "2", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        (
            copy,
            "1",
            {
                "TZ": "Asia/Tokyo",
                "LC_ALL": "C",
                "PYTHONHASHSEED": "2",
                "HOME": str(copy.parent),
                "USER": "jana",
                "LOGNAME": "jana",
            },
        ),
    ):
        out = tmp_path / f"out-{workers}"
        program = root / "tests" / "commands" / "batch_command.py"
        options = ["--only", "districts", "--workers", workers, "--out", str(out)]
        subprocess.run(
            [command()[0], str(program), "batch", PERIOD, *options],
            cwd=root,
            env=environment(**variables) | {"PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        )
        made.append(files(out))
    one, other = made
    suffixes = ("docx", "html", "ipynb", "manifest.json", "pdf", "xlsx")
    expected = {f"{name}.{suffix}" for name in DISTRICTS for suffix in suffixes}
    assert set(one) == expected | {f"{PERIOD}/davka.json"}
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) == len(other)
    alone = Workplace(ROOT / "notebooks", ROOT / "data", tmp_path / "alone")
    for district in dataset.districts["id"][::3]:
        produce(of_period(DISTRICT_BRIEF, PERIOD, district=district), alone, dataset)
    given = files(alone.reports)
    assert len(given) == 4 * len(suffixes)
    assert {name: one[name] for name in given} == given
    for content in one.values():
        assert str(ROOT).encode() not in content
