"""What is asked of a body for a period: one form, whatever file it goes out in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from textwrap import wrap

import pandas as pd

from slz_lib.language import format_date, no_breaks, plain
from slz_lib.vocabulary import Period, Role
from slz_lib.vocabulary.labels import Labelled

#: The version of the layout of forms.
SCHEMA = "1"
INTRO, MEASURES, DETAILS, STEPS = "intro", "measures", "details", "steps"
#: What the first sheet is called.
INTRO_TITLE = "Úvod"
#: Characters of a line of instructions.
_LINE = 130


class Answer(Labelled):
    """What one cell says of a whole measure."""

    UNCHANGED = "unchanged", "beze změny"
    NOTHING = "nothing", "nebylo nic"
    CHANGED = "changed", "změna, viz podrobnosti"


#: Fields of an identity → what the sheet „Úvod“ calls them.
IDENTITY = {
    "form": "Označení formuláře",
    "period": "Období",
    "body": "Subjekt",
    "schema": "Verze formuláře",
    "round": "Kolo",
    "digest": "Otisk předvyplněných údajů",
}
#: What is asked of whoever answers → its words; the first two only where a body stands for many,
#: the capacity where it leads a step of a plan.
RESPONDENT = {
    "place": "Za kterou obec nebo jiné místo odpovídáte",
    "organisation": "Za kterou organizaci odpovídáte",
    "role": "Kdo odpovídá (funkce, nikoli jméno)",
    "contact": "Kontakt (útvar, společný e-mail nebo telefon)",
    "capacity": "Kolik člověkodnů za čtvrtletí můžete dát plánu",
    "remark": "Poznámka k\u00a0celému formuláři",
}
OF_MANY = ("place", "organisation")
#: Asked of those who lead a step of a plan, on the sheet „Úvod“.
CAPACITY = "capacity"
#: Fields that are person-days: a number of nothing else, and not less than none.
PERSON_DAYS = ("step_days", CAPACITY)
#: Words of the sheet „Úvod“ as they are looked for → field of whoever answers, or of the identity.
ITEMS = {plain(text): name for name, text in {**RESPONDENT, **IDENTITY}.items()}
#: What somebody is to a measure → its word on the sheet „Opatření“.
ROLES = {Role.LEAD: "gestor", Role.COOPERATING: "spolupráce"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form it is; stands in the properties of the file and on its sheet „Úvod“.

    Attributes:
        form: ``2024-2025.KULK-OSV``.
        period: id of the period asked about.
        body: id of the body that is asked.
        schema: version of the layout.
        round: 1 when it is asked for the first time.
        digest: SHA-256 of what was filled in beforehand.
    """

    form: str
    period: str
    body: str
    schema: str
    round: int
    digest: str

    @property
    def texts(self) -> dict[str, str]:
        """Its fields as text."""
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a sheet.

    Attributes:
        name: what code calls it.
        heading: what people call it; unique in a sheet.
        given: whether it is filled in beforehand and not to be typed.
        options: of a drop-down; none where anything may stand.
        kind: ``text``, ``number`` or ``date``.
        width: in characters.
        advice: how to fill it in.
        only: whether nothing but an option may stand there.
    """

    name: str
    heading: str
    given: bool = False
    options: tuple[str, ...] = ()
    kind: str = "text"
    width: int = 16
    advice: str = ""
    only: bool = True

    @property
    def note(self) -> str:
        """What the note at its heading says."""
        return f"{'Předvyplněno. ' if self.given else 'Vyplňte. '}{self.advice}".strip()


@dataclass(frozen=True, slots=True, eq=False)
class FormSheet:
    """A sheet: a table with its headings in a row.

    Attributes:
        name: ``intro``, ``measures``, ``details`` or ``steps``.
        title: what the sheet is called.
        columns: its columns.
        rows: texts, a column of the frame for each of ``columns``.
        key: names of the columns that tell one row from another.
        grows: whether people may add rows.
    """

    name: str
    title: str
    columns: tuple[FormColumn, ...]
    rows: pd.DataFrame
    key: tuple[str, ...]
    grows: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Formulář jednoho subjektu za jedno období.

    Attributes:
        identity: which form it is.
        sheets: what is asked, beginning with „Úvod“; a sheet without rows is not there.
        respond_by: the last day for an answer.
        addressed: name of the body.
        about: the period.
        strategy: full name of the strategy, as it follows *naplňování*.
        places: for which of them an organisation may answer; none where the body is one itself.
        assumed: person-days of a quarter that the plan reckons with; empty where it does not say.
    """

    identity: Identity
    sheets: tuple[FormSheet, ...]
    respond_by: date
    addressed: str
    about: Period
    strategy: str
    places: tuple[str, ...] = ()
    assumed: str = ""

    @property
    def title(self) -> str:
        """What the form is, in a line."""
        again = "" if self.identity.round == 1 else f" ({self.identity.round}. kolo)"
        return f"Formulář za období {self.about.label}: {self.addressed}{again}"

    @property
    def how(self) -> tuple[str, ...]:
        """What to do with it, step by step."""
        words = ", ".join(f"„{answer.label}“" for answer in Answer)
        measures = self.sheet(MEASURES)
        helps = measures is not None and ROLES[Role.COOPERATING] in set(measures.rows["role"])
        choose = (
            f"Na listu Opatření vyberte u každého opatření jednu odpověď: {words}. "
            "To stačí; odpověď lze kopírovat do dalších řádků."
        )
        detail = (
            "Jen kde je změna, vyplňte na listu Podrobnosti řádek kritéria, kterého se týká; "
            "další řádek s číslem opatření můžete přidat."
            + (" Kde jen spolupracujete, podrobnosti vyplňovat nemusíte." if helps else "")
        )
        left = (
            "Ptáme se už jen na to, co zbývá; co s tím, stojí v každém řádku ve sloupci "
            "Co opravit nebo doplnit."
        )
        of_steps = (
            "Na listu Kroky vyberte stav každého kroku plánu. Víte-li, kolik člověkodnů krok "
            "celkem zabere, napište to tam také."
        )
        capacity = "Na listu Úvod napište, kolik člověkodnů za čtvrtletí můžete dát krokům plánu"
        reckons = f" (v\u00a0plánu je zatím {self.assumed})" if self.assumed else ""
        asked = set(self.sheets[0].rows.loc[self.sheets[0].rows["value"].eq(""), "item"])
        steps = (
            "Na listu Úvod zapište, za koho odpovídáte." if self.places else "",
            left if self.identity.round > 1 else "",
            choose if measures is not None else "",
            detail if self.sheet(DETAILS) else "",
            of_steps if self.sheet(STEPS) else "",
            f"{capacity}{reckons}. Nevíte-li, nechte buňku prázdnou."
            if RESPONDENT[CAPACITY] in asked
            else "",
            "Sešit uložte a pošlete zpět v odpovědi na zprávu, s níž přišel.",
        )
        return tuple(no_breaks(step) for step in steps if step)

    @property
    def instructions(self) -> tuple[str, ...]:
        """How to fill it in, in lines of its first sheet."""
        told = (
            f"Podklady o\u00a0naplňování {self.strategy}",
            f"Odpovězte do {format_date(self.respond_by)}.",
            *(f"{number}. {step}" for number, step in enumerate(self.how, start=1)),
            (
                "Vyplňují se orámované buňky, ostatní jsou zamčené. Řádky lze filtrovat, "
                "na listu Podrobnosti také přidávat, řadit a\u00a0mazat."
            ),
            "Nepište osobní údaje: místo jmen uvádějte funkce.",
        )
        return tuple(part for line in told for part in wrap(line, _LINE))

    def sheet(self, name: str) -> FormSheet | None:
        """The sheet of this name; ``None`` where the form has none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def again(self, number: int, sheets: Iterable[FormSheet]) -> Form:
        """The form that asks for the ``number``-th time, on these sheets after „Úvod“."""
        return stamped(replace(self, sheets=(self.sheets[0], *sheets)), number)


def stamped(form: Form, number: int) -> Form:
    """The form without its empty sheets, with its digest, and its identity where people see it."""
    intro, *others = form.sheets
    sheets = [sheet for sheet in others if len(sheet.rows)]
    told = [[sheet.name, sheet.rows.to_dict("split", index=False)] for sheet in sheets]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    identity = replace(form.identity, round=number, digest=digest)
    values = {IDENTITY[name]: text for name, text in identity.texts.items()}
    rows = intro.rows.assign(value=intro.rows["item"].map(values).fillna(""))
    return replace(form, identity=identity, sheets=(replace(intro, rows=rows), *sheets))
