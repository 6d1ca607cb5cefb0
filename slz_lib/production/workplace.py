"""Where the notebooks, the data and the reports are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import slz_lib
from slz_lib.errors import ParameterError
from slz_lib.untrusted import shown_path


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folders that a run reads and writes.

    Attributes:
        notebooks: folder of the notebooks; they run in it.
        data: folder of the tables.
        reports: folder that outputs go to.
    """

    notebooks: Path
    data: Path
    reports: Path


def locate(data: Path | None = None, reports: Path | None = None) -> Workplace:
    """The workplace around the current folder.

    It is the nearest folder upwards that holds ``notebooks/`` and ``data/``; when there is none,
    the checkout that the package itself runs from.

    Args:
        data: another folder of tables.
        reports: another folder for outputs.

    Raises:
        ParameterError: there is no such folder anywhere, ``data`` is no folder, or ``reports`` lies
            in what is read.
    """
    here = Path.cwd().resolve()
    checkout = Path(slz_lib.__file__).resolve().parent.parent
    candidates = (here, *here.parents, checkout)
    root = next((folder for folder in candidates if _is_root(folder)), None)
    if root is None:
        raise ParameterError(
            "Složky notebooks/ a data/ nejsou zde ani v žádné nadřazené složce; "
            "spusťte příkaz ve složce projektu."
        )
    if data is not None and not data.is_dir():
        wrong = (
            f"„{shown_path(data)}“ není složka"
            if data.exists()
            else f"Složka s\u00a0daty „{shown_path(data)}“ neexistuje"
        )
        raise ParameterError(f"{wrong}; opravte volbu --data.")
    place = Workplace(
        notebooks=root / "notebooks",
        data=root / "data" if data is None else data.resolve(),
        reports=root / "reports" if reports is None else reports.absolute(),
    )
    target = Path(os.path.realpath(place.reports))  # unlike resolve, it bears links in a circle
    for read in (place.notebooks, place.data):
        if reports is not None and target.is_relative_to(read.resolve()):
            raise ParameterError(
                f"Složka „{shown_path(reports)}“ patří k\u00a0tomu, co příkaz čte; zvolte volbou "
                "--out jinou."
            )
    return place


def _is_root(folder: Path) -> bool:
    return (folder / "notebooks").is_dir() and (folder / "data").is_dir()
