"""What is asked of all bodies about one period, and the form that each of them gets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from slz_lib.collection.forms import (
    CAPACITY,
    DETAILS,
    IDENTITY,
    INTRO,
    INTRO_TITLE,
    MEASURES,
    OF_MANY,
    RESPONDENT,
    ROLES,
    SCHEMA,
    STEPS,
    Answer,
    Form,
    FormColumn,
    FormSheet,
    Identity,
    stamped,
)
from slz_lib.collection.values import known_places
from slz_lib.dataset import Dataset
from slz_lib.dataset.opening import days, in_force
from slz_lib.dataset.times import deadlines
from slz_lib.dataset.views import on_day
from slz_lib.errors import ParameterError
from slz_lib.language import czech_sorted, format_number, no_breaks
from slz_lib.untrusted import cut
from slz_lib.vocabulary import STATE_LABELS, EvidenceState, Period, Role, StepState
from slz_lib.vocabulary.labels import labels

#: Characters of a text that a form shows; the end of a longer one is left out, which is said.
_LONGEST = 800
_LEFT_OUT = " (zkráceno)"


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Co se ptáme na jedno období: opatření, kritéria a kroky všech subjektů.

    Attributes:
        dataset: with the facts of the period.
        period: the period asked about; the data need not have it yet.
        roles: ``measure_id``, ``body_id``, ``role``, a row a pair.
        measures: the given columns of the sheet of measures but the role; a row a measure.
        details: likewise those of the sheet of details, a row a criterion.
        steps: steps of a plan that are due by the end of the period or have no place in the plan,
            likewise, and ``lead``.
        leading: ids of the bodies that lead a step of the plan; they are asked for their capacity.
    """

    dataset: Dataset
    period: Period
    roles: pd.DataFrame
    measures: pd.DataFrame
    details: pd.DataFrame
    steps: pd.DataFrame
    leading: frozenset[str] = frozenset()

    @property
    def bodies(self) -> list[str]:
        """Ids of the bodies that report: those with a role, in Czech order."""
        return czech_sorted(self.roles["body_id"].unique())

    def form(self, body: str, respond_by: date) -> Form:
        """The form of one body.

        Raises:
            ParameterError: the body has no role in the period.
        """
        if body not in self.bodies:
            raise ParameterError(f"Subjekt „{body}“ nemá v\u00a0období {self.period.label} roli.")
        own = self.roles[self.roles["body_id"].eq(body)].set_index("measure_id")["role"]
        measures, details = (
            rows[rows["measure_id"].isin(own.index)] for rows in (self.measures, self.details)
        )
        measures = measures.assign(role=measures["measure_id"].map(own).map(ROLES))
        steps = self.steps[self.steps["lead"].eq(body)]
        row = self.dataset.record("bodies", body)
        many = row["stands_for"] == "many"
        left = {*(() if many else OF_MANY), *(() if body in self.leading else (CAPACITY,))}
        items = [text for name, text in RESPONDENT.items() if name not in left]
        intro = pd.DataFrame({"item": [*items, *IDENTITY.values()]}, dtype="str")
        tables = {INTRO: intro, MEASURES: measures, DETAILS: details, STEPS: steps}
        form = Form(
            Identity(f"{self.period.id}.{body}", self.period.id, body, SCHEMA, 1, ""),
            tuple(
                _sheet(name, self._columns(name, measures["measure_id"]), rows)
                for name, rows in tables.items()
            ),
            respond_by,
            row["name"],
            self.period,
            str(self.dataset.strategy["name_genitive"].iloc[0]),
            self._places() if many else (),
            self._assumed(body),
        )
        return stamped(form, 1)

    def _columns(self, sheet: str, measures: Iterable[str]) -> tuple[FormColumn, ...]:
        """The columns of a sheet with what their drop-downs offer."""
        offers = {
            "": (),
            "answers": labels(Answer).values(),
            "states": [STATE_LABELS[state] for state in EvidenceState],
            "reaches": self.dataset.terms.reaches.values(),
            "places": self._places(),
            "units": czech_sorted(self.dataset.units["unit"]),
            "measures": measures,
            "step_states": labels(StepState).values(),
        }
        return tuple(
            FormColumn(
                line["name"],
                line["heading"],
                given=line["given"] == "true",
                options=tuple(offers[line["offers"]]),
                kind=line["kind"],
                width=int(line["width"]),
                advice=no_breaks(line["advice"]),
                only=line["only"] == "true",
            )
            for line in _COLUMNS
            if line["sheet"] == sheet
        )

    def _assumed(self, body: str) -> str:
        """Person-days of a quarter that the plan reckons with; empty where it does not say."""
        rows = self.dataset.capacities
        plan = self.dataset.plan_over(self.period) or ""
        own = rows["horizon_id"].eq(plan) & rows["quarter"].isna()
        known = rows.loc[own & rows["body_id"].eq(body), "person_days"]
        return "" if known.empty else format_number(float(known.iloc[0]))

    def _places(self) -> tuple[str, ...]:
        return tuple(czech_sorted(known_places(self.dataset)["id"]))


