"""``slz`` as a program, whose writing can be held between two moves.

The server and all processes of a batch run what stands here, as it is their main module. The
variable SLZ_TEST_MOVE names an edition and the number of a move: before it the process waves and
waits.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path

from slz_lib.cli import main

MOVE = "SLZ_TEST_MOVE"


def hold(stem: str, number: int, signals: Path) -> None:
    """Have the edition ``stem`` stop before its move of this number."""
    whole, moves = Path.replace, count(1)

    def replace(path: Path, target: Path) -> Path:
        if target.name.startswith(f"{stem}.") and next(moves) == number:
            (signals / f"move {os.getpid()} {os.getppid()}").mkdir()
            while not (signals / "go").is_dir():
                time.sleep(0.001)
        return whole(path, target)

    Path.replace = replace  # type: ignore[method-assign,assignment]


if MOVE in os.environ:
    edition, position = os.environ[MOVE].split()
    hold(edition, int(position), Path(os.environ["SLZ_TEST_SIGNALS"]))
if __name__ == "__main__":
    sys.exit(main())
