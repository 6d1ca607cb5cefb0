"""What lies in a folder of issued editions, read within limits and without trusting it.

What is compared may come by mail. A pipe or a device would be read without end, a link may lead to
what the asker never meant to show.
"""

from __future__ import annotations

import os
from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words, format_number
from slz_lib.production.catalogue import DATA, FORMATS, PUBLICATIONS, Edition
from slz_lib.production.inputs import sha256
from slz_lib.production.manifest import SUFFIX, Manifest, read_manifest
from slz_lib.refusals import cause
from slz_lib.untrusted import shown, shown_path

#: Larger files are not read; the largest issued one has some 4 MB.
MAX_BYTES = 64 * 1024 * 1024
#: A folder of reports has some hundreds of files; in one with more nothing is looked for.
MAX_FILES = 100_000
#: Suffixes of what an edition is issued as.
_DOCUMENTS = tuple(f".{form}" for form in ("ipynb", *FORMATS))


def unproved(folder: Path) -> tuple[str, ...]:
    """Paths of documents below ``folder`` that have no manifest, so that nothing proves them."""
    return tuple(
        path.relative_to(folder).as_posix()
        for path in paths_below(folder, *_DOCUMENTS)
        if not path.with_name(f"{path.stem}{SUFFIX}").exists()
    )


def trusted(path: Path, folder: Path) -> Manifest:
    """The manifest in ``path`` below ``folder``, checked whole.

    Raises:
        ParameterError: it is none, or none of what could have been issued there.
    """
    content(path, folder)
    manifest = read_manifest(path)
    publication = PUBLICATIONS.get(manifest.notebook)
    if publication is None:
        raise ParameterError(
            f"Manifest jmenuje notebook „{manifest.notebook}“, z\u00a0něhož se edice nevydávají."
        )
    if DATA in manifest.parameters:
        raise ParameterError(
            "Manifest jmenuje jiná data než ta, proti nimž se ověřuje; vydejte edici znovu."
        )
    if unknown := [name for name in manifest.formats if name not in FORMATS]:
        raise ParameterError(f"Manifest jmenuje neznámé formáty: {enumerate_words(unknown)}.")
    stem = Path(Edition(publication, manifest.parameters).name).name
    expected = {f"{stem}.{name}" for name in ("ipynb", *manifest.formats)}
    if path.name != f"{stem}{SUFFIX}" or set(manifest.outputs) != expected:
        raise ParameterError(
            "Manifest patří k\u00a0jiným souborům, než u\u00a0kterých leží; "
            f"čeká se „{stem}{SUFFIX}“."
        )
    return manifest


def issued(edition: Path, folder: Path, manifest: Manifest) -> tuple[dict[str, bytes], list[str]]:
    """The files of an edition, and in Czech why it is not whole.

    Args:
        edition: its path without suffix.
        folder: where it has been found.
        manifest: what it should consist of.
    """
    files: dict[str, bytes] = {}
    faults: list[str] = []
    for name in manifest.outputs:
        try:
            files[name] = content(edition.with_name(name), folder)
        except ParameterError as error:
            faults.append(str(error))
    unfit = [name for name, data in files.items() if sha256(data) != manifest.outputs[name]]
    every = (f"{edition.name}{suffix}" for suffix in _DOCUMENTS)
    unfit += [n for n in every if n not in manifest.outputs and edition.with_name(n).exists()]
    if unfit:
        faults.append(
            f"Soubory nejsou ty, které uvádí manifest: {enumerate_words(unfit)}. Vydání se "
            "nedokončilo, nebo je někdo změnil; vydejte edici znovu."
        )
    return files, faults


def paths_below(folder: Path, *ends: str) -> list[Path]:
    """What lies below ``folder`` with a name that has one of ``ends``, in order.

    What is hidden is left out, links to folders are not followed.

    Raises:
        ParameterError: a folder cannot be read, or there are too many files.
    """

    def refuse(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error)

    paths: list[Path] = []
    seen = 0
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        seen += len(names) + len(folders)
        if seen > MAX_FILES:
            raise ParameterError(
                f"Složka „{shown_path(folder)}“ má více než {format_number(MAX_FILES)} souborů; "
                "zadejte složku s\u00a0edicemi."
            )
        paths += (Path(place, n) for n in names if n.endswith(ends) and not n.startswith("."))
    return sorted(paths)


def content(path: Path, folder: Path | None = None) -> bytes:
    """What is in the file ``path``; a link that leads out of ``folder`` is not followed.

    Raises:
        ParameterError: it cannot be read, is too large, is no file, or lies outside.
    """
    name = shown(path.name)
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise ParameterError(f"Soubor „{name}“ je odkaz ven ze složky; nečte se.")
        if not path.is_file():
            missing = "není to obyčejný soubor" if os.path.lexists(path) else "neexistuje"
            raise ParameterError(f"Soubor „{name}“ nelze číst: {missing}.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _unreadable(path, error) from error
    if len(data) > MAX_BYTES:
        limit = f"{format_number(MAX_BYTES // 1024**2)}\u00a0MB"
        raise ParameterError(f"Soubor „{name}“ je větší než {limit}; nečte se.")
    return data


def _unreadable(path: Path, error: Exception) -> ParameterError:
    why = cause(error) if isinstance(error, OSError) else "odkazy vedou v\u00a0kruhu"
    return ParameterError(f"„{shown_path(path)}“ nelze otevřít: {why}.")
