"""The public names, and how they are called."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

import slz_lib
from slz_lib import presentation
from slz_lib.presentation import charts, tables

#: Signs that no English sentence has.
CZECH = "áčďéěíňóřšťúůýž×"

SIGNATURES = {
    "load": "(path: 'str | Path | None' = None) -> 'Dataset'",
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


def met_by_analysts() -> Iterator[tuple[str, object]]:
    """What Tab and ``?`` show in a cell."""
    for module in (slz_lib, presentation, tables, charts):
        yield from ((f"{module.__name__}.{name}", getattr(module, name)) for name in module.__all__)
    for name in dir(slz_lib.Evaluation):
        if not name.startswith("_"):
            yield f"Evaluation.{name}", inspect.getattr_static(slz_lib.Evaluation, name)


def test_what_analysts_meet_explains_itself_in_czech() -> None:
    first_lines = {
        name: (inspect.getdoc(met) or "").partition("\n")[0] for name, met in met_by_analysts()
    }
    assert [name for name, line in first_lines.items() if not set(line) & set(CZECH)] == []


@pytest.mark.parametrize(("name", "signature"), SIGNATURES.items())
def test_a_public_function_is_called_like_this(name: str, signature: str) -> None:
    assert str(inspect.signature(getattr(slz_lib, name))) == signature


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nic'"):
        _ = slz_lib.nic
