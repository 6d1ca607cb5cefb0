"""Files are written whole or not at all, wherever a run is killed; nothing else is ever touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from slz_lib.errors import OutputError
from slz_lib.production import writing
from slz_lib.production.writing import clean, scratch, target, write_file, write_files
from tests.commands.sample import files

MANIFEST = "z.manifest.json"


def edition(**contents: str) -> dict[str, str | bytes]:
    """Files with one at their end that vouches for the others."""
    named: dict[str, str | bytes] = {f"z.{suffix}": text for suffix, text in contents.items()}
    digests = {name: digest(str(text).encode()) for name, text in named.items()}
    return named | {MANIFEST: json.dumps(digests)}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


#: ``pdf`` is a format that is not written any more, ``other`` no business of the writing.
OLD = edition(html="old h", docx="old d", pdf="old p")
NEW = edition(html="new h", docx="new d", xlsx="new x")
OTHER = {"other": b"other"}
FORMATS = ("z.html", "z.docx", "z.pdf", "z.xlsx")
#: Four files written and flushed, one removed, four put into their places.
STEPS = 4 + 4 + 1 + 4


def in_bytes(wanted: dict[str, str | bytes]) -> dict[str, bytes]:
    return {name: str(content).encode() for name, content in wanted.items()} | OTHER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports" / "2022-2023"
    made.mkdir(parents=True)
    for name, content in in_bytes(OLD).items():
        (made / name).write_bytes(content)
    return made


def rewrite(folder: Path) -> writing.Delivered:
    return write_files(folder, NEW, FORMATS)


def is_vouched_for(folder: Path) -> bool:
    """Whether the manifest fits the files that it names."""
    named = json.loads((folder / MANIFEST).read_bytes())
    found = files(folder)
    return all(name in found and digest(found[name]) == named[name] for name in named)


def stopping(patch: pytest.MonkeyPatch, number: int, stop: Callable[[], None]) -> list[str]:
    """Have the step of this number begin with ``stop``; the steps that were begun."""
    begun: list[str] = []
    steps = count(1)

    def step(name: str) -> None:
        begun.append(name)
        if next(steps) == number:
            stop()

    open_, flush, replace, unlink = Path.open, os.fsync, Path.replace, Path.unlink

    def opened(path: Path, *mode: str) -> object:
        step("open")
        return open_(path, *mode)  # type: ignore[call-overload]

    def flushed(descriptor: int) -> None:
        step("flush")
        flush(descriptor)

    def replaced(path: Path, place: Path) -> Path:
        step("replace")
        return replace(path, place)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        if not missing_ok:
            step("unlink")
        unlink(path, missing_ok)

    patch.setattr(Path, "open", opened)
    patch.setattr(os, "fsync", flushed)
    patch.setattr(Path, "replace", replaced)
    patch.setattr(Path, "unlink", unlinked)
    return begun


def test_files_are_replaced_added_and_removed(folder: Path) -> None:
    delivered = rewrite(folder)
    assert [path.name for path in delivered.written] == ["z.docx", "z.html", MANIFEST, "z.xlsx"]
    assert delivered.removed == (folder / "z.pdf",)
    assert files(folder) == in_bytes(NEW)


def test_every_file_is_on_the_disk_before_the_first_takes_its_place_and_the_manifest_is_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = stopping(monkeypatch, 0, lambda: None)
    rewrite(folder)
    assert len(begun) == STEPS
    assert begun == ["open", "flush"] * 4 + ["replace"] * 3 + ["unlink", "replace"]


@pytest.mark.parametrize("number", range(1, STEPS + 1))
def test_wherever_a_run_is_killed_nothing_is_half_written_and_the_manifest_vouches_for_no_mixture(
    number: int, folder: Path
) -> None:
    process = os.fork()
    if not process:
        stopping(pytest.MonkeyPatch(), number, lambda: os.kill(os.getpid(), signal.SIGKILL))
        rewrite(folder)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
    found = {name: content for name, content in files(folder).items() if name[0] != "."}
    old, new = in_bytes(OLD), in_bytes(NEW)
    for name, content in found.items():
        assert content in {old.get(name), new.get(name)}, "half written"
    if is_vouched_for(folder):
        assert found == old
    rewrite(folder)
    assert files(folder) == new


@pytest.mark.parametrize("number", range(1, STEPS + 1))
def test_whatever_fails_is_told_in_a_sentence_and_leaves_nothing_hidden(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        stopping(patch, number, fail)
        with pytest.raises(OutputError) as caught:
            rewrite(folder)
    moving = number > 8
    rest = "Výstupy zůstaly nedokončené" if moving else "Dřívější výstupy zůstaly beze změny"
    said = str(caught.value)
    assert said.startswith(f"Do složky „{folder}“ nelze zapsat: na disku není místo. {rest};")
    assert not [name for name in files(folder) if name[0] == "."]
    assert moving or files(folder) == in_bytes(OLD)


def test_a_folder_that_cannot_be_made_or_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "soubor").write_bytes(b"")
    for place in (Path("/proc/nic"), tmp_path / "soubor" / "reports"):
        with pytest.raises(OutputError, match=r"nelze zapsat: (složka neexistuje|na místě složky)"):
            write_files(place, NEW)
    with pytest.raises(OutputError, match="na místě složky leží soubor"):
        writing.require_writable(tmp_path / "soubor" / "reports")
    writing.require_writable(tmp_path / "a" / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["soubor"]


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link(path: Path) -> None:
    victim = path.with_name("victim")
    victim.write_bytes(b"dear")
    path.symlink_to(victim)


@pytest.mark.parametrize("strange", [a_folder, a_link, os.mkfifo])
def test_only_ordinary_files_are_written_over(
    strange: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "vystup.json"
    strange(path)
    before = (path.lstat().st_mode, files(tmp_path / "victim"))
    for write in (target, lambda path: write_file(path, "x")):
        with pytest.raises(OutputError, match="zvolte jiné místo"):
            write(path)
    assert (path.lstat().st_mode, files(tmp_path / "victim")) == before
    assert all(place.read_bytes() == b"dear" for place in tmp_path.glob("victim"))


def test_a_device_is_no_target() -> None:
    with pytest.raises(OutputError, match="leží odkaz, zařízení nebo roura"):
        target(Path(os.devnull))


def test_what_a_command_reads_is_no_target(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "cesta").symlink_to(data)
    (tmp_path / "vstup.html").write_bytes(b"")
    os.link(tmp_path / "vstup.html", tmp_path / "totez.html")
    inputs = (data, tmp_path / "vstup.html")
    for name in ("data/a.json", "cesta/a.json", "vstup.html", "totez.html"):
        with pytest.raises(OutputError, match="patří k\u00a0tomu, co příkaz čte"):
            target(tmp_path / name, inputs)
    for name in ("areas.csv", "kopie.IPYNB"):
        with pytest.raises(OutputError, match=r"je jménem (tabulku dat|notebook)"):
            target(tmp_path / name, inputs)
    for name in ("vystup.json", "neni/vystup.md"):
        assert target(tmp_path / name, inputs) == tmp_path / name


def dead_process() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def left(process: int, machine: str | None = None) -> str:
    return f"slz-{machine or writing._machine()}-{process}-abcd_123"


def test_what_a_dead_run_has_left_is_removed_and_only_that(tmp_path: Path) -> None:
    dead, dear = dead_process(), tmp_path / "dear"
    dear.mkdir()
    (dear / "a").write_bytes(b"dear")
    folder = tmp_path / "reports"
    (folder / left(dead)).mkdir(parents=True)
    (folder / left(dead) / "link").symlink_to(dear)
    (folder / f".{left(dead)}.part").write_bytes(b"half")
    kept = {
        f".{left(os.getpid())}.part": "of a living process",
        f".{left(dead, '00000000')}.part": "of another machine",
        f"{left(dead)}-kopie": "a name that is not ours",
        f".2022-2023-{dead}-abcdefgh": "a name that once was",
    }
    for name, what in kept.items():
        (folder / name).write_text(what)
    link = f".{left(dead)[:-1]}4.part"
    (folder / link).symlink_to(dear / "a")
    clean(folder)
    assert {path.name for path in folder.iterdir()} == {*kept, link}
    assert (dear / "a").read_bytes() == b"dear"


def test_what_is_older_than_a_day_is_dead(tmp_path: Path) -> None:
    path = tmp_path / f".{left(os.getpid(), '00000000')}.part"
    path.write_bytes(b"half")
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(path, (long_ago, long_ago))
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_of_a_killed_run_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / left(dead_process())).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch() as folder:
        assert list(tmp_path.iterdir()) == [folder]
        (folder / "a").write_bytes(b"")
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_a_temporary_folder_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc/nic")
    with pytest.raises(OutputError, match=r"Dočasnou složku .* nelze založit"), scratch():
        pytest.fail("there was room")
