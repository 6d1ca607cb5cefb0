"""Writing an edition's files all together: into a folder beside the target, then into place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from slz_lib.errors import OutputError
from slz_lib.production.durable import flush
from slz_lib.production.staging import Delivered, Staging

_WRITING = "Do složky „{}“ nelze zapsat"
_MAKING = "Složku „{}“ nelze vytvořit"
_PUTTING_BACK = "Dřívější výstupy nelze vrátit do složky „{}“"

_UNCHANGED = "Dřívější výstupy zůstaly beze změny."
_SET_ASIDE = "Zůstaly odložené vedle ní a vrátí je příští spuštění příkazu."

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR})


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files on their way to a target folder."""

    staging: Staging

    def add(self, name: str, content: str | bytes) -> None:
        """Write a file called ``name``; text as UTF-8 with plain line ends.

        Raises:
            OutputError: it cannot be written.
        """
        with _explained(self.staging.target):
            (self.staging.new / name).write_bytes(_encoded(content))

    def finish(self, obsolete: Iterable[str] = ()) -> Delivered:
        """Move every file into the target folder and remove those called ``obsolete`` there.

        Either all of it happens or nothing does.

        Raises:
            OutputError: it cannot be done.
        """
        with _explained(self.staging.target):
            return self.staging.move(obsolete)


@contextmanager
def delivery(target: Path) -> Iterator[Delivery]:
    """A delivery to the folder ``target``; whatever is not finished leaves no trace.

    What killed runs have left beside the target is put in order first.

    Raises:
        OutputError: nothing can be written there.
    """
    with _explained(target.parent, _MAKING):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _explained(target):
        if target.exists() and not target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, str(target))
        if target.is_dir() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, str(target))
    repair(target)
    with _explained(target):
        staging = Staging.beside(target)
    try:
        yield Delivery(staging)
    finally:
        _close(staging)


def repair(target: Path) -> None:
    """Put in order what killed runs have left beside the folder ``target``.

    Raises:
        OutputError: earlier outputs cannot be put back.
    """
    if not target.parent.is_dir():
        return
    with _explained(target):
        abandoned = Staging.abandoned(target)
    for staging in abandoned:
        _close(staging)


def write_alone(path: Path, content: str | bytes) -> None:
    """Write one file ``path`` outside any edition, in one step.

    Raises:
        OutputError: it cannot be written.
    """
    with _explained(path.absolute().parent):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, str(path))
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(_encoded(content))
            flush(part)
            part.replace(path)
            flush(path.absolute().parent)
        finally:
            part.unlink(missing_ok=True)


def _close(staging: Staging) -> None:
    with _explained(staging.target, _PUTTING_BACK, _SET_ASIDE):
        staging.close()


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@contextmanager
def _explained(folder: Path, failure: str = _WRITING, rest: str = _UNCHANGED) -> Iterator[None]:
    """Errors of the system met while doing something to ``folder``, as Czech sentences."""
    try:
        yield
    except OSError as error:
        cause = _cause(error, making=failure == _MAKING)
        raise OutputError(f"{failure.format(folder)}: {cause}. {rest}") from error


def _cause(error: OSError, *, making: bool) -> str:
    if error.errno in _NO_SPACE:
        return "na disku není místo; uvolněte je a spusťte příkaz znovu"
    if error.errno in _NO_RIGHT:
        return "nemáte k\u00a0tomu právo; zvolte jinou složku"
    if error.errno in _IN_THE_WAY:
        return "v\u00a0cestě stojí soubor místo složky nebo složka místo souboru; zvolte jiné místo"
    if error.errno == errno.ENOENT:
        return (
            "na tomto místě složky zakládat nejde; zvolte jiné"
            if making
            else "taková složka není; založte ji"
        )
    return f"systém hlásí chybu č.\u00a0{error.errno}"
