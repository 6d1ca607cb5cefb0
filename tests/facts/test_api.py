"""The public names, and how they are called."""

from __future__ import annotations

import inspect

import pytest

import slz_lib

SIGNATURES = {
    "load": "(path: 'str | Path') -> 'Dataset'",
    "evaluate": (
        "(dataset: 'Dataset', period: 'str | None' = None, *, as_of: 'date | str | None' = None, "
        "rules: 'RuleSet | None' = None) -> 'Evaluation'"
    ),
    "draft_plan": "(evaluation: 'Evaluation', horizon: 'str') -> 'ActionPlan'",
    "audit": "(evaluation: 'JudgedPeriod') -> 'Audit'",
    "compare": "(before: 'Evaluation', after: 'Evaluation') -> 'Comparison'",
    "replay": "(evaluation: 'Evaluation', rules: 'RuleSet') -> 'Evaluation'",
}


def test_the_package_offers_these_names() -> None:
    assert slz_lib.__all__ == [
        "ActionPlan",
        "Audit",
        "Comparison",
        "Dataset",
        "Evaluation",
        "audit",
        "compare",
        "compare_with_previous",
        "decompose",
        "draft_plan",
        "evaluate",
        "load",
        "replay",
    ]


@pytest.mark.parametrize("name", slz_lib.__all__)
def test_a_public_name_is_there_and_explains_itself(name: str) -> None:
    documentation = getattr(slz_lib, name).__doc__
    assert documentation
    assert not documentation.startswith(f"{name}(")  # what dataclass makes up by itself


@pytest.mark.parametrize(("name", "signature"), SIGNATURES.items())
def test_a_public_function_is_called_like_this(name: str, signature: str) -> None:
    assert str(inspect.signature(getattr(slz_lib, name))) == signature


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nic'"):
        _ = slz_lib.nic
