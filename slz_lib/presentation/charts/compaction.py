"""matplotlib's SVG made small: short names of letters, two decimals, nothing that is not drawn.

A page carries a dozen drawings, and four fifths of matplotlib's SVG are the places of single
letters.
"""

from __future__ import annotations

import re

import numpy as np
from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_USE, _GROUP, _PATH, _LINK = (f"{{{_SVG}}}{name}" for name in ("use", "g", "path", "a"))
_DECIMALS = re.compile(r"-?\d+\.\d{2,}")
#: Of a text: it is turned by nothing, and what it stands in has letters.
_UNTURNED, _FAMILY = re.compile(r"rotate\(-?0 .*\)"), re.compile(r" ?font-family: [^;]*;")
_MOVE = re.compile(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)")
_LOCAL = re.compile(r"url\(#([^)]+)\)")
#: White around the commands of a path says nothing.
_AROUND_COMMANDS = re.compile(r"\s*([A-Za-z])\s*")


def compact(svg: str) -> str:
    """``svg`` as matplotlib writes it, the same picture in a fraction of the bytes."""
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, huge_tree=True
    )
    root = etree.fromstring(svg.encode(), parser)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    # A picture in print leads nowhere: what stands in a link stays, the link goes.
    for link in root.iter(_LINK):
        link.tag = _GROUP
        link.attrib.clear()
    _drop_blanks(root)
    _shorten_names(root)
    for element in root.iter():
        _shorten_numbers(element)
    _unwrap_groups(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _drop_blanks(root: etree._Element) -> None:
    """Letters without an outline (spaces) are not drawn at all."""
    blanks = {
        path.get("id")
        for path in root.iter(_PATH)
        if not path.get("d", "").strip() and path.get("id")
    }
    for element in [*root.iter(_USE), *root.iter(_PATH)]:
        parent = element.getparent()
        named = element.get(_HREF, "")[1:] if element.tag == _USE else element.get("id")
        if named in blanks and parent is not None:
            parent.remove(element)


def _shorten_names(root: etree._Element) -> None:
    """Names that are used get a short one, the others go."""
    targets = [
        target
        for element in root.iter()
        for key, text in _attributes(element).items()
        for target in ([text[1:]] if key == _HREF and text[0] == "#" else _LOCAL.findall(text))
    ]
    names = enumerate(dict.fromkeys(targets))
    short = {name: f"g{np.base_repr(number, 36).lower()}" for number, name in names}
    for element in root.iter():
        for key, text in _attributes(element).items():
            if key == _HREF:
                del element.attrib[key]
                # An embedded picture is its own target.
                element.set("href", f"#{short[text[1:]]}" if text[0] == "#" else text)
            elif key == "id":
                del element.attrib[key]
                if text in short:
                    element.set(key, short[text])
            elif "url(#" in text:
                element.set(key, _LOCAL.sub(lambda found: f"url(#{short[found[1]]})", text))


def _attributes(element: etree._Element) -> dict[str, str]:
    """A copy of the attributes, to be read while the element changes."""
    return {str(key): str(text) for key, text in element.attrib.items()}


def _shorten_numbers(element: etree._Element) -> None:
    """Two decimals of a point are plenty; one for letters, which are drawn large and scaled."""
    given = _attributes(element)
    if _UNTURNED.fullmatch(given.get("transform", "")):
        del element.attrib["transform"]
        element.set("style", _FAMILY.sub("", given["style"]))
    move = _MOVE.match(given.get("transform", ""))
    if element.tag == _USE:
        if move and move[0] == given["transform"] and not {"x", "y"} & set(given):
            del element.attrib["transform"]
            for key, text in zip(("x", "y"), move.groups(), strict=True):
                if float(text):
                    element.set(key, _rounded(text, 1))
        return
    if move:
        moved = f"translate({_rounded(move[1], 2)} {_rounded(move[2], 2)})"
        element.set("transform", moved + given["transform"][move.end() :])
    for key in ("x", "y", "width", "height"):
        if key in given:
            element.set(key, _rounded(given[key], 2))
    if "d" in given:
        element.set("d", _rounded(_AROUND_COMMANDS.sub(r"\1", given["d"]).strip(), 2))


def _rounded(text: str, decimals: int) -> str:
    """``text`` with its numbers rounded and without zeros at their ends."""
    return _DECIMALS.sub(
        lambda found: f"{float(found[0]):.{decimals}f}".rstrip("0").rstrip("."), text
    )


def _unwrap_groups(root: etree._Element) -> None:
    """Groups that say nothing are replaced by what is in them."""
    for group in reversed(list(root.iter(_GROUP))):
        parent = group.getparent()
        if parent is None or group.attrib:
            continue
        place = parent.index(group)
        parent[place : place + 1] = list(group)
