"""What kind a returned file is, by its bytes rather than its name, and what reads it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from slz_lib.collection.typed import Typed
from slz_lib.errors import DataError
from slz_lib.untrusted import require_plain_archive, shown

#: Larger files are not read; a form of ours has some tens of kilobytes, a mail with it the same.
MOST_BYTES = 32 * 1024 * 1024
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(content: bytes, name: str) -> dict[str, Any]:
    """What a returned file holds, as JSON holds it: its cells, or its attachments.

    Raises:
        DataError: it is of no kind that is read, or is spoiled, locked or too large.
    """
    if content.startswith(_ZIP):
        return _packed(content, name)
    raise DataError(
        f"Soubor „{shown(name)}“ není formulář ani zpráva s\u00a0ním (čtou se xlsx, xlsm, ods, "
        "xls, csv, eml a\u00a0msg); odpovědi přeneste do vydaného formuláře."
    )


def _packed(content: bytes, name: str) -> dict[str, Any]:
    from slz_lib.collection.workbooks import read_workbook

    require_plain_archive(content, name, MOST_BYTES, "sešit")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
    macros = any(part.endswith("vbaProject.bin") for part in parts)
    typed = Typed(name, "xlsm" if macros else "xlsx")
    read_workbook(content, typed)
    return typed.answer
