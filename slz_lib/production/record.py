"""What a notebook has opened, as its manifest tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slz_lib.errors import ExecutionError
from slz_lib.production.inputs import Inputs, digests, sha256
from slz_lib.production.workplace import Workplace

#: Metadata of an executed notebook under which the engine says what it has read.
RECORD = "slz_record"


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """Digests of the files that an edition depends on.

    Attributes:
        data: of tables, by path in the folder of the data.
        files: of others, by path in the project; ``None`` for one outside it.
    """

    data: Mapping[str, str]
    files: Mapping[str, str | None]


def opened_files(
    record: Mapping[str, Any] | None, workplace: Workplace, given: Inputs
) -> OpenedFiles:
    """The files that a run has opened.

    Args:
        record: what the engine has told; where it told nothing, every table counts as opened.
        workplace: where the run was.
        given: digests of the inputs as they were before it.

    Raises:
        ExecutionError: a table has changed while the notebook was running.
    """
    if record is None:
        return OpenedFiles(dict(given.data), {})
    data, project = workplace.data.resolve(), workplace.notebooks.parent.resolve()
    paths = [Path(text).resolve() for text in record["opened"]]
    tables = [path for path in paths if path.suffix == ".csv" and path.is_relative_to(data)]
    found = digests(data, (path for path in tables if path.is_file()))
    changed = sorted(name for name, digest in found.items() if given.data.get(name) != digest)
    if changed:
        raise ExecutionError(
            f"Tabulka „{changed[0]}“ se během výpočtu změnila; spusťte příkaz znovu."
        )
    others = (path for path in paths if path not in tables and path.is_file())
    files = {
        (path.relative_to(project).as_posix() if path.is_relative_to(project) else path.name): (
            sha256(path.read_bytes()) if path.is_relative_to(project) else None
        )
        for path in others
    }
    return OpenedFiles(found, files)
