"""A small synthetic document with every kind of block, for the tests of the writers."""

from __future__ import annotations

import io
from datetime import date

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from slz_lib.documents import model as m


def run(text: str, **form: object) -> m.Run:
    return m.Run(text=text, **form)  # type: ignore[arg-type]


def chart() -> str:
    """A bar chart as SVG text."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "synthetic"}):
        canvas = Canvas(figsize=(6, 2))
        axes = canvas.subplots()
        axes.barh(["Bydlení", "Dluhy – síť služeb"], [3, 5], color="#1B7F79")
        svg = io.StringIO()
        canvas.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    return svg.getvalue()


def sample() -> m.Document:
    """The synthetic document; its figures and names are made up."""
    blocks: tuple[m.Block, ...] = (
        m.Heading(level=1, text=(run("Shrnutí"),), anchor="shrnuti"),
        m.Paragraph(
            role="lead",
            text=(
                run("Plněna jsou "),
                run("2 ze 3", strong=True),
                run(" opatření, viz "),
                run("", ref="tab-stavy"),
                run("."),
            ),
        ),
        m.Paragraph(
            text=(
                run("Postup popisuje "),
                run("kapitola o"),
                run("\u00a0metodě", ref="metoda"),
                run(" a v"),
                run("\u00a0"),
                run("tabulce", ref="tab-opatreni"),
                run(" i na "),
                run("obrázku", ref="obr-stavy"),
                run(" stojí podrobnosti; znaky <b>, & a #let zůstávají, jak jsou, i "),
                run("=1+1", code=True),
                run(" i "),
                run("odkaz ven", href="https://www.kraj-lbc.cz/"),
                run(". "),
                run("Kurzíva", emphasis=True),
                run("."),
            ),
        ),
        m.ItemList(
            items=(
                m.ListItem(
                    text=(run("první"),),
                    children=(m.ItemList(items=(m.ListItem(text=(run("vnořená"),)),)),),
                ),
                m.ListItem(text=(run("druhá"),)),
            )
        ),
        m.Table(
            anchor="tab-stavy",
            caption="Opatření podle stavu",
            sheet="Stavy",
            columns=(
                m.Column(title="Stav", kind="status", weight=2),
                m.Column(title="Počet", kind="integer"),
                m.Column(title="Podíl", kind="percent"),
            ),
            rows=(
                m.Row(
                    cells=(
                        m.Cell(text="◕\u00a0PLNĚNO", status="PLNENO"),
                        m.Cell(text="2", value=2),
                        m.Cell(text="66,7\u00a0%", value=2 / 3),
                    )
                ),
                m.Row(
                    cells=(
                        m.Cell(text="○\u00a0NEPLNĚNO", status="NEPLNENO"),
                        m.Cell(text="1", value=1),
                        m.Cell(text="33,3\u00a0%", value=1 / 3),
                    )
                ),
                m.Row(
                    kind="total",
                    cells=(
                        m.Cell(text="Celkem"),
                        m.Cell(text="3", value=3),
                        m.Cell(text="100,0\u00a0%", value=1),
                    ),
                ),
            ),
            notes=("— znamená neurčeno.",),
        ),
        m.Figure(
            anchor="obr-stavy",
            caption="Nejvíce opatření je v oblasti dluhů",
            subtitle="počet opatření; zdroj: syntetická data",
            alt="Vodorovné sloupce: bydlení 3, dluhy 5.",
            svg=chart(),
            width_mm=152.4,
            height_mm=50.8,
            table="tab-stavy",
        ),
        m.Heading(level=2, text=(run("Metoda"),), anchor="metoda"),
        m.Paragraph(role="finding", text=(run("Zveřejněný souhrn uvádí 4 opatření, tabulky 3."),)),
        m.Paragraph(role="quiet", text=(run("Poznámka na okraj."),)),
        m.Heading(level=1, text=(run("Přehled opatření"),), anchor="prehled"),
        m.Table(
            anchor="tab-opatreni",
            caption="Všechna opatření",
            sheet="Přehled",
            filterable=True,
            columns=(
                m.Column(title="Číslo"),
                m.Column(title="Opatření", weight=4),
                m.Column(title="Stav", kind="status", weight=2),
                m.Column(title="Gestor", weight=2),
                m.Column(
                    title="Rozhodnutí",
                    choices=("pokračovat", "přeformulovat"),
                    editable=True,
                    weight=2,
                ),
            ),
            rows=tuple(
                m.Row(
                    cells=(
                        m.Cell(text=f"X.{n}", ref=f"m-X-{n}"),
                        m.Cell(text=title),
                        m.Cell(text=label, status=code),
                        m.Cell(text=body),
                        m.Cell(text="pokračovat"),
                    )
                )
                for n, (title, label, code, body) in enumerate(
                    [
                        ("Dostupnost bydlení", "◕\u00a0PLNĚNO", "PLNENO", "OSV"),
                        ("Prevence dluhů", "◕\u00a0PLNĚNO", "PLNENO", "OŠMTS"),
                        ('=HYPERLINK("x")', "○\u00a0NEPLNĚNO", "NEPLNENO", "—"),
                    ],
                    start=1,
                )
            ),
            notes=("— znamená, že gestor není určen.",),
        ),
        m.Heading(level=2, text=(run("Okruh X: Bydlení"),), anchor="okruh-X"),
        *(
            m.MeasureCard(
                anchor=f"m-X-{n}",
                number=f"X.{n}",
                title=title,
                designation="Dostupnosti bydlení v celém kraji",
                status=status,
                status_label=label,
                facts=(
                    m.Fact(term="Indikátor", text=(run("počet bytů"),)),
                    m.Fact(term="Termín", text=(run("do prosince 2027"),)),
                    m.Fact(term="Gestor", text=(run("OSV"),)),
                    m.Fact(term="Spolupráce", text=(run("obce, NNO"),)),
                ),
                commentary=((run("Obce mapují potřeby; celokrajská analýza chybí."),),)
                if n < 3
                else (),
                figures=(m.Fact(term="Počet škol (2021/2022)", text=(run("9 škol"),)),)
                if n == 1
                else (),
                remark=(
                    run("Odvozený stav: ◐\u00a0ČÁSTEČNĚ – "),
                    run("důvod", ref="metoda"),
                    run("."),
                )
                if n == 2
                else (),
            )
            for n, (title, status, label) in enumerate(
                [
                    ("Dostupnost bydlení", "PLNENO", "◕\u00a0PLNĚNO"),
                    ("Prevence dluhů", "PLNENO", "◕\u00a0PLNĚNO"),
                    ("Třetí opatření", None, "—"),
                ],
                start=1,
            )
        ),
    )
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
    )
    return m.Document(
        title=title, blocks=blocks, origins=tuple(f"buňka {n}" for n in range(len(blocks)))
    )
