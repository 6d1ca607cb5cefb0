"""Whatever cannot be got ready is left to the editions that ask for it."""

from __future__ import annotations

from contextvars import copy_context
from pathlib import Path

import pytest

import slz_lib
from slz_lib.dataset import at_hand
from slz_lib.dataset.loading import contents
from slz_lib.errors import EvaluationError
from slz_lib.production.batch import warming
from slz_lib.production.batch.planning import planned
from slz_lib.production.dependencies import answer_digest
from slz_lib.tracking import recording
from tests.production.batch_sample import DATA, PERIOD, project, request


def test_a_plan_that_cannot_be_drafted_stops_no_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: slz_lib.Evaluation) -> None:
        raise EvaluationError("Návrh plánu nenašel hlavní příčinu.")

    monkeypatch.setattr(warming, "following_plan", refused)
    asked = request(project(tmp_path / "projekt"))

    def warm() -> bool:
        with planned(asked) as batch:
            warming.warm(batch, asked)
            with recording(answer_digest):
                data = at_hand.take("load", contents(DATA))
                return at_hand.take("evaluate", data, PERIOD, None) is not None

    assert copy_context().run(warm)
