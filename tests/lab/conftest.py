"""One JupyterLab for all that is tried in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.lab.driver import Lab, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab that nobody has touched before the package's first test."""
    with running(browser, tmp_path_factory.mktemp("lab")) as lab:
        yield lab
