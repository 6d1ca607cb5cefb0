"""The territory: municipalities with extended powers and partnerships with the Agency."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import (
    Table,
    day,
    flag,
    integer,
    number,
    reference,
    shaped,
    text,
)
from slz_lib.dataset.schemas.provenance import PROVENANCE

#: Rows and columns of the map of tiles at most; the largest region has 26 districts.
MAP_SIDE = 30

ORP = Table(
    name="orp",
    path="territory/orp.csv",
    title="Správní obvody ORP",
    columns=(
        shaped("id", "id správního obvodu", r"ORP-[0-9]{4}", "id ve tvaru ORP-5101"),
        text("name", "název"),
        shaped("csu_code", "kód ČSÚ", r"[0-9]{4}", "čtyřmístný kód"),
        shaped("ruian_code", "kód RÚIAN", r"[0-9]{1,8}", "kód z číslic"),
        shaped(
            "seat_code",
            "kód RÚIAN obce, která je sídlem",
            r"[0-9]{6}",
            "šestimístný kód",
        ),
        text("district", "okres sídla"),
        shaped("district_code", "kód RÚIAN okresu", r"[0-9]{4}", "čtyřmístný kód"),
        integer("municipalities", "počet obcí", 1),
        integer("pou", "počet obcí s pověřeným obecním úřadem", 1),
        integer("population", "počet obyvatel", 0),
        day("population_date", "den, k němuž počty platí"),
        integer("tile_row", "řada dlaždice v mapě", 1, MAP_SIDE),
        number("tile_column", "sloupec dlaždice v mapě", 0, MAP_SIDE),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

PARTNERSHIPS = Table(
    name="partnerships",
    path="territory/partnerships.csv",
    title="Spolupráce obcí s Agenturou",
    columns=(
        shaped("id", "id spolupráce", r"[A-Z0-9]+(-[A-Z0-9]+)*", "id z velkých písmen"),
        text("municipality", "obec"),
        reference("orp_id", "správní obvod ORP", "orp"),
        shaped(
            "since",
            "od kdy obec spolupracuje",
            r"[0-9]{4}(-(0[1-9]|1[0-2]))?",
            "rok nebo měsíc ve tvaru RRRR-MM",
            nullable=True,
        ),
        flag("since_known", "zda je začátek znám"),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
)

PLACES = Table(
    name="places",
    path="territory/places.csv",
    title="Místa jmenovaná v podkladech",
    columns=(
        text("id", "místo, jak je podklady píšou"),
        reference("orp_id", "správní obvod ORP, v němž místo leží", "orp"),
        integer(
            "municipalities",
            "kolik obcí místo jistě zahrnuje; 0 je část obce, prázdné není známo",
            0,
            nullable=True,
        ),
        integer("population", "počet obyvatel místa", 0, nullable=True),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
)

TABLES = (ORP, PARTNERSHIPS, PLACES)
