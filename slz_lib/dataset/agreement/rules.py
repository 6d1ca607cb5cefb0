"""Agreement within the rules: the scale, conditions of evaluation rules, causes and their steps."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from slz_lib.dataset.cells import Checked, Tables
from slz_lib.dataset.faults import Fault
from slz_lib.dataset.keys import known_keys
from slz_lib.language import enumerate_words
from slz_lib.palette import contrast, letters_on
from slz_lib.vocabulary import SIGNS, AuditCheck, Cause, CountsAs, EvidenceState, Reach, StepDetail

#: Columns of the rules of a plan that are filled with what is known of a measure.
_TEMPLATES = ("for", "against", "step", "indicator", "target", "risk", "treatment")
_DETAILS = enumerate_words([f"${detail}" for detail in StepDetail])


def rule_faults(tables: Tables) -> list[Fault]:
    """Faults between rows and tables of the rules."""
    return [
        *_scale(tables["statuses"]),
        *_unconditional(tables["evaluation_rules"], tables["rule_conditions"]),
        *_versions(tables["evaluation_rules"]),
        *_shares(tables["reach_terms"]),
        *_of_versions(tables["reach_terms"], tables["evaluation_rules"]),
        *_of_versions(tables["dispute_rules"], tables["evaluation_rules"]),
        *_disputes(tables["dispute_rules"]),
        *_codes(tables["coding_terms"]),
        *_missing(tables["plan_causes"], Cause, "příčina"),
        *_missing(tables["audit_rules"], AuditCheck, "pravidlo"),
        *(
            fault
            for name in ("plan_causes", "plan_steps", "proposals")
            for fault in _templates(tables[name])
        ),
    ]


def _unconditional(rules: Checked, conditions: Checked) -> list[Fault]:
    """A rule without any condition would apply to every measure."""
    if not conditions.sheet.complete:
        return []
    ids = rules.frame["id"]
    return rules.sheet.faults(
        ids.notna() & ~ids.isin(conditions.frame["rule_id"].dropna()),
        "id",
        "pravidlo nemá v tabulce rule_conditions žádnou podmínku, takže by platilo vždy; "
        "doplňte ji",
    )


def _versions(rules: Checked) -> list[Fault]:
    """A version is a whole set of rules, valid from one day that no other version shares."""
    frame, sheet = rules.frame, rules.sheet
    known = frame[["version", "valid_from"]].notna().all(axis="columns")
    first = frame["valid_from"].groupby(frame["version"]).transform("first")
    split = known & (frame["valid_from"] != first)
    owner = frame["version"].groupby(frame["valid_from"]).transform("first")
    rival = known & ~split & (frame["version"] != owner)
    return [
        *sheet.faults(
            split,
            "valid_from",
            lambda position, _: (
                f"sada {frame['version'][position]} platí podle prvního řádku "
                f"od {first[position]:%Y-%m-%d}; všechna její pravidla mají mít týž den"
            ),
        ),
        *sheet.faults(
            rival,
            "valid_from",
            lambda position, _: f"od téhož dne platí sada {owner[position]}; uveďte jiný den",
        ),
    ]


def _shares(terms: Checked) -> list[Fault]:
    """A wider reach asks for a greater share, or a narrower one would never count."""
    frame = terms.frame
    share, version = frame["share"], ["version", "basis"]
    whole = frame[frame["reach"] == Reach.REGION].drop_duplicates(version)
    asked = frame[version].merge(whole, on=version, how="left")["share"].set_axis(frame.index)
    return [
        *terms.sheet.faults(
            share.notna() & ~share.between(0, 1, inclusive="right"),
            "share",
            "čeká se podíl větší než 0 a nejvýše 1",
        ),
        *terms.sheet.faults(
            (frame["reach"] == Reach.NEARLY_ALL) & (share >= asked),
            "share",
            "čeká se podíl menší než u dosahu region v téže sadě",
        ),
    ]


def _of_versions(listing: Checked, rules: Checked) -> list[Fault]:
    """What specifies a set of rules belongs to one."""
    if not rules.sheet.complete:
        return []
    version = listing.frame["version"]
    unknown = version.notna() & ~version.isin(rules.frame["version"].dropna())
    return listing.sheet.faults(unknown, "version", "tabulka evaluation_rules takovou sadu nemá")


def _disputes(disputes: Checked) -> list[Fault]:
    """A state is contradicted by a worse one, and whoever reports a better one contradicts too."""
    frame, sheet = disputes.frame, disputes.sheet
    order = {state: rank for rank, state in enumerate(EvidenceState)}
    state, against = frame["state"].map(order), frame["against"].map(order)
    silent = frame["against"].eq(EvidenceState.NOTHING_SUPPLIED)
    # States are numbered from the best: with all better ones listed, ranks count without a gap.
    listed = state.groupby([frame["version"], frame["against"]]).rank(method="dense") - 1
    return [
        *sheet.faults(silent, "against", "mlčení ničemu neodporuje; řádek smažte"),
        *sheet.faults(
            state.ge(against) & ~silent,
            "against",
            "odporovat může jen stav horší než ve sloupci state",
        ),
        *sheet.faults(
            state.gt(listed) & state.lt(against) & ~silent,
            "state",
            "témuž stavu odporuje i každý lepší; doplňte řádky lepších stavů",
        ),
    ]


def _codes(terms: Checked) -> list[Fault]:
    """A term gives a code of its column."""
    frame = terms.frame
    faults: list[Fault] = []
    for column, codes in (("state", EvidenceState), ("reach", Reach)):
        wrong = frame["column"].eq(column) & frame["code"].notna() & ~frame["code"].isin([*codes])
        faults += terms.sheet.faults(wrong, "code", f"čeká se jedna z hodnot {', '.join(codes)}")
    return faults


def _missing(listing: Checked, needed: type[StrEnum], noun: str) -> list[Fault]:
    """What is looked up in the table by a code has a row there."""
    listed = known_keys(listing)
    return [
        listing.sheet.lacking(f"chybí {noun} „{item}“; doplňte řádek s tímto id")
        for item in needed
        if listed is not None and item not in set(listed)
    ]


def _templates(listing: Checked) -> list[Fault]:
    """A template names only what is known of a measure."""
    faults: list[Fault] = []
    for column in _TEMPLATES:
        if column in listing.frame:
            texts = listing.frame[column]
            wrong = texts.notna() & ~texts.fillna("").astype("str").map(_fillable).astype(bool)
            advice = f"po znaku $ smí v kroku stát jen známé jméno: {_DETAILS}"
            faults += listing.sheet.faults(wrong, column, advice)
    return faults


def _fillable(text: str) -> bool:
    template = Template(text)
    return template.is_valid() and set(template.get_identifiers()) <= set(StepDetail)


#: Contrast that letters on a fill have at least (WCAG 2.2, AA).
_READABLE = 4.5
#: What no scale can do without.
_NEEDED = (CountsAs.DONE, CountsAs.NOT)


def _scale(statuses: Checked) -> list[Fault]:
    """What the steps of the scale mean, and that a reader can tell them apart."""
    frame, sheet = statuses.frame, statuses.sheet
    places = frame["counts_as"].map({meaning: place for place, meaning in enumerate(CountsAs)})
    ordered = frame.assign(place=places).sort_values("order")
    before = ordered["place"].cummax().reindex(frame.index)
    signs, colours = frame["sign"], frame["colour"]
    known = colours.where(colours.str.fullmatch("#[0-9A-F]{6}", na=False))
    contrasts = known.map(lambda fill: contrast(fill, letters_on(fill)), na_action="ignore")
    return [
        *_needed(statuses),
        *sheet.faults(
            places < before,
            "counts_as",
            "stupně se řadí podle toho, jako co se počítají "
            f"({', '.join(CountsAs)}); změňte pořadí (order)",
        ),
        *(
            fault
            for column in ("label", "sign", "colour", "spoken")
            for fault in sheet.faults(
                frame[column].notna() & frame[column].str.casefold().duplicated(),
                column,
                "totéž už má jiný stupeň; čtenář by je nerozeznal",
            )
        ),
        *sheet.faults(
            signs.notna() & ~signs.str.fullmatch(f"[{SIGNS}]", na=False),
            "sign",
            "čeká se jediný znak, například ● ◕ ◐ ○ ⊗ ✓ ✗ ■ □",
        ),
        *sheet.faults(
            contrasts.lt(_READABLE),
            "colour",
            "písmo na této barvě nelze dobře číst (kontrast pod 4,5); zvolte tmavší nebo světlejší",
        ),
    ]


def _needed(statuses: Checked) -> list[Fault]:
    """A scale says at least what is done and what is not."""
    meanings = statuses.frame["counts_as"]
    if not statuses.sheet.complete or meanings.isna().any():
        return []
    return [
        statuses.sheet.lacking(
            f"žádný stupeň se nepočítá jako {meaning} ({meaning.label}); doplňte jej"
        )
        for meaning in _NEEDED
        if meaning not in set(meanings)
    ]
