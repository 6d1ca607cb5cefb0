"""Writing an edition's files all together: into a folder beside the target, then into place."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from slz_lib.errors import OutputError

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR})


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files on their way to a target folder.

    Attributes:
        target: where they are to lie.
        temporary: where they are written first, on the same file system.
    """

    target: Path
    temporary: Path

    def add(self, name: str, content: str | bytes) -> None:
        """Write a file called ``name``; text as UTF-8 with plain line ends.

        Raises:
            OutputError: it cannot be written.
        """
        with _explained(self.target):
            (self.temporary / name).write_bytes(_encoded(content))

    def finish(self) -> list[Path]:
        """Move every file into the target folder; the paths there, by name.

        Raises:
            OutputError: it cannot be done.
        """
        with _explained(self.target):
            self.target.mkdir(exist_ok=True)
            written = sorted(self.temporary.iterdir())
            # Found before the first move, so that the files of two editions do not mix.
            for file in written:
                if (self.target / file.name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, str(file))
            return [file.replace(self.target / file.name) for file in written]


@contextmanager
def delivery(target: Path) -> Iterator[Delivery]:
    """A delivery to the folder ``target``; whatever is not finished leaves no trace.

    Raises:
        OutputError: nothing can be written there.
    """
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, str(target))
        if target.is_dir() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, str(target))
        temporary = tempfile.TemporaryDirectory(
            prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True
        )
    with temporary as folder:
        yield Delivery(target, Path(folder))


def write_alone(path: Path, content: str | bytes) -> None:
    """Write one file ``path`` outside any edition, in one step.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    with _explained(path.absolute().parent):
        try:
            part.write_bytes(_encoded(content))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Errors of the system met while writing into ``folder``, as one Czech sentence."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"Do složky „{folder}“ nelze zapsat: {_cause(error)}. "
            "Dřívější výstupy zůstaly beze změny."
        ) from error


def _cause(error: OSError) -> str:
    if error.errno in _NO_SPACE:
        return "na disku není místo; uvolněte je a spusťte příkaz znovu"
    if error.errno in _NO_RIGHT:
        return "nemáte právo do ní zapisovat; zvolte jinou složku"
    if error.errno in _IN_THE_WAY:
        return "v cestě stojí soubor místo složky nebo složka místo souboru; zvolte jiné místo"
    if error.errno == errno.ENOENT:
        return "taková složka není; založte ji"
    return f"systém hlásí chybu č.\u00a0{error.errno}"
