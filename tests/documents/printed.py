"""What a reader finds in a PDF, and documents to print, for the tests of the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from slz_lib.documents import model as m
from tests.documents.sample import run


def poppler(tool: str, pdf: bytes, *options: str, stdout: tuple[str, ...] = ()) -> str:
    """What a tool of poppler-utils prints about ``pdf``."""
    if shutil.which(tool) is None:
        pytest.fail(f"{tool} is not installed: sudo apt-get install poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "document.pdf"
        file.write_bytes(pdf)
        command = [tool, *options, str(file), *stdout]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def text_of(pdf: bytes, *options: str) -> str:
    """The words of ``pdf`` in reading order, parted by single spaces, hyphenation undone."""
    text = poppler("pdftotext", pdf, *options, stdout=("-",))
    return " ".join(re.sub(r"[-\u00ad\u2010]\n", "", text).split())


def pages_of(pdf: bytes, *options: str) -> list[str]:
    """The words of each page."""
    pages = poppler("pdftotext", pdf, *options, stdout=("-",)).split("\f")
    return [" ".join(page.split()) for page in pages if page.strip()]


def plain(text: str) -> str:
    return " ".join(text.split())


def appended(document: m.Document, *blocks: m.Block) -> m.Document:
    """``document`` with further blocks at its end."""
    joined = (*document.blocks, *blocks)
    origins = tuple(f"buňka {place}" for place in range(len(joined)))
    return document.model_copy(update={"blocks": joined, "origins": origins})


def words(text: str) -> m.Paragraph:
    return m.Paragraph(text=(run(text),))


def table(anchor: str, columns: Iterable[m.Column], rows: Iterable[Iterable[str]]) -> m.Table:
    return m.Table(
        anchor=anchor,
        caption=f"Tabulka s kotvou {anchor}",
        columns=tuple(columns),
        rows=tuple(m.Row(cells=tuple(m.Cell(text=text) for text in row)) for row in rows),
        notes=("— znamená neurčeno.",),
    )
