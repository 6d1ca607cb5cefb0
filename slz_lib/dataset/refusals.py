"""Why the operating system refused a file, in Czech."""

from __future__ import annotations

import errno

_CAUSES = {
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
    errno.EIO: "disk hlásí chybu",
}


def cause(error: OSError) -> str:
    """The cause in Czech; for a rare one the number by which the system calls it."""
    return _CAUSES.get(error.errno or 0, f"chyba systému č.\u00a0{error.errno}")
