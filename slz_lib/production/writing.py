"""Writing files whole or not at all: beside their place first, then into it, the manifest last.

One rule serves an edition, a record and a single file. Everything lies on the disk under a hidden
name before anything takes its place, and the last file vouches for the others. So a run that is
killed leaves files that are old or new, never half of one; where it was killed between two of them,
the manifest does not fit them, and the edition is made again.

Hidden names tell whose they are. What a killed run has left, the next one removes; it follows no
link and looks into no other folder.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import shutil
import stat
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from slz_lib.errors import OutputError, ParameterError
from slz_lib.refusals import cause

#: No run takes a day: after that, a living process of the same number is another one.
_DAY = 24 * 60 * 60
_LEFT = re.compile(r"\.?slz-([0-9a-f]{8})-([0-9]{1,10})-[a-z0-9_]{8}(?:\.part)?")

_WRITING = "Do složky „{}“ nelze zapsat"
_MAKING = "Složku „{}“ nelze založit"
_TEMPORARY = "Dočasnou složku v\u00a0„{}“ nelze založit"

_UNCHANGED = "Dřívější výstupy zůstaly beze změny; závadu odstraňte, nebo zvolte jiné místo."
_UNFINISHED = "Výstupy zůstaly nedokončené; závadu odstraňte a\u00a0příkaz spusťte znovu."
_NOTHING = "Data zůstala beze změny."
_FREE = "Závadu odstraňte, nebo zvolte jinou složku proměnnou TMPDIR."

#: Suffixes of what a command reads and never writes where it is told to.
_READ = {".csv": "tabulku dat", ".ipynb": "notebook"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery changed in its folder.

    Attributes:
        written: the new files.
        removed: older files of the same document in formats that were not written.
    """

    written: tuple[Path, ...]
    removed: tuple[Path, ...] = ()


