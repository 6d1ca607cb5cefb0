"""The types of parameters: values and their texts read as a type, and written as a text again.

A type is taken only when its values reach the notebook as they were given: equal and of the same
type (:mod:`slz_lib.production.injecting` writes them there).
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.vocabulary import parse_day

Kind = Literal["str", "bool", "int", "float", "date", "path", "choice", "enum"]

Scalar = str | bool | int | float | date | Path | None
#: What may be handed to a notebook; a ``StrEnum`` of the vocabulary is a ``str`` too.
Value = Scalar | list[Scalar]

_TRUE = frozenset({"ano", "true", "1"})
_FALSE = frozenset({"ne", "false", "0"})
_EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "str": "text",
        "bool": "ano, nebo ne",
        "int": "celé číslo",
        "float": "číslo",
        "date": "datum ve tvaru RRRR-MM-DD",
        "path": "cesta k\u00a0souboru nebo složce",
    }
)
_CLASSES: Mapping[str, type] = MappingProxyType(
    {"str": str, "choice": str, "bool": bool, "int": int, "float": float, "date": date}
)


@dataclass(frozen=True, slots=True)
class ParameterType:
    """What a parameter may hold.

    Attributes:
        kind: the type of its value, of every item when it is a list; ``choice`` is a ``Literal``
            of texts, ``enum`` a ``StrEnum`` of ``slz_lib.vocabulary``.
        optional: whether ``None`` is a value.
        many: whether it is a list.
        choices: the texts of a ``choice``.
        members: the class of an ``enum``.
    """

    kind: Kind
    optional: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    members: type[StrEnum] | None = None

    @property
    def permitted(self) -> tuple[str, ...]:
        """The texts that are its only values; empty when it has no such list."""
        return self.choices if self.members is None else tuple(str(m) for m in self.members)

    @property
    def expected(self) -> str:
        """What values it takes, in Czech, as messages say it."""
        if self.permitted:
            item = enumerate_words([f"„{text}“" for text in self.permitted], last="nebo")
        else:
            item = _EXPECTED[self.kind]
        if not self.many:
            return item
        return f"seznam oddělený {self.separated} (každá položka: {item})"

    @property
    def separated(self) -> str:
        """By what the items of a list are separated, in Czech: *čárkami*."""
        return "středníky" if self._separator == ";" else "čárkami"

    @property
    def _separator(self) -> str:
        # A decimal comma must not turn one number into two.
        return ";" if self.kind == "float" else ","

    def fits(self, value: object) -> bool:
        """Whether ``value`` itself, not only a text of it, is of this type."""
        if value is None:
            return self.optional
        if self.many:
            return type(value) is list and all(self._fits_one(item) for item in value)
        return self._fits_one(value)

    def _fits_one(self, value: object) -> bool:
        if self.kind == "path":
            return isinstance(value, Path)
        kind = _CLASSES[self.kind] if self.members is None else self.members
        # Exactly: True is no number, a moment is no day, an enum is no plain text.
        if type(value) is not kind or (isinstance(value, float) and not math.isfinite(value)):
            return False
        return not self.choices or value in self.choices

    def coerce(self, given: object) -> Value:
        """``given`` (a value, or the text of one) as the notebook's value.

        The text ``None`` is ``None`` where that is a value.

        Raises:
            ValueError: it is no value of this type.
        """
        if self.optional and (given is None or given == "None"):
            return None
        if not self.many:
            return self._one(given)
        if isinstance(given, str):
            return [self._one(text) for text in self._items(given)]
        if type(given) is not list:
            raise ValueError(given)
        return [self._one(item) for item in given]

    def _one(self, given: object) -> Scalar:
        if self._fits_one(given):
            return cast("Scalar", given)
        if self.kind == "float" and type(given) is int and int(float(given)) == given:
            return float(given)
        if isinstance(given, str) and not isinstance(given, Enum):
            value = self.members(given) if self.members is not None else _READERS[self.kind](given)
            if self._fits_one(value):
                return value
        raise ValueError(given)

    def _items(self, text: str) -> list[str]:
        """The texts of the items: separated, or in the form of a Python list of texts."""
        if text.strip().startswith("["):
            try:
                items = ast.literal_eval(text.strip())
            except (SyntaxError, ValueError) as error:
                raise ValueError(text) from error
            if not isinstance(items, list):
                raise ValueError(text)
            return [item if isinstance(item, str) else str(item) for item in items]
        if not text.strip():
            return []
        found = [item.strip() for item in text.split(self._separator)]
        if "" in found:
            raise ValueError(text)
        return found

    def text(self, value: Value) -> str:
        """``value`` as it is typed; :meth:`coerce` reads it back."""
        if not isinstance(value, list):
            return _text(value)
        texts = [_text(item) for item in value]
        joined = f"{self._separator} ".join(texts)
        plain = not any(self._separator in text or text != text.strip() for text in texts)
        plain = plain and "" not in texts and not joined.startswith("[")
        if plain and not (self.optional and joined == "None"):
            return joined
        return repr(texts)


def _text(value: Scalar) -> str:
    match value:
        case bool():
            return "ano" if value else "ne"
        case float():
            return repr(value)
        case Path():
            return value.as_posix()
    return str(value)  # a date in the form RRRR-MM-DD, an enum as its value


def _truth(text: str) -> bool:
    word = text.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(text)


def _whole(text: str) -> int:
    # Python alone would take 1_000 as well.
    if re.fullmatch(r"\s*[+-]?[0-9]+\s*", text):
        return int(text)
    raise ValueError(text)


def _number(text: str) -> float:
    if re.fullmatch(r"\s*[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?\s*", text):
        return float(text.replace(",", "."))
    raise ValueError(text)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ParameterError as error:
        raise ValueError(text) from error


_READERS: Mapping[str, Callable[[str], Scalar]] = MappingProxyType(
    {
        "str": str,
        "choice": str,
        "bool": _truth,
        "int": _whole,
        "float": _number,
        "date": _day,
        "path": Path,
    }
)
