"""Facts about the typeface of print."""

from __future__ import annotations

import pytest

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
