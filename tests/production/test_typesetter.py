"""Formats whose writers start threads are written in a process of their own."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from slz_lib.documents import model as m, pdf
from slz_lib.errors import DocumentError
from slz_lib.production.batch.typesetter import typesetter
from tests.documents.sample import run, sample

REFUSED = m.Document(
    title=sample().title,
    blocks=(m.Paragraph(text=(run("Písmeno \U00013000."),)),),
    origins=("buňka 1",),
)


@dataclass(frozen=True)
class Seen:
    """What a worker has seen of its typesetter, step by step."""

    page: bytes
    processes_for_a_page: int
    pdf: bytes
    threads: int
    refusal: str
    death: str
    after_death: bytes
    processes_left: int


def threads() -> int:
    """Threads of this process, those that Python does not know of too."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def work() -> Seen:
    """Run in a new process: one that has set a PDF itself has threads and must not be forked."""
    before = threads()
    with typesetter() as write:
        page = write("html", sample())
        for_a_page = len(multiprocessing.active_children())
        first = write("pdf", sample())
        (process,) = multiprocessing.active_children()
        more = threads() - before
        with pytest.raises(DocumentError) as refusal:
            write("pdf", REFUSED)
        assert multiprocessing.active_children() == [process]
        process.kill()
        process.join()
        with pytest.raises(DocumentError) as death:
            write("pdf", sample())
        again = write("pdf", sample())
    left = len(multiprocessing.active_children())
    return Seen(page, for_a_page, first, more, str(refusal.value), str(death.value), again, left)


@pytest.fixture(scope="module")
def seen() -> Seen:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work).result(timeout=120)


def test_a_pdf_is_the_same_and_leaves_the_worker_without_a_thread(seen: Seen) -> None:
    assert seen.pdf == pdf.render(sample())
    assert seen.threads <= 0


def test_other_formats_need_no_process(seen: Seen) -> None:
    assert seen.page.startswith(b"<!DOCTYPE html>")
    assert seen.processes_for_a_page == 0


def test_a_refused_document_is_refused_in_the_same_words(seen: Seen) -> None:
    with pytest.raises(DocumentError) as here:
        pdf.render(REFUSED)
    assert seen.refusal == str(here.value)


def test_the_death_of_the_typesetter_is_one_document_s_failure(seen: Seen) -> None:
    assert "proces skončil předčasně" in seen.death
    assert seen.after_death == seen.pdf
    assert seen.processes_left == 0
