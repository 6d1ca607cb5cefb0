"""A planning horizon: its days, known sources of money, measures that could be merged."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import Table, day, reference, shaped, text
from slz_lib.dataset.schemas.periods import YEARS
from slz_lib.dataset.schemas.provenance import PROVENANCE

HORIZON_ID = shaped("horizon_id", "id období (jméno složky)", YEARS, "období ve tvaru RRRR-RRRR")

HORIZONS = Table(
    name="horizons",
    path="plans/{horizon_id}/horizon.csv",
    title="Plánovací období",
    columns=(
        HORIZON_ID,
        shaped("id", "id plánovacího období", YEARS, "období ve tvaru RRRR-RRRR"),
        text("label", "označení období"),
        day("start", "první den"),
        day("end", "poslední den"),
        reference("follows", "vyhodnocené období, na něž plán navazuje", "periods"),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

FUNDING = Table(
    name="funding",
    path="plans/{horizon_id}/funding.csv",
    title="Zdroje peněz",
    columns=(
        HORIZON_ID,
        reference("measure_id", "opatření", "measures"),
        text("funding", "zdroj peněz"),
        *PROVENANCE,
    ),
    key=("horizon_id", "measure_id", "funding"),
)

MERGES = Table(
    name="merges",
    path="plans/{horizon_id}/merges.csv",
    title="Návrhy na sloučení opatření",
    columns=(
        HORIZON_ID,
        reference("measure_id", "slučované opatření", "measures"),
        reference("into_measure_id", "opatření, k němuž se přidá", "measures"),
        text("reason", "důvod sloučení"),
        *PROVENANCE,
    ),
    key=("horizon_id", "measure_id"),
)

TABLES = (HORIZONS, FUNDING, MERGES)
