"""The one hand-over: everything that tables, charts, sentences and plans read of a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.memo import Memo, copied, digest, lent
from slz_lib.dataset.schemas import TABLES
from slz_lib.dataset.views import of_period
from slz_lib.display import Bar, overview
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import claims
from slz_lib.evaluation.audit import Audit, audit
from slz_lib.evaluation.disputes import of_leads
from slz_lib.evaluation.indicators import progress
from slz_lib.evaluation.judgements import judge, unreasoned
from slz_lib.evaluation.linting import require_sound
from slz_lib.evaluation.period import JudgedPeriod, Selection
from slz_lib.evaluation.rules import RuleSet, rules_in_force
from slz_lib.evaluation.selection import measures_meant
from slz_lib.evaluation.traces import Trace
from slz_lib.evaluation.uncertainty import Uncertainty
from slz_lib.language import counted
from slz_lib.vocabulary import parse_day


@dataclass(frozen=True, eq=False)
class Evaluation(JudgedPeriod):
    """Vyhodnocené období: stavy opatření, podklady a co se o nich dá zjistit."""

    @cached_property
    def audit(self) -> Audit:
        """Co ve zveřejněných údajích nesedí, viz :func:`slz_lib.audit`."""
        return audit(self)

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """Co v období není známo a jak moc by to mohlo výsledek změnit."""
        return Uncertainty(self)

    @cached_property
    def trace(self) -> Trace:
        """Jak se ke každému stavu došlo a co by ho změnilo."""
        return Trace(self)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Pokrok indikátorů, viz :func:`slz_lib.evaluation.indicators.progress`."""
        return progress(self.dataset.indicators, self.dataset.observations, self.period)

    def only(
        self,
        *,
        body: object = None,
        area: object = None,
        status: object = None,
        deadline: object = None,
        district: object = None,
        goal: object = None,
        cooperating: object = None,
        measure: object = None,
        **unknown: object,
    ) -> Evaluation:
        """Totéž vyhodnocení zúžené na vybraná opatření: ``only(body="OSV", deadline=2024)``.

        Every table, chart, card and sentence works on it, and tells of what whole it is a part.
        Nothing is judged again. Things are named as people name them: by code, id, number or Czech
        word, in any case and without diacritics. A list asks for any of its members; what is not
        given asks for nothing.

        Args:
            body: the lead body (*gestor*); ``"neurčen"`` for measures that have none.
            area: the area.
            status: the status that stands; ``"neurčen"`` for measures that have none.
            deadline: a time in which it ends (``2024``, ``"2024-12"``, ``"2024-Q3"``,
                ``"2024–2025"``, a day), its wording, or a kind: ``"pevný"``, ``"průběžně"``,
                ``"na událost"``, ``"bez termínu"``.
            district: a district in which evidence names a place.
            goal: a goal that it serves, itself or with its area, or what is under the goal.
            cooperating: a body that co-operates.
            measure: the measure itself.
            unknown: anything else is refused.

        Raises:
            ParameterError: a word or a value is unknown; says what is nearest.
        """
        asked = {
            "area": area, "measure": measure, "goal": goal, "body": body,
            "cooperating": cooperating, "status": status, "deadline": deadline,
            "district": district, **unknown,
        }  # fmt: skip
        measures, words = measures_meant(self, asked)
        part = narrowed(self, measures)
        before = self.selection or Selection((), self.total, self.total)
        chosen = Selection((*before.words, *words), part.total, before.whole)
        return replace(part, selection=chosen if chosen.words else None)

    def __repr__(self) -> str:
        stated = ", ".join(f"{self.scale[str(s)].label} {n}" for s, n in self.counts.items())
        part = f"; {self.selection}" if self.selection else ""
        return f"<Evaluation {self.period.id}: {stated}{part}>"

    def _repr_html_(self) -> str:
        following = self.dataset.plans_after(self.period.id)["id"]
        return overview(
            f"Vyhodnocení období {self.period.label}",
            facts={
                "Stav k": self.period.as_of_label,
                **({"Výběr": str(self.selection)} if self.selection else {}),
                "Opatření": counted(self.total, "opatreni"),
                f"Odvozený stav se liší od {self.standing}": counted(
                    len(self.differences), "opatreni"
                ),
                "Tvrzení souhrnu, která neodpovídají tabulkám": f"{(~self.claims['holds']).sum()}",
            },
            bars=[
                Bar(step.marked, int(self.counts[step.code]), step.colour) for step in self.scale
            ],
            bars_title=f"Opatření podle {self.standing} stavu",
            next_steps=(
                "evaluation.by_area",
                "evaluation.differences",
                "evaluation.audit",
                "evaluation.trace.changes",
                *(f'draft_plan(evaluation, "{horizon}")' for horizon in following),
            ),
        )


_kept: Memo[Evaluation] = Memo()


