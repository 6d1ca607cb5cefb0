"""The command ``slz verify``: the proof that issued editions follow from the data.

They are made again elsewhere, in another folder, time zone and home, and digests compared. A
manifest says what to make; the files beside it have to be what comes of it, byte for byte.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from slz_lib.dataset import load
from slz_lib.errors import ParameterError
from slz_lib.language import count
from slz_lib.production.batch.agenda import seen_by
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import News, Request
from slz_lib.production.catalogue import PUBLICATIONS, Edition
from slz_lib.production.comparing.explaining import explained
from slz_lib.production.comparing.issued import issued, paths_below, trusted
from slz_lib.production.engine import NBCLIENT
from slz_lib.production.execution import usual_engine
from slz_lib.production.inputs import LOCK, Inputs, inputs, sha256
from slz_lib.production.manifest import (
    CHANGED_DATA,
    SUFFIX,
    Manifest,
    changed_inputs,
    read_manifest,
)
from slz_lib.production.workplace import Workplace
from slz_lib.production.writing import scratch
from slz_lib.untrusted import printable, shown_path

#: Another place than any that editions are issued in.
_TIME_ZONE = "Pacific/Kiritimati"
#: So many tables a note names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Verified:
    """What the proof says of one edition.

    Attributes:
        name: path of the edition in the verified folder, without suffix.
        files: number of files that were made again.
        faults: in Czech, why it is not whole, could not be made or differs.
        note: what has changed since it was issued; it need not show in the outputs.
    """

    name: str
    files: int
    faults: tuple[str, ...] = ()
    note: str = ""


def verified_lines(found: Sequence[Verified], left: Sequence[str]) -> Iterator[str]:
    """Every edition and what is wrong with it, then the files that no manifest speaks of.

    Names and notes come from files of anybody.
    """
    for edition in found:
        words = "nesouhlasí" if edition.faults else "souhlasí"
        note = f" ({edition.note})" if edition.note else ""
        yield printable(f"{edition.name}: {words}{note}")
        for fault in edition.faults:
            yield from (f"  {printable(line)}" for line in fault.splitlines())
    yield from (f"{printable(name)}: bez manifestu, neověřeno" for name in left)


def verified_summary(found: Sequence[Verified], left: Sequence[str]) -> str:
    """How many editions and files hold, how many do not, and how many no manifest speaks of."""
    editions = count(len(found), "edice", "edice", "edic")
    files = count(sum(edition.files for edition in found), "soubor", "soubory", "souborů")
    wrong = sum(bool(edition.faults) for edition in found)
    end = f"nesouhlasí: {wrong}" if wrong else "vše vychází z\u00a0dat do posledního bajtu"
    rest = count(len(left), "soubor", "soubory", "souborů")
    more = f" Bez manifestu, a\u00a0proto neověřeno: {rest}." if left else ""
    return f"Ověřeno: {editions}, {files}; {end}.{more}"


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
    if not folder.is_dir():
        raise ParameterError(
            f"Složka „{shown_path(folder)}“ neexistuje; zadejte složku s\u00a0výstupy."
        )
    paths = paths_below(folder, SUFFIX)
    if not paths:
        raise ParameterError(
            f"Ve složce „{shown_path(folder)}“ není žádný manifest (*{SUFFIX}); edice jej dostanou "
            "při vydání."
        )
    given = inputs(request.workplace)
    look = seen_by(given, load(request.workplace.data))
    engine = request.engine or usual_engine()
    sound: dict[Path, Manifest] = {}
    results: dict[Path, Verified] = {}
    for path in paths:
        try:
            sound[path] = trusted(path, folder)
        except ParameterError as error:
            name = _edition(path).relative_to(folder).as_posix()
            results[path] = Verified(name, 0, (str(error),))
    with scratch() as elsewhere:
        for path, again in _remade(elsewhere, request, given, sound, tell).items():
            edition, manifest = _edition(path), sound[path]
            results[path] = _verified(edition, folder, manifest, again, given, look, engine)
    return tuple(results[path] for path in paths)


def _edition(manifest: Path) -> Path:
    return manifest.with_name(manifest.name.removesuffix(SUFFIX))


def _remade(
    elsewhere: Path,
    request: Request,
    given: Inputs,
    manifests: Mapping[Path, Manifest],
    tell: Callable[[News], None],
) -> dict[Path, Path | str]:
    """Every edition made again in the empty folder ``elsewhere``.

    Args:
        elsewhere: the folder.
        request: the workplace to copy, and how to make them.
        given: what of the workplace counts.
        manifests: what to make, by their paths.
        tell: told of the work, as in a batch.

    Returns:
        By the path of the manifest, that of the edition made from it without suffix; or in Czech
        why it could not be made.

    Raises:
        DataError: the data have faults.
    """
    _copy(request.workplace, given, elsewhere)
    environment = {**os.environ, "TZ": _TIME_ZONE, "HOME": str(elsewhere / "home")}
    result: dict[Path, Path | str] = {}
    for number, some in enumerate(_apart(manifests)):
        reports = elsewhere / f"reports-{number}"
        place = Workplace(elsewhere / "notebooks", elsewhere / "data", reports)
        asked = replace(request, workplace=place, editions=tuple(map(_wanted, some.values())))
        done = run_batch(asked, tell, environment).done
        for path, manifest in some.items():
            name = _wanted(manifest).name
            failure = done[name].failure
            result[path] = str(failure) if failure else reports / name
    return result


def _copy(workplace: Workplace, given: Inputs, target: Path) -> None:
    """Copy what editions are made from; pipes and whatever else lies there stay behind."""
    (target / "home").mkdir()
    root = workplace.notebooks.parent
    copies = {workplace.notebooks / f"{n}.ipynb": f"notebooks/{n}.ipynb" for n in given.notebooks}
    copies |= {workplace.data / name: f"data/{name}" for name in given.data}
    copies |= {root / LOCK: LOCK} if given.lock else {}
    for source, name in copies.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target / name)


def _apart(manifests: Mapping[Path, Manifest]) -> Iterator[dict[Path, Manifest]]:
    """``manifests`` in groups, none of which has two of one edition (a copy beside an original)."""
    left = dict(manifests)
    while left:
        places = {_wanted(manifest).name: path for path, manifest in reversed(left.items())}
        yield {path: left.pop(path) for path in sorted(places.values())}


def _wanted(manifest: Manifest) -> Edition:
    publication = PUBLICATIONS[manifest.notebook]
    return Edition(publication, manifest.parameters, tuple(manifest.formats))


def _verified(
    edition: Path,
    folder: Path,
    manifest: Manifest,
    again: Path | str,
    given: Inputs,
    look: Callable[[Edition], Inputs],
    engine: str,
) -> Verified:
    name = edition.relative_to(folder).as_posix()
    files, faults = issued(edition, folder, manifest)
    with suppress(ParameterError):  # the data may not know its period any more
        given = look(_wanted(manifest))
    note = _note(manifest, given)
    if isinstance(again, str):
        return Verified(name, 0, (*faults, again), note)
    now = read_manifest(again.with_name(f"{again.name}{SUFFIX}"))
    differing = [file for file, data in files.items() if sha256(data) != now.outputs.get(file)]
    if differing:
        faults += explained(edition, again, files, differing)
    if not note:
        # A kernel does not tell which other files it opened.
        untold = {"outputs", "files"} if engine == NBCLIENT else {"outputs"}
        names = (field.name for field in fields(Manifest) if field.name not in untold)
        untrue = [name for name in names if getattr(manifest, name) != getattr(now, name)]
        faults += [f"Manifest uvádí jinak položku „{name}“." for name in untrue]
    return Verified(name, len(now.outputs), tuple(faults), note)


def _note(manifest: Manifest, given: Inputs) -> str:
    """What is not as it was when the edition was issued."""
    changed = [*changed_inputs(manifest, given)]
    tables = [name for kind, name in changed if kind == CHANGED_DATA]
    names = [name for kind, name in changed if kind != CHANGED_DATA] + tables[:_NAMED]
    more = ["další tabulky"] if len(tables) > _NAMED else []
    return f"od vydání se změnilo: {', '.join([*names, *more])}" if names else ""
