"""Ways to spoil a copy of the synthetic data, and the report that follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from slz_lib.dataset import load
from slz_lib.errors import DataError

#: No-break space, as messages are typeset.
NB = "\u00a0"
MEASURES = "strategy/measures.csv"
PERIOD = "periods/2022-2023/"
DECISIONS = f"{PERIOD}decisions.csv"
#: Where a synthetic row comes from, as its last two cells say.
FROM = "syn-zprava,strana 1"

#: What spoils a copy of the data, and the one line of the report that it must lead to.
Case = tuple[Callable[[Path], object], str]


def faults_of(data: Path) -> list[str]:
    """The lines of the report; none when the data load."""
    try:
        load(data)
    except DataError as error:
        return str(error).splitlines()[1:]
    return []


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A spoiler that replaces one piece of text in one file."""

    def spoil(data: Path) -> None:
        path = data / file
        content = path.read_bytes()
        assert content.count(old.encode()) == 1
        path.write_bytes(content.replace(old.encode(), new.encode()))

    return spoil


def appended(file: str, *rows: str) -> Callable[[Path], None]:
    """A spoiler that adds rows to a file; where they come from is added to them."""

    def spoil(data: Path) -> None:
        with (data / file).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{row},{FROM}\n" for row in rows)

    return spoil


def both(*spoilers: Callable[[Path], object]) -> Callable[[Path], None]:
    """A spoiler that does what each of ``spoilers`` does, in their order."""

    def spoil(data: Path) -> None:
        for each in spoilers:
            each(data)

    return spoil


def written(file: str, content: bytes) -> Callable[[Path], None]:
    """A spoiler that replaces a whole file."""

    def spoil(data: Path) -> None:
        (data / file).write_bytes(content)

    return spoil


def removed(file: str) -> Callable[[Path], None]:
    """A spoiler that deletes a file."""
    return lambda data: (data / file).unlink()


def folder_in_place(file: str) -> Callable[[Path], None]:
    """A spoiler that puts a folder where a file should be."""

    def spoil(data: Path) -> None:
        (data / file).unlink()
        (data / file).mkdir()

    return spoil
