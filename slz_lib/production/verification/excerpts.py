"""Values of a difference as a terminal may show them: short, on one line, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

#: Values up to this length are shown whole.
_WHOLE = 120
#: Characters shown before and after what differs.
_CONTEXT = 30
#: Most characters of an excerpt.
_LONGEST = 160

#: Characters that a terminal obeys or leaves out: control, format, private, surrogate, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
#: Shown in full only where nothing else differs: special spaces and combining marks.
_SEEN_HARDLY = frozenset({"Zs", "Mn"})
_LAYOUT = re.compile(r"[\t\n\r]+")


def excerpts(old: str, new: str) -> tuple[str, str]:
    """The parts of ``old`` and ``new`` around what differs, ready for a terminal."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    exactly = _loosely(old) == _loosely(new)
    return (
        printable(_cut(old, head, len(old) - tail), exactly=exactly),
        printable(_cut(new, head, len(new) - tail), exactly=exactly),
    )


def excerpt(text: str) -> str:
    """The beginning of ``text``, ready for a terminal."""
    return printable(_shortened(text))


def printable(text: str, *, exactly: bool = False) -> str:
    """``text`` on one line, with invisible characters by their code: ``[U+001B]``.

    Args:
        text: what is to be shown.
        exactly: whether spaces of any kind and line ends are told apart.
    """
    if not exactly:
        text = _LAYOUT.sub(" ", text)
    return "".join(_seen(character, exactly=exactly) for character in text)


def _seen(character: str, *, exactly: bool) -> str:
    category = unicodedata.category(character)
    hidden = category in _UNSEEN or (exactly and category in _SEEN_HARDLY and character != " ")
    return f"[U+{ord(character):04X}]" if hidden else character


def _loosely(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _common(old: str, new: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, start: int, stop: int) -> str:
    if len(text) <= _WHOLE:
        return text
    first = max(0, start - _CONTEXT)
    last = min(len(text), stop + _CONTEXT)
    if first > 0:
        space = text.find(" ", first, start)
        first = first if space < 0 else space + 1
    if last < len(text):
        space = text.rfind(" ", stop, last)
        last = last if space < 0 else space
    before = "…" if first > 0 else ""
    shown = text[first:last] if last == len(text) else f"{text[first:last]}…"
    return before + _shortened(shown)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
