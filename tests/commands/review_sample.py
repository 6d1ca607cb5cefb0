"""Two synthetic runs of one small edition, with one difference of each kind."""

from __future__ import annotations

from datetime import date

from slz_lib.documents import model as m
from slz_lib.presentation.cells import mark
from slz_lib.vocabulary import Step
from tests.samples.scales import SCALE

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 1"><rect width="{0}"/></svg>'


def said(*texts: str) -> m.Inline:
    return tuple(m.Run(text=text) for text in texts)


def document(*blocks: m.Block, title: str = "Zkušební přehled") -> m.Document:
    front = m.TitleBlock(
        title=title,
        subtitle="Období 2022–2023",
        subject="Zkouška.",
        author="Liberecký kraj",
        as_of=date(2023, 12, 31),
    )
    return m.Document(title=front, blocks=blocks, origins=tuple("zkouška" for _ in blocks))


def heading(words: str, anchor: str, level: int = 1) -> m.Heading:
    return m.Heading(level=level, text=said(words), anchor=anchor)


def paragraph(*texts: str) -> m.Paragraph:
    return m.Paragraph(text=said(*texts))


def chart(number: int) -> m.Figure:
    return m.Figure(
        anchor="obr-stavy",
        caption=f"Plněna jsou {number} opatření",
        alt=f"Podle stavu: plněno {number}.",
        svg=_SVG.format(number),
        width_mm=100,
        height_mm=50,
    )


def card(number: str, title: str, status: Step, commentary: str, figure: str) -> m.MeasureCard:
    return m.MeasureCard(
        anchor=f"m-{number.replace('.', '-')}",
        number=number,
        title=title,
        designation=title,
        status=mark(status),
        status_label=status.marked,
        facts=(m.Fact(term="Gestor", text=said("OSV")),),
        commentary=(said(commentary),),
        figures=(m.Fact(term="Úvazky", text=said(figure)),),
    )


def table(
    anchor: str, caption: str, columns: tuple[m.Column, ...], *rows: tuple[m.Cell, ...]
) -> m.Table:
    return m.Table(
        anchor=anchor,
        caption=caption,
        columns=columns,
        rows=tuple(m.Row(cells=cells) for cells in rows),
    )


def counts(*rows: tuple[str, int, float]) -> m.Table:
    return table(
        "tab-pocty",
        "Počty opatření",
        (
            m.Column(title="Okruh"),
            m.Column(title="Počet", kind="integer"),
            m.Column(title="Podíl", kind="percent"),
        ),
        *(
            (
                m.Cell(text=name),
                m.Cell(text=str(number), value=number),
                m.Cell(text=f"{share * 100:.1f}\u00a0%".replace(".", ","), value=share),
            )
            for name, number, share in rows
        ),
    )


def statuses(*rows: tuple[str, str, Step]) -> m.Table:
    return table(
        "tab-opatreni",
        "Opatření",
        (
            m.Column(title="Číslo"),
            m.Column(title="Opatření"),
            m.Column(title="Zveřejněný stav", kind="status"),
        ),
        *(
            (
                m.Cell(text=number, ref=f"m-{number.replace('.', '-')}"),
                m.Cell(text=title),
                m.Cell(text=status.marked, status=mark(status)),
            )
            for number, title, status in rows
        ),
    )


def before() -> m.Document:
    return document(
        heading("Shrnutí", "shrnuti"),
        paragraph("Okruh má 2\u00a0opatření, plněno je jedno."),
        paragraph("Tato věta v\u00a0druhém běhu nebude."),
        chart(1),
        counts(("Bydlení", 2, 0.5), ("Dluhy", 1, 0.25)),
        heading("Opatření", "opatreni"),
        statuses(("I.2", "Mapování", SCALE["PLNENO"]), ("IX.1", "Zdraví", SCALE["CASTECNE"])),
        card("I.2", "Mapování", SCALE["PLNENO"], "Obce mapují potřeby.", "0,5\u00a0úvazku"),
        card("IX.1", "Zdraví", SCALE["CASTECNE"], "Přehled chybí.", "3\u00a0úvazky"),
        heading("Závěr", "zaver"),
    )


def after() -> m.Document:
    return document(
        heading("Shrnutí", "shrnuti"),
        paragraph("Okruh má 2\u00a0opatření, plněna jsou dvě."),
        chart(2),
        counts(("Bydlení", 3, 0.6), ("Zdraví", 1, 0.2)),
        heading("Opatření", "opatreni"),
        statuses(("I.2", "Mapování", SCALE["PLNENO"]), ("IX.1", "Zdraví", SCALE["PLNENO"])),
        card("I.2", "Mapování", SCALE["PLNENO"], "Obce mapují potřeby.", "0,75\u00a0úvazku"),
        card("IX.1", "Zdraví", SCALE["PLNENO"], "Přehled vznikl.", "3\u00a0úvazky"),
        paragraph("Nová věta <b>na konci</b>."),
        heading("Co dál", "zaver"),
    )
