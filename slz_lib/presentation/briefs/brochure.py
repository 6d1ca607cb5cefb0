"""What a period says to anybody, in everyday words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace

import pandas as pd

from slz_lib.documents.model import Content, Figure, Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.responses import named_places
from slz_lib.language import czech_sorted, enumerate_words, no_breaks, of_whole
from slz_lib.planning import ActionPlan
from slz_lib.planning.drafting import following_plan
from slz_lib.presentation.briefs.council import CouncilBrief
from slz_lib.presentation.charts import areas_by_status, bars, goals_chart
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import goal_names, measure_titles, observation_values, time_words
from slz_lib.presentation.phrases import leaders, part_of
from slz_lib.vocabulary import CountsAs, EvidenceState

#: How many names a list or a chart of a small page has room for, and a cell of a table.
_MOST_LISTED, _MOST_DRAWN, _MOST_IN_CELL = 12, 5, 4
#: What keeps measures from being fulfilled, by the finding's name.
_HINDRANCES = {
    "silent": "nikdo nedal zprávu",
    "undecided": "zprávy si odporují",
    "lead_missing": "nikdo za ně neodpovídá",
    "overdue": "termín už uplynul",
}


def in_plain_words(evaluation: Evaluation) -> Evaluation:
    """``evaluation`` whose statuses are called as people call them.

    A status without everyday words is called as a sentence calls it.
    """
    rows = evaluation.dataset.statuses
    words = rows["plain"].fillna(rows["spoken"])
    meaning = rows["plain_wording"].fillna(rows["wording"])
    statuses = rows.assign(label=words, spoken=words, wording=meaning)
    dataset = replace(evaluation.dataset, statuses=statuses)
    return replace(
        evaluation, dataset=dataset, rule_set=replace(evaluation.rule_set, scale=dataset.scale)
    )


@dataclass(frozen=True, eq=False)
class Brochure:
    """Brožura pro veřejnost: co vyhodnocené období říká komukoli, běžnými slovy.

    Attributes:
        judged: the judged period.
        compared: the period beside the one before it; ``None`` where there is none.
    """

    judged: Evaluation
    compared: Comparison | None = None

    @cached_property
    def evaluation(self) -> Evaluation:
        """The judged period in everyday words."""
        return in_plain_words(self.judged)

    @cached_property
    def _council(self) -> CouncilBrief:
        return CouncilBrief(self.evaluation, self.compared)

    @property
    def findings(self) -> Findings:
        """What is found in the period."""
        return self._council.findings

    @property
    def meanings(self) -> list[SimpleNamespace]:
        """Each status: ``marked`` (sign and words), ``number``, ``meaning``, ``official`` word."""
        words = self.evaluation.dataset.statuses.set_index("code")["wording"]
        counts = self.evaluation.counts
        return [
            SimpleNamespace(
                marked=step.marked,
                number=int(counts[step.code]),
                meaning=words[step.code],
                official=self.judged.scale[step.code].label,
            )
            for step in self.evaluation.scale
        ]

    def titles(self, *meanings: str) -> pd.Series:
        """Titles of the measures whose status counts as one of ``meanings`` (``done``, ``not`` …).

        Returns:
            Index area id.
        """
        evaluation = self.evaluation
        judged = evaluation.judgements.set_index("measure_id")
        chosen = judged[judged["status"].isin(evaluation.scale.that(*meanings))]
        titles = measure_titles(evaluation.dataset).reindex(chosen.index)
        return titles.set_axis(chosen["area_id"])

    @property
    def going(self) -> pd.Series:
        """Measures that are done or run, by area."""
        return self.titles(CountsAs.DONE, CountsAs.RUNNING)

    @property
    def standing(self) -> pd.Series:
        """Measures that do not run, by area."""
        return self.titles(CountsAs.NOT)

    def listed(self, titles: pd.Series) -> list[str]:
        """As many of ``titles`` as a small page has room for: all, or the first of each area."""
        few = titles if len(titles) <= _MOST_LISTED else titles[~titles.index.duplicated()]
        return [*few.head(2 * _MOST_LISTED)]

    @property
    def situation(self) -> list[SimpleNamespace]:
        """Figures of no measure: ``name``, ``figures`` with their times, ``note``."""
        rows = self.evaluation.observations
        rows = rows[rows["measure_id"].isna()]
        time = (" (" + time_words(rows["time"]) + ")").fillna("")
        told = rows.assign(told=observation_values(rows, self.evaluation.dataset.units) + time)
        return [
            SimpleNamespace(
                name=name, figures=[*own["told"]], note=" ".join(own["note"].dropna()[:1])
            )
            for name, own in told.groupby("name", sort=False)
        ]

    @property
    def sources(self) -> list[str]:
        """Titles of what the brochure takes its figures from."""
        dataset, period = self.judged.dataset, self.findings.record.source_id
        used = [period, *self.evaluation.observations["source_id"], *dataset.districts["source_id"]]
        titles = dataset.sources.set_index("id")["title"]
        return [*dict.fromkeys(titles[source] for source in used)]

    @cached_property
    def priorities(self) -> pd.DataFrame:
        """Goals of the first level in order.

        Returns:
            Index goal id; ``name``, ``plain`` (why it matters; NA where nobody says), counts of
            statuses, ``total``, ``going`` (done or running).
        """
        by_goal, goals = self.evaluation.by_goal, self.evaluation.dataset.goals
        achieved = self.evaluation.scale.that(CountsAs.DONE, CountsAs.RUNNING)
        return by_goal.assign(
            name=goal_names(self.evaluation.dataset),
            plain=goals.set_index("id")["plain"],
            going=by_goal[achieved].sum(axis="columns"),
        )

    @property
    def _hindrances(self) -> pd.Series:
        """Measures by what keeps them from being fulfilled, without what keeps none."""
        concerned = self._council.concerned
        return concerned.reindex(list(_HINDRANCES)).dropna().astype("int64").rename(_HINDRANCES)

    @cached_property
    def plan(self) -> ActionPlan | None:
        """The draft of the plan that follows the period; ``None`` where the data have none."""
        return following_plan(self.judged)

    @cached_property
    def _helping(self) -> pd.DataFrame:
        """Bodies near to people and the measures that they have a role in."""
        dataset = self.evaluation.dataset
        bodies = dataset.bodies[dataset.bodies["name"].ne(dataset.bodies["short_name"].str.upper())]
        near = bodies[bodies["tier"].ne("regional")]
        near = bodies if near.empty else near
        roles = dataset.measure_bodies[["measure_id", "body_id"]].drop_duplicates()
        return roles.merge(near[["id", "name"]], left_on="body_id", right_on="id")

    @property
    def helpers(self) -> pd.Series:
        """Measures by the name of a body near to people, most first."""
        return _most(self._helping["name"])

    @cached_property
    def _drawn(self) -> dict[str, tuple[str, str, pd.Series]]:
        """Caption, unit and values of each chart that has more values than one."""
        evaluation, whole = self.evaluation, self.evaluation.assessed
        counts, scale = evaluation.counts, evaluation.scale
        steps = pd.DatetimeIndex([] if self.plan is None else self.plan.steps["deadline"])
        ends = pd.Series(steps.year.dropna()).value_counts().sort_index()
        ends.index = pd.Index([f"v\u00a0roce {int(year)}" for year in ends.index], dtype="str")
        if steps.hasnans:
            ends["zatím se\u00a0nevejde"] = len(steps) - len(steps.dropna())
        better = int(counts[scale.that(CountsAs.DONE, CountsAs.RUNNING, CountsAs.PARTLY)].sum())
        moving = f"Hotovo je nebo aspoň zčásti běží {part_of(better, whole)}"
        if not better:
            moving = "Nic zatím není hotovo ani zčásti neběží"
        unit, status = "počet opatření", counts.rename(scale.labels)
        helpers, hindrances = self.helpers, self._hindrances
        charts = {
            "status": (moving, unit, status),
            "hindrances": (
                f"Ze sledovaných potíží je nejčastější, že {_leading(hindrances, whole, 'nebo')}",
                unit,
                hindrances,
            ),
            "ends": (f"Nejvíc kroků má skončit {_leading(ends, len(steps))}", "počet kroků", ends),
            "helpers": (
                f"Kdo pomáhá nejčastěji: {_leading(helpers, evaluation.total)}",
                unit,
                helpers,
            ),
        }
        return {name: each for name, each in charts.items() if len(each[2]) > 1 and each[2].any()}

    def _progress(self) -> Figure:
        """Statuses of the measures that serve each goal of the first level, or are of each area."""
        found = self.priorities
        if not found["total"].sum():
            return areas_by_status(self.evaluation)
        best = found.index[found["going"].eq(found["going"].max()) & found["going"].gt(0)]
        stated = [
            f"{found['name'][goal]} ({of_whole(found['going'][goal], found['total'][goal])})"
            for goal in best
        ]
        caption = no_breaks(
            f"Nejvíc toho je hotovo nebo běží tady: {enumerate_words(stated)}"
            if stated
            else "Naplno zatím nikde nic neběží"
        )
        drawn = goals_chart(self.evaluation)
        alt = drawn.alt.replace(drawn.caption, caption, 1)
        subtitle = "počet opatření; jedno se může počítat víckrát"
        return drawn.model_copy(update={"caption": caption, "subtitle": subtitle, "alt": alt})

    def chart(self, name: str) -> Content:
        """The chart of this name, if there is anything to show.

        Names: ``status``, ``progress``, ``hindrances``, ``ends``, ``helpers``.
        """
        if name == "progress":
            return Content.of(self._progress())
        if name not in self._drawn:
            return Content(blocks=())
        caption, unit, values = self._drawn[name]
        named = self.evaluation if name == "status" else None
        return Content.of(
            bars(values, caption=caption, subtitle=unit, anchor=f"obr-{name}", evaluation=named)
        )

    @property
    def numbers_table(self) -> Table:
        """The values of all charts, for the workbook."""
        rows = [
            (caption, label, value)
            for caption, _, values in self._drawn.values()
            for label, value in values.items()
        ]
        labels, progress = self.evaluation.scale.labels, self.priorities.set_index("name")
        rows += [
            ("Oblasti podle stavu opatření", f"{name}: {labels[str(code)]}", number)
            for name, counts in progress[[*labels]].iterrows()
            for code, number in counts.items()
        ]
        return table(
            [
                Col(title, [row[at] for row in rows])
                for at, title in enumerate(("Graf", "Položka", "Počet"))
            ],
            anchor="tab-grafy",
            caption="Čísla z grafů",
            sheet="Čísla z grafů",
            workbook_only=True,
        )

    @property
    def help_table(self) -> Table | None:
        """For each goal of the first level, the bodies near to people that most measures have."""
        rows = {
            str(name): _most(self._helping.loc[self._helping["measure_id"].isin(served), "name"])
            for goal, name in self.priorities["name"].items()
            for served in [set(self.judged.only(goal=goal).judgements["measure_id"])]
        }
        rows = {name: found for name, found in rows.items() if len(found)}
        if not rows:
            return None
        named = [enumerate_words([*found.index[:_MOST_IN_CELL]]) for found in rows.values()]
        return table(
            [Col("Oblast", [*rows]), Col("Kdo na ní pracuje", named, 2.4)],
            anchor="tab-kdo",
            caption=f"Kdo na čem pracuje nejčastěji, vždy nejvýše {_MOST_IN_CELL} názvy",
            sheet="Kdo na čem pracuje",
        )

    @property
    def places_table(self) -> Table | None:
        """What runs, or ran in the period, in places that evidence names."""
        evidence = self.evaluation.evidence
        runs = evidence["state"].isin([EvidenceState.DONE, EvidenceState.FULFILLED])
        found = named_places(self.evaluation)
        found = found[found["id"].isin(evidence.loc[runs & evidence["until"].isna(), "id"])]
        titles = measure_titles(self.evaluation.dataset)
        by_place = found.drop_duplicates(["place", "measure_id"]).groupby("place")["measure_id"]
        running = by_place.agg(lambda ids: "; ".join(titles[ids]))
        if running.empty:
            return None
        running = running.reindex(czech_sorted(running.index))
        return table(
            [Col("Místo", [*running.index]), Col("Co se tam dělá nebo dělalo", [*running], 2.4)],
            anchor="tab-mista",
            caption="Co se dělá nebo dělalo v místech, která zdroje jmenují",
            sheet="Co se kde dělá",
        )


def _most(names: pd.Series) -> pd.Series:
    """How often each name occurs, most first, as many as a chart has room for."""
    counts = names.value_counts()
    ordered = counts.reindex(czech_sorted(counts.index))
    return ordered.sort_values(ascending=False, kind="stable").head(_MOST_DRAWN)


def _leading(values: pd.Series, whole: int, last: str = "a") -> str:
    """What has most, and how much of the whole: ``obce (76 ze 109)``."""
    most = of_whole(int(values.max()), whole) if len(values) else ""
    return f"{enumerate_words(leaders(values), last)} ({most})"
