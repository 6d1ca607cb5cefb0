"""How far two judgements of the same measures agree, chance set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two judgements on an ordered scale.

    Attributes:
        compared: how many measures both judged.
        agreed: how many of them both judged alike.
        kappa: Cohen's kappa (1 full agreement, 0 no better than chance); ``None`` where chance
            alone would agree always, or nothing was compared.
        weighted: the same with linear weights: a difference of two steps weighs twice that of one.
    """

    compared: int
    agreed: int
    kappa: float | None
    weighted: float | None

    @property
    def share(self) -> float | None:
        """The share judged alike; ``None`` when nothing was compared."""
        return self.agreed / self.compared if self.compared else None


def agreement(first: pd.Series, second: pd.Series, scale: Sequence[object]) -> Agreement:
    """The agreement of two judgements, row by row.

    Cohen (1960) for kappa, Cohen (1968) for its weights.

    Args:
        first: judgements of the one, by measure.
        second: judgements of the other, with the same index; rows that one did not judge are left
            out.
        scale: every possible judgement, in order.
    """
    one, other = (
        pd.Categorical(values.reindex(first.index), categories=list(scale)).codes.astype("int64")
        for values in (first, second)
    )
    both = (one >= 0) & (other >= 0)
    compared = int(both.sum())
    steps = len(scale)
    counts = np.bincount(one[both] * steps + other[both], minlength=steps * steps)
    table = counts.reshape(steps, steps)
    distance = np.abs(np.arange(steps)[:, None] - np.arange(steps))
    return Agreement(
        compared,
        int(np.trace(table)),
        _kappa(table, (distance > 0).astype("float64")),
        _kappa(table, distance.astype("float64")),
    )


def _kappa(table: np.ndarray, weights: np.ndarray) -> float | None:
    """One minus the disagreement seen over the disagreement that chance would give."""
    whole = table.sum()
    if not whole:
        return None
    by_chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / whole
    expected = float((weights * by_chance).sum())
    return 1 - float((weights * table).sum()) / expected if expected else None