def evaluate(
    dataset: Dataset,
    period: str | None = None,
    *,
    as_of: date | str | None = None,
    rules: RuleSet | None = None,
) -> Evaluation:
    """Vyhodnotí každé opatření strategie v jednom období.

    Args:
        dataset: as :func:`slz_lib.load` returns.
        period: id of a period in ``data/periods``, for example ``2022-2023``; the newest one when
            not given.
        as_of: the day to which deadlines are judged, as a date or ``YYYY-MM-DD``; the period's own
            day when not given.
        rules: the rules to apply; those in force on the as-of day when not given.

    Raises:
        ParameterError: the data do not know the period, or ``as_of`` is no day.
        EvaluationError: no rule of evaluation is in force on that day; the rules overlap, leave a
            case open or never apply; or a decision departs from the rules without a reason.
    """
    return lent(kept_evaluation(dataset, period, as_of=as_of, rules=rules))


def kept_evaluation(
    dataset: Dataset,
    period: str | None = None,
    *,
    as_of: date | str | None = None,
    rules: RuleSet | None = None,
) -> Evaluation:
    """The evaluation that :func:`evaluate` gives copies of.

    What is computed of it, such as its audit, every later copy has at once. It belongs to all
    copies, so it is only read.
    """
    chosen = period or dataset.newest_period()
    key = digest(dataset, chosen, as_of, rules)
    # What stays as it is in the period is not to change with the dataset.
    return _kept.get(key, lambda: _judged(copied(dataset), chosen, as_of, rules))


def _judged(
    dataset: Dataset, period: str, as_of: date | str | None, rules: RuleSet | None
) -> Evaluation:
    judged = dataset.period(period)
    if as_of is not None:
        judged = replace(judged, as_of=parse_day(as_of) if isinstance(as_of, str) else as_of)
    rule_set = rules if rules is not None else rules_in_force(dataset, judged.as_of)
    require_sound(rule_set)
    in_period = of_period(dataset, period)
    own = {
        name: table[table["period_id"] == period].reset_index(drop=True)
        for name in ("decisions", "evidence", "observations", "claims")
        for table in (getattr(dataset, name),)
    }
    # A record is one line, and the header is the first.
    evidence = own["evidence"].assign(row=range(2, len(own["evidence"]) + 2))
    # Its rows may stand anywhere in the file.
    places = pd.Series(range(len(in_period.measures)), index=in_period.measures["id"])
    ordered = evidence.assign(place=evidence["measure_id"].map(places))
    ordered = ordered.sort_values(["place", "order"], ignore_index=True).drop(columns="place")
    evidence = ordered.assign(of_lead=of_leads(ordered, in_period))
    found = judge(in_period, own["decisions"], evidence, rule_set, judged)
    if departures := unreasoned(found.judgements, own["decisions"], rule_set.scale):
        raise EvaluationError("\n".join(departures))
    return Evaluation(
        dataset=in_period,
        period=judged,
        rule_set=rule_set,
        claims=claims.recompute(own["claims"], found.judgements, in_period.areas, rule_set.scale),
        decisions=own["decisions"],
        observations=own["observations"],
        selection=None,
        **found._asdict(),
    )


#: The column that names the measure, where it has another name.
_COLUMNS = {"measures": "id", "acknowledgements": "subject"}


def narrowed(evaluation: Evaluation, measures: Iterable[str]) -> Evaluation:
    """``evaluation`` as if the strategy had these measures alone; nothing is judged again.

    Every table that names a measure keeps the rows of these measures, in their order (ids that the
    period does not judge mean nothing); areas, bodies, districts, goals and rules stay whole, so
    that names can be looked up. The claims of the published summary speak of all measures and are
    left out, and so is what was acknowledged of other subjects. The audit looks at a period as a
    whole: what it finds on some measures says :meth:`slz_lib.evaluation.audit.Audit.on_measures` of
    the whole period.
    """
    kept, dataset = frozenset(measures), evaluation.dataset

    def part(frame: pd.DataFrame, column: str = "measure_id") -> pd.DataFrame:
        return frame[frame[column].isin(kept)].reset_index(drop=True)

    tables: dict[str, Any] = {}
    for table in TABLES:
        frame, column = dataset.table(table.name), _COLUMNS.get(table.name, "measure_id")
        if column in frame:
            tables[table.name] = part(frame, column)
    # A goal can also be linked to an area, and areas stay whole.
    links = dataset.links["measure_id"]
    tables["links"] = dataset.links[links.isin(kept) | links.isna()].reset_index(drop=True)
    own = ("judgements", "criteria", "decisions", "evidence", "observations")
    parts: dict[str, Any] = {name: part(getattr(evaluation, name)) for name in own}
    unsaid = evaluation.claims.head(0)
    return replace(evaluation, dataset=replace(dataset, **tables), claims=unsaid, **parts)
