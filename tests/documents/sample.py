"""A small synthetic document with every kind of block, and others made of parts of it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TypeVar

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from slz_lib.documents import markdown, model as m
from tests.samples.scales import MARKS

B = TypeVar("B", bound=m.Block)


def run(text: str, **form: object) -> m.Run:
    return m.Run(text=text, **form)  # type: ignore[arg-type]


def words(text: str) -> m.Paragraph:
    return m.Paragraph(text=(run(text),))


def heading(text: str, level: int = 1) -> m.Heading:
    return m.Heading(level=level, text=(run(text),), anchor=text.replace(" ", "-"))


def row(*texts: str, **form: object) -> m.Row:
    return m.Row(cells=tuple(m.Cell(text=text) for text in texts), **form)  # type: ignore[arg-type]


def table(anchor: str, columns: Iterable[m.Column], rows: Iterable[Iterable[str]]) -> m.Table:
    return m.Table(
        anchor=anchor,
        caption=f"Tabulka s kotvou {anchor}",
        columns=tuple(columns),
        rows=tuple(row(*texts) for texts in rows),
        notes=("— znamená neurčeno.",),
    )


def of(*blocks: m.Block, **title: object) -> m.Document:
    """A document of ``blocks`` alone; its title block is the sample's but for what is given."""
    origins = tuple(f"buňka {place}" for place in range(1, len(blocks) + 1))
    changed = sample().title.model_copy(update=title)
    return m.Document(title=changed, blocks=blocks, origins=origins)


def first(kind: type[B], **changes: object) -> B:
    """The first block of a ``kind`` in the sample, but for what is given."""
    found = next(block for block in sample().blocks if isinstance(block, kind))
    return found.model_copy(update=changes)


def chart() -> str:
    """A bar chart as SVG text."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "synthetic"}):
        canvas = Canvas(figsize=(6, 2))
        axes = canvas.subplots()
        axes.barh(["Bydlení", "Dluhy – síť služeb"], [3, 5], color="#1B7F79")
        svg = io.StringIO()
        canvas.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    return svg.getvalue()


SUMMARY = """
# Shrnutí

