"""Texts of documents as a reviewer may see them: nothing in them stays hidden."""

from __future__ import annotations

import unicodedata

_SPACES = frozenset("\t\n\r")
#: Besides what Unicode calls printable, only spaces: they hide nothing and steer nothing.
_SPACE_CATEGORY = "Zs"


def visible(text: str) -> str:
    r"""``text`` with every sign that steers a terminal or hides spelled out, as ``\u202e``.

    A line end is a space: a paragraph has one line.
    """
    if text.isprintable():
        return text
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) == _SPACE_CATEGORY:
        return sign
    if sign in _SPACES:
        return " "
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
