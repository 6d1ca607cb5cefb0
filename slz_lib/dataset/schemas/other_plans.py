"""Other plans: the national plan 2016–2020 and the City of Liberec 2016."""

from __future__ import annotations

from slz_lib.dataset.schemas.description import Table, choice, number, reference, shaped, text
from slz_lib.dataset.schemas.provenance import PROVENANCE

_NATIONAL = (r"N-[A-Za-z0-9.-]+", "id ve tvaru N-1.1")
_CITY = (r"L-[A-Za-z0-9.-]+", "id ve tvaru L-1")

NATIONAL_GOALS = Table(
    name="national_goals",
    path="other_plans/national_goals.csv",
    title="Cíle národního plánu",
    columns=(
        shaped("id", "id cíle", *_NATIONAL),
        text("theme", "téma"),
        text("name", "název cíle"),
        choice("level", "úroveň cíle", ("strategic", "specific")),
        reference("parent_id", "nadřazený cíl", "national_goals", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
)

NATIONAL_MEASURES = Table(
    name="national_measures",
    path="other_plans/national_measures.csv",
    title="Opatření národního plánu",
    columns=(
        shaped("id", "id opatření", *_NATIONAL),
        reference("goal_id", "cíl", "national_goals", nullable=True),
        text("name", "název opatření"),
        text("lead", "gesce", nullable=True),
        text("cooperating", "spolugesce", nullable=True),
        text("indicator", "ukazatel", nullable=True),
        text("deadline", "termín", nullable=True),
        *PROVENANCE,
    ),
    key=("id",),
)

NATIONAL_SUMMARY = Table(
    name="national_summary",
    path="other_plans/national_summary.csv",
    title="Souhrn národního plánu",
    columns=(
        shaped("id", "id údaje", *_NATIONAL),
        text("quantity", "veličina"),
        number("value", "hodnota"),
        text("unit", "jednotka"),
        *PROVENANCE,
    ),
    key=("id",),
)

CITY_AREAS = Table(
    name="city_areas",
    path="other_plans/city_areas.csv",
    title="Oblasti plánu města Liberce",
    columns=(
        shaped("id", "id oblasti", *_CITY),
        text("name", "název oblasti"),
        *PROVENANCE,
    ),
    key=("id",),
)

CITY_PROJECTS = Table(
    name="city_projects",
    path="other_plans/city_projects.csv",
    title="Projekty města Liberce",
    columns=(
        shaped("id", "id projektu", *_CITY),
        reference("area_id", "oblast", "city_areas", nullable=True),
        text("name", "název projektu"),
        choice("kind", "druh", ("project", "activity")),
        choice("status", "stav", ("planned",)),
        *PROVENANCE,
    ),
    key=("id",),
)

TABLES = (
    NATIONAL_GOALS,
    NATIONAL_MEASURES,
    NATIONAL_SUMMARY,
    CITY_AREAS,
    CITY_PROJECTS,
)
