"""The manifest beside an edition: what it was made from and what came of it.

It holds no clock, no path of a machine and no name of a user, so the same edition has the same
manifest. Only the standard library is used here: a batch reads many manifests before it decides
whether anything has to be loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from slz_lib.errors import ParameterError
from slz_lib.production.inputs import Inputs, sha256, versions

SUFFIX = ".manifest.json"
#: The form of the file; another number is not read.
FORM = 2
#: The kind of input that tables are, and other files that cells read.
CHANGED_DATA = "změněná data"
#: No manifest of ours comes near it; larger files are not read.
MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an edition was made from and what came of it; digests are SHA-256.

    Attributes:
        notebook: the notebook's name without suffix.
        parameters: given values as they are typed, ``None`` for none; where the data lay is not
            among them.
        formats: formats that were issued besides the notebook.
        sources: digests of the notebook (``notebook``), the package (``code``) and the lock file
            (``lock``).
        versions: of Python, of the package and of libraries, by name.
        data: digests of what the edition's period sees of the tables, by their paths in the folder
            of the data: rows for a later period change none of them.
        files: digests of other files that the cells opened, by their paths in the project;
            ``None`` for one outside the project and for a program that was started, whose edition
            is never taken for unchanged.
        outputs: digests of the files that were issued, by name.
    """

    notebook: str
    parameters: Mapping[str, str | None]
    formats: Sequence[str]
    sources: Mapping[str, str]
    versions: Mapping[str, str]
    data: Mapping[str, str]
    files: Mapping[str, str | None]
    outputs: Mapping[str, str]

    def text(self) -> str:
        """The manifest's file: JSON with sorted keys, a line a value."""
        content = {"form": FORM, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest in the file ``path``.

    Raises:
        ParameterError: there is none, or the file is no manifest of this form.
    """
    if not path.is_file():
        raise ParameterError(f"Manifest „{path.name}“ neexistuje, nebo to není soubor.")
    try:
        with path.open("rb") as stream:
            # What is longer is cut, and then is no JSON.
            content = stream.read(MAX_BYTES)
        return _manifest(json.loads(content))
    except (OSError, ValueError, RecursionError) as error:
        raise ParameterError(
            f"Soubor „{path.name}“ není manifest, který by tato verze uměla číst; "
            "vydejte edici znovu."
        ) from error


def find_manifest(path: Path) -> Manifest | None:
    """The manifest in the file ``path``; ``None`` when there is none that could be read."""
    try:
        return read_manifest(path)
    except ParameterError:
        return None


def changed_inputs(manifest: Manifest, given: Inputs) -> Iterator[tuple[str, str]]:
    """What is not as it was when an edition was issued: what kind of input, and which one."""
    for key, found, kind, name in (
        ("notebook", given.notebooks.get(manifest.notebook, ""), "změněný notebook", "notebook"),
        ("code", given.code, "změněný program", "program"),
        ("lock", given.lock, "změněné knihovny", "soubor zámku"),
    ):
        if manifest.sources.get(key) != found:
            yield kind, name
    for name, version in versions().items():
        if (then := manifest.versions.get(name, "neuvedeno")) != version:
            yield "změněné knihovny", f"{name} ({then} → {version})"
    for table in sorted(dict(manifest.data.items() ^ given.tables.items())):
        yield CHANGED_DATA, table


def outputs_are_whole(manifest: Manifest, folder: Path) -> bool:
    """Whether every output lies in ``folder`` as it was issued; one that is not is unfinished."""
    return all(
        Path(name).name == name and file_digest(folder / name) == digest
        for name, digest in manifest.outputs.items()
    )


def file_digest(path: Path) -> str | None:
    """The digest of a file; ``None`` of one that is not there or cannot be read."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return None


def _manifest(content: object) -> Manifest:
    """The manifest in parsed JSON.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(content, dict) or content.pop("form", None) != FORM:
        raise ValueError(content)
    if set(content) != {field.name for field in fields(Manifest)}:
        raise ValueError(content)
    for name, value in content.items():
        if not _is_fit(name, value):
            raise ValueError(name)
    return Manifest(**content)


def _is_fit(name: str, value: Any) -> bool:
    """Whether ``value`` is what the attribute ``name`` may hold."""
    match name:
        case "notebook":
            return isinstance(value, str)
        case "formats":
            return isinstance(value, list) and _are_texts(value)
        case "parameters" | "files":
            return isinstance(value, dict) and _are_texts(
                item for item in value.values() if item is not None
            )
        case _:
            return isinstance(value, dict) and _are_texts(value.values())


def _are_texts(items: Iterable[object]) -> bool:
    return all(isinstance(item, str) for item in items)
