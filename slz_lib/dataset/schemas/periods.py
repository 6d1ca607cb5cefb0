"""An evaluated period: its days, decisions, evidence, figures and published claims."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import (
    Column,
    Numbering,
    Table,
    choice,
    day,
    flag,
    integer,
    number,
    reference,
    shaped,
    text,
)
from slz_lib.dataset.schemas.provenance import PROVENANCE
from slz_lib.vocabulary import (
    AuditCheck,
    ClaimQuantity,
    Coder,
    EvidenceState,
    Reach,
    Settlement,
    Status,
)

YEARS = r"[0-9]{4}(-[0-9]{4})?"

PERIOD_ID = shaped("period_id", "id období (jméno složky)", YEARS, "období ve tvaru RRRR-RRRR")

PERIODS = Table(
    name="periods",
    path="periods/{period_id}/period.csv",
    title="Vyhodnocená období",
    columns=(
        PERIOD_ID,
        shaped("id", "id období", YEARS, "období ve tvaru RRRR-RRRR"),
        text("label", "označení období"),
        day("start", "první den"),
        day("end", "poslední den"),
        day("as_of", "den, k němuž jsou stavy uvedeny"),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

DECISIONS = Table(
    name="decisions",
    path="periods/{period_id}/decisions.csv",
    title="Stav plnění opatření",
    columns=(
        PERIOD_ID,
        reference("measure_id", "opatření", "measures"),
        shaped("wording_version", "rok znění, které se posuzuje", r"[0-9]{4}", "rok znění"),
        Column(
            "status",
            "zveřejněný stupeň plnění; prázdný, dokud zveřejněn není",
            nullable=True,
            permitted=tuple(Status),
            refers_to="statuses",
        ),
        text("published", "stav, jak byl vydán", nullable=True),
        text("commentary", "zhuštěný komentář", nullable=True),
        flag("commentary_supplied", "zda byl komentář dodán"),
        flag("cells_swapped", "zda ve vydané tabulce stojí stav a komentář v prohozených buňkách"),
        Column(
            "decided",
            "stupeň, o němž rozhodl zpracovatel; prázdný, když nerozhodl",
            nullable=True,
            permitted=tuple(Status),
            refers_to="statuses",
        ),
        text("reason", "důvod, liší-li se rozhodnutí od odvozeného stavu", nullable=True),
        text("role", "funkce toho, kdo rozhodl; nikoli jméno", nullable=True),
        *PROVENANCE,
    ),
    key=("period_id", "measure_id"),
)

EVIDENCE = Table(
    name="evidence",
    path="periods/{period_id}/evidence.csv",
    title="Podklady o plnění",
    columns=(
        PERIOD_ID,
        shaped(
            "id",
            "id podkladu",
            r"[IVXLC]+\.[0-9]+-[0-9]+",
            "id podkladu ve tvaru I.1-1",
        ),
        reference("measure_id", "opatření", "measures"),
        integer("order", "pořadí u opatření", 1),
        text("reporter", "kdo podklad podal", nullable=True),
        text("criterion", "kritérium, o němž podklad vypovídá"),
        choice("state", "stav kritéria", EvidenceState),
        choice("reach", "územní dosah", Reach),
        text("places", "jmenovaná místa, oddělená středníkem", nullable=True),
        text("waits_for", "zákon, na který plnění čeká", nullable=True),
        text("note", "poznámka k zařazení"),
        *PROVENANCE,
    ),
    key=("period_id", "id"),
    numbering=Numbering("order", ("period_id", "measure_id")),
)

#: What a coder writes down; who coded and who is only a reader of places is left aside.
CODINGS = Table(
    name="codings",
    path="periods/{period_id}/codings.csv",
    title="Nezávislá čtení komentářů",
    columns=(
        PERIOD_ID,
        choice("coder", "které čtení", Coder),
        reference("measure_id", "opatření", "measures"),
        integer("order", "pořadí u opatření", 1),
        text("criterion", "kritérium, o němž podklad vypovídá"),
        choice("state", "stav kritéria", EvidenceState),
        choice("reach", "územní dosah", Reach),
        text("places", "jmenovaná místa, oddělená středníkem", nullable=True),
        text("note", "poznámka k zařazení", nullable=True),
        *PROVENANCE,
    ),
    key=("period_id", "coder", "measure_id", "order"),
    numbering=Numbering("order", ("period_id", "coder", "measure_id")),
)

SETTLEMENTS = Table(
    name="settlements",
    path="periods/{period_id}/settlements.csv",
    title="Rozhodnutí o rozdílech čtení",
    columns=(
        PERIOD_ID,
        reference("measure_id", "opatření", "measures"),
        choice("settled", "které čtení platí", Settlement),
        text("note", "důvod"),
        *PROVENANCE,
    ),
    key=("period_id", "measure_id"),
)

ACKNOWLEDGEMENTS = Table(
    name="acknowledgements",
    path="periods/{period_id}/acknowledgements.csv",
    title="Vzatá na vědomí zjištění auditu",
    columns=(
        PERIOD_ID,
        choice("check", "pravidlo auditu", AuditCheck),
        text("subject", "čeho se zjištění týká (opatření, tvrzení, subjekt)"),
        text("reason", "důvod"),
        text("role", "funkce toho, kdo zjištění vzal na vědomí; nikoli jméno"),
        *PROVENANCE,
    ),
    key=("period_id", "check", "subject"),
)

OBSERVATIONS = Table(
    name="observations",
    path="periods/{period_id}/observations.csv",
    title="Číselné údaje",
    columns=(
        PERIOD_ID,
        shaped("id", "id údaje", r"[A-Z][A-Za-z0-9.]*-o[0-9]+", "id údaje ve tvaru I.1-o1"),
        reference("measure_id", "opatření", "measures", nullable=True),
        shaped(
            "series",
            "řada údajů",
            r"[a-z0-9]+(-[a-z0-9]+)*",
            "označení řady z malých písmen",
        ),
        text("name", "název veličiny"),
        number("value", "hodnota"),
        choice("qualifier", "přesnost", ("exact", "about", "over", "under")),
        reference("unit", "jednotka", "units"),
        choice(
            "time_kind",
            "druh časového údaje",
            ("year", "school_year", "years", "date", "unknown"),
        ),
        text("time", "čas, k němuž se hodnota váže", nullable=True),
        text("territory", "území", nullable=True),
        text("dimension", "členění", nullable=True),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("period_id", "id"),
)

CLAIMS = Table(
    name="claims",
    path="periods/{period_id}/claims.csv",
    title="Vydané souhrnné údaje",
    columns=(
        PERIOD_ID,
        text("id", "id tvrzení"),
        choice("quantity", "veličina", ClaimQuantity),
        Column(
            "status",
            "stupeň plnění, o němž se tvrdí",
            nullable=True,
            permitted=tuple(Status),
            refers_to="statuses",
        ),
        choice("operator", "porovnání", ("eq", "gt", "ge")),
        number("value", "hodnota"),
        choice("unit", "jednotka", ("opatření", "okruhů", "%")),
        text("text", "tvrzení slovy"),
        *PROVENANCE,
    ),
    key=("period_id", "id"),
)

NOTES = Table(
    name="notes",
    path="periods/{period_id}/notes.csv",
    title="Co zpráva říká o svém vzniku",
    columns=(
        PERIOD_ID,
        text("id", "id poznámky"),
        choice(
            "topic", "téma", ("asked", "purpose", "method", "limits", "risks", "territory", "tasks")
        ),
        text("text", "poznámka vlastními slovy"),
        *PROVENANCE,
    ),
    key=("period_id", "id"),
)

TABLES = (
    PERIODS,
    DECISIONS,
    EVIDENCE,
    CODINGS,
    SETTLEMENTS,
    ACKNOWLEDGEMENTS,
    OBSERVATIONS,
    CLAIMS,
    NOTES,
)
