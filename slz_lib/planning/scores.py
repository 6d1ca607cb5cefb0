"""Which measures go first: a score of parts from data, and how far it rests on weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.observations import each_place
from slz_lib.dataset.trees import ancestry
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.criteria import REACH_RANK
from slz_lib.evaluation.summaries import share
from slz_lib.vocabulary import Period, Reach

#: Parts of the score; what each one is, ``data/rules/plan_weights.csv`` says in words.
PARTS = ("conditions", "status", "distance", "deadline", "reach", "people", "effort")

#: So many measures are the ones that a plan begins with.
TOP = 20

#: By how much a weight is tried to be wrong; 0 leaves the part out.
_FACTORS = (0.5, 1.5, 0.0)


@dataclass(frozen=True, eq=False)
class Scores:
    """Pořadí opatření podle naléhavosti.

    Attributes:
        parts: by measure id, in the measures' order: each of :data:`PARTS` from 0 to 1, more is
            more urgent; NA where it is not known.
        weights: weight by part.
    """

    parts: pd.DataFrame
    weights: pd.Series

    @cached_property
    def table(self) -> pd.DataFrame:
        """The parts with ``known`` (share of the weight that is known), ``score`` and ``rank``."""
        weighed = self.parts.notna().mul(self.weights)
        return self.parts.assign(
            known=weighed.sum(axis="columns") / (self.weights.sum() or 1.0),
            score=self._score(self.weights),
            rank=self._rank(self.weights),
        )

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """Co se změní mezi prvními dvaceti, když je některá váha jiná.

        Returns:
            One row a part and ``factor`` by which its weight is multiplied: ``entered`` and
            ``left`` (ids joined by ``;``), ``kept`` (how many stay).
        """
        top, rows = self._top(self.weights), []
        for (part, factor), other in self._tried.items():
            entered, left = ([m for m in a if m not in b] for a, b in ((other, top), (top, other)))
            rows.append((part, factor, ";".join(entered), ";".join(left), len(top) - len(left)))
        return pd.DataFrame(rows, columns=["part", "factor", "entered", "left", "kept"])

    @cached_property
    def held(self) -> pd.Series:
        """Share of the tried weights under which a measure is among the first (by measure id)."""
        tried = self._tried.values()
        counts = pd.Series([m for top in tried for m in top], dtype="str").value_counts()
        return counts.reindex(self.parts.index, fill_value=0) / max(1, len(tried))

    @cached_property
    def _tried(self) -> dict[tuple[str, float], list[str]]:
        """The first measures when the weight of a part is so many times what it is."""
        return {
            (part, factor): self._top(
                self.weights.where(self.weights.index != part, self.weights * factor)
            )
            for part in self.weights.index[self.weights.gt(0)]
            for factor in _FACTORS
        }

    def _score(self, weights: pd.Series) -> pd.Series:
        """The mean of what is known, so that what is unknown speaks neither for nor against."""
        known = self.parts.notna().mul(weights).sum(axis="columns")
        return (self.parts.mul(weights).sum(axis="columns") / known.where(known.gt(0))).round(6)

    def _rank(self, weights: pd.Series) -> pd.Series:
        score = self._score(weights)
        return score.rank(method="first", ascending=False, na_option="bottom").astype("int64")

    def _top(self, weights: pd.Series) -> list[str]:
        rank = self._rank(weights)
        return rank[rank.le(TOP)].sort_values().index.tolist()


def scores(evaluation: Evaluation, horizon: Period, efforts: pd.Series) -> Scores:
    """Seřadí opatření podle toho, co je třeba udělat dřív.

    Args:
        evaluation: the period that the plan follows.
        horizon: the planned years.
        efforts: person-days by measure id; the measures of the plan.
    """
    dataset = evaluation.dataset
    judged = evaluation.judgements.set_index("measure_id").reindex(efforts.index)
    ranks = judged["status"].map(evaluation.scale.ranks).astype("Float64")
    changes = evaluation.trace.changes
    steps = changes[changes["direction"].eq("up")].groupby("measure_id")["steps"].min()
    begin, end = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)
    reach = judged["reach"].where(judged["reach"].gt(REACH_RANK[Reach.UNKNOWN]))
    widest = max(REACH_RANK.values())
    parts = pd.DataFrame(
        {
            "conditions": _conditions(dataset, judged["area_id"]),
            "status": (ranks - 1) / max(1, len(evaluation.scale.ranks) - 1),
            "distance": 1 / steps.reindex(efforts.index).clip(lower=1),
            "deadline": 1 - ((judged["deadline_day"] - begin) / (end - begin)).clip(0, 1),
            "reach": 1 - (reach - 1) / max(1, widest - 1),
            "people": _people(evaluation, reach),
            "effort": 1 - share(efforts, efforts.max()).mask(efforts.eq(0), 0.0),
        },
        index=efforts.index,
    ).astype("Float64")
    known = dataset.plan_weights.set_index("part")["weight"].reindex(list(PARTS))
    weights = known.fillna(0.0 if known.notna().any() else 1.0).astype("float64")
    return Scores(parts.round(6), weights)


def _conditions(dataset: Dataset, areas: pd.Series) -> pd.Series:
    """How many goals in a row rest on a goal of the measure, as a share of the longest row."""
    height = dict.fromkeys(dataset.goals["id"], 0)
    pairs = dataset.goal_conditions[["goal_id", "condition_id"]].to_numpy().tolist()
    for _ in pairs:
        for goal, condition in pairs:
            height[condition] = min(len(pairs), max(height[condition], height[goal] + 1))
    # A goal is as high as the highest of those that it stands under.
    above = ancestry(dataset.goals)
    served = above["above"].map(height).groupby(above["id"]).max()
    links = dataset.links.dropna(subset=["goal_id"])
    links = links.assign(height=links["goal_id"].map(served))
    of_measure = links.groupby("measure_id")["height"].max().reindex(areas.index)
    of_area = areas.map(links[links["measure_id"].isna()].groupby("area_id")["height"].max())
    found = pd.concat([of_measure, of_area], axis="columns").max(axis="columns")
    longest = max(height.values(), default=0)
    return share(found, longest)


def _people(evaluation: Evaluation, reach: pd.Series) -> pd.Series:
    """The share of the territory's people who live where evidence says that something is done.

    It is known where the whole territory is reached, and where of every named place it is known.
    """
    dataset = evaluation.dataset
    everyone = dataset.districts["population"].sum(skipna=False)
    named = each_place(evaluation.evidence).drop_duplicates(["measure_id", "place"])
    living = named["place"].map(dataset.places.set_index("id")["population"])
    of_places = living.groupby(named["measure_id"]).agg(lambda one: one.sum(skipna=False))
    reached = share(of_places.reindex(reach.index), everyone).clip(upper=1)
    return reached.mask(reach.ge(REACH_RANK[Reach.NEARLY_ALL]).fillna(value=False), 1.0)
