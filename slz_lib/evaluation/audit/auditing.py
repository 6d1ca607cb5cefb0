"""The audit as one value: the findings of all checks, in the order of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.dataset.keys import among
from slz_lib.dataset.memo import Kept
from slz_lib.display import Bar, overview
from slz_lib.errors import EvaluationError
from slz_lib.evaluation.audit.claims import claim_findings
from slz_lib.evaluation.audit.conflicts import evidence_findings, status_findings
from slz_lib.evaluation.audit.rows import together
from slz_lib.evaluation.audit.setup import body_findings, setup_findings
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.rules import rules_in_force
from slz_lib.language import counted, format_number, no_breaks
from slz_lib.vocabulary import Period, Severity

_KEY = ["check", "subject"]


@dataclass(frozen=True, eq=False)
class Audit(Kept):
    """Co audit v období našel.

    Attributes:
        period: the audited period.
        rules: what the audit looks for, in order: the dataset's ``audit_rules``.
        findings: one row a finding, by the order of the rules and of the measures; ``check`` and
            ``subject`` together name it for good. Columns (str, NA where there is nothing to say):
            ``check`` and ``severity`` (codes), ``label`` (of the rule), ``subject`` (id of the
            measure, claim or body; of several claims joined by a comma), ``measure_id``, ``place``
            (in the source, or file and line), ``claim`` (what stands there), ``recomputed`` (what
            comes out), ``explanation``, ``evidence`` (ids joined by a comma); ``acknowledged``
            (bool), ``reason`` and ``role`` (of the acknowledgement).
    """

    period: Period
    rules: pd.DataFrame
    findings: pd.DataFrame

    @cached_property
    def by_kind(self) -> pd.DataFrame:
        """Number of findings by check, also where there is none.

        Returns:
            In the order of the rules: ``check``, ``severity``, ``label`` (str), ``findings``,
            ``acknowledged`` (int).
        """
        grouped = self.findings.groupby("check")["acknowledged"]
        table = self.rules[["id", "severity", "label"]].rename(columns={"id": "check"})
        sizes = {"findings": grouped.size(), "acknowledged": grouped.sum()}
        return table.assign(
            **{
                name: table["check"].map(numbers).fillna(0).astype("int64")
                for name, numbers in sizes.items()
            }
        ).reset_index(drop=True)

    def on_measures(self, measures: list[str]) -> pd.DataFrame:
        """The findings on these measures, in the audit's order."""
        return self.findings[self.findings["measure_id"].isin(measures)].reset_index(drop=True)

    def __repr__(self) -> str:
        sums = self.by_kind.groupby("severity")["findings"].sum()
        told = ", ".join(f"{s.label} {int(sums.get(s, 0))}" for s in Severity)
        return (
            f"<Audit {self.period.id}: {counted(len(self.findings), 'zjisteni')}; závažnost {told}>"
        )

    def _repr_html_(self) -> str:
        sums = self.by_kind.groupby("severity")["findings"].sum()
        return overview(
            f"Audit období {self.period.label}",
            facts={
                "Zjištění": format_number(len(self.findings)),
                "Vzato na vědomí": format_number(int(self.findings["acknowledged"].sum())),
            },
            bars=[Bar(severity.label, int(sums.get(severity, 0))) for severity in Severity],
            bars_title="Zjištění podle závažnosti",
            next_steps=("audit.by_kind", "audit.findings"),
        )


def audit(evaluation: JudgedPeriod) -> Audit:
    """Audit vyhodnoceného období; vyhodnocení má svůj také jako ``evaluation.audit``.

    Args:
        evaluation: the period, as :func:`slz_lib.evaluate` returns.

    Raises:
        EvaluationError: a finding is acknowledged that the audit does not have; lists all of them.
    """
    dataset = evaluation.dataset
    rules = dataset.audit_rules.sort_values("order", kind="stable").reset_index(drop=True)
    found = together(
        check(evaluation)
        for check in (
            claim_findings,
            status_findings,
            evidence_findings,
            setup_findings,
            body_findings,
        )
    )
    acknowledged = _acknowledgements(evaluation)
    if _as_recorded(evaluation):
        stale = _stale(acknowledged, found)
        if stale:
            raise EvaluationError("\n".join(stale))
    return Audit(evaluation.period, rules, _arranged(found, rules, acknowledged, evaluation))


def _arranged(
    found: pd.DataFrame, rules: pd.DataFrame, acknowledged: pd.DataFrame, evaluation: JudgedPeriod
) -> pd.DataFrame:
    """Findings with their rule and acknowledgement, in order."""
    measures = evaluation.judgements["measure_id"]
    keys = pd.DataFrame(
        {
            "rule": found["check"].map(rules.set_index("id")["order"]),
            "measure": found["measure_id"].map(pd.Series(range(len(measures)), index=measures)),
            "row": range(len(found)),
        }
    )
    ordered = found.loc[keys.sort_values(["rule", "measure", "row"]).index]
    named = ordered.merge(
        rules[["id", "severity", "label"]].rename(columns={"id": "check"}), on="check", how="left"
    ).merge(acknowledged[[*_KEY, "reason", "role"]], on=_KEY, how="left")
    named["acknowledged"] = named["reason"].notna()
    first = ["check", "severity", "label"]
    last = ["acknowledged", "reason", "role"]
    told = [name for name in found.columns if name not in first]
    return named[[*first, *told, *last]]


def _acknowledgements(evaluation: JudgedPeriod) -> pd.DataFrame:
    """The period's acknowledgements with ``row``, their line in the file."""
    table = evaluation.dataset.acknowledgements
    table = table[table["period_id"].eq(evaluation.period.id)]
    # A record is one line, and the header is the first.
    return table.assign(row=range(2, len(table) + 2))


def _as_recorded(evaluation: JudgedPeriod) -> bool:
    """Whether the period is judged to its own day by the rules in force on it.

    Judged in another way it may well lack findings that were acknowledged.
    """
    dataset, period = evaluation.dataset, evaluation.period
    own = dataset.period(period.id).as_of
    return period.as_of == own and evaluation.rule_set.decides_as(rules_in_force(dataset, own))


def _stale(acknowledged: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Acknowledgements of what the audit did not find, a Czech sentence each."""
    return [
        no_breaks(
            f"data/periods/{row.period_id}/acknowledgements.csv, řádek {row.row}: audit nemá "
            f"zjištění „{row.check}“, které by se týkalo „{row.subject}“; opravte je, nebo řádek "
            "smažte."
        )
        for row in acknowledged[~among(acknowledged[_KEY], found[_KEY])].itertuples(index=False)
    ]
