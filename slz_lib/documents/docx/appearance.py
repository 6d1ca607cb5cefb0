"""Building blocks of styles: letters, spacing, and the style itself."""

from __future__ import annotations

from collections.abc import Sequence

from slz_lib.documents.docx.markup import Element, w

#: Word's own names, which it translates for its user.
_BUILT_IN = frozenset(
    {
        "Normal",
        "Title",
        "Subtitle",
        "Body Text",
        "List Bullet",
        "List Number",
        "TOC Heading",
        "Hyperlink",
        "Default Paragraph Font",
        "Normal Table",
    }
)


def colour(hexadecimal: str) -> str:
    """A palette colour as Word writes it, without the hash."""
    return hexadecimal.removeprefix("#")


def face_of(name: str) -> Element:
    """One face for all scripts."""
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def letters_of(
    points: float | None = None,
    *,
    bold: bool | None = None,
    italic: bool = False,
    ink: str | None = None,
    face: str | None = None,
    underline: bool = False,
    extra: Sequence[Element] = (),
) -> Element:
    """Properties of letters in the schema's order."""
    weight = {} if bold else {"val": 0}
    return w(
        "rPr",
        face_of(face) if face else None,
        w("b", **weight) if bold is not None else None,
        w("bCs", **weight) if bold is not None else None,
        w("i") if italic else None,
        w("iCs") if italic else None,
        w("color", val=colour(ink)) if ink else None,
        w("sz", val=round(points * 2)) if points else None,
        w("szCs", val=round(points * 2)) if points else None,
        w("u", val="single") if underline else None,
        *extra,
    )


def spacing(before: float = 0, after: float = 0, line: float = 1.2) -> Element:
    """Points before and after, and the line as a multiple."""
    return w(
        "spacing",
        before=round(before * 20),
        after=round(after * 20),
        line=round(line * 240),
        lineRule="auto",
    )


def style(
    kind: str,
    ident: str,
    name: str,
    *properties: Element,
    based: str | None = None,
    following: str | None = None,
    default: bool = False,
    priority: int = 1,
) -> Element:
    """A style of ``kind`` (paragraph, character, table) with its properties in schema order.

    ``based`` is the style it inherits from, ``following`` the style of the next paragraph when
    someone writes on.
    """
    element = w(
        "style",
        w("name", val=name),
        w("basedOn", val=based) if based else None,
        w("next", val=following) if following else None,
        w("uiPriority", val=priority),
        w("qFormat") if kind == "paragraph" else None,
        *properties,
        type=kind,
        **({"default": 1} if default else {}),
    )
    element.set(element.tag.replace("style", "styleId"), ident)
    if not name[0].islower() and name not in _BUILT_IN:
        element.set(element.tag.replace("style", "customStyle"), "1")
    return element


def paragraph_style(
    ident: str,
    name: str,
    *layout: Element,
    letters: Element | None = None,
    based: str = "Normal",
    following: str | None = None,
) -> Element:
    """A style of paragraphs: ``layout`` of the paragraph, then its ``letters``."""
    properties = [w("pPr", *layout)] if layout else []
    if letters is not None:
        properties.append(letters)
    return style("paragraph", ident, name, *properties, based=based, following=following)
