"""The styles of the reference document, declared in code so that a reviewer can read them."""

from __future__ import annotations

from slz_lib.documents.docx.appearance import colour, letters_of, paragraph_style, spacing, style
from slz_lib.documents.docx.character_styles import characters
from slz_lib.documents.docx.markup import Element, twips, w
from slz_lib.documents.docx.table_styles import table_text, tables
from slz_lib.palette import INK, LINK, QUIET, SHADE

FACE = "Arial"
#: From where the text of a fact starts; its term stands before it.
FACT_INDENT = twips(48)


def _headings() -> list[Element]:
    """Headings told apart by size and weight; a chapter starts on a new page."""
    measures = {1: (19, 0, 10), 2: (14, 18, 6), 3: (12, 14, 4), 4: (11, 12, 3), 5: (10.5, 10, 3)}
    return [
        paragraph_style(
            f"Heading{level}",
            f"heading {level}",
            w("keepNext"),
            w("keepLines"),
            *([w("pageBreakBefore")] if level == 1 else []),
            spacing(before, after, 1.1),
            w("outlineLvl", val=level - 1),
            letters=letters_of(points, bold=True),
            following="BodyText",
        )
        for level, (points, before, after) in measures.items()
    ]


def _box(shade: str, rule: str) -> list[Element]:
    """A shaded box with a strong rule at its left."""
    sides = [
        w("top", val="single", sz=4, space=6, color=colour(shade)),
        w("left", val="single", sz=36, space=8, color=colour(rule)),
        w("bottom", val="single", sz=4, space=6, color=colour(shade)),
        w("right", val="single", sz=4, space=8, color=colour(shade)),
    ]
    return [w("pBdr", *sides), w("shd", val="clear", color="auto", fill=colour(shade))]


def _prose() -> list[Element]:
    measure = w("ind", right=twips(10))  # keeps a line under some eighty characters
    inset = w("ind", left=twips(4), right=twips(10))
    return [
        paragraph_style("BodyText", "Body Text", spacing(0, 8, 1.25), measure),
        paragraph_style(
            "Lead",
            "Hlavní sdělení",
            spacing(0, 10, 1.25),
            letters=letters_of(12.5),
            based="BodyText",
            following="BodyText",
        ),
        paragraph_style(
            "Finding",
            "Zjištění",
            w("keepLines"),
            *_box(SHADE, LINK),
            spacing(12, 14),
            inset,
            based="BodyText",
            following="BodyText",
        ),
        paragraph_style("Commentary", "Komentář", spacing(5, 5, 1.25), based="BodyText"),
        paragraph_style(
            "Quiet",
            "Poznámka",
            spacing(4, 8, 1.2),
            letters=letters_of(9, ink=QUIET),
            based="BodyText",
        ),
        paragraph_style(
            "ListBullet", "List Bullet", _list(1), spacing(0, 4, 1.2), based="BodyText"
        ),
        paragraph_style(
            "ListNumber", "List Number", _list(2), spacing(0, 4, 1.2), based="BodyText"
        ),
    ]


def _list(number: int) -> Element:
    return w("numPr", w("ilvl", val=0), w("numId", val=number))


def _front() -> list[Element]:
    fact = [w("keepLines"), w("tabs", w("tab", val="left", pos=FACT_INDENT)), spacing(0, 3, 1.2)]
    fact.append(w("ind", left=FACT_INDENT, hanging=FACT_INDENT))
    return [
        paragraph_style(
            "Title",
            "Title",
            w("keepNext"),
            spacing(0, 4, 1.05),
            letters=letters_of(24, bold=True),
            following="Subtitle",
        ),
        paragraph_style(
            "Subtitle",
            "Subtitle",
            w("keepNext"),
            spacing(0, 14, 1.1),
            letters=letters_of(14, ink=QUIET),
            following="BodyText",
        ),
        paragraph_style("Fact", "Údaj", *fact),
        paragraph_style(
            "CardFigure",
            "Údaj z\u00a0komentáře",
            w("keepLines"),
            spacing(0, 3, 1.2),
            w("ind", left=twips(6), right=twips(10), hanging=twips(6)),
        ),
        paragraph_style(
            "TOCHeading",
            "TOC Heading",
            w("keepNext"),
            spacing(22, 6, 1.1),
            letters=letters_of(15, bold=True),
        ),
        *(
            paragraph_style(
                f"TOC{level}",
                f"toc {level}",
                w("tabs", w("tab", val="right", leader="dot", pos=twips(160))),
                spacing(2 if level == 1 else 0, 0, 1.05),
                w("ind", left=twips(6) * (level - 1), right=twips(10)),
                letters=letters_of(9.5),  # the contents of a long report stay on one page
            )
            for level in (1, 2)
        ),
        *(
            paragraph_style(
                ident,
                name,
                w("tabs", w("tab", val="right", pos=twips(160))),
                spacing(0, 0, 1.1),
                letters=letters_of(8.5, ink=QUIET),
            )
            for ident, name in (("Header", "header"), ("Footer", "footer"))
        ),
    ]


def styles(language: str) -> list[Element]:
    """The children of ``w:styles`` for a document in ``language`` (BCP 47)."""
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            letters_of(
                10.5,
                face=FACE,
                extra=(w("lang", val=language, eastAsia=language, bidi=language),),
            ),
        ),
        w("pPrDefault", w("pPr", spacing(0, 0, 1.2))),
    )
    # The ink stands in Normal, not in the defaults: LibreOffice would lay the defaults' colour over
    # the character styles inside tables.
    normal = style("paragraph", "Normal", "Normal", letters_of(ink=INK), default=True, priority=0)
    # The schema wants bold before the table properties, hence families one after another.
    families = (_prose(), _headings(), _front(), table_text(), characters(), tables())
    return [defaults, normal, *(style for family in families for style in family)]
