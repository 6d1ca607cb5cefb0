"""Beginning to work: JupyterLab over a project, a notebook of one's own that runs and exports.

What JupyterLab offers there (the kernel „SLZ“, Czech, no news) are the files of the folder
``jupyter``, which an installation puts among the settings of its environment; see
``pyproject.toml``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
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


def open_lab(root: Path, notebook: Path, flags: Sequence[str] = ()) -> None:
    """Run JupyterLab until it is closed.

    Args:
        root: the folder that the file browser shows.
        notebook: what is open at first, under ``root``.
        flags: further options of JupyterLab, which come last and so prevail.
    """
    from jupyterlab.labapp import main

    # Terminals and ``!slz`` in cells find the commands of this environment.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    told = [f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{notebook.as_posix()}"]
    if os.name == "posix":  # a login shell would set a path of its own
        shell = os.environ.get("SHELL", "/bin/sh")
        told.append(f'--ServerApp.terminado_settings={{"shell_command": ["{shell}"]}}')
    main([*told, *flags])
