"""A judged period narrowed to some of its measures, for editions that speak of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import pandas as pd

from slz_lib.dataset.dataset import Dataset
from slz_lib.evaluation.evaluation import Evaluation
from slz_lib.tracking import query

T = TypeVar("T")

#: The column that names the measure, where it has another name.
_COLUMNS = {"measures": "id", "acknowledgements": "subject"}
#: Fields of the evaluation that have a row or more a measure.
_JUDGED = ("judgements", "criteria", "decisions", "evidence", "observations")


def narrowed(evaluation: Evaluation, measures: Iterable[str]) -> Evaluation:
    """``evaluation`` as if the strategy had these measures alone; nothing is judged again.

    Every table that names a measure keeps the rows of these measures, in their order; areas,
    bodies, districts, goals and rules stay whole, so that names can be looked up. The claims of the
    published summary speak of all measures and are left out, and so is what was acknowledged of
    other subjects. The audit looks at a period as a whole: what it finds on some measures says
    :func:`slz_lib.evaluation.audit.choosing.findings_on` of the whole period.

    Args:
        evaluation: the judged period.
        measures: ids of measures; ids that the period does not judge mean nothing.
    """
    return _narrowed(evaluation, sorted(set(measures)))


@query
def _narrowed(evaluation: Evaluation, measures: list[str]) -> Evaluation:
    return _PartOfEvaluation.of(evaluation, measures)


class _PartOfDataset(Dataset):
    """A dataset of some measures; a table is narrowed when it is first asked for.

    A brief asks for few of its forty tables.
    """

    __slots__ = ("_kept", "_whole")

    @classmethod
    def of(cls, whole: Dataset, measures: Iterable[str]) -> Dataset:
        """``whole`` with the rows of these measures."""
        return _bare(cls, {"_whole": whole, "_kept": frozenset(measures)})

    def __getattr__(self, name: str) -> Any:
        """A field that is not filled in yet."""
        found = _whole_field(self, name)
        if isinstance(found, pd.DataFrame):
            column = _COLUMNS.get(name, "measure_id")
            if column in found.columns:
                found = _of_measures(found, column, self._kept)
        object.__setattr__(self, name, found)
        return found


class _PartOfEvaluation(Evaluation):
    """An evaluation of some measures; a table is narrowed when it is first asked for."""

    @classmethod
    def of(cls, whole: Evaluation, measures: Iterable[str]) -> Evaluation:
        """``whole`` with the rows of these measures."""
        return _bare(cls, {"_whole": whole, "_kept": frozenset(measures)})

    def __getattr__(self, name: str) -> Any:
        """A field that is not filled in yet."""
        found = _whole_field(self, name)
        if name in _JUDGED:
            found = _of_measures(found, "measure_id", self._kept)
        elif name == "claims":
            found = found.iloc[:0]
        elif name == "dataset":
            found = _PartOfDataset.of(found, self._kept)
        object.__setattr__(self, name, found)
        return found


def _bare(kind: type[T], attributes: Mapping[str, object]) -> T:
    made = object.__new__(kind)
    for name, value in attributes.items():
        object.__setattr__(made, name, value)
    return made


def _whole_field(part: Any, name: str) -> Any:
    """The field of what ``part`` is a part of.

    Raises:
        AttributeError: there is no such field.
    """
    if name not in type(part).__dataclass_fields__:
        raise AttributeError(f"{type(part).__name__!r} object has no attribute {name!r}")
    return getattr(object.__getattribute__(part, "_whole"), name)


def _of_measures(frame: pd.DataFrame, column: str, kept: frozenset[str]) -> pd.DataFrame:
    return frame[frame[column].isin(kept)].reset_index(drop=True)
