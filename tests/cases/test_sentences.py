"""Each sentence template with none, one, two, five and all, as an editor would have it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest
import yaml

import slz_lib
from slz_lib.documents.model import Run
from slz_lib.language import NOUNS, after
from slz_lib.planning.plan import CHOICES
from slz_lib.presentation import phrases
from slz_lib.presentation.prose import prose
from slz_lib.presentation.tables.audit import summed
from slz_lib.presentation.tracing import verdicts
from tests.samples.reading import plain

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))


def verdict(evaluation: slz_lib.Evaluation, criteria: int, fulfilled: float, reach: int) -> str:
    """What the evidence of a measure amounts to whose criteria stand like this."""
    share = {"share_fulfilled": fulfilled, "share_active": max(fulfilled, 0.6), "share_done": 0.0}
    row = evaluation.judgements.head(1).assign(
        criteria=criteria, reach=reach, derived=None, **share
    )
    judged = SimpleNamespace(**{name: getattr(evaluation, name) for name in LENT}, judgements=row)
    return str(verdicts(cast("slz_lib.Evaluation", judged)).iloc[0])


LENT = ("rule_set", "scale", "terms")
#: How a sentence that stands in no notebook is made of its numbers.
MADE: dict[str, Callable[..., str]] = {
    "part": lambda _, part, whole, pad: phrases.part_of(part, whole, pad=pad),
    "dative": lambda _, part, whole: after("k", phrases.part_of(part, whole, pad=3, shares=False)),
    "every": lambda _, number, case: NOUNS["kroky"].every(number, case),
    "counted": lambda _, number, case: after("v", NOUNS["podklady"].counted(number, case)),
    "areas": lambda found, number: after("v", found.terms.area.named(["I", "V"][:number], 6)),
    "decided": lambda _, *numbers: phrases.decided(
        [(code, n) for code, n in zip(CHOICES, numbers, strict=True) if n], sum(numbers)
    ),
    "stand": lambda found, *numbers: phrases.statuses_shared(
        pd.Series(numbers, index=found.scale.codes), sum(numbers), scale=found.scale, shares=False
    ),
    "audit": lambda _, found, noted: summed(found, noted),
    "verdict": verdict,
}


def template_of(notebook: str, words: str) -> str:
    """The line of a notebook that says ``words``, with the condition around it if it has one."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    place = next(number for number, line in enumerate(lines) if words in line)
    around = lines[place - 1].startswith("{% if") and lines[place + 1] == "{% endif %}"
    return "\n".join(lines[place - around : place + 1 + around])


@pytest.mark.parametrize(
    ("told", "given", "says"),
    [
        pytest.param(told, given, says, id=f"{told['sentence']}-{given}")
        for told in CASES
        for given, says in told["says"].items()
    ],
)
def test_a_sentence_is_right_whatever_its_numbers(
    told: dict[str, Any], given: object, says: str, evaluation: slz_lib.Evaluation
) -> None:
    """What is given is one value, or several divided by a space."""
    values = [json.loads(value) for value in str(given).split()]
    if "line" in told:
        known = {"terms": evaluation.terms, "scale": evaluation.scale, "period": evaluation.period}
        named = dict(zip(told["names"], values, strict=True)) | told.get("with", {})
        lists = {name: list(range(named[name])) for name in told.get("lists", [])}
        shown = prose(template_of(*told["line"]), known | named | lists)
        said = "".join(part.text for part in shown.parts() if isinstance(part, Run))
    else:
        said = MADE[told["made_by"]](evaluation, *values)
    assert plain(said) == says
