"""Facts about the typeface of print."""

from __future__ import annotations

import contextlib
import os

import pytest
from matplotlib.font_manager import FontEntry, fontManager

from slz_lib import typeface
from slz_lib.presentation.charts import lettering
from slz_lib.presentation.charts.canvas import render, sheet
from slz_lib.typeface import bold_width, missing_glyphs


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Příliš žluťoučký kůň – „úpěl“ ďábelské ódy…\n", ""),
        ("●\u00a0SPLNĚNO, 25\u00a0°C, ne\u00adroz\u200bdělí", ""),
        ("漢 a 🚀 a 漢", "漢🚀"),
        ("odrážka \uf0b7, \x0b, \ud800", "\uf0b7\x0b\ud800"),
    ],
    ids=["Czech", "signs and what only steers", "no glyph", "private use, control, surrogate"],
)
def test_characters_without_a_glyph_are_named_once_in_their_order(text: str, missing: str) -> None:
    assert missing_glyphs(text) == missing


@pytest.mark.filterwarnings("error")
def test_a_text_is_measured_whatever_stands_in_it() -> None:
    assert bold_width("🚀\ud800\uf0b7", 9) == 3 * bold_width("M", 9)
    assert bold_width("\u00ad\n", 9) == 0


def test_charts_have_the_shipped_letters_whatever_fonts_the_machine_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def drawn() -> str:
        lettering.width_mm.cache_clear()
        return render(
            lambda drawing: lettering.write(
                sheet(drawing), lettering.width_mm("◔"), 5, "◔ Žluťoučký kůň", bold=True
            ),
            width_mm=60,
            height_mm=10,
        ).svg

    shipped = drawn()
    other = FontEntry(
        fname=str(typeface.folder() / "DejaVuSerif.ttf"), name="DejaVu Sans", weight=700
    )
    monkeypatch.setattr(fontManager, "ttflist", [other])
    fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]
    try:
        assert drawn() == shipped
    finally:
        fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system that cannot fork")
@pytest.mark.filterwarnings("ignore")
def test_processes_that_fork_with_an_open_font_measure_alike() -> None:
    """A font that was open before the fork would be read by both from one place in the file."""
    letters = "".join(map(chr, range(0x100, 0x17F)))
    expected = bold_width(letters, 10)
    children = []
    for _ in range(3):
        pid = os.fork()
        if not pid:
            code = 1
            with contextlib.suppress(Exception):
                widths = set()
                for _ in range(10):
                    typeface._advance.cache_clear()
                    widths.add(bold_width(letters, 10))
                code = int(widths != {expected})
            os._exit(code)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0]
