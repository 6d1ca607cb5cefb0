"""The folder beside a target where an edition is made ready, and the moves into the target.

::

    .2022-2023-x7k2m0qa/
        owner   the process that works here, and its machine
        names   what is to be written; there while files are being moved
        new/    finished files
        old/    what gives way to them

How far the moves got can be read from where the files lie. So the moves are undone alike after an
error, after Ctrl-C and, by the next run, after a process that was killed.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: No run takes a day: after that, a living process of the same number is another one.
_DAY = 24 * 60 * 60
_RANDOM = "[a-z0-9_]{8}"  # what tempfile adds to a prefix


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery changed in its target; iterating gives the written files.

    Attributes:
        written: the new files, by name.
        removed: older files of the same document in formats that were not written, by name.
    """

    written: tuple[Path, ...]
    removed: tuple[Path, ...]

    def __iter__(self) -> Iterator[Path]:
        return iter(self.written)


@dataclass(frozen=True, slots=True)
class Staging:
    """One such folder.

    Attributes:
        target: where the files are to lie.
        folder: this folder, on the same file system.
    """

    target: Path
    folder: Path

    @classmethod
    def beside(cls, target: Path) -> Staging:
        """A new folder, owned by this process."""
        staging = cls(target, Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent)))
        try:
            staging._owner.write_text(f"{os.getpid()} {platform.node()}", encoding="utf-8")
            staging.new.mkdir()
            staging.old.mkdir()
        except BaseException:
            staging.close()
            raise
        return staging

    @classmethod
    def abandoned(cls, target: Path) -> list[Staging]:
        """Folders beside ``target`` whose runs are dead."""
        pattern = re.compile(re.escape(_prefix(target)) + _RANDOM)
        named = (path for path in target.parent.iterdir() if pattern.fullmatch(path.name))
        return [staging for staging in (cls(target, path) for path in named) if staging.is_dead]

    @property
    def new(self) -> Path:
        """Folder of the files to be moved into the target."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """Folder of the files that were moved out of the target."""
        return self.folder / "old"

    @property
    def is_dead(self) -> bool:
        """Whether the folder says who works in it, and that process is gone."""
        try:
            process, machine = self._owner.read_text(encoding="utf-8").split(" ", 1)
            age = time.time() - self.folder.stat().st_mtime
            return age > _DAY or (machine == platform.node() and not _runs(int(process)))
        except (OSError, ValueError):
            return False

    @property
    def _owner(self) -> Path:
        return self.folder / "owner"

    @property
    def _names(self) -> Path:
        return self.folder / "names"

    def move(self, obsolete: Iterable[str]) -> Delivered:
        """Move every new file into the target and the files called ``obsolete`` out of it.

        When this fails half way, :meth:`close` puts everything back.
        """
        written = sorted(file.name for file in self.new.iterdir())
        removed = sorted(
            name for name in set(obsolete).difference(written) if (self.target / name).is_file()
        )
        for name in written:
            if (self.target / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, name)
        self._names.write_text("\n".join(written), encoding="utf-8")
        self.target.mkdir(exist_ok=True)
        for name in (*written, *removed):
            if os.path.lexists(self.target / name):
                (self.target / name).replace(self.old / name)
        for name in written:
            (self.new / name).replace(self.target / name)
        return Delivered(
            tuple(self.target / name for name in written),
            tuple(self.target / name for name in removed),
        )

    def close(self) -> None:
        """Undo moves that were not finished, then remove the folder."""
        if self._names.is_file():
            if any(self.new.iterdir()):
                self._put_back()
            # From here on nothing is undone any more, even if removing the folder is interrupted.
            self._names.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _put_back(self) -> None:
        """Undo the moves; may be interrupted and repeated."""
        for name in self._names.read_text(encoding="utf-8").splitlines():
            # A new file that no longer waits is the one in the target: the old had gone before.
            if not (self.new / name).exists() and os.path.lexists(self.target / name):
                (self.target / name).replace(self.new / name)
        for file in self.old.iterdir():
            file.replace(self.target / file.name)
        with suppress(OSError):  # a target that was there before is not empty
            self.target.rmdir()


def _prefix(target: Path) -> str:
    return f".{target.name}-"


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)  # sends nothing, only asks
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
