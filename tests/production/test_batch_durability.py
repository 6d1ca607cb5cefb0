"""What is moved into place is on the disk before: a loss of power cannot mix two states."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slz_lib.production.outputs import delivery, write_alone
from tests.production.sample import files


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """Files and folders that were flushed or moved, in the order in which it happened."""
    made: list[tuple[str, Path]] = []
    flush, move = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        flush(descriptor)
        made.append(("flushed", Path(f"/proc/self/fd/{descriptor}").readlink()))

    def replace(path: Path, target: Path) -> Path:
        made.append(("moved", path))
        return move(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return made


def test_every_file_and_the_names_are_flushed_before_the_first_move(
    tmp_path: Path, calls: list[tuple[str, Path]]
) -> None:
    target = tmp_path / "2022-2023"
    target.mkdir()
    (target / "a.html").write_bytes(b"old")
    with delivery(target) as made:
        made.add("a.html", "new")
        made.add("a.manifest.json", "new")
        made.finish()
    moves = [place for place, (kind, _) in enumerate(calls) if kind == "moved"]
    assert [calls[place][1].name for place in moves] == ["a.html", "a.html", "a.manifest.json"]
    before = [path for _, path in calls[: moves[0]]]
    staging = made.staging.folder
    new = {staging / "new" / "a.html", staging / "new" / "a.manifest.json"}
    # The names come last: they must not tell of files that a loss of power has taken.
    assert set(before[-2:]) == {staging / "names", staging}
    assert set(before[:-2]) == {
        *new,
        staging / "owner",
        staging / "new",
        staging / "old",
        tmp_path,
    }
    assert {path for _, path in calls[moves[-1] + 1 :]} == {target, tmp_path}
    assert files(tmp_path) == {"2022-2023/a.html": b"new", "2022-2023/a.manifest.json": b"new"}


def test_what_is_put_back_is_flushed_before_the_journal_goes(
    tmp_path: Path, calls: list[tuple[str, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "2022-2023"
    target.mkdir()
    (target / "a").write_bytes(b"old")
    known: list[bool] = []
    unlink = Path.unlink

    def watched(path: Path, missing_ok: bool = False) -> None:
        if path.name == "names":
            known.append(("flushed", target) in calls)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    moved = Path.replace

    def interrupted(path: Path, to: Path) -> Path:
        if path.parent.name == "new":
            raise KeyboardInterrupt
        return moved(path, to)

    def deliver() -> None:
        with delivery(target) as made:
            made.add("a", "new")
            made.finish()

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        deliver()
    assert known == [True]
    assert (target / "a").read_bytes() == b"old"


def test_a_single_file_is_flushed_before_its_move_and_its_folder_after(
    tmp_path: Path, calls: list[tuple[str, Path]]
) -> None:
    write_alone(tmp_path / "davka.json", "{}")
    part = tmp_path / ".davka.json.part"
    assert calls == [("flushed", part), ("moved", part), ("flushed", tmp_path)]


def test_a_folder_whose_owner_died_and_whose_number_another_process_has_is_put_in_order(
    tmp_path: Path,
) -> None:
    """After a loss of power the numbers of processes are given again."""
    from slz_lib.production.outputs import repair

    target = tmp_path / "2022-2023"
    target.mkdir()
    with delivery(target) as made:
        owner = made.staging.folder / "owner"
        mine = owner.read_text(encoding="utf-8")
        repair(target)
        assert owner.is_file()  # this process lives
        number, machine, _ = mine.split(" ")
        owner.write_text(f"{number} {machine} another-boot/1", encoding="utf-8")
        repair(target)
        assert not made.staging.folder.exists()
