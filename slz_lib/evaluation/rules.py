"""Rules of evaluation, applied to the whole table at once.

The rules themselves are records in ``data/rules``; here is only what *applies* means: all
conditions of a rule hold, and the first rule in order decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.nearest import require_known
from slz_lib.errors import EvaluationError
from slz_lib.language import format_date
from slz_lib.vocabulary import CountsAs, Quantity, Scale

#: What of the tables of a set of rules decides; the rest are words and sources.
_DECIDING = {
    "rules": ["id", "order", "status"],
    "conditions": ["rule_id", "quantity", "operator", "value"],
    "terms": ["reach", "basis", "share"],
    "disputes": ["state", "against", "decides"],
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RuleSet:
    """One version of the rules: what decides a status, and what a reach is.

    Attributes:
        rules: columns ``id``, ``version``, ``order``, ``status``, ``valid_from``, ``wording``,
            ``passage``; by ``order``. Rules of the same order are equals: only one status may come
            out of them, which :func:`slz_lib.evaluation.linting.lint` sees to.
        conditions: columns ``rule_id``, ``quantity``, ``operator``, ``value``, ``note``.
        terms: columns ``reach``, ``basis``, ``share``.
        scale: the scale whose steps the rules give.
        disputes: columns ``state``, ``against``, ``decides``.
    """

    rules: pd.DataFrame
    conditions: pd.DataFrame
    terms: pd.DataFrame
    scale: Scale
    disputes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["state", "against", "decides"], dtype="str")
    )

    def __repr__(self) -> str:
        return f"<RuleSet {self.version}: {', '.join(self.rules['id'])}>"

    @property
    def version(self) -> str:
        """The version's name."""
        return str(self.rules["version"].iloc[0])

    def decides_as(self, other: RuleSet) -> bool:
        """Whether the two decide alike rule by rule, whatever their words and sources."""
        return all(
            _plain(getattr(self, table), columns).equals(_plain(getattr(other, table), columns))
            for table, columns in _DECIDING.items()
        )


