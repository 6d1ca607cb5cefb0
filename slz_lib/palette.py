"""The product's few colours; each has its place, none carries a meaning alone.

The colours of statuses are data (``data/rules/statuses.csv``), checked for their contrast.
"""

from __future__ import annotations

INK = "#1A1F2B"
PAPER = "#FFFFFF"
LINK = "#0B57A4"
RULE = "#C9CED6"
SHADE = "#F4F6F8"
QUIET = "#555C69"
NO_EVIDENCE = "#8A8F98"  # a fill, never a colour of text

DEEP = "#0B3C6F"  # of the publisher, and of what leads the eye
DELETED = "#B23A1E"

#: What stands in their place on a page that is read on a dark ground.
DARK = {
    "ink": "#E4E7EC",
    "paper": "#14171D",
    "link": "#8DBBF5",
    "rule": "#3D4450",
    "shade": "#1F242D",
    "quiet": "#AAB1BD",
    "deep": "#8FB6E3",
}


def contrast(first: str, second: str) -> float:
    """The contrast of two colours after WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(p * weight for p, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def letters_on(fill: str) -> str:
    """Ink or paper, whichever is read better on ``fill``."""
    return max(PAPER, INK, key=lambda letters: contrast(letters, fill))
