"""LibreOffice as the tests call it: what does it print of a Word file or a workbook?"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

INSTALL = (
    "{tool} tu není (is missing), soubory Office nelze ověřit. Nainstalujte jej příkazem "
    "`sudo apt-get install libreoffice-writer libreoffice-calc poppler-utils`."
)


def tool(name: str) -> str:
    """Path of a program; without it the test fails, for an unopened file is not a checked one."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(INSTALL.format(tool=name))
    return found


def squeezed(text: str) -> str:
    """Text without any space: pages break lines where they like."""
    return "".join(text.split())


def saved(files: Sequence[Path], folder: Path, form: str) -> list[Path]:
    """What LibreOffice saves of each file in another ``form``, in a ``folder``."""
    subprocess.run(
        [
            tool("soffice"),
            # A profile of its own: a running LibreOffice would take the call over.
            f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return [folder / f"{file.stem}.{form}" for file in files]


def printed(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """Squeezed text of the PDF that LibreOffice makes of each file, by the file's name."""
    reader = tool("pdftotext")
    assert len({file.stem for file in files}) == len(files), "they would print to the same names"
    saved(files, folder, "pdf")
    return {
        file.name: squeezed(
            subprocess.run(
                [reader, "-raw", str(folder / f"{file.stem}.pdf"), "-"],
                check=True,
                capture_output=True,
            ).stdout.decode()
        )
        for file in files
    }
