"""matplotlib's SVG made small: short names of letters, two decimals, nothing that is not drawn.

A page carries a dozen drawings, and four fifths of matplotlib's SVG are the places of single
letters.
"""

from __future__ import annotations

import re
from itertools import count

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")
_SHIFT = re.compile(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)")
_LOCAL = re.compile(r"url\(#([^)]+)\)")
#: Attributes whose numbers are lengths, or lists of them.
_LENGTHS = ("d", "transform", "x", "y", "width", "height")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def compact(svg: str) -> str:
    """``svg`` as matplotlib writes it, the same picture in a fraction of the bytes."""
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(svg.encode(), parser)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _shorten_names(root)
    for element in root.iter():
        _shift_by_attributes(element)
        for key in _LENGTHS:
            if key in element.attrib:
                element.set(key, _rounded(element.attrib[key], _decimals(element)))
    _unwrap_groups(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _shorten_names(root: etree._Element) -> None:
    """Names that are used get a short one, the others go."""
    used: dict[str, str] = {}
    numbers = count()
    for element in root.iter():
        targets = [element.attrib[_HREF][1:]] if _HREF in element.attrib else []
        for text in element.attrib.values():
            targets += _LOCAL.findall(str(text))
        for target in targets:
            if target not in used:
                used[target] = f"g{_short(next(numbers))}"
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used:
            element.set("id", used[name])
        target = element.attrib.pop(_HREF, None)
        if target is not None:
            element.set("href", f"#{used[target[1:]]}")
        for key, text in element.attrib.items():
            if "url(#" in str(text):
                element.set(key, _LOCAL.sub(lambda found: f"url(#{used[found[1]]})", str(text)))


def _short(number: int) -> str:
    digits = _DIGITS[number % 36]
    return _short(number // 36) + digits if number >= 36 else digits


def _shift_by_attributes(element: etree._Element) -> None:
    """A letter's ``translate(x 0)`` is the same as ``x``."""
    shift = _SHIFT.fullmatch(element.get("transform", ""))
    if shift and element.tag == f"{{{_SVG}}}use" and not {"x", "y"} & set(element.attrib):
        del element.attrib["transform"]
        for key, text in zip(("x", "y"), shift.groups(), strict=True):
            if float(text):
                element.set(key, text)


def _decimals(element: etree._Element) -> int:
    """Letters are drawn in hundredths of their size and scaled down; one decimal is plenty."""
    return 1 if element.tag == f"{{{_SVG}}}use" else 6 if "scale" in element.get("transform", "") else 2


def _rounded(text: str, decimals: int) -> str:
    return _DECIMALS.sub(lambda found: f"{float(found[0]):.{decimals}f}".rstrip("0").rstrip("."), text)


def _unwrap_groups(root: etree._Element) -> None:
    """Groups that say nothing are replaced by what is in them; empty ones go."""
    for group in reversed(list(root.iter(f"{{{_SVG}}}g"))):
        parent = group.getparent()
        if parent is None or group.attrib:
            continue
        place = parent.index(group)
        parent[place : place + 1] = list(group)
