"""What the tests of the writers share: the sample document, its page, one browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slz_lib.documents import html
from slz_lib.documents.model import Document
from tests.documents.sample import sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_MISSING = (
    "Prohlížeč Chromium tu není, stránku nelze ověřit. Nainstalujte jej příkazem "
    "`sudo apt-get install chromium` a spusťte zkoušku znovu."
)


@pytest.fixture(scope="session")
def document() -> Document:
    return sample()


@pytest.fixture(scope="session")
def page_text(document: Document) -> str:
    return html.render(document)


@pytest.fixture(scope="session")
def page_file(page_text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "zprava.html"
    file.write_text(page_text, encoding="utf-8", newline="\n")
    return file


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
