"""The folder beside a target where an edition is made ready, and the moves into the target.

::

    .2022-2023-4711-x7k2m0qa/      (4711 is the process that works here)
        owner   the process, its machine, and when it was born
        names   what is to be written; there while files are being moved
        new/    finished files
        old/    what gives way to them

How far the moves got can be read from where the files lie. So the moves are undone alike after an
error, after Ctrl-C and, by the next run, after a process that was killed. All of the folder is on
the disk before the first move, so the same holds after a loss of power.
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

from slz_lib.production.durable import flush, flush_all

#: No run takes a day: after that, a living process of the same number is another one.
_DAY = 24 * 60 * 60
#: States of a process that has ended and whose parent has not asked how.
_ENDED = frozenset("ZX")
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
        prefix = f"{_prefix(target)}{os.getpid()}-"
        staging = cls(target, Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent)))
        try:
            owner = f"{os.getpid()} {platform.node()} {_born(os.getpid())}"
            staging._owner.write_text(owner, encoding="utf-8")
            staging.new.mkdir()
            staging.old.mkdir()
        except BaseException:
            staging.close()
            raise
        return staging

    @classmethod
    def abandoned(cls, target: Path) -> list[Staging]:
        """Folders beside ``target`` whose runs are dead."""
        pattern = re.compile(f"{re.escape(_prefix(target))}[0-9]+-{_RANDOM}")
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
        """Whether the process that worked in the folder is gone.

        One that was killed while it made the folder, or took it away, has left no owner; nothing is
        in such a folder yet or any more, and its name says whose it was.
        """
        try:
            process, machine, *born = self._owner.read_text(encoding="utf-8").split(" ")
            age = time.time() - self.folder.stat().st_mtime
            here = machine == platform.node()
            return age > _DAY or (here and not _runs(int(process), *born))
        except FileNotFoundError:
            return _has_ended(int(self.folder.name.split("-")[-2]))
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
        files = (*(self.new / name for name in written), self._owner)
        flush_all((*files, self.new, self.old, self.target.parent))
        # Only now: names of files that a loss of power took would tell of moves that never were.
        self._names.write_text("\n".join(written), encoding="utf-8")
        flush_all((self._names, self.folder))
        self.target.mkdir(exist_ok=True)
        for name in (*written, *removed):
            if os.path.lexists(self.target / name):
                (self.target / name).replace(self.old / name)
        for name in written:
            (self.new / name).replace(self.target / name)
        flush_all((self.target, self.target.parent))
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
        # The owner goes last: without it nobody would dare to go on with the removing.
        for part in (self.new, self.old):
            shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _put_back(self) -> None:
        """Undo the moves; may be interrupted and repeated."""
        for name in self._names.read_text(encoding="utf-8").splitlines():
            # A new file that no longer waits is the one in the target: the old had gone before.
            if not (self.new / name).exists() and os.path.lexists(self.target / name):
                (self.target / name).replace(self.new / name)
        for file in self.old.iterdir():
            file.replace(self.target / file.name)
        flush(self.target)
        with suppress(OSError):  # a target that was there before is not empty
            self.target.rmdir()


def _prefix(target: Path) -> str:
    return f".{target.name}-"


def _runs(process: int, born: str = "") -> bool:
    """Whether a process lives, and is the one that was born then, where that is known."""
    try:
        os.kill(process, 0)  # sends nothing, only asks
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return born in {"", _born(process)}


def _has_ended(process: int) -> bool:
    """Whether a process is gone, or has ended and waits to be buried."""
    return not _runs(process) or (Path("/proc").is_dir() and not _born(process))


def _born(process: int) -> str:
    """When a process was born; another one of its number was born at another time.

    Empty for one that has ended and waits to be buried, and where the system does not tell.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # After the name in brackets: the state first, the beginning as the twentieth.
    state, *rest = told.rpartition(")")[2].split()
    return "" if state in _ENDED else f"{boot}/{rest[18]}"
