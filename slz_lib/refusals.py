"""Why something was refused or failed, in Czech: what the system says, and what Python says."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

from slz_lib import untrusted

_OF_SYSTEM = {
    errno.ENOSPC: "na disku není místo",
    errno.EDQUOT: "je vyčerpán příděl místa na disku",
    errno.EACCES: "chybí oprávnění",
    errno.EPERM: "chybí oprávnění",
    errno.EROFS: "disk je jen pro čtení",
    errno.ENOENT: "složka neexistuje",
    errno.ENOTDIR: "na místě složky leží soubor",
    errno.EEXIST: "na místě složky leží soubor",
    errno.EISDIR: "na místě souboru leží složka",
    errno.ENAMETOOLONG: "jméno je příliš dlouhé",
    errno.EMFILE: "otevřených souborů je víc, než systém dovolí (ulimit -n)",
    errno.ENFILE: "otevřených souborů je víc, než systém dovolí",
    errno.ENOMEM: "nezbývá paměť",
    errno.EAGAIN: "nezbývá místo pro další proces",
    errno.EFBIG: "soubor by byl větší, než systém dovolí (ulimit -f)",
    errno.ELOOP: "odkazy vedou v\u00a0kruhu",
    errno.EIO: "disk hlásí chybu",
}
#: Python's own errors that speak of the input or of the machine; the first that fits counts.
_OF_PYTHON: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "došla paměť"),
    (RecursionError, "některý vstup je vnořen příliš hluboko"),
    (OverflowError, "některé číslo je příliš velké"),
    (UnicodeError, "některý text není v\u00a0kódování UTF-8"),
    (EOFError, "pomocný proces skončil předčasně"),
    (ConnectionError, "pomocný proces skončil předčasně"),
    (ImportError, "chybí část knihoven (obnoví je make clean report)"),
)


def cause(error: OSError) -> str:
    """Why the system refused a file; for a rare cause the number by which the system calls it."""
    return _OF_SYSTEM.get(error.errno or 0, f"chyba systému č.\u00a0{error.errno}")


def cause_of_any(error: Exception) -> str:
    """Why anything failed; of an error that nobody expects, its name."""
    for kind, words in _OF_PYTHON:
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError) and error.errno:
        return cause(error)
    return f"neočekávaná chyba {type(error).__name__}"


def cause_and_place(error: Exception) -> str:
    """Why anything failed, and where."""
    return f"{cause_of_any(error)} ({_place(error)})"


def _place(error: Exception) -> str:
    """The file that was refused, or else the last place of our own in the program."""
    name = getattr(error, "filename", None)
    if isinstance(name, str | bytes | os.PathLike):
        return f"„{untrusted.shown_path(os.fsdecode(name))}“"
    try:
        Path.cwd()
    except OSError:
        return "pracovní složka už není"
    own = Path(untrusted.__file__).parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(own):
            return f"{Path(frame.filename).relative_to(own.parent)}, řádek {frame.lineno}"
    return "mimo program"
