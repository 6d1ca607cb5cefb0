"""How a status was reached: the rule that decided, what it rests on, what the others lacked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.dataset.memo import Kept
from slz_lib.evaluation.margins import smallest_changes
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.rules import holds_where
from slz_lib.language import counted
from slz_lib.vocabulary import Quantity


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Kept):
    """The trace of all measures of a period, as tables that are made when first asked for."""

    evaluation: JudgedPeriod

    def __repr__(self) -> str:
        return (
            f"<Trace: {counted(self.evaluation.total, 'opatreni')}, "
            f"{counted(len(self.evaluation.evidence), 'podklady')}; conditions, lacking, changes>"
        )

    @cached_property
    def conditions(self) -> pd.DataFrame:
        """What each rule asked of each measure.

        Returns:
            One row a measure and condition, in the order of measures, rules and conditions:
            ``measure_id``, ``rule_id``, ``rule_status``, ``quantity``, ``operator``, ``value``,
            ``actual`` (Float64; NA where unknown), ``holds`` (bool), ``decided`` (bool, whether
            this rule gave the status).
        """
        judged, rule_set = self.evaluation.judgements, self.evaluation.rule_set
        rules = rule_set.rules[["id", "status"]].set_axis(
            ["rule_id", "rule_status"], axis="columns"
        )
        conditions = rule_set.conditions[["rule_id", "quantity", "operator", "value"]]
        table = (
            judged[["measure_id", "rule_id"]]
            .rename(columns={"rule_id": "deciding"})
            .merge(rules.merge(conditions, on="rule_id"), how="cross")
        )
        # The judgements hold whether anything was supplied as a flag; unknown where nothing says.
        supplied = judged["supplied"].astype("Float64").where(judged["criteria"].gt(0))
        amounts = judged.assign(supplied=supplied).set_index("measure_id")[list(map(str, Quantity))]
        actual = amounts.astype("Float64").melt(
            var_name="quantity", value_name="actual", ignore_index=False
        )
        table = table.merge(actual.reset_index(), on=["measure_id", "quantity"], how="left")
        table["holds"] = False
        for sign in table["operator"].unique():
            held = holds_where(table["actual"], sign, table["value"])
            table["holds"] |= table["operator"].eq(sign) & held
        table["decided"] = table.pop("deciding").eq(table["rule_id"])
        return table

    @cached_property
    def lacking(self) -> pd.DataFrame:
        """The conditions that kept the rules of a better status from deciding.

        Returns:
            Rows of :attr:`conditions` that do not hold, of rules that give a better status than the
            derived one; none for a measure without a derived status.
        """
        table = self.conditions
        ranks = self.evaluation.scale.ranks
        derived = self.evaluation.judgements.set_index("measure_id")["derived"].map(ranks)
        better = table["rule_status"].map(ranks) < table["measure_id"].map(derived)
        return table[better & ~table["holds"]].reset_index(drop=True)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The smallest changes, see :func:`slz_lib.evaluation.margins.smallest_changes`."""
        judged = self.evaluation
        return smallest_changes(judged.judgements, judged.criteria, judged.rule_set)
