"""What stands in a cell of a table: a value of whatever kind, written as an official would."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from numbers import Integral, Real
from typing import Any, Literal, TypeGuard

import numpy as np
import pandas as pd

from slz_lib.documents.model import Cell, Mark
from slz_lib.language import (
    MINUS,
    NO_BREAK_SPACE,
    count,
    czech_sorted,
    format_date,
    format_number,
    format_percent,
    format_points,
    no_breaks,
    period_name,
)
from slz_lib.vocabulary import Scale, Step

ColumnKind = Literal["text", "integer", "decimal", "percent", "date", "status"]

#: What a column holds: as the document model has it, or a finer form of one of its kinds.
CellForm = Literal[
    "text",
    "integer",
    "decimal",
    "percent",
    "date",
    "amount",
    "code",
    "difference",
    "points",
    "coefficient",
]
Writer = Callable[[Any], Cell]

#: What stands in a cell that holds nothing.
NOTHING = "—"
_POINTS = f"{NO_BREAK_SPACE}p.{NO_BREAK_SPACE}b."
_ENDLESS = "∞"
#: What Python shows of an object that has no words of its own.
_NAMED_BY_PROGRAM = re.compile(r"<.*>", re.DOTALL)
#: An amount in words: a Czech number and what it counts.
_AMOUNT = re.compile(rf"({MINUS}?\d[\d{NO_BREAK_SPACE}]*(?:,\d+)?)[ {NO_BREAK_SPACE}](\D.*)")
#: Spaces that a cell does not keep: line ends and tabs among them, no-break spaces not.
_SPACES = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
#: Nobody reads a number of more digits.
_LARGEST = 10**27
#: Beyond so much a spreadsheet forgets the last digits of a number.
_EXACT = 10**15
#: Names of columns whose numbers are read digit by digit, and of those that may hold years.
_CODED = re.compile(r"psč|zip|ičo?|id|kód[uyů]?|kod|code|č|čj|číslo|telefon|ruian", re.IGNORECASE)
_DATED = re.compile(r"rok|roky|letopočet|years?|termín|deadline|období|period", re.IGNORECASE)
YEARS = range(1800, 2200)
#: Fractions that never end get so many places, or as many as the least of them needs.
_PLACES, _MOST_EXACT, _MOST = 2, 3, 6


def mark(step: Step) -> Mark:
    """How documents draw a step of the scale."""
    return Mark(code=step.code, sign=step.sign, label=step.label, colour=step.colour)


def missing(value: Any) -> bool:
    """Whether ``value`` stands for none."""
    return value is None or (pd.api.types.is_scalar(value) and pd.isna(value) is True)


def written(value: Any) -> str:
    """``value`` as the text of a cell, in Czech and on one line.

    A part of a collection is written like a value of its own; ``—`` where there is nothing.

    Raises:
        ValueError: it has no words, only what the program calls it.
    """
    value = plain(value)
    if missing(value):
        return NOTHING
    write = next((write for types, write in _WRITTEN if isinstance(value, types)), None)
    if write is None and _NAMED_BY_PROGRAM.fullmatch(str(value)):
        raise ValueError(value)
    return write(value) if write is not None else written(str(value))


def plain(value: Any) -> Any:
    """``value`` as Python has it, where NumPy keeps it in a form of its own."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.timedelta64):
        return pd.Timedelta(value)
    if value is np.ma.masked:
        return None
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def _one_line(text: str) -> str:
    return no_breaks(_SPACES.sub(" ", text).strip()) or NOTHING


def _listed(texts: Sequence[str]) -> str:
    return ("; " if any("," in text for text in texts) else ", ").join(texts) or NOTHING


def _pairs(held: Mapping[Any, Any]) -> str:
    return "; ".join(f"{written(key)}: {written(each)}" for key, each in held.items()) or NOTHING


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M:%S}" if moment.second else f"{moment.hour}:{moment:%M}"


