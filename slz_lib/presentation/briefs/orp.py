"""What a period says to one district (ORP): what reaches it, and what the report does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.excerpts import (
    evidence_in,
    figures_elsewhere,
    figures_in,
    partnerships_in,
    reach_in,
)
from slz_lib.evaluation.narrowing import narrowed
from slz_lib.language import czech_sorted, share
from slz_lib.presentation.briefs.listings import listed_evidence, listed_measures
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import TOTAL
from slz_lib.presentation.observations import observation_terms, observation_values

if TYPE_CHECKING:
    from datetime import date

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
}


@dataclass(frozen=True, eq=False)
class OrpBrief:
    """One district of a judged period.

    Attributes:
        region: the judged period with all measures.
        orp: id of the district (``ORP-5105``).
    """

    region: Evaluation
    orp: str

    @cached_property
    def findings(self) -> Findings:
        """The named figures of a report of the whole region."""
        return Findings(self.region)

    @cached_property
    def _row(self) -> pd.Series:
        return self.region.dataset.record("orp", self.orp)

    @property
    def name(self) -> str:
        """Name of the district's seat, which is its own."""
        return str(self._row["name"])

    @property
    def district(self) -> str:
        """The district (okres) in which it lies."""
        return str(self._row["district"])

    @property
    def municipalities(self) -> int:
        """Municipalities of the district."""
        return int(self._row["municipalities"])

    @property
    def authorised(self) -> int:
        """Municipalities with an authorised office (POÚ)."""
        return int(self._row["pou"])

    @property
    def population(self) -> int:
        """Inhabitants."""
        return int(self._row["population"])

    @property
    def population_date(self) -> date:
        """The day to which the inhabitants are counted."""
        day: date = self._row["population_date"].date()
        return day

    @property
    def population_share(self) -> float:
        """Inhabitants as a fraction of the region's."""
        return self.population / int(self.region.dataset.orp["population"].sum())

    @cached_property
    def named(self) -> pd.DataFrame:
        """Evidence that names a place in the district, with ``place`` (all of them, joined)."""
        return evidence_in(self.region, self.orp)

    @property
    def pieces(self) -> int:
        """Pieces of evidence that name a place in the district."""
        return len(self.named)

    @cached_property
    def reach(self) -> pd.Series:
        """How each measure reaches the district: a key of :data:`REACHES` by measure id."""
        return reach_in(self.region, self.orp)

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
        whole, numbers = len(self.reach), list(self.reached.values())
        shares = [share(number, whole) for number in numbers]
        return table(
            [
                Col("Co říkají podklady", [way for way, _ in REACHES.values()], 3, total=TOTAL),
                Col("Co to pro obvod znamená", [meaning for _, meaning in REACHES.values()], 2.4),
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

    @cached_property
    def _partnerships(self) -> pd.DataFrame:
        return partnerships_in(self.region, self.orp)

    @property
    def partners(self) -> list[str]:
        """Municipalities in partnership with the Agency, in Czech order, with the year if known."""
        year = self._partnerships["since"].str[:4]
        told = self._partnerships["municipality"] + (" (od roku\u00a0" + year + ")").fillna("")
        return czech_sorted(told)

    @cached_property
    def _figures(self) -> pd.DataFrame:
        return figures_in(self.region, self.orp)

    @property
    def figures(self) -> int:
        """Figures of the district or of a municipality in it."""
        return len(self._figures)

    @property
    def region_figures(self) -> int:
        """Figures of the sources on other territories, or on the whole region."""
        return figures_elsewhere(self.region, self.orp)

    @property
    def figures_table(self) -> Table:
        """The figures of the district and of municipalities in it."""
        rows = self._figures
        territory = rows["territory"].str.removeprefix("OBEC:")
        return table(
            [
                Col("Údaj", observation_terms(rows), 3.6),
                Col("Hodnota", observation_values(rows, self.region.dataset.units), 1.4),
                Col("Opatření", rows["measure_id"], 0.9),
                Col("Území", territory.replace(self.orp, f"ORP {self.name}"), 1.3),
            ],
            anchor="tab-udaje",
            caption="Číselné údaje o obvodu a obcích v něm",
            sheet="Údaje",
        )
