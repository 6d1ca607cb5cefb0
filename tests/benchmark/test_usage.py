"""What a command takes is counted whole, with processes that outlive it."""

from __future__ import annotations

import subprocess
import sys

#: A command that leaves at once, and a process behind it that works for a fifth of a second.
LEAVING = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c",
                  "import time\\nwhile time.process_time() < 0.2: pass"])
"""
#: In a process of its own: waiting for all children is no business of the tests' process.
MEASURING = """
import sys
from pathlib import Path
from tests.benchmark.usage import measured
usage, _ = measured([sys.executable, "-c", sys.argv[1]], Path.cwd())
print(usage.cpu)
"""


def test_a_process_left_behind_counts() -> None:
    told = subprocess.run(
        [sys.executable, "-c", MEASURING, LEAVING], capture_output=True, text=True, check=True
    ).stdout
    assert float(told) > 0.2


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    failing = "import sys; sys.exit('synthetic failure')"
    told = subprocess.run(
        [sys.executable, "-c", MEASURING, failing], capture_output=True, text=True, check=False
    )
    assert told.returncode
    assert "synthetic failure" in told.stderr
