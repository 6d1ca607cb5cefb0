"""The fonts that Typst sets with."""

from __future__ import annotations

from functools import lru_cache

import typst

from slz_lib.typeface import folder


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """DejaVu from matplotlib; the machine's own fonts are never asked."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())]
    )
