"""The proof that issued editions follow from the data: they are made again and digests compared.

A manifest says what to make; the files beside it have to be what comes of it, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.production.batch.running import News
from slz_lib.production.batch.values import Request
from slz_lib.production.comparing.explaining import explained
from slz_lib.production.comparing.files import found, is_folder
from slz_lib.production.comparing.issued import issued, trusted
from slz_lib.production.comparing.remaking import remade
from slz_lib.production.inputs import EVERYTHING, Inputs, inputs, sha256, versions
from slz_lib.production.manifest import SUFFIX, Manifest, read_manifest
from slz_lib.production.writing import scratch
from slz_lib.untrusted import shown

#: So many tables a note names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Verified:
    """What the proof says of one edition.

    Attributes:
        name: path of the edition in the verified folder, without suffix.
        files: number of files that were made again.
        faults: in Czech, why it is not whole, could not be made or differs.
        notes: what has changed since it was issued; it need not show in the outputs.
    """

    name: str
    files: int
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def verify(
    folder: Path, request: Request, tell: Callable[[News], None] = lambda _: None
) -> tuple[Verified, ...]:
    """Make every edition below ``folder`` again and compare it with what lies there.

    Args:
        folder: editions with their manifests, at any depth.
        request: the notebooks and data from which they should follow, and how to make them.
        tell: told of the work, as in a batch.

    Returns:
        Editions in the order of their paths.

    Raises:
        ParameterError: there is no such folder, or no manifest in it.
        DataError: the data have faults.
    """
    if not is_folder(folder):
        raise ParameterError(
            f"Složka „{shown(str(folder))}“ neexistuje; zadejte složku s\u00a0výstupy."
        )
    paths = found(folder, SUFFIX)
    if not paths:
        raise ParameterError(
            f"Ve složce „{shown(str(folder))}“ není žádný manifest (*{SUFFIX}); edice jej dostanou "
            "při vydání."
        )
    given = inputs(request.workplace)
    sound: dict[Path, Manifest] = {}
    results: dict[Path, Verified] = {}
    for path in paths:
        try:
            sound[path] = trusted(path, folder)
        except ParameterError as error:
            name = _edition(path).relative_to(folder).as_posix()
            results[path] = Verified(name, 0, (str(error),))
    with scratch() as elsewhere:
        for path, again in remade(elsewhere, request, given, sound, tell).items():
            results[path] = _verified(_edition(path), folder, sound[path], again, given)
    return tuple(results[path] for path in paths)


def _edition(manifest: Path) -> Path:
    return manifest.with_name(manifest.name.removesuffix(SUFFIX))


def _verified(
    edition: Path, folder: Path, manifest: Manifest, again: Path | str, given: Inputs
) -> Verified:
    name = edition.relative_to(folder).as_posix()
    files, faults = issued(edition, folder, manifest)
    notes = tuple(_notes(manifest, given))
    if isinstance(again, str):
        return Verified(name, 0, (*faults, again), notes)
    now = read_manifest(again.with_name(f"{again.name}{SUFFIX}"))
    differing = [file for file, data in files.items() if sha256(data) != now.outputs.get(file)]
    if differing:
        faults += explained(edition, again, files, differing)
        faults.append(f"verze v\u00a0manifestech: {_versions(manifest.versions, now.versions)}")
    if not notes:
        faults += _of_manifests(manifest, now)
    return Verified(name, len(now.outputs), tuple(faults), notes)


def _versions(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    names = [name for name in sorted({**old, **new}) if old.get(name) != new.get(name)]
    told = (f"{name} dříve {old.get(name, '—')}, nyní {new.get(name, '—')}" for name in names)
    return "; ".join(told) or "stejné"


def _of_manifests(old: Manifest, new: Manifest) -> Iterator[str]:
    """What the issued manifest says otherwise than the new one; files have their own digests.

    Only where both know what was opened: another engine does not tell.
    """
    if EVERYTHING not in {*old.data, *new.data}:
        for name in (field.name for field in fields(Manifest) if field.name != "outputs"):
            if getattr(old, name) != getattr(new, name):
                yield f"Manifest uvádí jinak položku „{name}“."


def _notes(manifest: Manifest, given: Inputs) -> Iterator[str]:
    """What is not as it was when the edition was issued."""
    now = {
        "notebook": ("notebook", given.notebooks.get(manifest.notebook, "")),
        "code": ("program", given.code),
        "lock": ("soubor zámku", given.lock),
    }
    changed = [w for key, (w, digest) in now.items() if manifest.sources.get(key) != digest]
    changed += [name for name, found in versions().items() if manifest.versions.get(name) != found]
    tables = [name for name, found in manifest.data.items() if given.table(name) != found]
    changed += [*tables[:_NAMED], *(["další tabulky"] if len(tables) > _NAMED else [])]
    if changed:
        yield f"od vydání se změnilo: {', '.join(changed)}"
