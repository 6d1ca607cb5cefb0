"""What prose says of a period that no table of the evaluation says by itself.

``%%prose findings evaluation`` lends these attributes, and the evaluation's own, to a cell as
names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.trees import in_order
from slz_lib.documents.model import Content
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.claims import implied_shares, stated_sum
from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.reliability import Agreement, reliability
from slz_lib.evaluation.replay import Decomposition, decompose
from slz_lib.language import count, czech_sorted, format_number, format_percent, plural
from slz_lib.presentation.cards import cards_by_area
from slz_lib.presentation.charts import series_measures
from slz_lib.presentation.charts.transitions import movement_said
from slz_lib.presentation.naming import full_body_name, goal_names
from slz_lib.presentation.phrases import (
    capitalised,
    degrees,
    leaders,
    sentences,
    statuses_shared,
    unknown,
)
from slz_lib.presentation.tables.agreement import status_agreements
from slz_lib.presentation.tables.comments import comments_of, comments_said
from slz_lib.vocabulary import ClaimQuantity, CountsAs, Severity

#: How many characters of names a sentence has room for.
_LONGEST_LIST = 400


def as_records(rows: pd.DataFrame) -> list[SimpleNamespace]:
    """The rows of a table, the table's columns as attributes; ``None`` for nothing."""
    names = list(map(str, rows.columns))
    return [
        SimpleNamespace(**dict(zip(names, row, strict=True)))
        for row in rows.astype("object").where(rows.notna(), None).to_numpy().tolist()
    ]


def record_of(dataset: Dataset, table: str, row_id: str) -> SimpleNamespace:
    """The row of a table with this ``id``, the table's columns as attributes."""
    return as_records(dataset.record(table, row_id).to_frame().T)[0]


