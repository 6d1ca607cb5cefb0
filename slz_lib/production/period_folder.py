"""The folder of a new period: written beside its place and renamed, so it is whole or not there."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.dataset.schemas import OF_PERIOD, table
from slz_lib.dataset.writing import canonical
from slz_lib.errors import OutputError, ParameterError
from slz_lib.refusals import cause

if TYPE_CHECKING:
    from slz_lib.dataset.opening import Opening


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
    beside = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        beside.mkdir()
        try:
            for described in OF_PERIOD:
                content = canonical(opening.tables[described.name], described)
                (beside / Path(described.path).name).write_bytes(content)
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"Složku „{target}“ nelze založit: {cause(error)}. Data zůstala beze změny."
        ) from error
    return target
