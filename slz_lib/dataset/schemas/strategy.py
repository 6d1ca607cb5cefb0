"""The strategy: priorities, goals, areas, measures and who carries them out."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import (
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
    Assignment,
    DeadlineKind,
    Direction,
    IndicatorKind,
    LinkKind,
    Role,
)

MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"

STRATEGY = Table(
    name="strategy",
    path="strategy/strategy.csv",
    title="Strategie",
    columns=(
        shaped("id", "id strategie", r"[A-Z0-9]+(-[A-Z0-9]+)*", "id z velkých písmen a číslic"),
        text("name", "název strategie"),
        text("name_genitive", "název ve 2. pádě"),
        text("name_dative", "název ve 3. pádě"),
        text("short_name", "krátký název"),
        text("region", "kraj, jehož strategie je"),
        text("approved_by", "kdo strategii schválil"),
        day("approved", "den schválení"),
        text("resolution", "číslo usnesení"),
        integer("evaluation_year", "rok, na který je chystána evaluace", 2000, 2100),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

PRIORITIES = Table(
    name="priorities",
    path="strategy/priorities.csv",
    title="Priority",
    columns=(
        shaped("id", "id priority", r"P[1-9][0-9]*", "id priority ve tvaru P1"),
        integer("order", "pořadí priority", 1),
        text("name", "název priority"),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order"),
    filled=True,
)

PRIORITY_CONDITIONS = Table(
    name="priority_conditions",
    path="strategy/priority_conditions.csv",
    title="Podmínky priorit",
    columns=(
        reference("priority_id", "priorita, která má podmínku", "priorities"),
        reference("condition_id", "priorita, která se musí naplnit dřív", "priorities"),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("priority_id", "condition_id"),
)

STRATEGIC_GOALS = Table(
    name="strategic_goals",
    path="strategy/strategic_goals.csv",
    title="Strategické cíle",
    columns=(
        shaped("id", "id strategického cíle", r"C[1-9][0-9]*", "id cíle ve tvaru C1"),
        reference("priority_id", "priorita cíle", "priorities"),
        integer("order", "pořadí cíle v prioritě", 1),
        text("name", "název cíle; prázdný, když v podkladu chybí", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order", ("priority_id",)),
    filled=True,
)

SPECIFIC_GOALS = Table(
    name="specific_goals",
    path="strategy/specific_goals.csv",
    title="Specifické cíle",
    columns=(
        shaped(
            "id",
            "id specifického cíle",
            r"C[1-9][0-9]*\.[1-9][0-9]*",
            "id cíle ve tvaru C1.1",
        ),
        reference("goal_id", "strategický cíl", "strategic_goals"),
        integer("order", "pořadí v cíli", 1),
        text("name", "název specifického cíle"),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order", ("goal_id",)),
)

AREAS = Table(
    name="areas",
    path="strategy/areas.csv",
    title="Okruhy opatření",
    columns=(
        shaped("id", "id okruhu (římské číslo)", r"[IVXLC]+", "římské číslo okruhu"),
        integer("order", "pořadí okruhu", 1),
        text("name", "název okruhu, jak byl vydán"),
        shaped("short_name", "krátký název", r".{1,40}", "krátký název do 40 znaků"),
        choice("kind", "tematický, nebo průřezový okruh", ("thematic", "cross-cutting")),
        text("lead_in", "co okruh po kraji žádá, jednou větou"),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order"),
    filled=True,
)

MEASURES = Table(
    name="measures",
    path="strategy/measures.csv",
    title="Opatření",
    columns=(
        shaped("id", "id opatření", r"[IVXLC]+\.[1-9][0-9]*", "id opatření ve tvaru I.1"),
        reference("area_id", "okruh opatření", "areas"),
        integer("number", "číslo opatření v okruhu", 1),
        shaped("wording_version", "rok znění opatření", r"[0-9]{4}", "rok znění"),
        text("designation", "označení opatření, jak bylo přijato"),
        text("title", "krátký název opatření"),
        text("indicator", "ukazatel, jak byl vydán", nullable=True),
        text("deadline_published", "termín, jak byl vydán"),
        choice("deadline_kind", "druh termínu", DeadlineKind),
        shaped(
            "deadline_month",
            "měsíc, do něhož termín trvá",
            MONTH,
            "měsíc ve tvaru RRRR-MM",
            nullable=True,
        ),
        text("deadline_event", "událost, na niž je termín vázán", nullable=True),
        *PROVENANCE,
    ),
    key=("wording_version", "id"),
    numbering=Numbering("number", ("area_id",), once="id"),
    filled=True,
)

SUCCESSIONS = Table(
    name="successions",
    path="strategy/successions.csv",
    title="Ukončená a sloučená opatření",
    columns=(
        reference("measure_id", "opatření, které skončilo", "measures"),
        day("ended", "poslední den, kdy opatření platilo"),
        reference(
            "successor_id",
            "opatření, do něhož přešlo; prázdné, když zaniklo",
            "measures",
            nullable=True,
        ),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("measure_id",),
)

INDICATORS = Table(
    name="indicators",
    path="strategy/indicators.csv",
    title="Indikátory opatření",
    columns=(
        reference("measure_id", "opatření", "measures"),
        integer("order", "pořadí u opatření", 1),
        text("name", "indikátor; prázdný, když opatření žádný nemá", nullable=True),
        choice("kind", "druh indikátoru", IndicatorKind),
        reference("unit", "jednotka", "units", nullable=True),
        choice("direction", "který směr je zlepšení", Direction, nullable=True),
        number("baseline", "výchozí hodnota", nullable=True),
        text("baseline_time", "čas výchozí hodnoty", nullable=True),
        number("target", "cílová hodnota", nullable=True),
        text("target_time", "čas, do něhož má být cíle dosaženo", nullable=True),
        text("series", "řada údajů, která indikátor měří", nullable=True),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("measure_id", "order"),
    numbering=Numbering("order", ("measure_id",)),
)

BODIES = Table(
    name="bodies",
    path="strategy/bodies.csv",
    title="Subjekty",
    columns=(
        shaped(
            "id",
            "id subjektu",
            r"[A-Z0-9]+(-[A-Z0-9]+)*",
            "id z velkých písmen bez háčků a čárek (KULK-OSV)",
        ),
        text("name", "název subjektu"),
        text("short_name", "zkratka nebo krátký název"),
        choice(
            "kind",
            "druh subjektu",
            (
                "region",
                "regional_office",
                "department",
                "unit",
                "municipality",
                "state",
                "school",
                "school_facility",
                "ngo",
                "network",
                "health",
                "employer",
                "partnership",
                "public",
            ),
        ),
        choice(
            "tier",
            "úroveň, na níž subjekt působí",
            (
                "regional",
                "municipal",
                "national",
                "local",
                "school",
                "civil",
                "private",
            ),
        ),
        reference("parent_id", "nadřazený subjekt", "bodies", nullable=True),
        flag("name_known", "zda podklad zná plný název"),
        text("published_forms", "způsoby zápisu v podkladech, oddělené středníkem"),
        text("note", "poznámka", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

MEASURE_BODIES = Table(
    name="measure_bodies",
    path="strategy/measure_bodies.csv",
    title="Gestoři a spolupracující",
    columns=(
        reference("measure_id", "opatření", "measures"),
        choice("role", "gestor, nebo spolupráce", Role),
        integer("order", "pořadí v roli", 1),
        reference("body_id", "subjekt; prázdný, když není určen", "bodies", nullable=True),
        choice("assignment", "zda je subjekt určen", Assignment),
        text("published", "celá buňka, jak byla vydána", nullable=True),
        *PROVENANCE,
    ),
    key=("measure_id", "role", "order"),
    numbering=Numbering("order", ("measure_id", "role")),
)

LINKS = Table(
    name="links",
    path="strategy/links.csv",
    title="Vazby okruhů na cíle a jiné plány",
    columns=(
        reference("area_id", "okruh", "areas"),
        choice("target_kind", "k čemu vazba vede", LinkKind),
        text("target_id", "id cíle, opatření nebo oblasti"),
        text("note", "důvod vazby"),
        *PROVENANCE,
    ),
    key=("area_id", "target_kind", "target_id"),
)

ABBREVIATIONS = Table(
    name="abbreviations",
    path="strategy/abbreviations.csv",
    title="Zkratky",
    columns=(
        text("abbreviation", "zkratka"),
        text("meaning", "rozvedení; prázdné, když je zdroj nemá", nullable=True),
        *PROVENANCE,
    ),
    key=("abbreviation",),
)

TABLES = (
    STRATEGY,
    PRIORITIES,
    PRIORITY_CONDITIONS,
    STRATEGIC_GOALS,
    SPECIFIC_GOALS,
    AREAS,
    MEASURES,
    SUCCESSIONS,
    INDICATORS,
    BODIES,
    MEASURE_BODIES,
    LINKS,
    ABBREVIATIONS,
)