@dataclass(frozen=True, eq=False)
class Findings:
    """Co se ve vyhodnoceném období zjistilo, připravené pro věty zprávy.

    Attributes:
        evaluation: the judged period.
        compared: the period beside the one before it; ``None`` where there is none.
    """

    evaluation: Evaluation
    compared: Comparison | None = None

    @cached_property
    def strategy(self) -> SimpleNamespace:
        """The strategy's own record: name, region, approved and so on."""
        return as_records(self.evaluation.dataset.strategy)[0]

    @cached_property
    def record(self) -> SimpleNamespace:
        """The period's own record: resolution, day of it and so on."""
        return record_of(self.evaluation.dataset, "periods", self.evaluation.period.id)

    @property
    def overview(self) -> str:
        """How the measures stand on the day, as one or two sentences; empty where there are none.

        *K 31. 12. 2023 z nich byla plněna 2 (50,0 %)… Stav zatím nemá 1 (25,0 %).*
        """
        found = self.evaluation
        stand = statuses_shared(found.counts, found.total, scale=found.scale)
        without = found.without_status
        lacking = f"stav zatím {plural(without, 'nemá', 'nemají', 'nemá')} "
        lacking += f"{format_number(without)} ({format_percent(without / (found.assessed or 1))})"
        if without == found.total:
            lacking = "stav zatím nemá žádné"
        return sentences(
            f"K\u00a0{found.period.as_of_label} {stand}" if stand else "",
            capitalised(lacking) if without else "",
        )

    @property
    def movement(self) -> str:
        """How many measures went which way since the period before; empty in the first one."""
        return "" if self.compared is None else movement_said(self.compared)

    def notes(self, topic: str) -> list[str]:
        """What the period's report says of its own making, by topic.

        Topics: ``asked``, ``purpose``, ``method``, ``limits``, ``risks``, ``territory``,
        ``tasks``.
        """
        rows = self.evaluation.dataset.notes
        chosen = rows["period_id"].eq(self.evaluation.period.id) & rows["topic"].eq(topic)
        return list(rows.loc[chosen, "text"])

    @cached_property
    def areas(self) -> list[SimpleNamespace]:
        """The records of the areas in the strategy's order."""
        return as_records(self.evaluation.dataset.areas.sort_values("order"))

    @cached_property
    def cards(self) -> dict[str, Content]:
        """The cards of the measures by area id."""
        return cards_by_area(self.evaluation)

    @cached_property
    def unfulfilled_areas(self) -> list[str]:
        """Areas without a measure that is fulfilled."""
        table = self.evaluation.by_area
        achieved = self.evaluation.scale.that(CountsAs.DONE, CountsAs.RUNNING)
        bare = table[table[achieved].sum(axis="columns").eq(0) & table["total"].gt(0)]
        return list(bare.index)

    @cached_property
    def wrong_claims(self) -> list[SimpleNamespace]:
        """Stated counts that the tables do not bear out: ``status``, ``value``, ``recomputed``."""
        claims = self.evaluation.claims
        wrong = claims[~claims["holds"] & claims["quantity"].eq(str(ClaimQuantity.COUNT))]
        return as_records(
            wrong.sort_values(
                "status", key=lambda codes: codes.map(self.evaluation.scale.codes.index)
            )
        )

    @cached_property
    def stated_sum(self) -> int:
        """What the stated counts of statuses add up to."""
        return stated_sum(self.evaluation.claims) or 0

    @cached_property
    def shares_of_other_counts(self) -> list[SimpleNamespace]:
        """Stated shares that do not follow from the counts they stand beside.

        Each has ``text``, ``status``, ``count``, ``implied`` and ``recomputed`` (fractions).
        """
        return as_records(implied_shares(self.evaluation.claims, self.evaluation.assessed))

    @cached_property
    def decomposition(self) -> Decomposition | None:
        """The change of method and the change of fact since the previous period."""
        return (
            None if self.compared is None else decompose(self.compared.before, self.compared.after)
        )

    def findings_of(self, severity: str = "") -> int:
        """Findings of the audit, all or of one severity (``high``, ``medium``, ``low``)."""
        found = self.evaluation.audit.findings["severity"]
        return int(found.eq(str(Severity(severity))).sum()) if severity else len(found)

    @property
    def by_severity(self) -> list[str]:
        """Findings of the audit by severity, worst first: *4 se střední závažností*."""
        words = {"high": "s\u00a0vysokou", "medium": "se střední", "low": "s\u00a0nízkou"}
        found = {word: self.findings_of(severity) for severity, word in words.items()}
        told = [f"{number} {word}" for word, number in found.items() if number]
        return [f"{told[0]} závažností", *told[1:]] if told else []

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Agreement of the ``published`` and the ``decided`` status with the derived one."""
        return status_agreements(self.evaluation)

    @cached_property
    def codings(self) -> SimpleNamespace | None:
        """Agreement of two codings of the evidence; ``None`` where there are no two.

        ``derived``, ``state``, ``reach`` and ``criteria`` are agreements, ``differences`` is the
        number of measures that were coded differently.
        """
        found = reliability(self.evaluation)
        if found.measures.empty:
            return None
        return SimpleNamespace(
            **found.agreements, differences=len(found.differences), settled=len(found.settled)
        )

    @property
    def comments_said(self) -> str:
        """How the comments on the draft were settled; empty where there are none."""
        return comments_said(comments_of(self.evaluation))

    @property
    def unknown(self) -> str:
        """How many measures are not judged, cannot be, or had nothing supplied."""
        return unknown(self.evaluation)

    @property
    def unsupported(self) -> list[str]:
        """Measures that stand as fulfilled, at least in part, to which nothing was supplied."""
        table = self.evaluation.judgements
        better = table["status"].notna() & ~table["status"].isin(
            self.evaluation.scale.that(CountsAs.NOT)
        )
        return list(table.loc[better & table["silent"], "measure_id"])

    @cached_property
    def by_silence(self) -> list[str]:
        """The statuses that the rules give where nothing was supplied, with their signs."""
        table = self.evaluation.judgements
        given = set(table.loc[table["silent"], "derived"].dropna())
        return [step.marked for step in self.evaluation.scale if step.code in given]

    @property
    def degrees(self) -> str:
        """Of how many degrees the scale is: *čtyřstupňové* (of a scale, on a scale)."""
        return degrees(self.evaluation.scale, "é")

    @cached_property
    def leads(self) -> pd.DataFrame:
        """Lead bodies × statuses without the row of measures that have none."""
        return self.evaluation.by_lead.drop(index="", errors="ignore")

    @cached_property
    def busiest_leads(self) -> list[str]:
        """The lead bodies with most measures, with their abbreviations; all of a tie."""
        dataset = self.evaluation.dataset
        return [full_body_name(dataset, body) for body in leaders(self.leads["total"])]

    @cached_property
    def partners(self) -> list[str]:
        """Municipalities in partnership with the Agency, in Czech order."""
        return czech_sorted(self.evaluation.dataset.partnerships["municipality"])

    @cached_property
    def unheard_districts(self) -> list[str]:
        """Districts that no evidence names a place of, in Czech order."""
        rates = self.evaluation.uncertainty.by_district
        names = self.evaluation.dataset.districts.set_index("id")["name"]
        return czech_sorted(
            str(names[district]) for district in rates.index[rates["evidence"].eq(0)]
        )

    @cached_property
    def series(self) -> list[SimpleNamespace]:
        """The records of the measures whose figures form a series worth a chart."""
        measures = self.evaluation.dataset.measures.set_index("id", drop=False)
        return as_records(measures.loc[series_measures(self.evaluation.history)])

    @cached_property
    def goal_levels(self) -> list[SimpleNamespace]:
        """The levels of goals that have any, from the first on.

        Each has the forms of its noun, ``names`` of its goals in their order, and ``counted``:
        their number with the noun; ``listed`` is whether a sentence has room for the names.
        """
        dataset = self.evaluation.dataset
        goals, names = in_order(dataset.goals), goal_names(dataset)
        levels = as_records(dataset.goal_levels.sort_values("order"))
        for level in levels:
            level.names = [*goals.loc[goals["level_id"].eq(level.id), "id"].map(names)]
            level.listed = sum(map(len, level.names)) <= _LONGEST_LIST
            level.counted = count(len(level.names), level.one, level.few, level.many)
        return [level for level in levels if level.names]

    @property
    def made_exact(self) -> list[str]:
        """What the scale's definitions leave open and the rules say: *co je „celé území“*."""
        dataset = self.evaluation.dataset
        majority = dataset.statuses["wording"].str.contains("převaž").any()
        passages = dataset.reach_terms["passage"].head(1)
        return [
            *(["kdy kritéria „převažují“"] if majority else []),
            *(f"co je „{passage}“" for passage in passages),
        ]

    @cached_property
    def conditions(self) -> list[SimpleNamespace]:
        """Goals with the goals that are their condition, in order.

        Each has ``noun``, its level in the genitive, its ``name``, and the names of its
        ``conditions``.
        """
        dataset = self.evaluation.dataset
        names, pairs = goal_names(dataset), dataset.goal_conditions
        goals = in_order(dataset.goals).set_index("id")
        nouns = goals["level_id"].map(dataset.goal_levels.set_index("id")["genitive"])
        place = pd.Series(range(len(goals)), index=goals.index)
        ordered = pairs.sort_values(["goal_id", "condition_id"], key=lambda ids: ids.map(place))
        return [
            SimpleNamespace(noun=nouns[goal], name=names[goal], conditions=[*own.map(names)])
            for goal, own in ordered.groupby("goal_id", sort=False)["condition_id"]
        ]

    @cached_property
    def unnamed_goals(self) -> list[str]:
        """Numbers of the goals whose name the source has lost."""
        goals = in_order(self.evaluation.dataset.goals)
        return [*goals["number"].fillna(goals["id"])[goals["name"].isna()]]

    @cached_property
    def other_plans(self) -> list[SimpleNamespace]:
        """The other plans of which the sources show anything, in order.

        Each has its record's columns, ``traits`` in words, ``stated`` (published counts), ``shown``
        (how much of it the sources show, by level), ``groups`` and ``group`` (what its items are
        divided into, and how that is called), and ``items``: whether there are any.
        """
        dataset = self.evaluation.dataset
        found = [
            self._other_plan(record)
            for record in as_records(dataset.other_plans.sort_values("order"))
        ]
        return [plan for plan in found if plan.items or plan.stated]

    def _other_plan(self, plan: SimpleNamespace) -> SimpleNamespace:
        dataset = self.evaluation.dataset
        items, levels, stated = (
            table[table["plan_id"].eq(plan.plan_id)]
            for table in (dataset.other_items, dataset.other_levels, dataset.other_summary)
        )
        sizes = items["level_id"].value_counts()
        shown = as_records(levels[levels["id"].isin(sizes.index)].sort_values("order"))
        divided = items["level_id"].eq(shown[0].id if len(shown) > 1 else "")
        plan.traits = {
            "úplný název": plan.name,
            "pořizovatel": plan.owner,
            "působnost": plan.scope,
            "období": plan.period and plan.period.replace("-", "–"),
        }
        plan.stated = [
            f"{format_number(value)} {name}"
            for value, name in zip(stated["value"], stated["name"], strict=True)
        ]
        plan.shown = [count(int(sizes[x.id]), x.one, x.few, x.many) for x in shown]
        plan.groups, plan.group = [*items.loc[divided, "name"]], shown[0].few if shown else ""
        plan.items = bool(len(items))
        return plan
