"""The way from the dataset to a value that was read, as steps that can be gone again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

#: How a day is written among arguments, which JSON knows no days for.
_DAY = "day"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: an attribute of what was reached before, or a query put to it.

    Attributes:
        name: the attribute, or ``module:function`` of the query.
        arguments: of the query, by name; texts, numbers, flags, ``None``, days and lists of these.
    """

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def asking(cls, name: str, arguments: Mapping[str, Any]) -> Step | None:
        """A query as a step; ``None`` when an argument is no plain value and cannot be noted."""
        try:
            return cls(name, {key: _noted(value) for key, value in arguments.items()})
        except TypeError:
            return None


def read_text(steps: tuple[Step, ...]) -> str:
    """The steps as one line of JSON, the same for the same steps."""
    shown = [[step.name, step.arguments] if step.arguments else [step.name] for step in steps]
    return json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parsed(read: str) -> tuple[Step, ...]:
    """The steps of such a line.

    Raises:
        ValueError: it is none.
    """
    shown = json.loads(read)
    if not isinstance(shown, list) or not all(map(_is_step, shown)):
        raise ValueError(read)
    return tuple(
        Step(name, {key: _meant(value) for key, value in (arguments or [{}])[0].items()})
        for name, *arguments in shown
    )


def _is_step(shown: object) -> bool:
    match shown:
        case [str()] | [str(), dict()]:
            return True
        case _:
            return False


def _noted(value: object) -> Any:
    """An argument as JSON has it.

    Raises:
        TypeError: it is no plain value.
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is date:
        return {_DAY: value.isoformat()}
    if isinstance(value, list | tuple):
        return [_noted(item) for item in value]
    raise TypeError(value)


def _meant(shown: Any) -> Any:
    match shown:
        case dict():
            return date.fromisoformat(shown[_DAY])
        case list():
            return [_meant(item) for item in shown]
        case _:
            return shown
