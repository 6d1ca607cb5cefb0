"""Files that came back: what somebody typed in each, whatever kind it is of."""

from __future__ import annotations

import base64
import hashlib
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from slz_lib.collection.apart import read_apart
from slz_lib.collection.kinds import MOST_BYTES, gathered
from slz_lib.collection.mails import MOST_ATTACHMENTS, MOST_WITHIN
from slz_lib.collection.typed import place_of
from slz_lib.errors import DataError
from slz_lib.language import format_number
from slz_lib.refusals import cause
from slz_lib.untrusted import printable, shown

#: Bytes that reading one file may take; a form of ours takes a tenth.
_MEMORY = 300_000_000
#: Files that programs leave beside those of people.
_LEFT_BESIDE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_MARKED_BESIDE = ("~$", ".~lock.", "._")
_CELLS = ["sheet", "row", "column", "kind", "value", "hidden"]
#: Folders that an attachment claims to be in.
_FOLDERS = re.compile(r"(?s).*[/\\]")


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """Jeden vrácený soubor: co v něm kdo napsal.

    Attributes:
        name: its name, printable; an attachment's stands after that of its mail and ``/``.
        digest: SHA-256 of its bytes.
        arrived: when the mail was sent, in ISO; empty where no mail says so.
        sender: who sent the mail; empty likewise.
        properties: custom properties of a workbook.
        cells: every cell with something in it, in the order of the file: ``sheet`` (empty in a
            CSV), ``row``, ``column`` (from 1), ``cell`` (*D12*), ``kind``, ``value``, ``hidden``
            (the sheet, row or column is). Kinds: ``text`` as typed, spaces and all; ``number``
            as Python spells it; ``percent`` likewise, *16,5 %* is ``0.165``; ``date`` in ISO,
            a time of day alone too; ``bool`` (``true``, ``false``); ``error`` (*#N/A*), a
            formula's too; ``formula``: what it last gave, or its text where it gave nothing.
        outside: texts that stand in no cell: ``place`` (in Czech), ``text``.
    """

    name: str
    digest: str
    arrived: str
    sender: str
    properties: Mapping[str, str]
    cells: pd.DataFrame
    outside: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Refusal:
    """Soubor, který nelze přečíst, nebo který číst nelze zapotřebí.

    Attributes:
        name: as that of :class:`Returned`.
        digest: SHA-256 of its bytes; empty where they were not read.
        sentence: why, and what to do.
        passed: whether nobody has to do anything: a program left it.
    """

    name: str
    digest: str
    sentence: str
    passed: bool = False


def read_returned(path: Path, inbox: Path | None = None) -> tuple[list[Returned], list[Refusal]]:
    """Přečte jeden vrácený soubor; zprávu i s přílohami.

    Nothing stops it: what cannot be read is a refusal. A link is never followed.

    Args:
        path: the file.
        inbox: the folder within which its name is told; its own when not given.
    """
    name = printable(path.relative_to(inbox or path.parent).as_posix())
    if path.name.startswith(_MARKED_BESIDE) or path.name.casefold() in _LEFT_BESIDE:
        told = f"Soubor „{shown(path.name)}“ odložil vedle formulářů počítač; nečte se."
        return [], [Refusal(name, "", told, passed=True)]
    try:
        content = _content(path)
    except DataError as error:
        return [], [Refusal(name, "", str(error))]
    return _read(content, name)


def _content(path: Path) -> bytes:
    """The bytes of a file that is a file, and no larger than one may be.

    Raises:
        DataError: it is not, or cannot be read.
    """
    named = f"„{shown(path.name)}“"
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise DataError(
                f"Položka {named} není soubor, ale složka, odkaz nebo zařízení; nečte se. "
                "Vložte sem soubor sám."
            )
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise DataError(f"Soubor {named} nelze přečíst: {cause(error)}.") from error
    if len(content) > MOST_BYTES:
        most = format_number(MOST_BYTES // 1024 // 1024)
        raise DataError(
            f"Soubor {named} je příliš velký (nejvýše {most}\u00a0MB); nečte se. "
            "Odpovědi přeneste do vydaného formuláře."
        )
    if not content.strip(b"\0"):  # or never arrived from where it is synchronised
        raise DataError(f"Soubor {named} je prázdný; vyžádejte si jej znovu.")
    return content


def _read(content: bytes, name: str) -> tuple[list[Returned], list[Refusal]]:
    """The file, and where it is a mail, its attachments after it; each in a process of its own."""
    returned: list[Returned] = []
    refused: list[Refusal] = []
    waiting, names = [_Waiting(content, name)], {name}
    for each in waiting:
        if each.name.lower().endswith(".p7s"):
            told = f"Soubor „{shown(each.name)}“ je jen podpis zprávy; nečte se."
            refused.append(Refusal(each.name, "", told, passed=True))
            continue
        digest = hashlib.sha256(each.content).hexdigest()
        try:
            found = read_apart(gathered, each.content, each.name.rpartition("/")[2], _MEMORY)
        except DataError as error:
            refused.append(Refusal(each.name, digest, str(error)))
            continue
        mail = (found.get("sender", each.sender), found.get("arrived", each.arrived))
        returned.append(_returned(found, each, digest, *mail))
        for called, packed in found.get("attached", ()):
            inner = f"{each.name}/{printable(_FOLDERS.sub('', called))}"
            if inner in names:  # two of one name
                inner = f"{each.name}/{len(waiting)}-{printable(_FOLDERS.sub('', called))}"
            names.add(inner)
            if packed and each.within < MOST_WITHIN and len(waiting) <= MOST_ATTACHMENTS:
                waiting.append(_Waiting(base64.b64decode(packed), inner, each.within + 1, *mail))
                continue
            told = (
                f"Příloha „{shown(called)}“ je prázdná, je to zpráva uložená v\u00a0jiné, nebo je "
                f"příloh víc než {MOST_ATTACHMENTS}; vložte ji mezi vrácené soubory zvlášť."
            )
            refused.append(Refusal(inner, "", told))
    return returned, refused


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that is to be read, so many mails within one another, of the last of them."""

    content: bytes
    name: str
    within: int = 0
    sender: str = ""
    arrived: str = ""


def _returned(
    found: Mapping[str, Any], file: _Waiting, digest: str, sender: str, arrived: str
) -> Returned:
    cells = pd.DataFrame(found["cells"], columns=_CELLS).astype(
        {"sheet": "str", "row": "int64", "column": "int64", "kind": "str", "value": "str"}
        | {"hidden": "bool"}
    )
    places = map(place_of, cells["row"], cells["column"])
    cells.insert(3, "cell", pd.Series(list(places), index=cells.index, dtype="str"))
    outside = pd.DataFrame(found["outside"], columns=["place", "text"], dtype="str")
    return Returned(
        name=file.name,
        digest=digest,
        arrived=arrived,
        sender=sender,
        properties=MappingProxyType(found["properties"]),
        cells=cells,
        outside=outside,
    )