def _plain(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table[columns].reset_index(drop=True)


def rule_set(dataset: Dataset, version: str) -> RuleSet:
    """The rules of one version.

    Raises:
        ParameterError: the data have no such version.
    """
    rules = dataset.evaluation_rules
    require_known("Sada pravidel", version, versions(dataset))
    # Equals stand by their ids, so that the order of the file decides nothing.
    chosen = rules[rules["version"] == version].sort_values(["order", "id"])
    conditions = dataset.rule_conditions
    terms, disputes = dataset.reach_terms, dataset.dispute_rules
    return RuleSet(
        chosen.reset_index(drop=True),
        conditions[conditions["rule_id"].isin(chosen["id"])].reset_index(drop=True),
        terms[terms["version"] == version].reset_index(drop=True),
        dataset.scale,
        disputes[disputes["version"] == version].reset_index(drop=True),
    )


def versions(dataset: Dataset) -> list[str]:
    """All versions of the rules, the oldest first."""
    ordered = dataset.evaluation_rules.sort_values("valid_from", kind="stable")
    return list(ordered["version"].drop_duplicates())


def rules_in_force(dataset: Dataset, as_of: date) -> RuleSet:
    """The newest version of the rules that is valid on the day ``as_of``.

    Raises:
        EvaluationError: no version is valid on that day.
    """
    rules = dataset.evaluation_rules
    valid = rules[rules["valid_from"] <= pd.Timestamp(as_of)]
    if valid.empty:
        first = rules["valid_from"].min().date()
        raise EvaluationError(
            f"Ke dni {format_date(as_of)} neplatí žádné pravidlo hodnocení; "
            f"první platí od {format_date(first)}."
        )
    newest = valid.sort_values("valid_from", kind="stable")["version"].iloc[-1]
    return rule_set(dataset, str(newest))


def satisfied(quantities: pd.DataFrame, conditions: pd.DataFrame) -> pd.Series:
    """Where each of a handful of conditions holds; an unknown quantity satisfies none."""
    holds = pd.Series(True, index=quantities.index)
    for quantity, sign, value in conditions[["quantity", "operator", "value"]].to_numpy():
        holds &= holds_where(quantities[quantity], sign, value)
    return holds


def holds_where(values: pd.Series, sign: str, value: float | pd.Series) -> pd.Series:
    """Where ``values`` compare to ``value`` as ``sign`` says; not where they are unknown.

    A sign is the name of the method of pandas that compares so: ``eq``, ``ge``, ``gt``, ``le``,
    ``lt``.
    """
    holds: pd.Series = getattr(values, sign)(value).fillna(value=False).astype(bool)
    return holds


def first_holding(cases: Mapping[str, pd.Series], otherwise: str | None = None) -> pd.Series:
    """The first code whose condition holds in each row (str); not where it is unknown."""
    holds = pd.DataFrame({str(code): where for code, where in cases.items()})
    holds = holds.fillna(value=False).astype(bool)
    found = holds.idxmax(axis="columns").astype("str")
    return found.where(holds.any(axis="columns"), otherwise)


def applying(quantities: pd.DataFrame, rule_set: RuleSet) -> pd.DataFrame:
    """Which rule applies where, whatever the others do.

    Returns:
        Index of ``quantities``; a boolean column for each rule, by its id, in order.
    """
    conditions = rule_set.conditions
    return pd.DataFrame(
        {
            str(rule): satisfied(quantities, conditions[conditions["rule_id"] == rule])
            for rule in rule_set.rules["id"]
        },
        index=quantities.index,
    )


def prevails(quantities: pd.DataFrame, rule_set: RuleSet) -> tuple[pd.Series, pd.Series]:
    """Where so many criteria are fulfilled, and so widely, as the rules want it of fulfilment.

    The rules of the steps that count as running say what *prevails* is and how far *nearly the
    whole region*; on a scale without such a step those that count as done. Where they do not ask of
    the share, all criteria have to be fulfilled; where not of the reach, any reach will do.

    Returns:
        Two boolean series, of the share and of the reach.
    """
    scale = rule_set.scale
    giving = rule_set.rules["status"].isin(
        scale.that(CountsAs.RUNNING) or scale.that(CountsAs.DONE)
    )
    conditions = rule_set.conditions
    asked = conditions[conditions["rule_id"].isin(rule_set.rules.loc[giving, "id"])]
    share, reach = (
        asked[asked["quantity"].eq(quantity)]
        for quantity in (Quantity.SHARE_FULFILLED, Quantity.REACH)
    )
    whole = holds_where(quantities["share_fulfilled"], "ge", 1)
    everywhere = pd.Series(True, index=quantities.index)
    return (
        _any_rule(quantities, share) if len(share) else whole,
        _any_rule(quantities, reach) if len(reach) else everywhere,
    )


def _any_rule(quantities: pd.DataFrame, asked: pd.DataFrame) -> pd.Series:
    """Where the conditions of at least one rule hold."""
    holds = pd.Series(False, index=quantities.index)
    for _, of_rule in asked.groupby("rule_id"):
        holds |= satisfied(quantities, of_rule)
    return holds


def bound_to_deadline(rule_set: RuleSet) -> list[str]:
    """Codes of the steps that count as done and that no rule gives without a fixed deadline."""
    conditions = rule_set.conditions
    fixed = conditions[conditions["quantity"].eq(Quantity.DEADLINE_FIXED)]
    zero = pd.Series(0, index=fixed.index)
    needs = [
        not holds_where(zero[[row]], sign, value).iloc[0]
        for row, sign, value in fixed[["operator", "value"]].itertuples(name=None)
    ]
    bound = rule_set.rules["id"].isin(fixed.loc[needs, "rule_id"])
    given = bound.groupby(rule_set.rules["status"]).all()
    return [code for code in rule_set.scale.that(CountsAs.DONE) if given.get(code, False)]


def decide(quantities: pd.DataFrame, rule_set: RuleSet) -> pd.DataFrame:
    """The derived status of every measure and the rule that gave it.

    Returns:
        Index ``measure_id``; ``derived`` and ``rule_id`` (str, NA where no rule applies).
    """
    applies = applying(quantities, rule_set)
    rule = first_holding({str(name): applies[name] for name in applies})
    statuses = rule_set.rules.set_index("id")["status"]
    return pd.DataFrame({"derived": rule.map(statuses).astype("str"), "rule_id": rule})
