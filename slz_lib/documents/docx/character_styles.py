"""Styles of words: links, terms, code, and the statuses with their colours."""

from __future__ import annotations

from slz_lib.documents.docx.appearance import colour, letters_of, style
from slz_lib.documents.docx.markup import Element, w
from slz_lib.palette import INK, LINK, ON_STATUS, STATUS
from slz_lib.vocabulary import Status

CODE_FACE = "Consolas"


def status_style(status: Status) -> str:
    """Id of the character style of a status."""
    return f"Status{status.value.title()}"


def characters() -> list[Element]:
    """The character styles of the report."""
    found = [
        style(
            "character",
            "DefaultParagraphFont",
            "Default Paragraph Font",
            default=True,
            priority=99,
        ),
        style(
            "character", "Hyperlink", "Hyperlink", letters_of(ink=LINK, underline=True), priority=99
        ),
        style("character", "Term", "Pojem", letters_of(bold=True)),
        style("character", "Code", "Kód", letters_of(face=CODE_FACE)),
        style("character", "Draft", "Značka návrhu", letters_of(11, bold=True, ink=INK)),
    ]
    for status in Status:
        fill, text = STATUS[status], ON_STATUS[status]
        # A light fill gets an outline of ink, where it would melt into white paper.
        edge = text if text == INK else fill
        found.append(
            style(
                "character",
                status_style(status),
                f"Stav {status.label}",
                letters_of(
                    bold=True,
                    ink=text,
                    extra=(
                        w("bdr", val="single", sz=4, space=0, color=colour(edge)),
                        w("shd", val="clear", color="auto", fill=colour(fill)),
                    ),
                ),
            )
        )
    return found
