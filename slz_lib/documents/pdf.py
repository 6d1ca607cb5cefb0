"""The PDF of a document: PDF/UA-1 and PDF/A-3a, set by Typst.

The document goes to the committed template as JSON. Its texts are strings there: whatever stands in
them is printed as it stands and never evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import typst

from slz_lib.documents.model import Block, Document
from slz_lib.documents.pdf_data import template_data
from slz_lib.documents.typeface import folder, printable
from slz_lib.errors import DocumentError

_TEMPLATES = Path(__file__).with_name("templates")
_PICTURES = {"svg", "png"}


def render(document: Document) -> bytes:
    """The bytes of the PDF; the same for the same document on every machine and every day.

    Raises:
        DocumentError: the text has a character that the font lacks, a reference leads nowhere, or
            the document cannot be made accessible (a skipped heading level, an unreadable picture).
    """
    document = document.to_read()
    try:
        data = template_data(document)
    except KeyError as fault:
        raise DocumentError(
            f"Odkaz vede na kotvu „{fault.args[0]}“, kterou dokument nemá; opravte ji v notebooku."
        ) from fault
    compiler = typst.Compiler(
        str(_TEMPLATES / "report.typ"),
        root=str(_TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )
    try:
        pdf = compiler.compile(
            format="pdf",
            pdf_standards=["ua-1", "a-3a"],
            timestamp=datetime.combine(document.title.as_of, time(), UTC),
        )
    except typst.TypstError as fault:
        raise DocumentError(_explained(document, fault)) from fault
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """DejaVu from matplotlib; the machine's own fonts are never asked."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())]
    )


def _explained(document: Document, fault: typst.TypstError) -> str:
    """A Czech sentence for what Typst refused; it names characters that the font lacks."""
    lacking = _lacking(document)
    if lacking:
        return "Písmo PDF nemá tyto znaky, nahraďte je: " + "; ".join(lacking) + "."
    return f"PDF nelze vytvořit: {fault.message}."


def _lacking(document: Document) -> list[str]:
    """Characters that cannot be printed and where they stand: ``„漢“ (U+6F22), buňka 3``."""
    places: list[tuple[str, Block]] = [("titulní údaje", document.title)]
    places += zip(document.origins, document.blocks, strict=True)
    found: list[str] = []
    for origin, block in places:
        texts = _strings(block.model_dump(exclude=_PICTURES))
        characters = {char for text in texts for char in text if not printable(char)}
        found += [f"„{char}“ (U+{ord(char):04X}), {origin}" for char in sorted(characters)]
    return found


def _strings(value: object) -> Iterator[str]:
    """Every string in a dumped block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)
