"""Figures: a caption that states the finding, the picture in line with the text, its alt text."""

from __future__ import annotations

import io

from lxml import etree

from slz_lib.documents.characters import storable
from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, R, paragraph, runs, w
from slz_lib.documents.docx.styles import Style
from slz_lib.documents.docx.tables import caption
from slz_lib.documents.model import Figure, Run

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMU_PER_MM = 36_000
_TWIPS_PER_MM = 1440 / 25.4


def _node(space: str, tag: str, *children: Element, **attributes: str | int) -> Element:
    names = {"wp": _WP, "a": _A, "pic": _PIC, "r": R}
    element = etree.Element(f"{{{space}}}{tag}", nsmap=names)
    for name, value in attributes.items():
        element.set(name, str(value))
    element.extend(children)
    return element


def _drawing(figure: Figure, number: int, width: int, relation: str) -> Element:
    """The picture at its size in print, or at ``width`` twips where it would be wider."""
    scale = min(1.0, width / _TWIPS_PER_MM / figure.width_mm)
    size = {
        "cx": round(figure.width_mm * scale * _EMU_PER_MM),
        "cy": round(figure.height_mm * scale * _EMU_PER_MM),
    }
    label: dict[str, str | int] = {
        "id": number,
        "name": f"Obrázek {number}",
        "descr": storable(figure.alt),
        "title": storable(figure.caption),
    }
    blip = _node(_A, "blip")
    blip.set(f"{{{R}}}embed", relation)
    picture = _node(
        _PIC,
        "pic",
        _node(_PIC, "nvPicPr", _node(_PIC, "cNvPr", **label), _node(_PIC, "cNvPicPr")),
        _node(_PIC, "blipFill", blip, _node(_A, "stretch", _node(_A, "fillRect"))),
        _node(
            _PIC,
            "spPr",
            _node(_A, "xfrm", _node(_A, "off", x=0, y=0), _node(_A, "ext", **size)),
            _node(_A, "prstGeom", _node(_A, "avLst"), prst="rect"),
        ),
    )
    graphic = _node(_A, "graphic", _node(_A, "graphicData", picture, uri=_PIC))
    fixed = _node(_WP, "cNvGraphicFramePr", _node(_A, "graphicFrameLocks", noChangeAspect=1))
    return w(
        "drawing",
        _node(
            _WP,
            "inline",
            _node(_WP, "extent", **size),
            _node(_WP, "docPr", **label),
            fixed,
            graphic,
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        ),
    )


def figure_elements(figure: Figure, png: bytes, width: int, links: Links) -> list[Element]:
    """Caption, unit and source, the picture (``png``), and where its data stand."""
    number = links.known[figure.anchor].number or 0
    relation, _ = links.part.get_or_add_image(io.BytesIO(png))
    drawing = w("r", _drawing(figure, number, width, relation))
    found = [caption("Obrázek", figure.anchor, figure.caption, links)]
    if figure.subtitle:
        found.append(paragraph(Style.FIGURE_SUBTITLE, runs(figure.subtitle)))
    if figure.table is None:
        return [*found, paragraph(Style.FIGURE, [drawing], w("keepNext", val=0))]
    source = inline((Run(text="Data: "), Run(text="", ref=figure.table), Run(text=".")), links)
    return [*found, paragraph(Style.FIGURE, [drawing]), paragraph(Style.TABLE_NOTE, source)]
