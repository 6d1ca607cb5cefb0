"""Other rules on the same evidence, so that a change of method is told from a change of fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from slz_lib.evaluation import movements
from slz_lib.evaluation.evaluation import Evaluation
from slz_lib.evaluation.judgements import judge
from slz_lib.evaluation.linting import require_sound
from slz_lib.evaluation.movements import standing, standings_counted
from slz_lib.evaluation.rules import RuleSet
from slz_lib.language import format_number


def replay(evaluation: Evaluation, rules: RuleSet) -> Evaluation:
    """Vyhodnotí období znovu podle jiných pravidel: táž opatření, podklady i den.

    Published and decided statuses stay, and with them the status that stands. A decision that did
    not depart from the rules of its time needs no reason when other rules are tried.

    Raises:
        EvaluationError: the rules overlap, leave a case open or never apply.
    """
    require_sound(rules)
    found = judge(
        evaluation.dataset, evaluation.decisions, evaluation.evidence, rules, evaluation.period
    )
    return replace(evaluation, rule_set=rules, **found._asdict())


@dataclass(frozen=True, eq=False, repr=False)
class Decomposition:
    """The change of derived statuses between two periods in its two parts.

    The earlier period is judged by its own rules, then by those of the later one: that is the
    change of method. From there to the later period it is the change of fact, of evidence, of
    deadlines that have passed and of the measures themselves. The parts add up to the whole.

    Attributes:
        before: the earlier period by its own rules.
        replayed: the earlier period by the rules of the later one.
        after: the later period.
        measures: one row a measure of either period, in the order of areas and numbers:
            ``measure_id``, ``area_id``, ``wording_before``, ``wording_after`` (NA where the period
            does not have the measure), ``before``, ``after``, ``replayed`` (derived status codes,
            NA where there is none), ``method_steps``, ``fact_steps``, ``steps`` (Int64, steps of
            the scale; better is above zero, NA where a status is missing).
    """

    before: Evaluation
    replayed: Evaluation
    after: Evaluation
    measures: pd.DataFrame

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Measures by derived status, and what changed their number.

        Returns:
            Index the status codes, best first, ``NO_STATUS`` and ``NOT_IN_PERIOD``; int:
            ``before``, ``method`` (change of method), ``replayed``, ``fact`` (change of fact),
            ``after``, ``change`` (both together).
        """
        table = self.measures
        old, new = table["wording_before"], table["wording_after"]
        scale = self.after.scale
        before = standings_counted(standing(table["before"], old), scale)
        replayed = standings_counted(standing(table["replayed"], old), scale)
        after = standings_counted(standing(table["after"], new), scale)
        return pd.DataFrame(
            {
                "before": before,
                "method": replayed - before,
                "replayed": replayed,
                "fact": after - replayed,
                "after": after,
                "change": after - before,
            }
        )

    @cached_property
    def of_method(self) -> pd.DataFrame:
        """The rows of :attr:`measures` whose derived status other rules alone would change."""
        table = self.measures
        differs = table["before"].fillna("").ne(table["replayed"].fillna(""))
        return table[differs].reset_index(drop=True)

    @property
    def same_rules(self) -> bool:
        """Whether both periods are judged by the same rules; then nothing is a change of method."""
        return self.before.rule_set.decides_as(self.after.rule_set)

    def __repr__(self) -> str:
        method = format_number(len(self.of_method))
        return (
            f"<Decomposition {self.before.period.id} → {self.after.period.id}: "
            f"změnou pravidel {method}>"
        )


def decompose(before: Evaluation, after: Evaluation) -> Decomposition:
    """Oddělí změnu pravidel od změny skutečnosti mezi dvěma obdobími.

    Raises:
        EvaluationError: the rules of the later period are faulty.
    """
    replayed = replay(before, after.rule_set)
    table = movements.union(before, after, "derived")
    again = replayed.judgements.set_index("measure_id")["derived"]
    table["replayed"] = table["measure_id"].map(again).astype("str")
    measures = table.drop(columns=["silent_before", "silent_after"]).assign(
        method_steps=movements.steps(table["before"], table["replayed"], after.scale),
        fact_steps=movements.steps(table["replayed"], table["after"], after.scale),
        steps=movements.steps(table["before"], table["after"], after.scale),
    )
    return Decomposition(before, replayed, after, measures)
