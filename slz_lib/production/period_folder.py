"""The folder of a new period."""

from __future__ import annotations

from pathlib import Path

from slz_lib.dataset.opening import Opening, canonical
from slz_lib.dataset.schemas import OF_PERIOD, table
from slz_lib.errors import ParameterError
from slz_lib.production.writing import write_folder


def write_period(opening: Opening, data: Path) -> Path:
    """Write the tables of a period that begins into the data folder.

    Args:
        opening: as :func:`slz_lib.dataset.opening.opening` returns.
        data: folder of the tables; its ``periods/`` gets the new folder.

    Returns:
        The new folder.

    Raises:
        ParameterError: the folder is there already; it stays as it is.
        OutputError: the folder cannot be written; nothing of it is left.
    """
    target = (data / table("periods").file(opening.period.id)).parent
    if target.exists() or target.is_symlink():
        raise ParameterError(f"Složka „{target}“ už existuje; nic se nezměnilo.")
    # The loader passes over folders whose names begin with a dot, if a killed run leaves one.
    tables = {
        Path(described.path).name: canonical(opening.tables[described.name], described)
        for described in OF_PERIOD
    }
    write_folder(target, tables)
    return target
