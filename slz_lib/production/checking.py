"""Loaded data whose tables agree are checked for what only an evaluation shows.

Rules have to decide every case, decisions that depart from the evidence need their reasons, what
was acknowledged has to be something that the audit finds, and causes have to cover every plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slz_lib.errors import EvaluationError
from slz_lib.evaluation import evaluate
from slz_lib.evaluation.audit import audit
from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import rule_set, versions
from slz_lib.language import count
from slz_lib.planning.drafting import drafted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slz_lib.dataset import Dataset


def check(dataset: Dataset) -> None:
    """Check every version of the rules, and every period under the rules in force.

    Raises:
        EvaluationError: something is wrong; one sentence a fault, of all versions and periods.
    """
    if faults := faults_of(dataset):
        raise refusal(faults)


def faults_of(dataset: Dataset) -> list[str]:
    """What :func:`check` finds, one sentence a fault."""
    sets = (rule_set(dataset, version) for version in versions(dataset))
    of_rules = (fault for rules in sets for fault in lint(rules))
    # A period under faulty rules repeats what was said of the rules.
    return list(dict.fromkeys([*of_rules, *_of_periods(dataset)]))


def refusal(faults: Sequence[str]) -> EvaluationError:
    """The error that tells the faults."""
    number = count(len(faults), "vadu", "vady", "vad")
    head = f"Tabulky jsou v\u00a0pořádku, vyhodnocení má však {number}:"
    return EvaluationError("\n".join([head, *faults]))


def _of_periods(dataset: Dataset) -> Iterator[str]:
    for period in dataset.periods["id"]:
        try:
            evaluation = evaluate(dataset, str(period))
            audit(evaluation)
            following = dataset.horizons.loc[dataset.horizons["follows"].eq(period), "id"]
            for horizon in following:
                drafted(evaluation, str(horizon))
        except EvaluationError as error:
            yield from str(error).splitlines()
