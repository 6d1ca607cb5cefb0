"""A period of the strategy, judged: the value that audit, bounds, tables and plans are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.dataset import Dataset
from slz_lib.dataset.memo import Kept
from slz_lib.evaluation import summaries
from slz_lib.evaluation.indicators import SERIES_KEYS
from slz_lib.evaluation.rules import RuleSet
from slz_lib.language import of_whole
from slz_lib.vocabulary import CountsAs, Period, Scale, Terms


@dataclass(frozen=True, slots=True)
class Selection:
    """To what an evaluation was narrowed.

    Attributes:
        words: what was asked for: ``gestor OSV``, ``termín 2024``.
        part: measures that are left.
        whole: measures of the whole period.
    """

    words: tuple[str, ...]
    part: int
    whole: int

    def __str__(self) -> str:
        return f"{', '.join(self.words)} ({of_whole(self.part, self.whole)} opatření)"


@dataclass(frozen=True, eq=False)
class JudgedPeriod(Kept):
    """A period of the strategy, judged; its tables are read, never written.

    Attributes:
        dataset: the validated tables it was made from, as they stand in the period.
        period: the evaluated period.
        rule_set: the rules that were applied.
        judgements: one row a measure, see :func:`slz_lib.evaluation.judgements.judge`.
        criteria: one row a criterion, see :func:`slz_lib.evaluation.disputes.with_outcomes`.
        claims: the published headline beside its recomputation, see
            :func:`slz_lib.evaluation.claims.recompute`.
        decisions, evidence, observations: the dataset's rows of this period; evidence has, besides
            its columns, ``row`` (int, line of the period's ``evidence.csv``) and, as flags,
            ``decisive`` (its criterion rests on it), ``of_lead`` (the lead reported it) and
            ``party`` (another row contradicts it); observations also hold the figures of the
            strategy's brochure, which belong to no measure.
        selection: what it was narrowed to; ``None`` where it is the whole period.
    """

    dataset: Dataset
    period: Period
    rule_set: RuleSet
    judgements: pd.DataFrame
    criteria: pd.DataFrame
    claims: pd.DataFrame
    decisions: pd.DataFrame
    evidence: pd.DataFrame
    observations: pd.DataFrame
    selection: Selection | None

    @cached_property
    def published(self) -> bool:
        """Zda jsou všechny platné stavy zveřejněné a aspoň jeden takový je."""
        known = self.judgements[["published", "status"]].notna()
        return bool(known["published"].any() and known["published"].eq(known["status"]).all())

    @cached_property
    def terms(self) -> Terms:
        """Slova strategie pro její území, části a ji samu, ve všech pádech."""
        return self.dataset.terms

    @property
    def scale_published(self) -> bool:
        """Zda stupnice pochází z převzaté zveřejněné zprávy."""
        report = self.dataset.periods.set_index("id")["source_id"][self.period.id]
        return self.imported and bool(self.dataset.statuses["source_id"].eq(report).all())

    @property
    def of_brochure(self) -> bool:
        """Zda některé údaje pocházejí z brožury, ne z komentářů."""
        sources = self.dataset.sources
        brochures = sources.loc[sources["kind"].eq("brochure"), "id"]
        return bool(self.observations["source_id"].isin(brochures).any())

    @property
    def standing(self) -> str:
        """Jaký je stav, který platí, ve druhém pádě: *zveřejněného*, *rozhodnutého*."""
        return "zveřejněného" if self.published else "rozhodnutého"

    @property
    def total(self) -> int:
        """Počet všech opatření období."""
        return len(self.judgements)

    @property
    def scale(self) -> Scale:
        """Stupnice stavů."""
        return self.rule_set.scale

    @cached_property
    def counts(self) -> pd.Series:
        """Počty opatření podle stavu, který platí (index je kód stavu)."""
        return summaries.totals(self.judgements, self.scale)

    def _that(self, *meanings: CountsAs) -> int:
        """Measures whose status counts as one of these."""
        return int(self.counts[self.scale.that(*meanings)].sum())

    @property
    def achieved(self) -> int:
        """Počet opatření splněných a průběžně plněných."""
        return self._that(CountsAs.DONE, CountsAs.RUNNING)

    @property
    def dropped(self) -> int:
        """Počet zrušených opatření; do podílů plnění se nepočítají."""
        return self._that(CountsAs.DROPPED)

    @property
    def assessed(self) -> int:
        """Počet všech opatření bez zrušených."""
        return self.total - self.dropped

    @cached_property
    def derived_counts(self) -> pd.Series:
        """Počty opatření podle odvozeného stavu (index je kód stavu)."""
        return summaries.totals(self.judgements, self.scale, "derived")

    @cached_property
    def rules(self) -> pd.DataFrame:
        """Použitá pravidla v pořadí, v jakém se zkoušejí."""
        return self.rule_set.rules

    @cached_property
    def by_area(self) -> pd.DataFrame:
        """Okruhy × stavy; ve výběru jen okruhy, které v něm jsou."""
        areas = self.dataset.areas
        if self.selection is not None:
            areas = areas[areas["id"].isin(self.judgements["area_id"])]
        return summaries.by_area(self.judgements, areas, self.scale)

    @cached_property
    def by_lead(self) -> pd.DataFrame:
        """Gestoři × stavy."""
        dataset = self.dataset
        return summaries.by_lead(self.judgements, dataset.leads, dataset.bodies, self.scale)

    @property
    def leads_share(self) -> bool:
        """Zda má některé opatření více gestorů."""
        return bool(self.by_lead["total"].sum() > len(self.judgements))

    @cached_property
    def by_deadline(self) -> pd.DataFrame:
        """Termíny × stavy."""
        return summaries.by_deadline(self.judgements, self.scale)

    @cached_property
    def by_goal(self) -> pd.DataFrame:
        """Cíle první úrovně × stavy."""
        return summaries.by_goal(self.judgements, self.dataset, self.scale)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Opatření, jejichž odvozený stav se liší od stavu, který platí."""
        return self.judgements[self.judgements["differs"]].reset_index(drop=True)

    @property
    def unjudged(self) -> int:
        """Počet opatření, která zatím nejsou posouzena; není to úspěch ani neúspěch."""
        return self.without_status - self.undecided

    @property
    def undecided(self) -> int:
        """Počet opatření bez stavu, protože si podklady odporují a nikdo nerozhodl."""
        judged = self.judgements
        return int((judged["status"].isna() & judged["disputed"].gt(0)).sum())

    @property
    def without_status(self) -> int:
        """Počet opatření bez jakéhokoli stavu."""
        return int(self.judgements["status"].isna().sum())

    @property
    def imported(self) -> bool:
        """Zda jsou stavy převzaty ze zprávy, kterou zveřejnil někdo jiný."""
        return self.period.imported

    @cached_property
    def history(self) -> pd.DataFrame:
        """Údaje tohoto období a období předchozích; k témuž času nejnovější."""
        table = self.dataset.observations
        known = table[table["period_id"].le(self.period.id)]
        latest = known.groupby([*SERIES_KEYS, "time"], dropna=False)["period_id"].transform("max")
        return known[known["period_id"].eq(latest)].reset_index(drop=True)
