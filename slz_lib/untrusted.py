"""Text from outside (ids, file names, arguments, messages of libraries) made fit to be shown."""

from __future__ import annotations

import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePath

from slz_lib.errors import DataError

#: What of one value a message quotes, and how long a whole line may be.
SHOWN_CHARACTERS = 80
LONGEST_LINE = 2_000
MOST_LINES = 1_000
_SPACE = "Zs"


def printable(text: str) -> str:
    """``text`` without characters that steer a terminal; each is spelled by its code.

    Such are controls, among them line ends, marks that turn the direction of writing, halves of
    characters, and what no typeface has. Spaces of all kinds stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or unicodedata.category(sign) == _SPACE
        else f"\\u{ord(sign):04x}"
        for sign in text
    )


def cut(text: str, longest: int) -> str:
    """``text``, the end of a longer one replaced by an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def shown(value: str) -> str:
    """``value`` as a message quotes it: short and printable."""
    return printable(cut(value, SHOWN_CHARACTERS))


def shown_path(path: str | PurePath) -> str:
    """A path as a message quotes it: of a long one its end, which tells it from others."""
    text = str(path)
    return printable(text if len(text) <= SHOWN_CHARACTERS else f"…{text[1 - SHOWN_CHARACTERS :]}")


def line(text: str) -> str:
    """A line of a terminal: printable and not endless."""
    return printable(cut(text, LONGEST_LINE))


def lines(text: str) -> list[str]:
    """A message as the lines of a terminal, so many at most."""
    found = text.splitlines() or [""]
    kept = [line(each) for each in found[:MOST_LINES]]
    left = len(found) - len(kept)
    return [*kept, f"… a\u00a0další řádky: {left}"] if left else kept


#: Of an archive: parts at most, and bytes of all of them unpacked.
MOST_PARTS = 2_000
MOST_UNPACKED = 128 * 1024 * 1024
#: What reading an archive ends with that is none, is spoiled or locked.
_NO_ARCHIVE = (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, OSError, MemoryError)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)


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
