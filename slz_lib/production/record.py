"""What a notebook has read, as its manifest tells it."""

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
class Dependencies:
    """What an edition depends on, besides its parameters and the code.

    Attributes:
        data: digests of the tables that were opened, by path in the folder of the data.
        files: digests of other files, by path in the project; ``None`` for one outside it.
        reads: digests of what was read of the data; ``None`` when that is not known and the
            edition depends on all of it.
    """

    data: Mapping[str, str]
    files: Mapping[str, str | None]
    reads: Mapping[str, str] | None


def dependencies(
    record: Mapping[str, Any] | None,
    workplace: Workplace,
    given: Inputs,
) -> Dependencies:
    """What a run has depended on.

    Args:
        record: what the engine has told; where it told nothing, every table counts as opened.
        workplace: where the run was.
        given: digests of the inputs as they were before it.

    Raises:
        ExecutionError: a table has changed while the notebook was running.
    """
    if record is None:
        return Dependencies(dict(given.data), {}, None)
    data, project = workplace.data.resolve(), workplace.notebooks.parent.resolve()

    def is_table(path: Path) -> bool:
        return path.suffix == ".csv" and path.is_relative_to(data)

    paths = [path for path in map(_resolved, record["opened"]) if path.is_file()]
    found = digests(data, filter(is_table, paths))
    changed = sorted(name for name, digest in found.items() if given.data.get(name) != digest)
    if changed:
        raise ExecutionError(
            f"Tabulka „{changed[0]}“ se během výpočtu změnila; spusťte příkaz znovu."
        )
    files = {
        (path.relative_to(project).as_posix() if path.is_relative_to(project) else path.name): (
            sha256(path.read_bytes()) if path.is_relative_to(project) else None
        )
        for path in paths
        if not is_table(path)
    }
    # A table that a cell reads by itself counts as a whole, and so does what a program may read.
    by_themselves = any(map(is_table, map(_resolved, record["apart"])))
    if by_themselves or record["programs"]:
        return Dependencies(found, files, None)
    return Dependencies(found, files, dict(record["reads"]))


def _resolved(path: str) -> Path:
    return Path(path).resolve()
