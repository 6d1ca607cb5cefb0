"""Archives of XML from outside (workbooks, documents), held to what office programs make."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

from slz_lib.errors import DataError
from slz_lib.refusals import cause
from slz_lib.untrusted import shown

#: Of an archive: parts at most, and bytes of all of them unpacked.
MOST_PARTS = 2_000
MOST_UNPACKED = 128 * 1024 * 1024
#: What reading an archive ends with that is none, is spoiled or locked.
_NO_ARCHIVE = (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, OSError, MemoryError)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)


def plain_archive(path: Path, most: int, kind: str = "sešit .xlsx") -> bytes:
    """The archive ``path``, read and held to :func:`require_plain_archive`.

    Raises:
        DataError: it cannot be read, or no office program would have made it.
    """
    try:
        if not path.is_file():
            raise DataError(f"Soubor „{shown(path.name)}“ neexistuje, nebo to není soubor.")
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise DataError(f"Soubor „{shown(path.name)}“ nelze přečíst: {cause(error)}.") from error
    require_plain_archive(content, path.name, most, kind)
    return content


def require_plain_archive(content: bytes, name: str, most: int, kind: str = "sešit .xlsx") -> None:
    """Stop at an archive of XML that no office program would have made, before anything reads it.

    Args:
        content: the archive.
        name: what messages call it.
        most: bytes that it may have itself.
        kind: what it should be, in Czech.

    Raises:
        DataError: it is none, is too large, packed too tightly or locked, or its XML declares
            entities.
    """
    if len(content) > most:
        raise DataError(f"Soubor „{shown(name)}“ je příliš velký; nečte se.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise DataError(
                    f"Soubor „{shown(name)}“ by po rozbalení byl příliš velký; nečte se."
                )
            for part in parts:
                text = archive.read(part)
                declares = b"<!DOCTYPE" in text or b"<!ENTITY" in text
                if declares or text[:2] in (b"\xff\xfe", b"\xfe\xff") or _DECLARED.match(text):
                    raise DataError(
                        f"Soubor „{shown(name)}“ má v\u00a0části „{shown(part.filename)}“ zápis, "
                        "jaký kancelářské programy nevytvářejí (DOCTYPE); nečte se."
                    )
    except (*_NO_ARCHIVE, zlib.error, lzma.LZMAError, struct.error) as error:
        raise DataError(
            f"Soubor „{shown(name)}“ není nezamčený {kind}; uložte jej v\u00a0tomto formátu."
        ) from error
