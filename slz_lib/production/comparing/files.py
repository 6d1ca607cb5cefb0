"""Files that nobody vouches for: found and read within limits, never by way of a link out.

What is compared may come by mail. A pipe or a device would be read without end, a link may lead to
what the asker never meant to show.
"""

from __future__ import annotations

import os
from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.language import format_number
from slz_lib.refusals import cause
from slz_lib.untrusted import shown, shown_path

#: Larger files are not read; the largest issued one has some 4 MB.
MAX_BYTES = 64 * 1024 * 1024
#: A folder of reports has some hundreds of files; in one with more nothing is looked for.
MAX_FILES = 100_000


def paths_below(folder: Path, *ends: str) -> list[Path]:
    """What lies below ``folder`` with a name that has one of ``ends``, in order.

    What is hidden is left out, links to folders are not followed.

    Raises:
        ParameterError: a folder cannot be read, or there are too many files.
    """

    def refuse(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error)

    paths: list[Path] = []
    seen = 0
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        seen += len(names) + len(folders)
        if seen > MAX_FILES:
            raise ParameterError(
                f"Složka „{shown_path(folder)}“ má více než {format_number(MAX_FILES)} souborů; "
                "zadejte složku s\u00a0edicemi."
            )
        paths += (Path(place, n) for n in names if n.endswith(ends) and not n.startswith("."))
    return sorted(paths)


def content(path: Path, folder: Path | None = None) -> bytes:
    """What is in the file ``path``; a link that leads out of ``folder`` is not followed.

    Raises:
        ParameterError: it cannot be read, is too large, is no file, or lies outside.
    """
    name = shown(path.name)
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise ParameterError(f"Soubor „{name}“ je odkaz ven ze složky; nečte se.")
        if not path.is_file():
            missing = "není to obyčejný soubor" if os.path.lexists(path) else "neexistuje"
            raise ParameterError(f"Soubor „{name}“ nelze číst: {missing}.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _unreadable(path, error) from error
    if len(data) > MAX_BYTES:
        limit = f"{format_number(MAX_BYTES // 1024**2)}\u00a0MB"
        raise ParameterError(f"Soubor „{name}“ je větší než {limit}; nečte se.")
    return data


def _unreadable(path: Path, error: Exception) -> ParameterError:
    why = cause(error) if isinstance(error, OSError) else "odkazy vedou v\u00a0kruhu"
    return ParameterError(f"„{shown_path(path)}“ nelze otevřít: {why}.")
