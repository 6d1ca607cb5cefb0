"""Styles of tables and figures: captions, cells, notes, rules."""

from __future__ import annotations

from slz_lib.documents.docx.appearance import (
    colour,
    letters_of,
    paragraph_style,
    spacing,
    style,
)
from slz_lib.documents.docx.markup import Element, w
from slz_lib.palette import INK, QUIET, RULE, SHADE


def table_text() -> list[Element]:
    """Paragraphs of captions, cells and notes."""
    cell = spacing(2, 2, 1.1)
    return [
        paragraph_style(
            "Caption",
            "caption",
            w("keepNext"),
            w("keepLines"),
            spacing(14, 5, 1.15),
            letters=letters_of(10, bold=True),
            following="BodyText",
        ),
        paragraph_style(
            "FigureSubtitle",
            "Podtitul obrázku",
            w("keepNext"),
            spacing(0, 5, 1.15),
            letters=letters_of(9, ink=QUIET),
        ),
        paragraph_style("Figure", "Obrázek", w("keepNext"), spacing(0, 4, 1.0)),
        paragraph_style("TableText", "Text tabulky", cell, letters=letters_of(9)),
        paragraph_style(
            "TableNumber", "Číslo v\u00a0tabulce", w("jc", val="right"), based="TableText"
        ),
        paragraph_style(
            "TableHeader",
            "Záhlaví tabulky",
            w("keepNext"),
            letters=letters_of(bold=True),
            based="TableText",
        ),
        paragraph_style(
            "TableNumberHeader", "Záhlaví čísel", w("jc", val="right"), based="TableHeader"
        ),
        paragraph_style(
            "TableNote",
            "Poznámka k\u00a0tabulce",
            spacing(4, 0, 1.15),
            letters=letters_of(8.5, ink=QUIET),
        ),
        paragraph_style(
            "TableEnd",
            "Konec tabulky",
            w("spacing", before=0, after=0, line=160, lineRule="exact"),
            letters=letters_of(2),
        ),
    ]


def tables() -> list[Element]:
    """Tables with horizontal rules only."""
    margins = w(
        "tblCellMar",
        w("top", w=0, type="dxa"),
        w("left", w=85, type="dxa"),
        w("bottom", w=0, type="dxa"),
        w("right", w=85, type="dxa"),
    )
    light: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": colour(RULE)}
    strong: dict[str, str | int] = {"val": "single", "sz": 12, "space": 0, "color": colour(INK)}
    plain = style(
        "table",
        "TableNormal",
        "Normal Table",
        w("tblPr", w("tblInd", w=0, type="dxa"), margins),
        default=True,
        priority=99,
    )
    report = style(
        "table",
        "ReportTable",
        "Tabulka zprávy",
        w(
            "tblPr",
            w("tblStyleRowBandSize", val=1),
            w("tblInd", w=0, type="dxa"),
            w("tblBorders", w("top", **strong), w("bottom", **strong), w("insideH", **light)),
        ),
        w(
            "tblStylePr",
            w("rPr", w("b"), w("bCs")),
            w("tcPr", w("tcBorders", w("bottom", **strong)), w("vAlign", val="bottom")),
            type="firstRow",
        ),
        w("tblStylePr", w("rPr", w("b"), w("bCs")), type="firstCol"),
        w(
            "tblStylePr",
            w("tcPr", w("shd", val="clear", color="auto", fill=colour(SHADE))),
            type="band2Horz",
        ),
        based="TableNormal",
    )
    return [plain, report]