def questions(
    dataset: Dataset,
    period_id: str,
    statuses: pd.Series | None = None,
    steps: pd.DataFrame | None = None,
) -> Questions:
    """What is asked of all bodies about one period.

    The measures are those that the data lay out for the period, else those in force in it; what
    was answered last comes from the last period before it.

    Args:
        dataset: the data.
        period_id: the years, ``2024-2025`` or ``2024``; the data need not have the period yet.
        statuses: the status in which the last period left each measure (index measure id).
        steps: steps of a plan: ``id``, ``measure_id``, ``step``, ``lead`` (body ids joined by
            ``;``), ``deadline`` (datetime64, NaT = no place in the plan), ``effort``.

    Raises:
        ParameterError: the id is no such years.
    """
    period = asked_period(dataset, period_id)
    laid_out = dataset.decisions[dataset.decisions["period_id"].eq(period.id)]
    chosen = in_force(dataset, period) if laid_out.empty else laid_out
    facts = on_day(dataset, period.as_of)
    versions = pd.MultiIndex.from_frame(chosen[["measure_id", "wording_version"]])
    wordings = dataset.measures.set_index(["id", "wording_version"], drop=False).loc[versions]
    wordings = wordings.reset_index(drop=True)
    last = dataset.last_before(period.start)
    evidence, decisions = (
        table[table["period_id"].eq(last or "")] for table in (facts.evidence, facts.decisions)
    )
    return Questions(
        facts,
        period,
        _roles(facts.measure_bodies, wordings["id"]),
        _measures(facts, wordings, statuses, decisions, evidence),
        _details(facts, wordings, evidence),
        _due(steps, facts, period),
        frozenset() if steps is None else frozenset(steps["lead"]),
    )


def asked_period(dataset: Dataset, period_id: str) -> Period:
    """The period of these years, as the data have it, else as it would begin.

    Raises:
        ParameterError: the id is no such years.
    """
    if period_id in set(dataset.periods["id"]):
        return dataset.period(period_id)
    start, end = days(period_id)
    return Period(period_id, start, end, end)


def _roles(measure_bodies: pd.DataFrame, measures: pd.Series) -> pd.DataFrame:
    """One row a measure and body; who leads and co-operates, leads."""
    rows = measure_bodies[["measure_id", "body_id", "role"]].dropna()
    rows = rows[rows["measure_id"].isin(measures)]
    rows = rows.assign(rank=rows["role"].map(list(Role).index))
    return rows.sort_values("rank").drop_duplicates(["measure_id", "body_id"]).drop(columns="rank")


