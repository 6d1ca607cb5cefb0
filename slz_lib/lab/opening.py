"""JupyterLab over a project: everything in the file browser, one notebook open.

What JupyterLab offers there (the kernel „SLZ“, Czech, no news) are the files of the folder
``jupyter``, which an installation puts among the settings of its environment; see
``pyproject.toml``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path


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
