"""What a reader finds in a PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


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


def lying(pdf: bytes) -> list[bool]:
    """Whether each page lies on its side."""
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+)", poppler("pdfinfo", pdf, "-l", "99"))
    return [float(width) > float(height) for width, height in sizes]


def plain(text: str) -> str:
    return " ".join(text.split())