def _duration(given: Any) -> str:
    length = pd.Timedelta(given)
    parts = abs(length).components
    seconds = parts.seconds + parts.milliseconds / 1000
    named = [
        *([count(parts.days, "den", "dny", "dní")] if parts.days else []),
        *([f"{parts.hours}{NO_BREAK_SPACE}h"] if parts.hours else []),
        *([f"{parts.minutes}{NO_BREAK_SPACE}min"] if parts.minutes else []),
        *([f"{format_number(seconds)}{NO_BREAK_SPACE}s"] if seconds else []),
    ]
    return (MINUS if length < pd.Timedelta(0) else "") + " ".join(named or ["0\u00a0s"])


def _period(span: pd.Period) -> str:
    if span.end_time - span.start_time < pd.Timedelta(days=1) - pd.Timedelta(1):
        return _day(span.start_time.to_pydatetime()).text
    return period_name(span.start_time.date(), span.end_time.date())


def _range(span: pd.Interval) -> str:
    low = "od" if span.closed_left else "nad"
    high = "do" if span.closed_right else "pod"
    return f"{low} {written(span.left)} {high} {written(span.right)}"


#: How values of a kind are written; the first that fits.
_WRITTEN: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (Enum, lambda value: written(getattr(value, "label", value.value))),
    ((bool, np.bool_), lambda value: "ano" if value else "ne"),
    (str, _one_line),
    (bytes, lambda value: written(value.decode())),
    ((Real, Decimal), lambda value: _number(value).text),
    (date, lambda value: _day(value).text),
    (time, _clock),
    (timedelta, _duration),
    (pd.Period, _period),
    (pd.Interval, _range),
    (Mapping, _pairs),
    (AbstractSet, lambda value: _listed(czech_sorted(map(written, value)))),
    (
        (Sequence, np.ndarray, pd.Series, pd.Index),
        lambda value: _listed([written(part) for part in value]),
    ),
)


def _is_number(value: object) -> TypeGuard[Any]:
    return isinstance(value, (Real, Decimal)) and not isinstance(value, (bool, Enum))


def _is_whole(number: Any) -> bool:
    return isinstance(number, Integral) or float(number).is_integer()


def _number(number: Any, places: int | None = None) -> Cell:
    """A number; a whole one has no decimal places unless the column has them."""
    if isinstance(number, Integral) or (places is None and math.isfinite(number)):
        number = int(number) if _is_whole(number) else float(number)
    else:
        number = float(number)
    if math.isinf(number):
        return Cell(text=_ENDLESS if number > 0 else f"{MINUS}{_ENDLESS}")
    exact = isinstance(number, float) or abs(number) < _EXACT
    text = format_number(number or 0, places)  # zero has no sign
    return Cell(text=text, value=number if exact else None)


def _text(value: Any) -> Cell:
    return Cell(text=str(value) if isinstance(value, Integral) else written(value))


def _amount(value: Any) -> Cell:
    """A number with its unit, both apart too; other words stand as they are."""
    text = written(value)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return Cell(text=text)
    digits = found[1].replace(NO_BREAK_SPACE, "").replace(MINUS, "-").replace(",", ".")
    number = float(digits) if "." in digits else int(digits)
    return Cell(text=text, value=number, unit=found[2])


def _code(value: Any) -> Cell:
    """A number that counts nothing: its digits, without spaces between them."""
    if not _is_number(value):
        return Cell(text=written(value))
    whole = _is_whole(value)
    exact = whole and abs(value) < _EXACT
    return Cell(text=str(int(value) if whole else value), value=int(value) if exact else None)


def _day(value: date) -> Cell:
    """A day; with its time where it is not midnight, which no spreadsheet is told."""
    if not isinstance(value, datetime):
        return Cell(text=format_date(value), value=value)
    if value.time() == time():
        return Cell(text=format_date(value), value=value.date())
    return Cell(text=f"{format_date(value)} {written(value.time())}")


