"""The public names, and that they explain themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

import slz_lib
from slz_lib import presentation
from slz_lib.presentation import charts, tables

#: Signs that no English sentence has.
CZECH = "áčďéěíňóřšťúůýž×"


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


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nic'"):
        _ = slz_lib.nic
