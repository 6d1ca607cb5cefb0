"""One returned file against its form: every typed cell is staged or quarantined, none is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from slz_lib.collection.apart import read_apart
from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import IDENTITY, OF_MANY, PERSON_DAYS, RESPONDENT, Form, Identity
from slz_lib.collection.kinds import gathered
from slz_lib.collection.placing import Placed, cells_of, placed
from slz_lib.collection.returned import Returned
from slz_lib.collection.sentences import said
from slz_lib.collection.values import Words, cleaned, personal, value

_FROM = ["file", "digest", "form", "body", "respondent", "organisation", "place", "round"]
_ABOUT = [*_FROM, "sheet", "cell", "row", "measure_id", "criterion", "step_id", "field", "value"]
#: Columns of what was staged, and of what was quarantined or is doubtful.
STAGED, QUARANTINED = [*_ABOUT, "typed"], [*_ABOUT, "why", "ask"]


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """Co se z jednoho vráceného souboru přečetlo.

    Attributes:
        identity: which form it is; ``None`` where that cannot be told.
        source: whose it is: the first columns of each of the tables.
        staged: a row a cell that was read: whose it is, where it stands, what it is about
            (``measure_id``, ``criterion``, ``step_id``), ``field``, ``value`` as data spell it,
            ``typed`` as it was typed. A number with its unit gives two.
        quarantined: a row a cell or a text outside cells that was not: its ``value``, ``why`` in a
            Czech sentence, and whether to ``ask`` the respondent again.
        warnings: likewise what is doubtful though it was read.
    """

    identity: Identity | None
    source: Mapping[str, Any]
    staged: pd.DataFrame
    quarantined: pd.DataFrame
    warnings: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Issued:
    """A form as it went out.

    Attributes:
        form: the form.
        cells: title of the sheet and text of every cell of its file.
        outside: texts of its comments.
    """

    form: Form
    cells: tuple[tuple[str, str], ...]
    outside: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Form, content: bytes | None = None) -> Issued:
        """The form with what its workbook holds.

        Args:
            form: the form.
            content: the workbook as it went out; made anew when not given.
        """
        name = form.identity.form
        found = read_apart(gathered, content, name) if content else gathered(workbook(form), name)
        return cls(
            form,
            tuple((cell[0], text) for cell in found["cells"] if (text := cleaned(cell[4]))),
            tuple(text for _, text in found["outside"]),
        )


def taken(
    returned: Returned,
    identity: Identity | None,
    issued: Issued | None,
    words: Words,
    why: str = "",
) -> Intake:
    """Every typed cell of a file, staged or quarantined.

    Args:
        returned: the file.
        identity: which form it is; without one everything that was typed is quarantined.
        issued: the form as it went out; without one nobody knows what was typed.
        words: words of the data.
        why: then why, else why that is not sure, in a Czech sentence.
    """
    reading = _Reading(returned, identity)
    if identity is not None and issued is not None:
        reading.read(identity, issued, words)
        if why:
            reading.warn(None, identity.form, why)
    else:
        spare = Counter(issued.cells if issued else ())
        reading.keep(map(Placed, cells_of(returned.cells)), spare, why)
    for place, text in _typed_outside(returned, issued.outside if issued else ()):
        reading.quarantine(None, text, said("outside", place=place), ask=False)
    return reading.intake


def _typed_outside(returned: Returned, issued: Iterable[str]) -> list[tuple[str, str]]:
    """Texts outside cells, with their places, but for those that the form went out with."""
    of_form = {*issued}
    rows = returned.outside[["place", "text"]].itertuples(index=False, name=None)
    return [(place, text) for place, text in rows if text not in of_form]


@dataclass(slots=True, eq=False)
class _Reading:
    """One file while it is read."""

    returned: Returned
    identity: Identity | None
    staged: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    respondent: dict[str, str] = field(default_factory=dict)

    @property
    def intake(self) -> Intake:
        """What was read, each row with whose it is."""
        known = self.identity
        who = self.respondent
        source: dict[str, Any] = {
            "file": self.returned.name,
            "digest": self.returned.digest,
            "form": known.form if known else "",
            "body": known.body if known else "",
            "respondent": who.get("organisation") or who.get("role") or self.returned.sender,
            "organisation": who.get("organisation", ""),
            "place": who.get("place", ""),
            "round": known.round if known else 0,
        }
        quarantined, warnings = (
            framed(rows, QUARANTINED, source) for rows in (self.quarantined, self.warnings)
        )
        return Intake(known, source, framed(self.staged, STAGED, source), quarantined, warnings)

    def read(self, identity: Identity, issued: Issued, words: Words) -> None:
        """Stage and quarantine the cells of a form."""
        spare = Counter(issued.cells)
        stale = identity.digest != issued.form.identity.digest
        loose = []
        for each in placed(cells_of(self.returned.cells), issued.form):
            if each.part is None or each.column is None or each.key is None:
                loose.append(each)
                continue
            there = each.part.rows[each.column.name]
            given = "" if each.row is None else cleaned(there.iloc[each.row])
            at = each.part.title, each.cell.text
            closed = each.column.given or each.field in IDENTITY
            as_given = given == each.cell.text or (stale and closed)
            if as_given and not each.again and spare[at] > 0:
                spare[at] -= 1
                self.introduce(each, given)
            elif closed:
                self.overwritten(each, given)
            else:
                self.typed(each, words)
        self.keep(loose, spare)
        self.one_unit()
        of_many = RESPONDENT["place"] in set(issued.form.sheets[0].rows["item"])
        if of_many and self.staged and not self.respondent.keys() & {*OF_MANY}:
            self.warn(None, issued.form.identity.form, said("nobody"))
        if stale:
            self.warn(None, identity.digest, said("stale"))

    def keep(self, cells: Iterable[Placed], spare: Counter[tuple[str, str]], why: str = "") -> None:
        """Quarantine cells that answer no question, but for those that the form went out with."""
        for each in cells:
            at = each.part.title if each.part else each.cell.sheet, each.cell.text
            if spare[at] > 0:
                spare[at] -= 1
            else:
                why_not = why or _misplaced(each)
                self.quarantine(each, each.cell.value, why_not, ask=each.asked)

    def overwritten(self, each: Placed, given: str) -> None:
        """A cell that was filled in beforehand, or that a row added or copied has like one."""
        part, name, text = each.part, each.field, each.cell.text
        key = each.key or {}
        if part is None:
            return
        of_key = part.rows.loc[part.rows[part.key[0]].eq(key[part.key[0]])]
        copied = name in of_key and text in set(of_key[name].map(cleaned))
        if each.row is None and name in part.key:
            self.stage(each, name, key[name])
        elif copied and (each.again or each.row is None or text == given):
            self.stage(each, name, text)
        else:
            told = "given_key" if name in part.key else "given" if given else "given_empty"
            why = said(told, text=text, read=given, was=given)
            self.quarantine(each, each.cell.value, why, ask=False)

    def typed(self, each: Placed, words: Words) -> None:
        """A cell that was left for an answer."""
        name, cell = each.field, each.cell
        of_numbers = each.column is not None and each.column.kind == "number"
        number_wanted = of_numbers or name in PERSON_DAYS
        found = value(name, number_wanted, cell.kind, cell.value, words)
        if not found.text:
            self.quarantine(each, cell.value, found.why, ask=found.ask)
            return
        self.introduce(each, found.text)
        for of, text in {name: found.text, **found.more}.items():
            self.stage(each, of, text)
        remarks = [*found.remarks]
        remarks += [said("hidden")] if cell.hidden else []
        remarks += [said("remark")] if name == "remark" else []
        for remark in remarks:
            self.warn(each, cell.value, remark)

    def introduce(self, each: Placed, text: str) -> None:
        """Remember what the first sheet says of who answers."""
        if each.asked and each.in_intro:
            self.respondent.setdefault(each.field, text)

    def one_unit(self) -> None:
        """A unit beside a number counts before the one that the number itself has."""
        units = [row for row in self.staged if row["field"] == "unit"]
        beside = {(row["sheet"], row["row"]): row["value"] for row in units if not row["aside"]}
        for row in units:
            other = beside.get((row["sheet"], row["row"]))
            if row["aside"] and other:
                self.staged.remove(row)
                if other != row["value"]:
                    why = said("two_units", one=row["value"], other=other)
                    self.warnings.append({**row, "value": row["typed"], "why": why})

    def place(self, each: Placed | None) -> dict[str, Any]:
        """Where a cell stands and what it is about."""
        if each is None:
            return {}
        cell, about = each.cell, dict(each.key or {})
        if each.part and each.row is not None and "measure_id" in each.part.rows:
            about.setdefault("measure_id", each.part.rows["measure_id"].iloc[each.row])
        told = {"sheet": cell.sheet, "cell": cell.cell, "row": cell.row, "field": each.field}
        return {
            **told,
            **{name: about.get(name, "") for name in ("measure_id", "criterion", "step_id")},
        }

    def stage(self, each: Placed, name: str, text: str) -> None:
        """Add what a cell says."""
        told = {"value": text, "typed": each.cell.value, "aside": name != each.field}
        self.staged.append(self.place(each) | told | {"field": name})

    def quarantine(self, each: Placed | None, text: str, why: str, *, ask: bool) -> None:
        """Add what could not be read."""
        self.quarantined.append(self.place(each) | {"value": text, "why": why, "ask": ask})
        if remark := personal(text):
            self.warn(each, text, remark)

    def warn(self, each: Placed | None, text: str, why: str) -> None:
        """Add what is doubtful."""
        self.warnings.append(self.place(each) | {"value": text, "why": why, "ask": False})


def framed(rows: list[dict[str, Any]], columns: list[str], source: dict[str, Any]) -> pd.DataFrame:
    """Rows of text with whose they are; numbers and flags stay such."""
    frame = pd.DataFrame(rows, columns=columns).assign(**source)
    kinds = dict.fromkeys(("row", "round", "staged", "quarantined"), "int64") | {"ask": "bool"}
    numbers = {name: kind for name, kind in kinds.items() if name in columns}
    texts = frame.drop(columns=[*numbers]).astype("object").fillna("").astype("str")
    whole = frame[[*numbers]].fillna(0).astype(numbers)
    return pd.concat([texts, whole], axis="columns")[columns]


def _misplaced(each: Placed) -> str:
    """Why nobody can say which question a cell answers."""
    if each.part is None:
        return said("no_sheet", text=each.cell.sheet)
    if each.column is not None:
        return said("other_row", text=each.called) if each.called else said("no_row")
    return said("beside" if each.key is None else "no_heading")
