"""The stock chain: a person's two commands for a brief, papermill and ``jupyter nbconvert``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmark.briefs import DATA, NOTEBOOKS, Brief
from tests.benchmark.usage import NOTHING, Usage, measured

#: The programs of the environment that runs this.
BIN = Path(sys.executable).parent


def issue(brief: Brief, formats: Sequence[str], out: Path) -> dict[str, Usage]:
    """Issue ``brief`` below ``out``; what it took up to each format of ``formats``."""
    executed = brief.file(out, "ipynb")
    command: list[str | Path] = [BIN / "papermill", brief.notebook, executed]
    command += ["--kernel", "python3", "--cwd", NOTEBOOKS, "--no-progress-bar"]
    for name, value in {**brief.parameters, "data": str(DATA)}.items():
        command += ["-p", name, value]
    taken, _ = measured(command, NOTEBOOKS)
    found = {}
    for form in formats:
        usage, _ = measured(
            [BIN / "jupyter", "nbconvert", "--to", f"slz_{form}", executed], NOTEBOOKS
        )
        taken += usage
        found[form] = taken
    return found


def issued(of: Sequence[Brief], formats: Sequence[str], out: Path) -> dict[str, Usage]:
    """Issue the briefs one after the other; what all took up to each format."""
    total = dict.fromkeys(formats, NOTHING)
    for brief in of:
        for form, usage in issue(brief, formats, out).items():
            total[form] += usage
    return total
