"""The rules: the status scale, the evaluation rules and the causes used in drafting a plan."""

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
    text,
)
from slz_lib.dataset.schemas.provenance import PROVENANCE
from slz_lib.vocabulary import (
    AuditCheck,
    Cause,
    CauseKind,
    Decision,
    Quantity,
    Reach,
    ReachBasis,
    Severity,
    Status,
)

STATUSES = Table(
    name="statuses",
    path="rules/statuses.csv",
    title="Stupně plnění",
    columns=(
        choice("code", "kód stupně", Status),
        integer("order", "pořadí, 1 je nejlepší", 1),
        text("label", "označení stupně"),
        text("wording", "vymezení stupně"),
        *PROVENANCE,
    ),
    key=("code",),
    numbering=Numbering("order"),
    filled=True,
)

EVALUATION_RULES = Table(
    name="evaluation_rules",
    path="rules/evaluation_rules.csv",
    title="Pravidla hodnocení",
    columns=(
        text("id", "id pravidla"),
        text("version", "verze sady pravidel"),
        integer("order", "pořadí, v němž se pravidla zkoušejí; stejné mají rovnocenná pravidla", 1),
        Column(
            "status",
            "stupeň, který pravidlo dává",
            permitted=tuple(Status),
            refers_to="statuses",
        ),
        day("valid_from", "od kdy sada pravidel platí"),
        text("wording", "pravidlo slovy"),
        text("passage", "část vymezení, o niž se pravidlo opírá"),
        *PROVENANCE,
    ),
    key=("id",),
    filled=True,
)

REACH_TERMS = Table(
    name="reach_terms",
    path="rules/reach_terms.csv",
    title="Územní dosah jako podíl",
    columns=(
        text("version", "verze sady pravidel"),
        choice("reach", "dosah, který podíl zakládá", (Reach.NEARLY_ALL, Reach.REGION)),
        choice("basis", "v čem se podíl počítá", ReachBasis),
        number("share", "nejmenší podíl jmenovaných míst (0 až 1)"),
        text("wording", "pojem slovy"),
        text("passage", "část vymezení, kterou pojem upřesňuje"),
        *PROVENANCE,
    ),
    key=("version", "reach"),
)

RULE_CONDITIONS = Table(
    name="rule_conditions",
    path="rules/rule_conditions.csv",
    title="Podmínky pravidel",
    columns=(
        reference("rule_id", "pravidlo", "evaluation_rules"),
        choice("quantity", "veličina", Quantity),
        choice("operator", "porovnání", ("eq", "ge", "gt", "le", "lt")),
        number("value", "mez"),
        text("note", "poznámka", nullable=True),
    ),
    key=("rule_id", "quantity", "operator"),
)

PLAN_CAUSES = Table(
    name="plan_causes",
    path="rules/plan_causes.csv",
    title="Příčiny a kroky pro návrh plánu",
    columns=(
        choice("id", "id příčiny", Cause),
        integer("order", "pořadí", 1),
        choice("kind", "hlavní příčina, nebo nedostatek zadání", CauseKind),
        text("label", "krátké označení"),
        text("wording", "příčina slovy"),
        choice("decision", "navržené rozhodnutí", Decision),
        text("step", "navržený krok; $jméno se nahradí údajem o opatření"),
        text("indicator", "ukazatel kroku; prázdný, když platí ukazatel opatření", nullable=True),
        text("target", "cílová hodnota ukazatele", nullable=True),
        text("risk", "riziko"),
        integer("months", "doba kroku v měsících", 1),
        flag("within_deadline", "zda krok nesmí přesáhnout termín opatření"),
        reference(
            "owner_id", "kdo krok provede; prázdné, když gestor opatření", "bodies", nullable=True
        ),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order"),
    filled=True,
)

AUDIT_RULES = Table(
    name="audit_rules",
    path="rules/audit_rules.csv",
    title="Pravidla auditu",
    columns=(
        choice("id", "id pravidla", AuditCheck),
        integer("order", "pořadí ve výpisu", 1),
        choice("severity", "závažnost", Severity),
        text("label", "krátké označení"),
        text("wording", "co pravidlo hledá a proč"),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order"),
    filled=True,
)

UNITS = Table(
    name="units",
    path="rules/units.csv",
    title="Tvary jednotek číselných údajů",
    columns=(
        text("unit", "jednotka ve tvaru po čísle 5 a vyšším"),
        text("one", "tvar po čísle 1"),
        text("few", "tvar po číslech 2 až 4"),
        text("fraction", "tvar po desetinném čísle"),
        *PROVENANCE,
    ),
    key=("unit",),
    filled=True,
)

PLAN_TARGETS = Table(
    name="plan_targets",
    path="rules/plan_targets.csv",
    title="Cílové hodnoty podle ukazatelů",
    columns=(
        text("id", "id pravidla"),
        integer("order", "pořadí, v němž se pravidla zkoušejí", 1),
        text("prefix", "začátek ukazatele; prázdný platí pro ostatní", nullable=True),
        text("target", "cílová hodnota"),
        *PROVENANCE,
    ),
    key=("id",),
    numbering=Numbering("order"),
    filled=True,
)

TABLES = (
    STATUSES,
    EVALUATION_RULES,
    RULE_CONDITIONS,
    REACH_TERMS,
    AUDIT_RULES,
    PLAN_CAUSES,
    PLAN_TARGETS,
    UNITS,
)
