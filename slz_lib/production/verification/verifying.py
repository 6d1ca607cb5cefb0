"""The proof that issued editions follow from the data: they are made again and compared.

They are made elsewhere: in another folder, time zone and home, from a copy of the notebooks and of
the data. A manifest says what to make; the files beside it have to be what comes of it, byte for
byte.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from slz_lib.dataset.faults import shown
from slz_lib.errors import ParameterError
from slz_lib.production.batch.running import News, run_batch
from slz_lib.production.batch.values import Done, Order, Outcome, Request
from slz_lib.production.catalogue import PUBLICATIONS, place
from slz_lib.production.formats import FORMATS
from slz_lib.production.inputs import EVERYTHING, LOCK, Inputs, inputs, sha256, versions
from slz_lib.production.manifest import SUFFIX, Manifest, read_manifest
from slz_lib.production.verification.comparing import differences
from slz_lib.production.verification.difference import Difference
from slz_lib.production.verification.issued import content, is_folder, manifest_or_fault
from slz_lib.production.workplace import Workplace

#: Another place than any that editions are issued in.
_TIME_ZONE = "Pacific/Kiritimati"
#: What a manifest says of its sources, in the order in which notes name them.
_SOURCES = ("notebook", "code", "lock")
#: So many tables a note names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Verified:
    """What the proof says of one edition.

    Attributes:
        name: path of the edition in the verified folder, without suffix.
        files: number of files that were compared.
        differences: what is not the same; a missing file is among them.
        faults: sentences that say why it could not be made or compared at all.
        notes: what has changed since it was issued; it need not show in the outputs.
    """

    name: str
    files: int
    differences: tuple[Difference, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every file is what comes of the data."""
        return not (self.differences or self.faults)


