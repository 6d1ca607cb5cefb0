"""Reading a foreign file in a process of its own, which has so much time and memory and no more."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from slz_lib.errors import DataError, SlzError
from slz_lib.refusals import cause_of_any
from slz_lib.untrusted import shown

#: Seconds and bytes of address space that one file may take; the bytes where the system can tell.
_SECONDS = 30.0
_MEMORY = 1024 * 1024 * 1024
_PROGRAM = "from slz_lib.collection.apart import serve; serve()"


def read_apart(
    reader: Callable[[bytes, str], object], content: bytes, name: str, memory: int = _MEMORY
) -> Any:
    """What ``reader`` makes of a file, read where it can do no harm; as JSON holds it.

    Args:
        reader: a function of a module, given the content and the name.
        content: the file.
        name: what messages call it.
        memory: bytes of address space that it may take.

    Raises:
        DataError: it cannot be read, or takes more than is given.
    """
    asked = [reader.__module__, reader.__name__, shown(name), str(memory)]
    command = [sys.executable, "-P", "-X", "utf8", "-c", _PROGRAM, *asked]
    try:
        # What it says beside the answer is of libraries, in English.
        done = subprocess.run(  # noqa: S603 — this very Python
            command, input=content, capture_output=True, timeout=_SECONDS, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise DataError(
            f"Soubor „{shown(name)}“ nelze přečíst v\u00a0mezích času a\u00a0paměti; otevřete jej "
            "a\u00a0uložte znovu."
        ) from error
    if "refused" in answer:
        raise DataError(answer["refused"])
    return answer["found"]


def serve() -> None:
    """Read the file on the standard input, and answer on the output: what the process is for."""
    module, function, name, memory = sys.argv[1:]
    _limit_memory(int(memory))
    content = sys.stdin.buffer.read()
    try:
        answer = {"found": getattr(importlib.import_module(module), function)(content, name)}
    except SlzError as error:
        answer = {"refused": str(error)}
    except Exception as error:  # noqa: BLE001 — whatever a library thinks of a foreign file
        told = (
            f"Soubor „{name}“ nelze přečíst ({cause_of_any(error)}); otevřete jej a uložte znovu."
        )
        answer = {"refused": told}
    json.dump(answer, sys.stdout)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, wanted))
