"""What is said of a typed cell that could not be read or is doubtful, and headings: as data."""

from __future__ import annotations

import csv
from pathlib import Path

from slz_lib.language import no_breaks
from slz_lib.untrusted import shown

with (Path(__file__).parent / "sentences.csv").open(encoding="utf-8", newline="") as _stream:
    #: What is said by its id, with names of what it quotes in braces.
    SENTENCES = {row["id"]: no_breaks(row["sentence"]) for row in csv.DictReader(_stream)}


def said(sentence: str, **quoted: str) -> str:
    """The Czech sentence of this id; what it quotes is made short and printable."""
    return SENTENCES[sentence].format_map({name: shown(text) for name, text in quoted.items()})
