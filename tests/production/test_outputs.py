from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from slz_lib.errors import OutputError
from slz_lib.production.outputs import delivery, write_alone
from tests.production.sample import files

#: ``c`` is a format that is not written any more, ``other`` no business of the delivery.
OLD = {"a": b"old a", "b": b"old b", "c": b"old c", "other": b"other"}
NEW = {"a": b"new a", "b": b"new b", "d": b"new d"}
AFTER = {"a": b"new a", "b": b"new b", "d": b"new d", "other": b"other"}
#: Out: a, b, c; in: a, b, d.
MOVES = 6

Replace = Callable[[Path, Path], Path]
WHOLE: Replace = Path.replace

#: A process of its own that is killed before a move; it imports no more than it needs.
KILLED = f"""\
import os, signal, sys
from pathlib import Path
from slz_lib.production.outputs import delivery

whole, moves = Path.replace, iter(range(1, 100))
def replace(path, target):
    if next(moves) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(path, target)

Path.replace = replace
with delivery(Path(sys.argv[1])) as made:
    for name, content in {NEW!r}.items():
        made.add(name, content)
    made.finish(["a", "b", "c"])
"""


def target_with(root: Path, content: dict[str, bytes]) -> Path:
    target = root / "reports" / "2022-2023"
    target.mkdir(parents=True)
    for name, data in content.items():
        (target / name).write_bytes(data)
    return target


def deliver(target: Path) -> None:
    with delivery(target) as made:
        for name, content in NEW.items():
            made.add(name, content)
        made.finish(["a", "b", "c"])


def alone(target: Path) -> bool:
    """Whether nothing stands beside ``target``."""
    return [path.name for path in target.parent.iterdir()] == [target.name]


def failing(numbers: range, error: BaseException, *, late: bool = False) -> Replace:
    """``Path.replace`` that fails at the moves of these numbers, ``late``: after having moved."""
    moves = count(1)

    def replace(path: Path, target: Path) -> Path:
        fails = next(moves) in numbers
        if fails and not late:
            raise error
        moved = WHOLE(path, target)
        if fails:
            raise error
        return moved

    return replace


def test_a_delivery_replaces_adds_and_removes(tmp_path: Path) -> None:
    target = target_with(tmp_path, OLD)
    with delivery(target) as made:
        for name, content in NEW.items():
            made.add(name, content)
        delivered = made.finish(["a", "b", "c", "never there"])
    assert [path.name for path in delivered.written] == ["a", "b", "d"]
    assert delivered.removed == (target / "c",)
    assert files(target) == AFTER
    assert alone(target)


