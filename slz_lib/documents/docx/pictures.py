"""Charts as PNG, which Word asks for; everything else shows them as the SVG that they are.

Typst draws them, which starts threads: a process that has written pictures must not be forked.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import typst
from PIL import Image

from slz_lib.documents.model import Figure
from slz_lib.documents.typst_fonts import fonts
from slz_lib.errors import DocumentError

#: Dots per inch of a picture at its width in print.
DPI = 200

_PAGES = b"""
#for it in json(bytes(sys.inputs.pictures)) {
  let (width, height) = (it.width * 1mm, it.height * 1mm)
  page(width: width, height: height, margin: 0pt, fill: white,
    image(bytes(it.svg), format: "svg", width: width, height: height))
}
"""
_NEARLY_WHITE = 253


def pngs(figures: Sequence[Figure]) -> list[bytes]:
    """The PNG of each of ``figures`` at :data:`DPI`; the same for the same drawing everywhere.

    Raises:
        DocumentError: a drawing cannot be read; names its figure.
    """
    if not figures:
        return []
    try:
        return [_reduced(page) for page in _drawn(figures)]
    except typst.TypstError as fault:
        if len(figures) > 1:
            return [picture for figure in figures for picture in pngs([figure])]
        raise DocumentError(
            f"Obrázek „{figures[0].caption}“ nejde převést pro Word;"
            " spusťte znovu buňku, která ho kreslí."
        ) from fault


def _drawn(figures: Sequence[Figure]) -> list[bytes]:
    pictures = [
        {"svg": figure.svg, "width": figure.width_mm, "height": figure.height_mm}
        for figure in figures
    ]
    drawn = typst.Compiler(
        _PAGES,
        font_paths=fonts(),
        sys_inputs={"pictures": json.dumps(pictures)},
    ).compile(format="png", ppi=DPI)
    return drawn if isinstance(drawn, list) else [drawn or b""]


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
