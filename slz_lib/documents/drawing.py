"""SVG drawings made fit to stand inside a page: safe, with ids of their own, named.

Only the parts of SVG that draw are let through, so nothing in a drawing can run, load or link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from slz_lib.documents.model import Document, Figure
from slz_lib.documents.office import storable
from slz_lib.errors import DocumentError

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
# fmt: off
_DRAWING = frozenset((
    "svg", "g", "defs", "symbol", "use", "image",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "text", "tspan", "textPath",
    "clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient", "stop",
))
# fmt: on
#: What says something about a drawing and is no part of it.
_SILENT = frozenset(("style", "title", "desc", "metadata"))
#: Attributes that name things for scripts or the outside; the drawing itself needs none of them.
_UNWANTED = re.compile(r"on.*|role|tabindex|aria-.*|class|.*base|.*space", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_ANY_URL = re.compile(r"url\s*\(|@import|expression\s*\(|\\", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg);base64,")
#: matplotlib writes one rule for all elements; both properties are inherited.
_RULE_FOR_ALL = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
#: Characters of a drawing that is still read, and with them its elements and attributes.
LONGEST = 5_000_000
_LENGTH = re.compile(r"\s*([0-9.]+)")


#: Width of a narrow drawing on a small sheet.
_BOOKLET_MM = 74.0


def on_paper(document: Document) -> Document:
    """``document`` as it is printed: what is there to be read, on a small sheet drawn narrow."""
    document = document.to_read()
    if document.title.paper == "a4":
        return document
    blocks = (_narrow(b) if isinstance(b, Figure) and b.narrow else b for b in document.blocks)
    return document.model_copy(update={"blocks": tuple(blocks)})


def _narrow(figure: Figure) -> Figure:
    root = _root(figure.narrow)
    if root is None:
        return figure
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    size = {"width_mm": _BOOKLET_MM, "height_mm": _BOOKLET_MM * height / width}
    return figure.model_copy(update={"svg": figure.narrow, **size})


def undrawn(svg: str) -> set[str] | None:
    """Names of what stands in ``svg`` and not every format draws; ``None`` where it is no SVG."""
    root = _root(svg)
    if root is None:
        return None
    drawing = list(root.iter(f"{{{_SVG}}}*"))
    elsewhere = {
        etree.QName(element).localname
        for element in drawing
        for key, text in element.items()
        if key in ("href", _XLINK_HREF) and not _wanted(str(key), str(text))
    }
    return elsewhere | {etree.QName(element).localname for element in drawing} - _DRAWING - _SILENT


def inline_svg(figure: Figure, letters: dict[str, str] | None) -> str:
    """The figure's SVG as elements for a page, ids prefixed by its anchor, named by its alt text.

    Where a figure has two drawings, their classes say which is for which width.

    Args:
        figure: what to show.
        letters: ids of the outlines that the page has already; this drawing adds its own. ``None``
            where others write the page too, as in JupyterLab: each drawing has outlines of its own.

    Raises:
        DocumentError: the drawing is not well-formed SVG.
    """
    if not figure.narrow:
        return _inline(figure, figure.svg, letters)
    widths = {"broad": figure.svg, "narrow": figure.narrow}
    return "".join(_inline(figure, svg, letters, width) for width, svg in widths.items())


def _inline(figure: Figure, svg: str, letters: dict[str, str] | None, width: str = "") -> str:
    root = _root(svg)
    if root is None:
        raise DocumentError(f"Obrázek „{figure.caption}“ nemá čitelné SVG; nakreslete jej znovu.")
    style = "".join(_inherited_style(root))
    _keep_drawing(root)
    _prefix_ids(root, f"slz-{figure.anchor}-{width}")
    if letters is not None:
        _share_letters(root, letters)
    _frame(root, style)
    if width:
        root.set("class", width)
    root.set("role", "img")
    root.set("aria-label", storable(figure.alt))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode", with_tail=False)


def _root(svg: str) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    if len(svg) > LONGEST:
        return None
    try:
        root = etree.fromstring(svg.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None
    return root if root.tag == f"{{{_SVG}}}svg" else None


def _inherited_style(root: etree._Element) -> Iterator[str]:
    for sheet in root.iter(f"{{{_SVG}}}style"):
        found = _RULE_FOR_ALL.fullmatch(sheet.text or "")
        if found and not _ANY_URL.search(found[1]):
            yield found[1].strip()


def _keep_drawing(root: etree._Element) -> None:
    for element in list(root.iter()):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        parent = element.getparent()
        if name not in _DRAWING or element.tag != f"{{{_SVG}}}{name}":
            if parent is not None:
                parent.remove(element)
            continue
        for key, text in list(element.attrib.items()):
            if not _wanted(str(key), str(text)):
                del element.attrib[key]


def _wanted(key: str, text: str) -> bool:
    name = key.rpartition("}")[2]
    if name == "href":
        return text.startswith("#") or _EMBEDDED.match(text) is not None
    if key.startswith("{") or _UNWANTED.fullmatch(name):
        return False
    return not _ANY_URL.search(_LOCAL_URL.sub("", text))


def _prefix_ids(root: etree._Element, prefix: str) -> None:
    """Ids of several drawings meet in one page: each drawing gets a prefix of its own."""
    for element in root.iter():
        for key, text in list(element.attrib.items()):
            name, value = str(key), str(text)
            if name == "id":
                element.set("id", prefix + value)
            elif name in ("href", _XLINK_HREF):
                del element.attrib[key]
                element.set("href", f"#{prefix}{value[1:]}" if value.startswith("#") else value)
            elif "url(" in value:
                element.set(name, _LOCAL_URL.sub(rf"url(#{prefix}\1)", value))


def _share_letters(root: etree._Element, letters: dict[str, str]) -> None:
    """An outline stands in a page once, however many drawings write with it."""
    names = {}
    for path in list(root.iterfind(f".//{{{_SVG}}}defs/{{{_SVG}}}path[@id]")):
        outline = f"{path.get('d')} {path.get('transform')}"
        if not set(path.attrib) <= {"id", "d", "transform"}:
            continue
        known = outline in letters
        names[f"#{path.get('id')}"] = f"#{letters.setdefault(outline, f'slz-{len(letters)}')}"
        path.set("id", letters[outline])
        parent = path.getparent()
        if known and parent is not None:
            parent.remove(path)
    for use in root.iter(f"{{{_SVG}}}use"):
        if name := names.get(use.get("href", "")):
            use.set("href", name)


def _frame(root: etree._Element, style: str) -> None:
    """Let the drawing grow and shrink with its place; its proportion stays in ``viewBox``."""
    sizes = [_LENGTH.match(str(root.attrib.pop(side, ""))) for side in ("width", "height")]
    if root.get("viewBox") is None and sizes[0] and sizes[1]:
        root.set("viewBox", f"0 0 {sizes[0][1]} {sizes[1][1]}")
    if style:
        root.set("style", "; ".join(filter(None, (style.rstrip("; "), root.get("style")))))
