"""What both Office formats need: characters that they can hold, names, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

#: The first moment a zip archive can hold; no clock is ever asked.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES = "[Content_Types].xml"


#: What XML 1.0 forbids or discourages: control characters, lone surrogates, non-characters.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def unstorable(text: str) -> str:
    """The characters of ``text`` that XML cannot hold."""
    return "".join(dict.fromkeys(_UNSTORABLE.findall(text)))


def storable(text: str) -> str:
    """``text`` with a replacement for every character that XML cannot hold; lines end in LF."""
    return _UNSTORABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_language(language: str) -> Callable[[str, bytes], bytes]:
    """What gives the properties of a workbook its language, which XlsxWriter has no word for."""
    closing = b"</cp:coreProperties>"
    said = f"<dc:language>{escape(language)}</dc:language>".encode()

    def revise(name: str, data: bytes) -> bytes:
        return data.replace(closing, said + closing) if name == "docProps/core.xml" else data

    return revise


def unique(name: str, taken: set[str], length: int, numbered: str) -> str:
    """``name`` cut to a ``length``, with a number where it is ``taken`` in whatever case."""
    candidate, count = name[:length].rstrip(), 1
    while candidate.casefold() in taken:
        count += 1
        number = numbered.format(count)
        candidate = name[: length - len(number)].rstrip() + number
    taken.add(candidate.casefold())
    return candidate


def settled(
    archive: bytes, revise: Callable[[str, bytes], bytes] = lambda _name, data: data
) -> bytes:
    """``archive`` with sorted members and fixed dates; ``revise(name, data)`` may change a member.

    The list of content types stays first, as readers of Office files expect it.
    """
    settled_archive = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as read,
        zipfile.ZipFile(settled_archive, "w") as written,
    ):
        for name in sorted(read.namelist(), key=lambda name: (name != _CONTENT_TYPES, name)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 0  # otherwise the operating system would show in the bytes
            member.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(member, revise(name, read.read(name)), compresslevel=6)
    return settled_archive.getvalue()
