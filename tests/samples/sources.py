"""The published report as a Word document, beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "sources"
REPORT = FOLDER / "informace-o-naplnovani-strategie-2022-2023.docx"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
needs_source = pytest.mark.skipif(
    not REPORT.exists(), reason=f"the source {REPORT.name} is not beside the repository"
)
