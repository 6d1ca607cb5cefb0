"""What differs between two states of one file, told by its format."""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from pathlib import PurePath
from types import ModuleType
from typing import Any

from slz_lib.language import format_number
from slz_lib.production.verification.difference import Difference, Finding, UnreadableError
from slz_lib.production.verification.raw import byte_finding

#: Larger files are not looked into; the largest issued one has some 4 MB.
MAX_BYTES = 64 * 1024 * 1024

#: More differences than these are not looked for: another document stands there.
MOST_FOUND = 10_000

#: Modules that read a format and compare two files of it, by suffix.
_FORMATS = {
    suffix: f"slz_lib.production.verification.{module}"
    for suffix, module in {
        ".ipynb": "notebook",
        ".json": "json_tree",
        ".html": "page",
        ".docx": "word",
        ".pdf": "pdf",
        ".xlsx": "workbook",
        ".csv": "raw",
        ".md": "raw",
        ".txt": "raw",
    }.items()
}
_OLD = "dříve vydaný soubor"
_NEW = "nyní vytvořený soubor"
_NESTED = "obsah je vnořen příliš hluboko"


def differences(name: str, old: bytes, new: bytes) -> list[Difference]:
    """Everything that differs between two states of the file ``name``; nothing if no byte does.

    The files are untrusted: sizes are limited and nothing in them is evaluated. One that cannot
    be read is itself a difference. Where bytes differ and the content does not, that is said,
    with the first byte that differs.

    Args:
        name: name of the file; its suffix says the format.
        old: the file as it was issued.
        new: the file as it is made now.
    """
    if old == new:
        return []
    return [Difference(name, *finding) for finding in _findings(name, old, new)]


def _findings(name: str, old: bytes, new: bytes) -> list[Finding]:
    module = _FORMATS.get(PurePath(name).suffix.casefold())
    if module is None:
        return [byte_finding(old, new)]
    form = import_module(module)
    read: list[Any] = []
    faults: list[Finding] = []
    for side, data in ((_OLD, old), (_NEW, new)):
        try:
            read.append(_read(form, data))
        except UnreadableError as cause:
            faults.append(Finding(f"{side} nelze přečíst: {cause}", None, None))
        except RecursionError:
            faults.append(Finding(f"{side} nelze přečíst: {_NESTED}", None, None))
    if faults:
        return faults
    try:
        found = list(islice(form.compare(*read), MOST_FOUND + 1))
    except UnreadableError as cause:
        found = [Finding(f"obsah nelze porovnat: {cause}", None, None)]
    except RecursionError:
        found = [Finding(f"obsah nelze porovnat: {_NESTED}", None, None)]
    if len(found) > MOST_FOUND:
        found[MOST_FOUND:] = [Finding("další rozdíly se už nehledaly", None, None)]
    return found or [byte_finding(old, new, "obsah je stejný, liší se jen jeho zápis, ")]


def _read(form: ModuleType, data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        limit = f"{format_number(MAX_BYTES // 1024**2)}\u00a0MB"
        raise UnreadableError(f"je větší než {limit}")
    return form.read(data)
