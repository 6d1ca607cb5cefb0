"""Agreement within the rules: conditions of evaluation rules, causes and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import known_keys
from slz_lib.language import enumerate_words
from slz_lib.vocabulary import Cause, StepDetail

_DETAILS = enumerate_words([f"${detail}" for detail in StepDetail])


def rule_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between rows and tables of the rules."""
    return [
        *_unconditional(tables["evaluation_rules"], tables["rule_conditions"]),
        *_rivals(tables["evaluation_rules"]),
        *_causes_missing(tables["plan_causes"]),
        *_templates(tables["plan_causes"]),
    ]


def _unconditional(rules: Checked, conditions: Checked) -> list[Fault]:
    """A rule without any condition would apply to every measure."""
    if not conditions.sheet.complete:
        return []
    ids = rules.frame["id"]
    return rules.sheet.faults(
        ids.notna() & ~ids.isin(conditions.frame["rule_id"].dropna()),
        "id",
        "pravidlo nemá v tabulce rule_conditions žádnou podmínku, a platilo by vždy; doplňte ji",
    )


def _rivals(rules: Checked) -> list[Fault]:
    """Of two versions of a rule, one is newer."""
    keys = ["order", "valid_from"]
    frame = rules.frame
    rival = frame[keys].notna().all(axis="columns") & frame.duplicated(keys)
    # Within a version the repeated order is a fault of its own.
    rival &= ~frame.duplicated(["version", "order"])
    return rules.sheet.faults(
        rival,
        "valid_from",
        "od téhož dne platí ve stejném pořadí pravidlo jiné verze; uveďte jiný den",
    )


def _causes_missing(causes: Checked) -> list[Fault]:
    """Without its row a cause would be dropped from the plan, and its measures with it."""
    known = known_keys(causes)
    if known is None:
        return []
    (file,) = causes.sheet.files.values()
    listed = set(known)
    return [
        Fault(file, None, None, None, f"chybí příčina „{cause}“; doplňte její řádek")
        for cause in Cause
        if cause not in listed
    ]


def _templates(causes: Checked) -> list[Fault]:
    """A step names only what is known of a measure."""
    steps = causes.frame["step"]
    wrong = steps.notna() & ~steps.fillna("").map(_fillable).astype(bool)
    return causes.sheet.faults(
        wrong, "step", f"po znaku $ smí v kroku stát jen známé jméno: {_DETAILS}"
    )


def _fillable(step: str) -> bool:
    template = Template(step)
    return template.is_valid() and set(template.get_identifiers()) <= set(StepDetail)
