"""What lies in a folder of issued editions, read without trusting it."""

from __future__ import annotations

from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.production.catalogue import DATA, PUBLICATIONS, place
from slz_lib.production.formats import FORMATS
from slz_lib.production.manifest import SUFFIX, Manifest, read_manifest
from slz_lib.production.verification.comparing import MAX_BYTES

#: Suffixes of what an edition is issued as.
_DOCUMENTS = ("ipynb", *FORMATS)


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; what the system refuses to look at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def unproved(folder: Path) -> tuple[str, ...]:
    """Paths of documents below ``folder`` that have no manifest, so that nothing proves them."""
    return tuple(
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.suffix.removeprefix(".") in _DOCUMENTS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.with_name(f"{path.stem}{SUFFIX}").exists()
    )


def manifest_or_fault(path: Path) -> Manifest | str:
    """The manifest in ``path``, or in Czech why it says nothing."""
    try:
        return _trusted(path)
    except ParameterError as error:
        return str(error)


def _trusted(path: Path) -> Manifest:
    """The manifest in ``path``.

    Raises:
        ParameterError: it is none, or none of what could have been issued there.
    """
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
    _, stem = place(publication, manifest.parameters)
    expected = {f"{stem}.{name}" for name in ("ipynb", *manifest.formats)}
    if path.name != f"{stem}{SUFFIX}" or set(manifest.outputs) != expected:
        raise ParameterError(
            "Manifest patří k\u00a0jiným souborům, než u\u00a0kterých leží; "
            f"čeká se „{stem}{SUFFIX}“."
        )
    return manifest


def content(path: Path) -> bytes:
    """What is in the file ``path``, cut where it is past the limit of what is compared.

    Raises:
        OSError: it cannot be read, or is no file: a pipe would never end.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
