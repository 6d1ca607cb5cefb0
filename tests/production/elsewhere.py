"""``slz`` as a program on a system that lacks what Linux has; also what it starts lacks it.

Put this file's folder on the path under the name of ``sitecustomize``, see :func:`lacking`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: What Windows has not.
MODULES = ("fcntl", "grp", "pwd", "resource", "termios")
CALLS = (
    *("fork", "forkpty", "getuid", "killpg", "memfd_create", "sched_getaffinity"),
    *("setsid", "waitid", "register_at_fork"),
)
SIGNALS = ("pthread_sigmask",)

_CUSTOMIZE = f"""
import multiprocessing, multiprocessing.context as context, os, signal, sys
for name in {MODULES!r}:
    sys.modules[name] = None
for name in {CALLS!r}:
    vars(os).pop(name, None)
for name in {SIGNALS!r}:
    vars(signal).pop(name, None)
context._concrete_contexts = {{"spawn": context._concrete_contexts["spawn"]}}
for name in ("Fork", "ForkServer"):
    del vars(context)[name + "Context"], vars(context)[name + "Process"]
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""


def lacking(folder: Path) -> dict[str, str]:
    """Variables of a process that lacks all that, whose Python then finds a file in ``folder``."""
    (folder / "sitecustomize.py").write_text(_CUSTOMIZE, encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder)}


def command(*arguments: str) -> list[str]:
    """``slz`` of this checkout as a program."""
    return [
        sys.executable,
        "-c",
        "import sys; from slz_lib.cli import main; sys.exit(main())",
        *arguments,
    ]