{.lead} Plněna jsou **2 ze 3** opatření, viz [](#tab-stavy).

Postup popisuje kapitola o [metodě](#metoda) a v [tabulce](#tab-opatreni) i na
[obrázku](#obr-stavy) stojí podrobnosti; znaky \\<b\\>, & a #let zůstávají, jak jsou, i `=1+1` i
[odkaz ven](https://www.kraj-lbc.cz/). *Kurzíva*.

- první
  - vnořená
- druhá
"""

METHOD = """
## Metoda

> Zveřejněný souhrn uvádí 4 opatření, tabulky 3.

{.quiet} Poznámka na okraj.

# Přehled opatření {#prehled}
"""

DONE, NOT_DONE = "◕\u00a0PLNĚNO", "○\u00a0NEPLNĚNO"
CODES = {DONE: MARKS["PLNENO"], NOT_DONE: MARKS["NEPLNENO"]}


def _states() -> m.Table:
    rows = [(DONE, 2, 2 / 3, "66,7\u00a0%"), (NOT_DONE, 1, 1 / 3, "33,3\u00a0%")]
    rows += [("Celkem", 3, 1, "100,0\u00a0%")]
    return m.Table(
        anchor="tab-stavy",
        caption="Opatření podle stavu",
        sheet="Stavy",
        columns=(
            m.Column(title="Stav", kind="status", weight=2),
            m.Column(title="Počet", kind="integer"),
            m.Column(title="Podíl", kind="percent"),
        ),
        rows=tuple(
            m.Row(
                kind="body" if status in CODES else "total",
                cells=(
                    m.Cell(text=status, status=CODES.get(status)),
                    m.Cell(text=str(number), value=number),
                    m.Cell(text=percent, value=share),
                ),
            )
            for status, number, share, percent in rows
        ),
        notes=("— znamená neurčeno.",),
    )


def _overview() -> m.Table:
    listed = [
        ("Dostupnost bydlení", DONE, "OSV"),
        ("Prevence dluhů", DONE, "OŠMTS"),
        ('=HYPERLINK("x")', NOT_DONE, "—"),
    ]
    return m.Table(
        anchor="tab-opatreni",
        caption="Všechna opatření",
        sheet="Přehled",
        filterable=True,
        columns=(
            m.Column(title="Číslo"),
            m.Column(title="Opatření", weight=4),
            m.Column(title="Stav", kind="status", weight=2),
            m.Column(title="Gestor", weight=2),
            m.Column(title="Rozhodnutí", weight=2),
        ),
        rows=tuple(
            m.Row(
                cells=(
                    m.Cell(text=f"X.{n}", ref=f"m-X-{n}"),
                    m.Cell(text=title),
                    m.Cell(text=status, status=CODES[status]),
                    m.Cell(text=body),
                    m.Cell(text="pokračovat"),
                )
            )
            for n, (title, status, body) in enumerate(listed, start=1)
        ),
        notes=("— znamená, že gestor není určen.",),
    )


def _card(n: int, title: str, label: str, **changes: object) -> m.MeasureCard:
    facts = {
        "Indikátor": "počet bytů",
        "Termín": "do prosince 2027",
        "Gestor": "OSV",
        "Spolupráce": "obce, NNO",
    }
    card = m.MeasureCard(
        anchor=f"m-X-{n}",
        number=f"X.{n}",
        title=title,
        designation="Dostupnosti bydlení v celém kraji",
        status=CODES.get(label),
        status_label=label,
        facts=tuple(m.Fact(term=term, text=(run(text),)) for term, text in facts.items()),
    )
    return card.model_copy(update=changes)


@cache
def sample() -> m.Document:
    """The synthetic document; its figures and names are made up."""
    figure = m.Figure(
        anchor="obr-stavy",
        caption="Nejvíce opatření je v oblasti dluhů",
        subtitle="počet opatření; zdroj: syntetická data",
        alt="Vodorovné sloupce: bydlení 3, dluhy 5.",
        svg=chart(),
        width_mm=152.4,
        height_mm=50.8,
        table="tab-stavy",
    )
    said = ((run("Obce mapují potřeby; celokrajská analýza chybí."),),)
    schools = (m.Fact(term="Počet škol (2021/2022)", text=(run("9 škol"),)),)
    remark = (run("Odvozený stav: ◐\u00a0ČÁSTEČNĚ – "), run("důvod", ref="metoda"), run("."))
    title = m.TitleBlock(
        title="Zpráva o naplňování strategie",
        subtitle="Syntetické období 2022–2023",
        subject="Syntetický dokument pro zkoušky zápisu.",
        author="Liberecký kraj",
        as_of=date(2023, 12, 31),
        draft=True,
        facts=(
            m.Fact(term="Období", text=(run("2022–2023"),)),
            m.Fact(term="Stav k\u00a0datu", text=(run("31.\u00a012.\u00a02023"),)),
        ),
        keywords=("sociální začleňování", "Liberecký kraj"),
        scale=tuple(MARKS.values()),
    )
    blocks: tuple[m.Block, ...] = (
        *markdown.blocks(SUMMARY),
        _states(),
        figure,
        *markdown.blocks(METHOD),
        _overview(),
        *markdown.blocks("## Okruh X: Bydlení {#okruh-X}"),
        _card(1, "Dostupnost bydlení", DONE, commentary=said, figures=schools),
        _card(2, "Prevence dluhů", DONE, commentary=said, remark=remark),
        _card(3, "Třetí opatření", "—"),
    )
    origins = tuple(f"buňka {n}" for n in range(len(blocks)))
    return m.Document(title=title, blocks=blocks, origins=origins)


def said(document: m.Document) -> list[str]:
    """What every print of ``document`` holds of its title, headings, texts, captions, measures."""
    found = [document.title.title, document.title.subtitle]
    for block in document.blocks:
        match block:
            case m.Heading() | m.Paragraph() if all(piece.ref is None for piece in block.text):
                found.append(m.text_of(block.text))
            case m.Table() | m.Figure():
                found.append(block.caption)
            case m.MeasureCard():
                found += [f"{block.number} {block.title}", block.designation, block.status_label]
                found += [fact.term for fact in (*block.facts, *block.figures)]
                found += [m.text_of(text) for text in block.commentary]
    return found