def _measures(
    facts: Dataset,
    wordings: pd.DataFrame,
    statuses: pd.Series | None,
    decisions: pd.DataFrame,
    evidence: pd.DataFrame,
) -> pd.DataFrame:
    ids = wordings["id"]
    clauses = wordings["area_id"].map(facts.areas.set_index("id")["clause"])
    wording = (clauses + " " + wordings["designation"]).fillna(wordings["designation"])
    happened = facts.events.set_index("event")["happened"]
    labels_of = {step.code: step.label for step in facts.scale}
    answered = decisions.set_index("measure_id")["commentary"]
    silent = evidence["state"].eq(EvidenceState.NOTHING_SUPPLIED)
    said = evidence["note"].mask(silent, EvidenceState.NOTHING_SUPPLIED.label)
    noted = said.groupby(evidence["measure_id"]).agg(lambda notes: "; ".join(notes.unique()))
    return _texts(
        measure_id=ids,
        wording=wordings["title"] + "\n" + wording,
        indicator=wordings["indicator"],
        deadline=deadlines(wordings, happened).map(lambda deadline: deadline.compact),
        last_status=ids.map({} if statuses is None else statuses.map(labels_of).to_dict()),
        last_answer=ids.map(answered).fillna(ids.map(noted)),
    )


def _details(facts: Dataset, wordings: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Criteria of each measure: those of its last evidence, else its indicators, else itself."""
    named = facts.indicators.sort_values("order")[["measure_id", "name"]].dropna()
    named = named.rename(columns={"name": "criterion"})
    itself = wordings[["id", "indicator"]].set_axis(["measure_id", "criterion"], axis="columns")
    itself = itself.assign(criterion=itself["criterion"].fillna("plnění opatření"))
    found = evidence.sort_values("order", kind="stable")[["measure_id", "criterion"]]
    for other in (named, itself):
        found = pd.concat([found, other[~other["measure_id"].isin(found["measure_id"])]])
    found = found.drop_duplicates()
    titled = wordings[["id", "title"]].rename(columns={"id": "measure_id"})
    rows = titled.merge(found, on="measure_id", how="left")
    return _texts(**{str(name): rows[name] for name in ("measure_id", "title", "criterion")})


def _due(steps: pd.DataFrame | None, facts: Dataset, period: Period) -> pd.DataFrame:
    """The steps that are asked about; what was reported for the period stays among them.

    An accepted answer may move a step elsewhere, and its return is read again.
    """
    if steps is None or steps.empty:
        return pd.DataFrame(columns=["lead"])
    reports = facts.progress
    known = reports.loc[reports["day"].eq(pd.Timestamp(period.as_of)), "step_id"]
    ends = steps["deadline"]
    due = steps[ends.isna() | ends.le(pd.Timestamp(period.end)) | steps["id"].isin(known)]
    return _texts(
        step_id=due["id"],
        measure_id=due["measure_id"],
        step=due["step"],
        step_deadline=due["deadline"].dt.strftime("%Y-%m-%d"),
        step_assumed=due["effort"].map(format_number, na_action="ignore"),
        lead=due["lead"],
    )


def _texts(**columns: pd.Series | Sequence[str]) -> pd.DataFrame:
    """Columns of text; what is missing is empty, what is too long is cut."""
    frame = pd.DataFrame(columns).astype("str").fillna("").reset_index(drop=True)
    return frame.map(
        lambda text: (
            text if len(text) <= _LONGEST else cut(text, _LONGEST - len(_LEFT_OUT)) + _LEFT_OUT
        )
    )


def _sheet(name: str, columns: tuple[FormColumn, ...], given: pd.DataFrame) -> FormSheet:
    title, *key = _SHEETS[name]
    names = [column.name for column in columns]
    rows = given.reindex(columns=names, fill_value="").astype("str").reset_index(drop=True)
    return FormSheet(name, title, columns, rows, tuple(key), grows=name == DETAILS)


#: Sheet → its title, and the columns that tell one row from another.
_SHEETS = {
    INTRO: (INTRO_TITLE, "item"),
    MEASURES: ("Opatření", "measure_id"),
    DETAILS: ("Podrobnosti", "measure_id", "criterion"),
    STEPS: ("Kroky", "step_id"),
}
with (Path(__file__).parent / "form_columns.csv").open(encoding="utf-8", newline="") as _stream:
    _COLUMNS = list(csv.DictReader(_stream))
