"""Figures: a caption that states the finding, the picture in line with the text, its alt text."""

from __future__ import annotations

import io

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, paragraph, runs, w
from slz_lib.documents.docx.styles import Style
from slz_lib.documents.docx.tables import caption
from slz_lib.documents.model import Figure, Run
from slz_lib.documents.office import storable

_EMU_PER_MM = 36_000
_TWIPS_PER_MM = 1440 / 25.4


def _drawing(figure: Figure, png: bytes, number: int, width: int, part: StoryPart) -> Element:
    """The picture at its size in print, or at ``width`` twips where it would be wider."""
    scale = min(1.0, width / _TWIPS_PER_MM / figure.width_mm) * _EMU_PER_MM
    relation, _ = part.get_or_add_image(io.BytesIO(png))
    size = (Emu(round(figure.width_mm * scale)), Emu(round(figure.height_mm * scale)))
    inline_picture = CT_Inline.new_pic_inline(number, relation, f"Obrázek {number}", *size)
    for side in ("distT", "distB", "distL", "distR"):
        inline_picture.set(side, "0")  # LibreOffice would leave some room
    # The outer properties are what screen readers read, the inner ones what some programs do.
    for tag in ("wp:docPr", "pic:cNvPr"):
        for label in inline_picture.iter(qn(tag)):
            label.set("name", f"Obrázek {number}")
            label.set("descr", storable(figure.alt))
            label.set("title", storable(figure.caption))
    return w("drawing", inline_picture)


def figure_elements(figure: Figure, png: bytes, width: int, links: Links) -> list[Element]:
    """Caption, unit and source, the picture (``png``), and where its data stand."""
    number = links.known[figure.anchor].number or 0
    drawing = w("r", _drawing(figure, png, number, width, links.part))
    found = [caption("Obrázek", figure.anchor, figure.caption, links)]
    if figure.subtitle:
        found.append(paragraph(Style.FIGURE_SUBTITLE, runs(figure.subtitle)))
    if figure.table is None:
        return [*found, paragraph(Style.FIGURE, [drawing], w("keepNext", val=0))]
    source = inline((Run(text="Data: "), Run(text="", ref=figure.table), Run(text=".")), links)
    return [*found, paragraph(Style.FIGURE, [drawing]), paragraph(Style.TABLE_NOTE, source)]
