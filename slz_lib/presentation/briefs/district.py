"""What a period says to one district: what reaches it, and what the report does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.evaluation.responses import evidence_in, figures_in, reach_in
from slz_lib.language import after, czech_sorted, share
from slz_lib.presentation.briefs.listings import listed_evidence, listed_measures
from slz_lib.presentation.briefs.part import PartBrief
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import TOTAL, observation_terms, observation_values
from slz_lib.presentation.phrases import capitalised
from slz_lib.vocabulary import MUNICIPALITY, Terms

#: What is told only of measures that are there.
_UNREACHED = ("unjudged", "dropped")
#: How a measure can reach a district, the surest way first; each measure is told once.
REACHES = ("named", "region", "nearly_all", "elsewhere", "untold", "silent", *_UNREACHED)


def reach_words(terms: Terms, *, imported: bool) -> dict[str, tuple[str, str]]:
    """In each way, what evidence says and what that means to the district."""
    district, whole = terms.district, terms.territory.form(6, "celý")
    here, elsewhere = district.form(6), district.form(6, "jiný", plural=True)
    unsaid = f"zda i\u00a0zde, {'zveřejněná zpráva neříká' if imported else 'podklady neříkají'}"
    return {
        "named": (
            f"Podklad jmenuje místo {after('v', here)}",
            f"týká se {district.it(2)} jmenovitě",
        ),
        "region": (f"Některé kritérium je plněno {after('v', whole)}", unsaid),
        "nearly_all": (f"Některé kritérium je plněno v\u00a0téměř {whole}", unsaid),
        "elsewhere": (
            f"Podklady jmenují jen místa {after('v', elsewhere)}",
            "doloženo jen jinde",
        ),
        "untold": (
            f"Podklady nedokládají plnění {after('v', whole)} ani nejmenují místo",
            "nelze určit",
        ),
        "silent": ("Podklad nebyl dodán", "není známo nic"),
        "unjudged": ("Opatření zatím není posouzeno", "není známo nic"),
        "dropped": ("Opatření bylo zrušeno", "už se neprovádí"),
    }


@dataclass(frozen=True, eq=False)
class DistrictBrief(PartBrief):
    """One district of a judged period, whose record is named as its seat."""

    _table = "districts"

    @cached_property
    def findings(self) -> Findings:
        """The named figures of a report of the whole region."""
        return Findings(self.region)

    @cached_property
    def terms(self) -> Terms:
        """What the strategy calls its territory and its parts."""
        return self.region.terms

    @property
    def title(self) -> str:
        """The district with what it is before its name: *Správní obvod ORP Liberec*."""
        return capitalised(f"{self.terms.district_title} {self.record.name}")

    @property
    def short_name(self) -> str:
        """The same with an abbreviation where there is one: *ORP Liberec*."""
        return f"{self.terms.district_short} {self.record.name}"

    @property
    def subject(self) -> str:
        """What the brief is about, in one sentence."""
        term = self.terms.district_title.form(2)
        strategy = self.terms.strategy.form(2)
        return f"Která opatření {strategy} se týkají {term} {self.record.name}."

    @property
    def county(self) -> dict[str, str]:
        """What the district belongs to besides the territory, with its word; or nothing."""
        name = self.record.county
        return {} if pd.isna(name) else {capitalised(str(self.terms.county)): str(name)}

    @cached_property
    def named(self) -> pd.DataFrame:
        """Evidence that names a place in the district, with ``place`` (all of them, joined)."""
        return evidence_in(self.region, self.part)

    @cached_property
    def reach(self) -> pd.Series:
        """How each measure reaches the district: a key of :data:`REACHES` by measure id."""
        return reach_in(self.region, self.part)

    @cached_property
    def changed(self) -> dict[str, list[str]]:
        """Measures whose evidence names a place here only now (``new``), or no more (``gone``).

        Those that the other period does not have, or that nobody reported on, are left out.
        """
        if self.compared is None:
            return {"new": [], "gone": []}
        before = reach_in(self.compared.before, self.part)
        told = [side[~side.isin(["silent", *_UNREACHED])] for side in (before, self.reach)]
        both = told[1].index.intersection(told[0].index)
        old, now = (side.reindex(both).eq("named") for side in told)
        return {"new": list(both[now & ~old]), "gone": list(both[old & ~now])}

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
        words = reach_words(self.terms, imported=self.region.imported)
        ways = {key: words[key] for key, n in self.reached.items() if n or key not in _UNREACHED}
        whole, numbers = len(self.reach), [self.reached[key] for key in ways]
        shares, meant = [share(number, whole) for number in numbers], self.terms.district.form(4)
        return table(
            [
                Col("Co říkají podklady", [way for way, _ in ways.values()], 3, total=TOTAL),
                Col(f"Co to pro {meant} znamená", [meaning for _, meaning in ways.values()], 2.4),
                Col("Počet opatření", numbers, 0.9, total=whole),
                Col("Podíl", shares, 0.8, "percent", share(whole, whole)),
            ],
            anchor="tab-dosah",
            caption=f"Opatření podle toho, zda se {self.terms.district.form(2)} týkají",
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
            caption=f"Podklady, které jmenují místo {after('v', self.terms.district.form(6))}",
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
        term = self.terms.territory
        caption = f"Opatření s\u00a0podkladem o\u00a0{term.form(6, 'celý')}"
        return self._listed("region", "tab-cely-kraj", caption, capitalised(term.form(1, "celý")))

    @property
    def elsewhere_table(self) -> Table:
        """The measures whose evidence names places in other districts alone."""
        elsewhere = after("v", self.terms.district.form(6, "jiný", plural=True))
        return self._listed(
            "elsewhere", "tab-jinde", f"Opatření doložená jen {elsewhere}", "Jen jinde"
        )

    @property
    def partners(self) -> list[str]:
        """Municipalities in partnership, in Czech order, with the year if known."""
        begun = self.region.dataset.partnerships
        begun = begun[begun["district_id"].eq(self.part)]
        year = (" (od roku\u00a0" + begun["valid_from"].str[:4] + ")").fillna("")
        return czech_sorted(begun["municipality"] + year)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Figures of the district or of a municipality in it."""
        return figures_in(self.region, self.part)

    @property
    def figures_table(self) -> Table:
        """The figures of the district and of municipalities in it."""
        rows = self.figures
        territory = rows["territory"].str.removeprefix(MUNICIPALITY)
        return table(
            [
                Col("Údaj", observation_terms(rows), 3.6),
                Col("Hodnota", observation_values(rows, self.region.dataset.units), 1.4, "amount"),
                Col("Opatření", rows["measure_id"], 0.9),
                Col("Území", territory.replace(self.part, self.short_name), 1.3),
            ],
            anchor="tab-udaje",
            caption=(
                f"Číselné údaje o\u00a0{self.terms.district.form(6)} a\u00a0"
                f"{self.terms.municipality.form(6, plural=True)} v\u00a0{self.terms.district.it(6)}"
            ),
            sheet="Údaje",
        )
