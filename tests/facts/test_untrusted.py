"""What text from outside may do to a terminal: nothing."""

from __future__ import annotations

import pytest

from slz_lib.untrusted import LONGEST_LINE, MOST_LINES, line, lines, printable, shown, shown_path


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Příliš žluťoučký kůň – „a“ …", "Příliš žluťoučký kůň – „a“ …"),
        ("12\u00a0345\u202f6", "12\u00a0345\u202f6"),
        ("a\x1b[2Jb\x07\x7f\x9b", "a\\u001b[2Jb\\u0007\\u007f\\u009b"),
        ("a\nb\r\tc", "a\\u000ab\\u000d\\u0009c"),
        ("a\u202eb\u2066\u200e", "a\\u202eb\\u2066\\u200e"),
        ("a\ud800b\udcff", "a\\ud800b\\udcff"),
        ("a\ue000\u2028", "a\\ue000\\u2028"),
    ],
)
def test_characters_that_steer_a_terminal_are_spelled(text: str, safe: str) -> None:
    assert printable(text) == safe


def test_a_value_is_cut_at_its_end_and_a_path_at_its_beginning() -> None:
    assert shown("a" * 500) == "a" * 79 + "…"
    assert shown_path("/x" * 200 + "/konec.csv").endswith("/konec.csv")
    assert len(shown_path("/x" * 200)) == 80


def test_a_line_and_a_message_have_an_end() -> None:
    assert len(line("a" * 10_000)) == LONGEST_LINE
    assert lines("a\x1b\nb") == ["a\\u001b", "b"]
    assert lines("") == [""]
    many = lines("a\n" * 5_000)
    assert len(many) == MOST_LINES + 1
    assert many[-1] == "… a\u00a0další řádky: 4000"
