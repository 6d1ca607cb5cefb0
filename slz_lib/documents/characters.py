"""Characters that Office files can hold."""

from __future__ import annotations

import re

#: What XML 1.0 forbids or discourages: control characters, lone surrogates, non-characters.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """``text`` with a replacement for every character that XML cannot hold; lines end in LF."""
    return _UNSTORABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
