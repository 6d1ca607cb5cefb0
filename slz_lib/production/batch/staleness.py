"""Whether an edition that was issued earlier is still what would be issued now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from slz_lib.language import enumerate_words
from slz_lib.production.inputs import Inputs, sha256, versions

if TYPE_CHECKING:
    from slz_lib.production.manifest import Manifest

#: So many tables or files a reason names.
_NAMED = 3


def reason_to_make(
    manifest: Manifest | None,
    folder: Path,
    *,
    parameters: Mapping[str, str | None],
    formats: Sequence[str],
    given: Inputs,
    project: Path,
) -> str | None:
    """Why an edition has to be made, in Czech; ``None`` when it would come out the same.

    Args:
        manifest: of the earlier edition; ``None`` without one.
        folder: where its outputs are.
        parameters: given values as they are typed.
        formats: wanted formats.
        given: digests of the inputs as they are now.
        project: folder of the project, in which the manifest's other files are looked up.
    """
    if manifest is None:
        return "dosud nevydáno"
    if dict(manifest.parameters) != dict(parameters) or set(manifest.formats) != set(formats):
        return "jiné parametry nebo formáty"
    changed = _changed_files(manifest, project) or _changed_tables(manifest, given)
    reasons = {
        "změněný notebook": manifest.sources.get("notebook")
        != given.notebooks.get(manifest.notebook),
        "změněný program": manifest.sources.get("code") != given.code,
        "změněné knihovny": manifest.sources.get("lock") != given.lock
        or dict(manifest.versions) != versions(),
        f"změněná data ({_named(changed)})": bool(changed),
        "výstup chybí nebo je změněný": not outputs_are_whole(manifest.outputs, folder),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def outputs_are_whole(outputs: Mapping[str, str], folder: Path) -> bool:
    """Whether every output lies in ``folder`` as it was issued."""
    return all(
        Path(name).name == name and _digest(folder / name) == digest
        for name, digest in outputs.items()
    )


def _changed_tables(manifest: Manifest, given: Inputs) -> list[str]:
    """Tables that the edition opened and that have changed, the folders it listed among them."""
    return [name for name, digest in manifest.data.items() if given.table(name) != digest]


def _changed_files(manifest: Manifest, project: Path) -> list[str]:
    """Other files of the cells that have changed; one outside the project always has."""
    root = project.resolve()
    return [
        name
        for name, digest in manifest.files.items()
        if digest is None
        or not (root / name).resolve().is_relative_to(root)
        or _digest(root / name) != digest
    ]


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _named(names: Sequence[str]) -> str:
    if 0 < len(names) <= _NAMED:
        return enumerate_words(list(names))
    return f"{', '.join(names[:_NAMED])} …"
