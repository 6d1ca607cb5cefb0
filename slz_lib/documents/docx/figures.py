"""Figures: a caption that states the finding, the picture in line with the text, its alt text.

Word asks for charts as PNG; everything else shows them as the SVG that they are. Typst draws them,
which starts threads: a process that has written pictures must not be forked.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import typst
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.story import StoryPart
from docx.shared import Emu
from PIL import Image

from slz_lib.documents.docx.fields import Links, inline
from slz_lib.documents.docx.markup import Element, Room, Style, paragraph, runs, w
from slz_lib.documents.docx.tables import caption
from slz_lib.documents.model import Figure, Run
from slz_lib.documents.office import storable
from slz_lib.documents.pdf import fonts

#: Dots per inch of a picture at its width in print.
DPI = 200

_PAGES = b"""
#set text(font: "DejaVu Sans")
#for it in json(bytes(sys.inputs.pictures)) {
  let (width, height) = (it.width * 1mm, it.height * 1mm)
  page(width: width, height: height, margin: 0pt, fill: white,
    image(bytes(it.svg), format: "svg", width: width, height: height))
}
"""
_NEARLY_WHITE = 253
_EMU_PER_MM = 36_000
_TWIPS_PER_MM = 1440 / 25.4
#: What a picture leaves on its page to the heading, the sentence and the caption above it.
_AROUND_MM = 50.0


def _drawing(figure: Figure, png: bytes, number: int, room: Room, part: StoryPart) -> Element:
    """The picture at its size in print, or as large as there is ``room`` for it and its caption."""
    wide, high = (side / _TWIPS_PER_MM for side in room)
    scale = min(1.0, wide / figure.width_mm, (high - _AROUND_MM) / figure.height_mm) * _EMU_PER_MM
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


def figure_elements(figure: Figure, png: bytes, room: Room, links: Links) -> list[Element]:
    """Caption, unit and source, the picture (``png``), and where its data stand."""
    number = links.known[figure.anchor].number or 0
    drawing = w("r", _drawing(figure, png, number, room, links.part))
    found = [caption("Obrázek", figure.anchor, figure.caption, links)]
    if figure.subtitle:
        found.append(paragraph(Style.FIGURE_SUBTITLE, runs(figure.subtitle)))
    if figure.table is None:
        return [*found, paragraph(Style.FIGURE, [drawing], w("keepNext", val=0))]
    source = inline((Run(text="Data: "), Run(text="", ref=figure.table), Run(text=".")), links)
    return [*found, paragraph(Style.FIGURE, [drawing]), paragraph(Style.TABLE_NOTE, source)]


def pngs(figures: Sequence[Figure]) -> list[bytes]:
    """The PNG of each of ``figures`` at :data:`DPI`; the same for the same drawing everywhere."""
    if not figures:
        return []
    pictures = [
        {"svg": figure.svg, "width": figure.width_mm, "height": figure.height_mm}
        for figure in figures
    ]
    inputs = {"pictures": json.dumps(pictures)}
    compiler = typst.Compiler(_PAGES, font_paths=fonts(), sys_inputs=inputs)
    drawn = compiler.compile(format="png", ppi=DPI)
    return [_reduced(page) for page in (drawn if isinstance(drawn, list) else [drawn or b""])]


def _reduced(png: bytes) -> bytes:
    """A chart has few colours: a palette of 256 keeps them and takes half of the bytes."""
    with Image.open(io.BytesIO(png)) as drawn:
        reduced = drawn.convert("RGB").quantize(
            256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    # The mean of a colour and its neighbours is a shade too dark where it is to be paper.
    colours = reduced.getpalette() or []
    paper = [min(colours[at : at + 3]) >= _NEARLY_WHITE for at in range(0, len(colours), 3)]
    reduced.putpalette([255 if paper[at // 3] else part for at, part in enumerate(colours)])
    dense = io.BytesIO()
    reduced.save(dense, format="png", compress_level=8, dpi=(DPI, DPI))
    return dense.getvalue()
