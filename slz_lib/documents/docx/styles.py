"""The styles that the writer uses, by the names that they have in the reference document.

Word gives a style another id in each of its languages, but leaves the name of a built-in one alone.
"""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary import Status


class Style(StrEnum):
    """Names of the styles of paragraphs, words and tables; those of levels and statuses apart."""

    TITLE = "Title"
    SUBTITLE = "Subtitle"
    BODY = "Body Text"
    LEAD = "Hlavní sdělení"
    FINDING = "Zjištění"
    QUIET = "Poznámka"
    BULLETS = "List Bullet"
    NUMBERS = "List Number"
    FACT = "Údaj"
    CARD_FIGURE = "Údaj z\u00a0komentáře"
    COMMENTARY = "Komentář"
    CONTENTS = "TOC Heading"
    HEADER = "header"
    FOOTER = "footer"
    CAPTION = "caption"
    FIGURE = "Obrázek"
    FIGURE_SUBTITLE = "Podtitul obrázku"
    TABLE = "Tabulka zprávy"
    TABLE_TEXT = "Text tabulky"
    TABLE_NUMBER = "Číslo v\u00a0tabulce"
    TABLE_HEADER = "Záhlaví tabulky"
    NUMBER_HEADER = "Záhlaví čísel"
    TABLE_NOTE = "Poznámka k\u00a0tabulce"
    TABLE_END = "Konec tabulky"
    LINK = "Hyperlink"
    TERM = "Pojem"
    CODE = "Kód"
    DRAFT = "Značka návrhu"


def heading_style(level: int) -> str:
    """The style of a heading of ``level``."""
    return f"heading {level}"


def contents_style(level: int) -> str:
    """The style of an entry of the contents that leads to a heading of ``level``."""
    return f"toc {level}"


def status_style(status: Status) -> str:
    """The style of a status: its sign and word on its colour."""
    return f"Stav {status.label}"
