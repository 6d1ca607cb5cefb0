"""What a period says to one district (ORP): what reaches it, and what the report does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.excerpts import evidence_in, figures_in, reach_in
from slz_lib.language import czech_sorted, share
from slz_lib.presentation.briefs.listings import listed_evidence, listed_measures
from slz_lib.presentation.findings import Findings, record_of
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import TOTAL, observation_terms, observation_values

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation import Evaluation

#: How a measure can reach a district, the surest way first; each measure is told once.
REACHES = {
    "named": ("Podklad jmenuje místo v obvodu", "týká se ho jmenovitě"),
    "region": ("Podklad s dosahem v celém kraji", "týká se ho jako každého jiného"),
    "nearly_all": (
        "Podklad s dosahem v téměř celém kraji",
        "zda i jeho, zveřejněná zpráva neříká",
    ),
    "elsewhere": ("Podklady jmenují jen místa v jiných obvodech", "doloženo jen jinde"),
    "untold": ("Podklad neříká, kam dosahuje, nebo se činnost teprve chystá", "nelze určit"),
    "silent": ("Podklad nebyl dodán", "není známo nic"),
    "unjudged": ("Opatření zatím není posouzeno", "není známo nic"),
}


@dataclass(frozen=True, eq=False)
class DistrictBrief:
    """One district of a judged period.

    Attributes:
        region: the judged period with all measures.
        district: id of the district (``ORP-5105``).
    """

    region: Evaluation
    district: str

    @cached_property
    def findings(self) -> Findings:
        """The named figures of a report of the whole region."""
        return Findings(self.region)

    @cached_property
    def record(self) -> SimpleNamespace:
        """The district's own record; its ``name`` is that of its seat."""
        return record_of(self.region.dataset, "districts", self.district)

    @cached_property
    def named(self) -> pd.DataFrame:
        """Evidence that names a place in the district, with ``place`` (all of them, joined)."""
        return evidence_in(self.region, self.district)

    @cached_property
    def reach(self) -> pd.Series:
        """How each measure reaches the district: a key of :data:`REACHES` by measure id."""
        return reach_in(self.region, self.district)

    @cached_property
    def reached(self) -> dict[str, int]:
        """Measures by how they reach the district; adds up to all measures."""
        return {key: int(self.reach.eq(key).sum()) for key in REACHES}

    def numbers(self, way: str) -> list[str]:
        """Numbers of the measures that reach the district in one way, a key of :data:`REACHES`."""
        return [str(measure) for measure in self.reach.index[self.reach.eq(way)]]

    @property
    def reach_table(self) -> Table:
        """Measures by how they reach the district."""
        ways = {key: REACHES[key] for key, n in self.reached.items() if n or key != "unjudged"}
        if not self.region.imported:
            ways["nearly_all"] = (ways["nearly_all"][0], "zda i jeho, podklady neříkají")
        whole, numbers = len(self.reach), [self.reached[key] for key in ways]
        shares = [share(number, whole) for number in numbers]
        return table(
            [
                Col("Co říkají podklady", [way for way, _ in ways.values()], 3, total=TOTAL),
                Col("Co to pro obvod znamená", [meaning for _, meaning in ways.values()], 2.4),
                Col("Počet opatření", numbers, 0.9, total=whole),
                Col("Podíl", shares, 0.8, "percent", share(whole, whole)),
            ],
            anchor="tab-dosah",
            caption="Opatření podle toho, zda do obvodu dosahují",
            sheet="Dosah",
            notes=[
                "Každé opatření se počítá jednou, v prvním řádku, který pro ně platí.",
                "— znamená, že součet společný význam nemá.",
            ],
        )

    @property
    def named_table(self) -> Table:
        """The evidence that names a place in the district."""
        return listed_evidence(
            self.region,
            self.named,
            anchor="tab-podklady",
            caption="Podklady, které jmenují místo v obvodu",
            by="place",
        )

    def _listed(self, key: str, anchor: str, caption: str, sheet: str) -> Table:
        chosen = narrowed(self.region, self.reach.index[self.reach.eq(key)])
        return listed_measures(
            chosen, anchor=anchor, caption=caption, sheet=sheet, deadline=False, lead=True
        )

    @property
    def region_table(self) -> Table:
        """The measures that reach the whole region."""
        return self._listed(
            "region", "tab-cely-kraj", "Opatření s podkladem o celém kraji", "Celý kraj"
        )

    @property
    def elsewhere_table(self) -> Table:
        """The measures whose evidence names places in other districts alone."""
        return self._listed(
            "elsewhere", "tab-jinde", "Opatření doložená jen v jiných obvodech", "Jen jinde"
        )

    @property
    def partners(self) -> list[str]:
        """Municipalities in partnership with the Agency, in Czech order, with the year if known."""
        begun = self.region.dataset.partnerships
        begun = begun[begun["district_id"].eq(self.district)]
        year = (" (od roku\u00a0" + begun["valid_from"].str[:4] + ")").fillna("")
        return czech_sorted(begun["municipality"] + year)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Figures of the district or of a municipality in it."""
        return figures_in(self.region, self.district)

    @property
    def figures_table(self) -> Table:
        """The figures of the district and of municipalities in it."""
        rows = self.figures
        territory = rows["territory"].str.removeprefix("OBEC:")
        return table(
            [
                Col("Údaj", observation_terms(rows), 3.6),
                Col("Hodnota", observation_values(rows, self.region.dataset.units), 1.4),
                Col("Opatření", rows["measure_id"], 0.9),
                Col("Území", territory.replace(self.district, f"ORP {self.record.name}"), 1.3),
            ],
            anchor="tab-udaje",
            caption="Číselné údaje o obvodu a obcích v něm",
            sheet="Údaje",
        )
