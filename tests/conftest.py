"""What every test can use: the real data, loaded and evaluated once, and one browser."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import slz_lib
from slz_lib.dataset import loading
from slz_lib.evaluation import evaluation as judging
from slz_lib.planning import drafting
from tests.samples.browsing import CHROMIUM_MISSING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from slz_lib.presentation.briefs import AreaBrief, BodyBrief, DistrictBrief
    from slz_lib.presentation.plan_findings import PlanFindings

ROOT = Path(__file__).resolve().parents[1]
#: Synthetic data, valid as committed.
SYNTHETIC = ROOT / "tests/samples/data"
#: Files that take longest, the longest first. They begin first, so that no worker is left with one
#: of them when the others have nothing more to do.
LONG = (
    "properties/test_check_is_enough.py",
    "properties/test_engines.py",
    "commands/test_elsewhere.py",
    "commands/test_cluster.py",
    "commands/test_batch_killed.py",
    "commands/test_batch.py",
    "documents/test_issued_documents.py",
    "commands/test_batch_failures.py",
    "cases/test_faulty_data.py",
    "facts/test_accepting.py",
    "commands/test_verify.py",
    "commands/test_cycle.py",
    "commands/test_office.py",
    "properties/test_later_additions.py",
    "properties/test_batch_sameness.py",
    "properties/test_evaluation.py",
    "strategies/test_national.py",
    "strategies/test_new.py",
    "strategies/test_city.py",
    "lab/test_room.py",
)


def pytest_configure() -> None:
    """Let programs that tests start hear the keyboard, also where nobody sits at this run."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # A test leaves the real data judged and planned for the next one, however many others it read.
    for memo in (loading._kept, judging._kept, drafting._kept):
        memo._most = 16


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the long files first; the others keep their order."""
    ranks = {ROOT / "tests" / name: rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get(item.path, len(LONG)))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the synthetic data that a test may spoil."""
    return Path(shutil.copytree(SYNTHETIC, tmp_path / "data"))


@pytest.fixture(scope="session")
def dataset() -> slz_lib.Dataset:
    """The real data."""
    return slz_lib.load(ROOT / "data")


@pytest.fixture(scope="session")
def evaluation(dataset: slz_lib.Dataset) -> slz_lib.Evaluation:
    """The real period 2022–2023."""
    return slz_lib.evaluate(dataset, "2022-2023")


@pytest.fixture(scope="session")
def plan(evaluation: slz_lib.Evaluation) -> slz_lib.ActionPlan:
    """The plan drafted from the real period."""
    return slz_lib.draft_plan(evaluation, "2024-2025")


@pytest.fixture(scope="session")
def findings(plan: slz_lib.ActionPlan) -> PlanFindings:
    """What is told of that plan; the schedules of its scenarios take seconds."""
    from slz_lib.presentation.plan_findings import PlanFindings

    return PlanFindings(plan)


@pytest.fixture(scope="session")
def area_briefs(evaluation: slz_lib.Evaluation) -> list[AreaBrief]:
    """The brief of every area of the real period, in their order."""
    from slz_lib.presentation.briefs import AreaBrief

    return [AreaBrief(evaluation, str(area)) for area in evaluation.dataset.areas["id"]]


@pytest.fixture(scope="session")
def body_briefs(evaluation: slz_lib.Evaluation) -> dict[str, BodyBrief]:
    """The brief of every body with a role in the real period."""
    from slz_lib.presentation.briefs import BodyBrief

    return {
        str(body): BodyBrief(evaluation, str(body)) for body in evaluation.uncertainty.by_body.index
    }


@pytest.fixture(scope="session")
def district_briefs(evaluation: slz_lib.Evaluation) -> dict[str, DistrictBrief]:
    """The brief of every district of the real period."""
    from slz_lib.presentation.briefs import DistrictBrief

    ids = evaluation.dataset.districts["id"]
    return {str(district): DistrictBrief(evaluation, str(district)) for district in ids}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; a page nobody looked at must not count as checked."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail(CHROMIUM_MISSING)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()
