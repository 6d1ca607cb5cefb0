"""Formats whose writers start threads are written in a process of their own."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

from slz_lib.documents import model as m, pdf
from slz_lib.errors import DocumentError
from slz_lib.production.batch.typesetter import typesetter
from tests.documents.sample import run, sample


def threads() -> int:
    """Threads of this process, those that Python does not know of too."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def test_a_pdf_is_the_same_and_leaves_this_process_without_a_thread() -> None:
    before = threads()
    with typesetter() as write:
        found = write("pdf", sample())
        assert threads() <= before
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []
    assert found == pdf.render(sample())


def test_other_formats_need_no_process() -> None:
    with typesetter() as write:
        assert write("html", sample()).startswith(b"<!DOCTYPE html>")
        assert multiprocessing.active_children() == []


def test_a_refused_document_is_refused_in_the_same_words() -> None:
    unknown = m.Paragraph(text=(run("Písmeno \U00013000."),))
    document = m.Document(title=sample().title, blocks=(unknown,), origins=("buňka 1",))
    with pytest.raises(DocumentError) as here:
        pdf.render(document)
    with typesetter() as write:
        with pytest.raises(DocumentError) as there:
            write("pdf", document)
        assert write("pdf", sample())  # it goes on
    assert str(there.value) == str(here.value)


def test_the_death_of_the_typesetter_is_one_document_s_failure() -> None:
    with typesetter() as write:
        first = write("pdf", sample())
        (process,) = multiprocessing.active_children()
        process.kill()
        process.join()
        with pytest.raises(DocumentError, match="proces skončil předčasně"):
            write("pdf", sample())
        assert write("pdf", sample()) == first
