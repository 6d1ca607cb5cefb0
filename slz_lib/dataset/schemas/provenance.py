"""Where the data come from: the table of sources and the two columns that point to it."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import Table, choice, reference, shaped, text

#: Every other table ends with these: which source, and which place in it.
PROVENANCE = (
    reference("source_id", "podklad, z něhož řádek pochází", "sources"),
    text("source_place", "místo v podkladu"),
)

SOURCES = Table(
    name="sources",
    path="sources.csv",
    title="Podklady",
    columns=(
        shaped(
            "id",
            "id podkladu",
            r"[a-z0-9]+(-[a-z0-9]+)*",
            "id z malých písmen a číslic",
        ),
        text("title", "název podkladu"),
        text("publisher", "kdo podklad vydal", nullable=True),
        shaped(
            "published",
            "kdy byl podklad vydán",
            r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?",
            "datum ve tvaru RRRR-MM-DD, RRRR-MM nebo rok",
            nullable=True,
        ),
        choice(
            "kind",
            "druh podkladu",
            (
                "report",
                "strategy",
                "brochure",
                "press",
                "slides",
                "reference",
                "reading",
            ),
        ),
        text("file", "jméno souboru ve složce podkladů", nullable=True),
        text("note", "poznámka", nullable=True),
    ),
    key=("id",),
    filled=True,
)

TABLES = (SOURCES,)
