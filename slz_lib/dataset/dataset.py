"""The dataset: all validated tables in one frozen value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from slz_lib.dataset.faults import Fault
from slz_lib.dataset.memo import Kept
from slz_lib.dataset.nearest import require_known
from slz_lib.dataset.schemas import BY_NAME, TABLES
from slz_lib.display import Bar, overview
from slz_lib.errors import ParameterError
from slz_lib.language import count, counted, czech_sorted
from slz_lib.vocabulary import CountsAs, Period, Role, Scale, Step, Terms, nouns


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dataset(Kept):
    """Zkontrolované tabulky; vytvoří je ``load`` a jen se čtou.

    Columns and their meaning are described in ``slz_lib.dataset.schemas``. Texts are ``str``,
    days ``datetime64``, whole numbers ``int64``; an empty cell is a missing value.

    Attributes:
        root: folder from which the tables come.
        warnings: what is worth a look, though it stops nothing.
    """

    root: Path
    sources: pd.DataFrame
    strategy: pd.DataFrame
    words: pd.DataFrame
    goal_levels: pd.DataFrame
    goals: pd.DataFrame
    goal_conditions: pd.DataFrame
    areas: pd.DataFrame
    measures: pd.DataFrame
    events: pd.DataFrame
    successions: pd.DataFrame
    indicators: pd.DataFrame
    bodies: pd.DataFrame
    measure_bodies: pd.DataFrame
    links: pd.DataFrame
    abbreviations: pd.DataFrame
    laws: pd.DataFrame
    districts: pd.DataFrame
    partnerships: pd.DataFrame
    places: pd.DataFrame
    statuses: pd.DataFrame
    evaluation_rules: pd.DataFrame
    rule_conditions: pd.DataFrame
    reach_terms: pd.DataFrame
    dispute_rules: pd.DataFrame
    coding_terms: pd.DataFrame
    audit_rules: pd.DataFrame
    plan_causes: pd.DataFrame
    plan_choices: pd.DataFrame
    plan_steps: pd.DataFrame
    plan_efforts: pd.DataFrame
    plan_phrases: pd.DataFrame
    plan_targets: pd.DataFrame
    plan_weights: pd.DataFrame
    report_forms: pd.DataFrame
    units: pd.DataFrame
    periods: pd.DataFrame
    decisions: pd.DataFrame
    evidence: pd.DataFrame
    contributions: pd.DataFrame
    codings: pd.DataFrame
    settlements: pd.DataFrame
    acknowledgements: pd.DataFrame
    observations: pd.DataFrame
    claims: pd.DataFrame
    comments: pd.DataFrame
    notes: pd.DataFrame
    horizons: pd.DataFrame
    funding: pd.DataFrame
    merges: pd.DataFrame
    capacities: pd.DataFrame
    adjustments: pd.DataFrame
    scenarios: pd.DataFrame
    progress: pd.DataFrame
    proposals: pd.DataFrame
    other_plans: pd.DataFrame
    other_levels: pd.DataFrame
    other_items: pd.DataFrame
    other_summary: pd.DataFrame
    warnings: tuple[Fault, ...] = ()

    def table(self, name: str) -> pd.DataFrame:
        """The table called ``name``.

        Raises:
            ParameterError: there is no such table.
        """
        require_known("Tabulka", name, list(BY_NAME))
        frame: pd.DataFrame = getattr(self, name)
        return frame

    @property
    def scale(self) -> Scale:
        """The scale by which measures are judged; its steps are the rows of ``statuses``."""
        names = ["code", "label", "sign", "colour", "spoken", "counts_as"]
        rows = self.statuses.sort_values("order")[names].to_numpy().tolist()
        return Scale(
            tuple(
                Step(code, label, sign, colour, spoken, CountsAs(meaning))
                for code, label, sign, colour, spoken, meaning in rows
            )
        )

    @property
    def terms(self) -> Terms:
        """What the strategy calls its territory, its parts and itself, in all cases."""
        divided = "municipality" if self.districts["municipalities"].notna().any() else "district"
        known = nouns(self.words.to_dict("records"))
        return Terms.of(known, "" if self.districts.empty else divided)

    @property
    def leads(self) -> pd.DataFrame:
        """The rows of ``measure_bodies`` that name a lead, or say that a measure has none."""
        return self.measure_bodies[self.measure_bodies["role"].eq(Role.LEAD)]

    def period(self, period_id: str) -> Period:
        """The evaluated period of this id.

        Raises:
            ParameterError: the data do not know the period.
        """
        row = _row(self.periods, period_id, "Období", "slz period new")
        start, end, as_of = (row[name].date() for name in ("start", "end", "as_of"))
        return Period(period_id, start, end, as_of, imported=row["origin"] == "imported")

    def horizon(self, horizon_id: str) -> Period:
        """The planning horizon of this id; its ``as_of`` is that of the period it follows.

        Raises:
            ParameterError: the data do not know the horizon.
        """
        row = _row(self.horizons, horizon_id, "Plánovací období", "slz plan new")
        as_of = self.period(row["follows"]).as_of
        return Period(horizon_id, row["start"].date(), row["end"].date(), as_of)

    def followed_by(self, horizon_id: str) -> str:
        """The id of the evaluated period that a planning horizon follows.

        Raises:
            ParameterError: the data do not know the horizon.
        """
        row = _row(self.horizons, horizon_id, "Plánovací období", "slz plan new")
        return str(row["follows"])

    def plans_after(self, *period_ids: str) -> pd.DataFrame:
        """The rows of ``horizons`` of the plans that follow any of these periods."""
        return self.horizons[self.horizons["follows"].isin(period_ids)]

    def plan_over(self, period: Period) -> str | None:
        """The id of the last planning horizon that shares a day with a period; ``None`` if none."""
        plans = self.horizons.sort_values("start")
        shared = plans["start"].le(pd.Timestamp(period.end))
        shared &= plans["end"].ge(pd.Timestamp(period.start))
        found = plans.loc[shared, "id"].tolist()
        return found[-1] if found else None

    def newest_period(self) -> str:
        """The id of the last period that has evidence or a status; of the last one if none has."""
        begun = self.decisions[self.decisions[["status", "decided"]].notna().any(axis="columns")]
        filled = {*begun["period_id"], *self.evidence["period_id"]}
        return self._last(self.periods, self.periods["id"].isin(filled))

    def newest_horizon(self) -> str:
        """The id of the last horizon that follows a period with evidence or a status."""
        newest = self.periods.set_index("id")["end"][self.newest_period()]
        follows = self.horizons["follows"].map(self.periods.set_index("id")["end"])
        return self._last(self.horizons, follows <= newest)

    @staticmethod
    def _last(spans: pd.DataFrame, among: pd.Series[bool]) -> str:
        chosen = spans[among] if among.any() else spans
        return str(chosen.sort_values("end")["id"].iloc[-1])

    def last_before(self, day: date) -> str | None:
        """The id of the latest period that ends before ``day``; ``None`` when none does."""
        earlier = self.periods[self.periods["end"] < pd.Timestamp(day)]
        return None if earlier.empty else str(earlier.sort_values("end")["id"].iloc[-1])

    def previous(self, period_id: str) -> str | None:
        """The id of the latest period that ends before this one starts; ``None`` when none does.

        Raises:
            ParameterError: the data do not know the period.
        """
        return self.last_before(self.period(period_id).start)

    def parts(self, kind: str) -> list[str]:
        """Ids of what has a brief of its own: areas with measures, bodies with a role, districts.

        Args:
            kind: ``area``, ``body``, ``district``, or another table's name in the singular.
        """
        match kind:
            case "area":
                ordered = self.areas.sort_values("order")["id"]
                return ordered[ordered.isin(self.measures["area_id"])].tolist()
            case "body":
                return czech_sorted(self.measure_bodies["body_id"].dropna().unique())
            case _:
                return self.table(f"{kind}s")["id"].tolist()

    def part(self, kind: str, part_id: str | None = None) -> str:
        """The id of a part that has a brief of its own; of the first one without ``part_id``.

        Args:
            kind: as :meth:`parts` takes it.
            part_id: what somebody stated.

        Raises:
            ParameterError: the data do not know the part, or have none of the kind.
        """
        terms, known = self.terms, self.parts(kind)
        noun = {
            "area": str(terms.area),
            "body": "subjekt s\u00a0rolí",
            "district": str(terms.district_title),
        }.get(kind, "označení")
        if not known:
            raise ParameterError(
                f"Přehled není o\u00a0čem vydat: data nemají žádný záznam druhu „{noun}“."
            )
        chosen = known[0] if part_id is None else part_id
        require_known(f"{noun[0].upper()}{noun[1:]}", chosen, known)
        return chosen

    def record(self, table: str, row_id: str) -> pd.Series:
        """The row of a table with this ``id``.

        Raises:
            ParameterError: there is no such table.
            KeyError: the table has no such row.
        """
        frame = self.table(table)
        found = frame[frame["id"].eq(row_id)]
        if found.empty:
            raise KeyError(row_id)
        return found.iloc[0]

    @property
    def _size(self) -> str:
        rows = sum(len(self.table(table.name)) for table in TABLES)
        return (
            f"{count(len(TABLES), 'tabulka', 'tabulky', 'tabulek')}, "
            f"{count(rows, 'řádek', 'řádky', 'řádků')}"
        )

    def __repr__(self) -> str:
        return (
            f"<Dataset: {self._size}; období {_listed(self.periods)}; "
            f"plán {_listed(self.horizons)}>"
        )

    def _repr_html_(self) -> str:
        told = "záznam o\u00a0plnění", "záznamy o\u00a0plnění", "záznamů o\u00a0plnění"
        figures = "číselný údaj", "číselné údaje", "číselných údajů"
        return overview(
            "Data strategie sociálního začleňování",
            facts={
                "Vyhodnocená období": _listed(self.periods),
                "Plánovací období": _listed(self.horizons),
                "Strategie": f"{self.terms.area.counted(len(self.areas))}, "
                f"{counted(self.measures['id'].nunique(), 'opatreni')}, "
                f"{counted(len(self.bodies), 'subjekty')}",
                "Podklady": f"{count(len(self.evidence), *told)}, "
                f"{count(len(self.observations), *figures)}",
                "Celkem": self._size,
            },
            bars=_bars(self.areas, self.measures.drop_duplicates("id")),
            bars_title="Opatření podle okruhů",
            next_steps=(
                f'evaluate(dataset, "{self.periods["id"].iloc[-1]}")',
                "dataset.measures",
                "dataset.decisions",
                'dataset.table("evidence")',
            ),
        )


#: What each table is, is written down once, with its columns.
Dataset.__doc__ = (Dataset.__doc__ or "").rstrip() + "".join(
    f"\n        {table.name}: {table.title} (``{table.path}``)." for table in TABLES
)


def _bars(areas: pd.DataFrame, measures: pd.DataFrame) -> list[Bar]:
    """Measures by area, in the strategy's order."""
    ordered = areas.sort_values("order")
    counts = measures["area_id"].value_counts().reindex(ordered["id"], fill_value=0)
    return [Bar(str(n), int(c)) for n, c in zip(ordered["short_name"], counts, strict=True)]


def _listed(periods: pd.DataFrame) -> str:
    return ", ".join(periods["label"])


def _row(frame: pd.DataFrame, row_id: str, noun: str, adding: str) -> pd.Series:
    """The row of this id; ``adding`` is the command that would add it."""
    addable = re.fullmatch(r"[0-9]{4}(-[0-9]{4})?", str(row_id))
    more = f" Nové založí {adding} {row_id}." if addable else ""
    require_known(noun, row_id, frame["id"].tolist(), more)
    return frame[frame["id"] == row_id].iloc[0]
