"""A notebook of one's own to begin with: it runs and exports as it is."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from slz_lib.errors import OutputError, ParameterError
from slz_lib.production.writing import write_file
from slz_lib.untrusted import shown

#: What every system takes as a file's name and nobody has to quote.
_NAME = re.compile(r"\w[\w -]*", re.ASCII)


def begin(name: str, folder: Path) -> Path:
    """Put the starter among the notebooks.

    Args:
        name: what the notebook is called, with the suffix or without.
        folder: of the notebooks.

    Raises:
        ParameterError: the name will not do as a file's.
        OutputError: there is a notebook of this name, or it cannot be written.
    """
    stem = name.removesuffix(".ipynb")
    if not _NAME.fullmatch(stem):
        raise ParameterError(
            f"„{shown(name)}“ nemůže být jménem notebooku; složte je z\u00a0písmen bez diakritiky, "
            "číslic a\u00a0pomlček, například muj-prehled."
        )
    path = folder / f"{stem}.ipynb"
    if path.exists():
        raise OutputError(f"Notebook „{path.name}“ už existuje; zvolte jiné jméno.")
    write_file(path, starter("../"))
    return path


def starter(up: str) -> bytes:
    """The starter for a folder from which ``up`` leads to that of the project."""
    text = files(__package__).joinpath("starter.ipynb").read_bytes()
    return text.replace(b"../data", f"{up}data".encode())
