"""The process that writes the documents of a worker of a batch."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from slz_lib.documents.formats import written
from slz_lib.errors import DocumentError, ExecutionError
from slz_lib.production.batch.writer import Writer
from tests.documents.sample import of, sample, words

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a system that cannot fork"),
    # Newer Pythons warn of every fork of a process with threads, as that of the tests may be.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]
FORMS = ("html", "xlsx")


@pytest.fixture
def writer() -> Writer:
    """A writer of this process; its own process ends when nobody holds it any more."""
    return Writer(())


def test_files_are_those_that_this_process_would_write(writer: Writer) -> None:
    for document in (sample(), of(words("Jen odstavec."))):
        assert writer(document, FORMS) == written(document, FORMS)


def test_what_is_refused_is_told_and_the_next_document_is_written(writer: Writer) -> None:
    with pytest.raises(DocumentError, match="Formát docm nelze vytvořit"):
        writer(sample(), ("docm",))
    assert writer(sample(), FORMS) == written(sample(), FORMS)


def test_a_writer_that_dies_is_told_and_followed_by_another(writer: Writer) -> None:
    before = set(multiprocessing.active_children())
    writer(sample(), FORMS)
    (process,) = set(multiprocessing.active_children()) - before
    process.kill()
    process.join()
    with pytest.raises(ExecutionError, match=r"ukončil systém \(signál 9\)"):
        writer(sample(), FORMS)
    assert writer(sample(), FORMS) == written(sample(), FORMS)