def _percent(value: Any) -> Cell:
    return Cell(text=format_percent(float(value)), value=float(value))


def _difference(value: Any) -> Cell:
    shown = _number(value)
    return shown.model_copy(update={"text": ("+" if value > 0 else "") + shown.text})


def _points(value: Any) -> Cell:
    text = format_points(float(value) / 100).removesuffix(_POINTS)
    return Cell(text=text, value=float(value))


def _coefficient(value: Any) -> Cell:
    return Cell(text=format_number(value, 2), value=round(value, 2))


def _status(value: Any, scale: Scale) -> Cell:
    if value not in scale:
        return Cell(text=written(value))
    return Cell(text=scale[value].marked, status=mark(scale[value]))


def _mixed(value: Any) -> Cell:
    if isinstance(value, date):
        return _day(value)
    return _number(value) if _is_number(value) else Cell(text=written(value))


#: For each form, the kind of the document model that it is of, and how a value of it looks.
FORMS: Mapping[CellForm, tuple[ColumnKind, Writer]] = {
    "text": ("text", _text),
    "integer": ("integer", _number),
    "decimal": ("decimal", _number),
    "percent": ("percent", _percent),
    "date": ("date", _day),
    "amount": ("text", _amount),
    "code": ("text", _code),
    "difference": ("integer", _difference),
    "points": ("decimal", _points),
    "coefficient": ("decimal", _coefficient),
}


def cell(value: object, write: Writer) -> Cell:
    """The cell of ``value`` as ``write`` writes it, if it is a finite value at all."""
    value = plain(value)
    if missing(value) or (_is_number(value) and value in (math.inf, -math.inf)):
        return Cell(text=written(value))
    if _is_number(value) and abs(value) > _LARGEST:
        raise OverflowError(value)
    return write(value)


def reading(
    name: str, values: Iterable[object], form: CellForm | Scale | None
) -> tuple[ColumnKind, Writer]:
    """The kind of a column, and what writes a cell of it.

    Args:
        name: what the column is called; it tells years and codes from numbers.
        values: what it holds; of these it is read what they are where ``form`` does not say.
        form: what it holds, or the scale whose codes it holds.
    """
    if form is not None:
        return ("status", partial(_status, scale=form)) if isinstance(form, Scale) else FORMS[form]
    return _found(name, [value for value in map(plain, values) if not missing(value)])


def _found(name: str, present: Sequence[Any]) -> tuple[ColumnKind, Writer]:
    if is_coded(name, present):
        return FORMS["code"]
    if present and all(map(_is_number, present)):
        finite = [value for value in present if abs(value) <= _LARGEST]
        if all(map(_is_whole, finite)):
            return FORMS["integer"]
        return "decimal", partial(_number, places=_places(finite))
    if present and all(isinstance(value, date) and _day(value).value for value in present):
        return FORMS["date"]
    return "text", _mixed


def is_coded(name: str, values: Iterable[Any]) -> bool:
    """Whether the column ``name`` holds years or codes: numbers that are read digit by digit."""
    words = re.findall(r"[^\W_]+", name)
    coded, dated = any(map(_CODED.fullmatch, words)), any(map(_DATED.fullmatch, words))
    return (coded or dated) and all(
        _is_number(value) and math.isfinite(value) and (coded or value in YEARS)
        for value in values
        if not missing(value)
    )


def _places(numbers: Sequence[Any]) -> int:
    """Decimal places of a column: none of its fractions looks like a whole number, or like zero."""
    sizes = [abs(float(number)) for number in numbers]
    for places in range(1, _MOST_EXACT + 1):
        if all(math.isclose(round(size, places), size, rel_tol=1e-7) for size in sizes):
            return places
    least = min(size for size in sizes if size)
    return min(max(_PLACES, 1 - math.floor(math.log10(least))), _MOST)
