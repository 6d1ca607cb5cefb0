"""What the tests of the writers share: the sample document and its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from slz_lib.documents import html
from slz_lib.documents.model import Document
from tests.documents.sample import sample


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
