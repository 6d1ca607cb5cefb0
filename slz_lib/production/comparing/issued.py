"""What lies in a folder of issued editions, read without trusting it."""

from __future__ import annotations

from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.production.catalogue import DATA, PUBLICATIONS, Edition
from slz_lib.production.comparing.files import content, paths_below
from slz_lib.production.formats import FORMATS
from slz_lib.production.inputs import sha256
from slz_lib.production.manifest import SUFFIX, Manifest, read_manifest

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
