"""Why something was refused or failed, in Czech: what the system says, and what Python says."""

from __future__ import annotations

import errno

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
    errno.EIO: "disk hlásí chybu",
}
#: Python's own errors that speak of the input or of the machine; the first that fits counts.
_OF_PYTHON: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "došla paměť"),
    (RecursionError, "některý vstup je vnořen příliš hluboko"),
    (OverflowError, "některé číslo je příliš velké"),
    (UnicodeError, "některý text není v\u00a0kódování UTF-8"),
    (EOFError, "jeho pomocný proces skončil předčasně"),
    (ConnectionError, "jeho pomocný proces skončil předčasně"),
    (ImportError, "chybí část knihoven (obnoví je make clean report)"),
)


def cause(error: OSError) -> str:
    """Why the system refused a file; for a rare cause the number by which the system calls it."""
    return _OF_SYSTEM.get(error.errno or 0, f"chyba systému č.\u00a0{error.errno}")


def cause_of_any(error: BaseException) -> str:
    """Why anything failed; of an error that nobody expects, its name."""
    for kind, words in _OF_PYTHON:
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError) and error.errno:
        return cause(error)
    return f"neočekávaná chyba {type(error).__name__}"
