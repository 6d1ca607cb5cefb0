"""A writer run elsewhere: another hash seed, another time zone, another process."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def digest(writer: str, hash_seed: str, zone: str) -> str:
    """SHA-256 of the sample document as the module ``writer`` writes it in a process of its own."""
    program = (
        "import hashlib; from tests.documents.sample import sample;"
        f"from slz_lib.documents.{writer} import render;"
        "print(hashlib.sha256(render(sample())).hexdigest())"
    )
    surroundings = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, env=surroundings, cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.strip()