def write_files(
    folder: Path, files: Mapping[str, str | bytes], obsolete: Iterable[str] = ()
) -> Delivered:
    """Write ``files`` into ``folder``, each whole, and remove those called ``obsolete`` there.

    Args:
        folder: where they go; made when it is not there.
        files: contents by name or path inside, text as UTF-8 with plain line ends. The last one
            vouches for the others: it takes its place when they have theirs and what is obsolete
            is gone.
        obsolete: names of files that are no longer wanted; one of ``files`` stays.

    Raises:
        OutputError: they cannot be written.
    """
    written = tuple(folder / name for name in files)
    unwanted = (folder / name for name in sorted(set(obsolete).difference(files)))
    parts: dict[Path, Path] = {}
    with _explained(_WRITING, folder, _UNCHANGED):
        for place in {folder, *(path.parent for path in written)}:
            place.mkdir(parents=True, exist_ok=True)
            clean(place)
        for path in written:
            _refuse_strange(path)
    try:
        with _explained(_WRITING, folder, _UNCHANGED):
            for path, content in zip(written, files.values(), strict=True):
                part = path.with_name(f".{_own_prefix()}{secrets.token_hex(4)}.part")
                parts[part] = path  # known before it is there: nothing is forgotten
                _write_part(part, content.encode() if isinstance(content, str) else content)
        with _explained(_WRITING, folder, _UNFINISHED if len(parts) > 1 else _UNCHANGED):
            *others, (last, place) = parts.items()
            for part, path in others:
                part.replace(path)
            removed = tuple(path for path in unwanted if _removed(path))
            last.replace(place)
    finally:
        for part in parts:
            with suppress(OSError):  # the next run tries again
                part.unlink(missing_ok=True)
    return Delivered(tuple(sorted(written)), removed)


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    write_files(path.absolute().parent, {path.name: content})


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder with ``files``, which is whole or not there.

    Raises:
        ParameterError: the folder is there already; it stays as it is.
        OutputError: it cannot be written; nothing of it is left.
    """
    if os.path.lexists(folder):
        raise ParameterError(f"Složka „{folder}“ už existuje; nic se nezměnilo.")
    # The loader passes over folders whose names begin with a dot, if a killed run leaves one.
    beside = folder.with_name(f".{_own_prefix()}{secrets.token_hex(4)}")
    with _explained(_MAKING, folder, _NOTHING):
        clean(folder.parent)
        try:
            beside.mkdir(parents=True)
            for name, content in files.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                _write_part(beside / name, content)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def move_files(source: Path, folder: Path) -> None:
    """Move what a folder holds to its places below another one, and remove it; again, if killed.

    Raises:
        OutputError: something cannot be moved; it stays where it was.
    """
    with _explained(_WRITING, folder, _UNFINISHED):
        for part in sorted(path for path in source.rglob("*") if path.is_file()):
            place = folder / part.relative_to(source)
            _refuse_strange(place)
            part.replace(place)
        shutil.rmtree(source)


def require_writable(folder: Path) -> None:
    """Stop before work whose outcome could not be written into ``folder``; nothing is left.

    Raises:
        OutputError: nothing can be written there.
    """
    with _explained(_WRITING, folder, _UNCHANGED):
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not nearest.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, str(nearest))
        tempfile.TemporaryFile(dir=nearest).close()  # tells why not, which rights alone do not


def target(path: Path, inputs: Iterable[Path] = ()) -> Path:
    """``path`` itself, if a command may write its result there.

    The one place that decides about files that the user names, such as those of ``--json`` and
    ``--out``. Never written to is a link, a device, a pipe or a folder, a file whose suffix is that
    of a table of data or a notebook, and anything that the command reads.

    Args:
        path: the file as the user has named it; whether it exists does not matter.
        inputs: files that the command reads, and folders of them, at any depth.

    Raises:
        OutputError: the command may not; the sentence says why.
    """
    with _explained(_WRITING, path.absolute().parent, _UNCHANGED):
        _refuse_strange(path)
        found = path.resolve()
        read = [place.resolve() for place in inputs]
        same = path.exists() and any(place.exists() and path.samefile(place) for place in read)
    if found.suffix.lower() in _READ:
        what = _READ[found.suffix.lower()]
        raise OutputError(f"Soubor „{path}“ je jménem {what}; výstup pojmenujte jinak.")
    if same or any(found.is_relative_to(place) for place in read):
        raise OutputError(f"Soubor „{path}“ patří k\u00a0tomu, co příkaz čte; zvolte jiné místo.")
    return path


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder of this process, gone afterwards; of a killed one, the next run removes it.

    Raises:
        OutputError: there is no place for it.
    """
    folder = temporary()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def temporary(place: str | None = None) -> Path:
    """Make an empty folder for whoever removes it.

    Args:
        place: the folder to make it in; where the system has such folders when not given.

    Raises:
        OutputError: there is no place for it.
    """
    with _explained(_TEMPORARY, os.environ.get("TMPDIR", "TMPDIR"), _FREE):
        place = place or tempfile.gettempdir()
        _clean_once(place)
        return Path(tempfile.mkdtemp(prefix=_own_prefix(), dir=place))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of ``folder`` for the block, where the system has such locks.

    Raises:
        OutputError: another run is in it, or it cannot be made.
    """
    with _explained(_WRITING, folder, _UNCHANGED):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    with _explained(_WRITING, folder, _UNCHANGED):
        lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(
                f"Do složky „{folder}“ právě zapisuje jiná dávka; počkejte, až skončí."
            ) from error
        yield
        fcntl.flock(lock, fcntl.LOCK_UN)  # by itself it would last as long as any fork
    finally:
        os.close(lock)


def clean(folder: Path) -> None:
    """Remove what killed runs have left right in ``folder``."""
    try:
        with os.scandir(folder) as entries:
            left = [entry for entry in entries if _is_left(entry)]
    except OSError:  # what is wrong with the folder is said by whoever writes into it
        return
    for entry in left:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with suppress(OSError):
                Path(entry.path).unlink()


@cache
def _clean_once(place: str) -> None:
    """The system's own folder is large and many others write there."""
    clean(Path(place))


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or folder of ours whose process is gone; a link never is."""
    named = _LEFT.fullmatch(entry.name)
    if named is None or entry.is_symlink():
        return False
    try:
        age = time.time() - entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return False
    machine, process = named.groups()
    return age > _DAY or (machine == _machine() and not _runs(int(process)))


def _own_prefix() -> str:
    """How names of this process begin."""
    return f"slz-{_machine()}-{os.getpid()}-"


@cache
def _machine() -> str:
    """A mark of this machine: several may write into one shared folder."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _runs(process: int) -> bool:
    """Whether a process lives; where asking would end it, a day decides."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)  # sends nothing, only asks
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _refuse_strange(path: Path) -> None:
    """Stop at what is no ordinary file.

    Raises:
        OutputError: a folder, a link, a device or a pipe lies at ``path``.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "složka" if stat.S_ISDIR(mode) else "odkaz, zařízení nebo roura"
        raise OutputError(f"Na místě souboru „{path}“ leží {what}; zvolte jiné místo.")


def _write_part(part: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with part.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _removed(path: Path) -> bool:
    """Remove a file; whether there was one."""
    found = os.path.lexists(path) and not path.is_dir()
    if found:
        path.unlink()
    return found


@contextmanager
def _explained(failure: str, place: object, rest: str) -> Iterator[None]:
    """Errors of the system, met while something is done to ``place``, as Czech sentences."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{failure.format(place)}: {cause(error)}. {rest}") from error
