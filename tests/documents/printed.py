"""What a reader finds in a PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest

from slz_lib.documents.pdf_heights import LANDSCAPE_HIGH_MM, PORTRAIT_HIGH_MM


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


def filled(file: Path) -> list[float]:
    """How far down the text of each A4 page reaches, as a share of the height that it has."""
    drawn = subprocess.run(
        ["pdftoppm", "-gray", "-r", "25.4", file], capture_output=True, check=True
    ).stdout
    shares = []
    while drawn:
        # Pixels are millimetres; text begins under the head of the page.
        width, height = map(int, drawn.split(maxsplit=3)[1:3])
        end = drawn.index(b"255\n") + 4 + width * height
        page = np.frombuffer(drawn[end - width * height : end], np.uint8).reshape(height, width)
        top, text = (24, LANDSCAPE_HIGH_MM) if width > height else (26, PORTRAIT_HIGH_MM)
        inked = np.flatnonzero((page[top : top + int(text)] < 200).any(axis=1))
        shares.append(float(inked.max(initial=0)) / text)
        drawn = drawn[end:]
    return shares


def plain(text: str) -> str:
    return " ".join(text.split())
