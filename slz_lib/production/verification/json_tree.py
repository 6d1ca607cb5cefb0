"""JSON files compared value by value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.difference import Finding, UnreadableError

#: Path, old and new of a value.
PathChange = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written: 1, 1.0 and true are three things in a file."""

    text: str


def read(data: bytes) -> Any:
    """What the file holds.

    Raises:
        UnreadableError: it is not JSON in UTF-8.
    """
    try:
        return json.loads(
            data.decode(), parse_int=Number, parse_float=Number, parse_constant=Number
        )
    except ValueError as error:
        place = f" (řádek {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(f"není to JSON v\u00a0kódování UTF-8{place}") from error


def compare(old: Any, new: Any) -> Iterator[Finding]:
    """Values that differ, by their path: ``blocks[0].text``."""
    for path, before, after in value_changes(old, new):
        yield Finding(path or "celý soubor", before, after)


def value_changes(old: Any, new: Any, path: str = "") -> Iterator[PathChange]:
    """Path, old and new of every value that differs; paths begin with ``path``."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _entry_changes(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _item_changes(old, new, path)
    else:
        yield path, written(old), written(new)


def _entry_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[PathChange]:
    for key in [*old, *(key for key in new if key not in old)]:
        below = f"{path}.{key}" if path else str(key)
        if key not in new:
            yield below, written(old[key]), None
        elif key not in old:
            yield below, None, written(new[key])
        else:
            yield from value_changes(old[key], new[key], below)


def _item_changes(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[PathChange]:
    for before, after in paired(list(enumerate(old)), list(enumerate(new)), _value):
        if before is not None and after is not None:
            yield from value_changes(before[1], after[1], f"{path}[{before[0]}]")
        elif before is not None:
            yield f"{path}[{before[0]}]", written(before[1]), None
        elif after is not None:
            yield f"{path}[{after[0]}]", None, written(after[1])


def _value(numbered: tuple[int, Any]) -> str:
    return repr(numbered[1])


def written(value: Any) -> str:
    """``value`` as text; a string without quotation marks."""
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.text
    return json.dumps(value, ensure_ascii=False, default=lambda number: number.text)