def verify(
    folder: Path,
    workplace: Workplace,
    *,
    workers: int = 1,
    timeout: float | None = None,
    engine: str | None = None,
    tell: Callable[[News], None] = lambda _: None,
) -> tuple[Verified, ...]:
    """Make every edition below ``folder`` again and compare it with what lies there.

    Args:
        folder: editions with their manifests, at any depth.
        workplace: the notebooks and data from which they should follow.
        workers: how many editions are made at once.
        timeout: most seconds of one cell.
        engine: the engine; the usual one when not given.
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
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    if not paths:
        raise ParameterError(
            f"Ve složce „{shown(str(folder))}“ není žádný manifest (*{SUFFIX}); edice jej dostanou "
            "při vydání."
        )
    given = inputs(workplace)
    read = {path: manifest_or_fault(path) for path in paths}
    sound = {path: manifest for path, manifest in read.items() if isinstance(manifest, Manifest)}
    with tempfile.TemporaryDirectory(prefix="slz-verify-") as elsewhere:
        made = _made_elsewhere(Path(elsewhere), workplace, sound, workers, timeout, engine, tell)
        return tuple(
            _verified(folder, path, manifest, made.get(path), given)
            for path, manifest in read.items()
        )


@dataclass(frozen=True, slots=True)
class _Remade:
    """An edition that was made again.

    Attributes:
        files: its files by name.
        manifest: its manifest; ``None`` where it could not be made.
        failure: why it could not be made.
    """

    files: Mapping[str, bytes]
    manifest: Manifest | None = None
    failure: str = ""


def _made_elsewhere(
    elsewhere: Path,
    workplace: Workplace,
    manifests: Mapping[Path, Manifest],
    workers: int,
    timeout: float | None,
    engine: str | None,
    tell: Callable[[News], None],
) -> dict[Path, _Remade]:
    """Every edition made again in the folder ``elsewhere``, by the path of its manifest."""
    if not manifests:
        return {}
    shutil.copytree(workplace.data, elsewhere / "data")
    (elsewhere / "notebooks").mkdir()
    (elsewhere / "home").mkdir()
    for notebook in workplace.notebooks.glob("*.ipynb"):
        shutil.copy(notebook, elsewhere / "notebooks")
    lock = workplace.notebooks.parent / LOCK
    if lock.is_file():
        shutil.copy(lock, elsewhere)
    result: dict[Path, _Remade] = {}
    for number, some in enumerate(_apart(manifests)):
        reports = elsewhere / f"reports-{number}"
        request = Request(
            workplace=Workplace(elsewhere / "notebooks", elsewhere / "data", reports),
            period="",
            kinds=(),
            formats=(),
            workers=workers,
            force=True,
            timeout=timeout,
            engine=engine,
            orders=tuple(
                Order(manifest.notebook, manifest.parameters, tuple(manifest.formats))
                for manifest in some.values()
            ),
        )
        environment = {**os.environ, "TZ": _TIME_ZONE, "HOME": str(elsewhere / "home")}
        summary = run_batch(request, tell, environment)
        for path, manifest in some.items():
            result[path] = _remade(manifest, summary.done, reports)
    return result


def _apart(manifests: Mapping[Path, Manifest]) -> Iterator[dict[Path, Manifest]]:
    """``manifests`` in groups, none of which has two of one edition (a copy beside an original)."""
    left = dict(manifests)
    while left:
        places = {_name(manifest): path for path, manifest in reversed(left.items())}
        yield {path: left.pop(path) for path in sorted(places.values())}


def _name(manifest: Manifest) -> str:
    folder, stem = place(PUBLICATIONS[manifest.notebook], manifest.parameters)
    return f"{folder}/{stem}"


def _remade(manifest: Manifest, done: Mapping[str, Done], reports: Path) -> _Remade:
    ended = done.get(_name(manifest))
    if ended is None or ended.outcome is Outcome.FAILED:
        failure = ended.failure if ended else "Edici se nepodařilo vydat znovu."
        return _Remade({}, failure=failure)
    edition = reports / _name(manifest)
    return _Remade(
        {name: (edition.parent / name).read_bytes() for name in manifest.outputs},
        read_manifest(edition.with_name(f"{edition.name}{SUFFIX}")),
    )


def _verified(
    folder: Path, path: Path, manifest: Manifest | str, remade: _Remade | None, given: Inputs
) -> Verified:
    name = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
    if isinstance(manifest, str):
        return Verified(name, 0, faults=(manifest,))
    assert remade is not None
    notes = _notes(manifest, given)
    if remade.manifest is None:
        return Verified(name, 0, faults=(remade.failure,), notes=notes)
    found = [
        difference
        for file, new in remade.files.items()
        for difference in _of_file(path.parent / file, new, manifest.outputs[file])
    ]
    stem = path.name.removesuffix(SUFFIX)
    found += [
        Difference(file, "manifest soubor neuvádí", None, None)
        for file in (f"{stem}.{form}" for form in FORMATS)
        if file not in manifest.outputs and (path.parent / file).exists()
    ]
    if not notes:
        found += _of_manifest(path.name, manifest, remade.manifest)
    return Verified(name, len(remade.files), tuple(found), notes=notes)


def _of_file(path: Path, new: bytes, digest: str) -> list[Difference]:
    """What is wrong with the issued file ``path``, whose ``digest`` the manifest says."""
    try:
        old = content(path)
    except OSError:
        return [Difference(path.name, "soubor chybí nebo jej nelze přečíst", None, None)]
    found = differences(path.name, old, new)
    if old == new and sha256(old) != digest:
        found.append(Difference(path.name, "manifest má jiný otisk souboru", None, None))
    return found


def _of_manifest(name: str, old: Manifest, new: Manifest) -> list[Difference]:
    """What the issued manifest says otherwise than the new one; files have their own digests.

    Only where both know what was read: another engine does not tell.
    """
    if EVERYTHING in {*old.data, *new.data}:
        return []
    was, now = (replace(manifest, outputs={}).text().encode() for manifest in (old, new))
    return differences(name, was, now)


def _notes(manifest: Manifest, given: Inputs) -> tuple[str, ...]:
    """What is not as it was when the edition was issued."""
    now = {
        "notebook": given.notebooks.get(manifest.notebook, ""),
        "program": given.code,
        "soubor zámku": given.lock,
    }
    then = dict(zip(now, (manifest.sources.get(key) for key in _SOURCES), strict=True))
    changed = [what for what, found in now.items() if then[what] != found]
    changed += [name for name, found in versions().items() if manifest.versions.get(name) != found]
    tables = [name for name, found in manifest.data.items() if given.table(name) != found]
    changed += [*tables[:_NAMED], *(["další tabulky"] if len(tables) > _NAMED else [])]
    return (f"od vydání se změnilo: {', '.join(changed)}",) if changed else ()
