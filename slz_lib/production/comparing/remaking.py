"""Editions made again elsewhere: in another folder, time zone and home.

They are made from a copy of the notebooks and of the tables, as their manifests say.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import News, Request
from slz_lib.production.catalogue import PUBLICATIONS, Edition
from slz_lib.production.inputs import LOCK, Inputs
from slz_lib.production.manifest import Manifest
from slz_lib.production.workplace import Workplace

#: Another place than any that editions are issued in.
_TIME_ZONE = "Pacific/Kiritimati"


def remade(
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
        asked = replace(request, workplace=place, editions=tuple(map(_edition, some.values())))
        done = run_batch(asked, tell, environment).done
        for path, manifest in some.items():
            name = _edition(manifest).name
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
        places = {_edition(manifest).name: path for path, manifest in reversed(left.items())}
        yield {path: left.pop(path) for path in sorted(places.values())}


def _edition(manifest: Manifest) -> Edition:
    publication = PUBLICATIONS[manifest.notebook]
    return Edition(publication, manifest.parameters, tuple(manifest.formats))