def test_a_delivery_moves_as_often_as_the_tests_of_failures_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_with(tmp_path, OLD)
    monkeypatch.setattr(Path, "replace", failing(range(MOVES + 1, 100), OSError(5, "x")))
    deliver(target)
    assert files(target) == AFTER


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("error", "raised"), [(OSError(5, "x"), OutputError), (KeyboardInterrupt(), KeyboardInterrupt)]
)
@pytest.mark.parametrize("number", range(1, MOVES + 1))
def test_whichever_move_fails_everything_is_as_before_or_as_after(
    number: int,
    error: BaseException,
    raised: type[BaseException],
    late: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = target_with(tmp_path, OLD)
    failure = failing(range(number, number + 1), error, late=late)
    monkeypatch.setattr(Path, "replace", failure)
    with pytest.raises(raised):
        deliver(target)
    # After the last move nothing is left to be undone.
    assert files(target) == (AFTER if late and number == MOVES else OLD)
    assert alone(target)


def test_a_first_delivery_that_fails_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "reports" / "2022-2023"
    monkeypatch.setattr(Path, "replace", failing(range(2, 3), OSError(5, "x")))
    with pytest.raises(OutputError, match="Dřívější výstupy zůstaly beze změny"):
        deliver(target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("number", range(1, MOVES + 1))
def test_what_even_undoing_could_not_put_back_the_next_run_does(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_with(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing(range(number, 100), OSError(5, "x")))
        expected = "vrátí je příští spuštění" if number > 1 else "zůstaly beze změny"
        with pytest.raises(OutputError, match=expected):
            deliver(target)
    for owner in target.parent.glob(".2022-2023-*/owner"):
        owner.write_text(str(owned("dead")), encoding="utf-8")
    with delivery(target):
        assert files(target) == OLD
    assert alone(target)


@pytest.mark.parametrize("number", range(1, MOVES + 1))
def test_after_a_run_that_was_killed_the_next_one_begins_with_the_earlier_outputs(
    number: int, tmp_path: Path
) -> None:
    target = target_with(tmp_path, OLD)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), str(number)],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert not alone(target)
    with delivery(target):
        assert files(target) == OLD
        assert len(list(target.parent.iterdir())) == 2
    assert alone(target)


def dead_process() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def owned(owner: str) -> str | None:
    """What the folder of such an owner says."""
    return {
        "dead": f"{dead_process()} {platform.node()}",
        "living": f"{os.getpid()} {platform.node()}",
        "elsewhere": f"{dead_process()} another-{platform.node()}",
        "strange": "něco jiného",
        "silent": None,
    }[owner]


#: The folder of a delivery of this process.
MINE = f".2022-2023-{os.getpid()}-abcd_123"


def leftover(target: Path, name: str, owner: str) -> Path:
    text = owned(owner)
    folder = target.parent / name
    (folder / "new").mkdir(parents=True)
    (folder / "old").mkdir()
    if text is not None:
        (folder / "owner").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_a_dead_run_is_removed(tmp_path: Path) -> None:
    target = target_with(tmp_path, OLD)
    leftover(target, MINE, "dead")
    deliver(target)
    assert alone(target)


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        (MINE, "living"),
        (MINE, "elsewhere"),
        (MINE, "silent"),
        (MINE, "strange"),
        (".2022-2023-zaloha", "dead"),
        (MINE.replace("2022-2023", "2024-2025"), "dead"),
        (MINE.removeprefix("."), "dead"),
    ],
    ids=["living", "elsewhere", "silent", "strange", "a copy", "another target", "no staging"],
)
def test_a_folder_of_a_living_run_or_of_somebody_else_stays(
    name: str, owner: str, tmp_path: Path
) -> None:
    target = target_with(tmp_path, OLD)
    folder = leftover(target, name, owner)
    deliver(target)
    assert (folder / "new").is_dir()


def test_a_folder_that_was_just_made_or_nearly_gone_when_its_run_was_killed_is_removed(
    tmp_path: Path,
) -> None:
    target = target_with(tmp_path, OLD)
    leftover(target, f".2022-2023-{dead_process()}-abcd_123", "silent")
    deliver(target)
    assert alone(target)


@pytest.mark.parametrize("owner", ["living", "elsewhere"])
def test_a_run_that_began_two_days_ago_is_dead(owner: str, tmp_path: Path) -> None:
    target = target_with(tmp_path, OLD)
    folder = leftover(target, MINE, owner)
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(folder, (long_ago, long_ago))
    deliver(target)
    assert alone(target)


def test_a_folder_that_cannot_be_made_is_not_called_missing() -> None:
    with pytest.raises(OutputError) as caught, delivery(Path("/proc/nic/2022-2023")):
        pytest.fail("a delivery began")
    assert str(caught.value) == (
        "Složku „/proc/nic“ nelze vytvořit: na tomto místě složky zakládat nejde; zvolte jiné. "
        "Dřívější výstupy zůstaly beze změny."
    )


def test_a_file_in_the_place_of_a_parent_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "soubor").write_bytes(b"")
    with (
        pytest.raises(OutputError, match="v\u00a0cestě stojí soubor"),
        delivery(tmp_path / "soubor" / "reports" / "2022-2023"),
    ):
        pytest.fail("a delivery began")


def test_a_single_file_is_not_written_over_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="složka místo souboru"):
        write_alone(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []
