"""Tables of uncertainty: bounds of the counts, and who is known to have answered."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.responses import named_places
from slz_lib.language import (
    after,
    counted,
    czech_sorted,
    plural,
    share,
)
from slz_lib.presentation import phrases
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import body_names
from slz_lib.presentation.phrases import capitalised, part_of
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import UNNAMED, Terms

#: Bodies that a report lists; the others have few roles.
SHOWN = 12
#: Districts that a document on one of them lists; of more, so many before and after its own.
MOST_DISTRICTS, NEIGHBOURS = 15, 4


def _lower_bound(evaluation: Evaluation) -> str:
    told = (
        "zveřejněná zpráva jmenuje málokoho z těch, kdo podklady dodali"
        if evaluation.imported
        else "ne u každého podkladu je zapsáno, kdo ho dodal"
    )
    unnamed = evaluation.imported or evaluation.evidence["reporter"].eq(UNNAMED).any()
    bound = f"Čísla jsou dolní mez: {told}. Kdo jmenován není, podklad dodat mohl."
    return bound if unnamed else ""


@telling_selection
def bounds_table(evaluation: Evaluation) -> Table:
    """Počty a podíly stavů a meze, v nichž by mohly být."""
    found = evaluation.uncertainty
    bounds = found.bounds
    unknown = (
        f"{phrases.unknown(evaluation, shares=False)}; každé z nich může mít kterýkoli stav, "
        "který při jeho termínu pravidla připouštějí."
    )
    return table(
        [
            Col("Stav", bounds.index, 1.6, evaluation.scale),
            Col("Uvedeno", bounds["stated"]),
            Col("Nejméně", bounds["lowest"]),
            Col("Nejvíce", bounds["highest"]),
            Col("Podíl", bounds["share"], form="percent"),
            Col("Podíl nejméně", bounds["share_lowest"], form="percent"),
            Col("Podíl nejvíce", bounds["share_highest"], form="percent"),
        ],
        anchor="tab-meze",
        caption="Opatření podle stavu a meze, v nichž počty mohou být",
        sheet="Meze stavů",
        notes=[
            unknown if len(found.unknown) else "",
            "Meze platí pro každý stav zvlášť: všechny stavy nemohou být na horní mezi zároveň.",
        ],
    )


@telling_selection
def cases_table(evaluation: Evaluation) -> Table:
    """Odvozené stavy, jak jsou, v nejhorším a v nejlepším případě."""
    bounds = evaluation.uncertainty.bounds
    whole = evaluation.assessed
    everywhere = after("v", evaluation.terms.territory.form(6, "celý"))
    same = (
        "Nejhorší případ se od odvozeného stavu neliší: už platná pravidla hodnotí nedodaný "
        "podklad stejně jako neplnění."
    )
    titles = {
        "derived": "Odvozeno",
        "derived_worst": "Nejhorší případ",
        "derived_best": "Nejlepší případ",
    }
    columns = [Col("Stav", bounds.index, 1.6, evaluation.scale)]
    for name, title in titles.items():
        shares = [share(int(number), whole) for number in bounds[name]]
        columns += [Col(title, bounds[name]), Col("Podíl", shares, form="percent")]
    return table(
        columns,
        anchor="tab-krajni-pripady",
        caption="Odvozený stav v nejhorším a v nejlepším případě",
        sheet="Krajní případy",
        notes=[
            (
                "V nejhorším případě se bere vše, k čemu podklad nebyl dodán, jako neplněné; "
                f"v nejlepším jako plněné {everywhere}, při pevném termínu jako trvale splněné."
            ),
            same if bounds["derived"].eq(bounds["derived_worst"]).all() else "",
        ],
    )


@telling_selection
def response_table(evaluation: Evaluation) -> Table:
    """Subjekty s nejvíce rolemi a o kolika svých opatřeních podle podkladů podaly zprávu."""
    dataset = evaluation.dataset
    rates = evaluation.uncertainty.by_body
    shown = rates.head(SHOWN)
    supplied = shown["lead_supplied"].astype("Int64").where(shown["lead"].gt(0))
    commented = bool(evaluation.decisions["commentary_supplied"].any())
    others = "; komentář k vedenému opatření mohl dodat i někdo jiný než gestor" * commented
    return table(
        [
            Col("Subjekt", body_names(dataset).reindex(shown.index), 2.2),
            Col("Opatření s rolí", shown["measures"]),
            Col("Z toho jako gestor", shown["lead"]),
            Col("S podkladem", shown["reported"]),
            Col("Podíl s podkladem", shown["share_reported"], form="percent"),
            Col("Vedená s komentářem", supplied) if commented else None,
            Col("Podíl z vedených", shown["share_supplied"], form="percent") if commented else None,
        ],
        anchor="tab-odezva",
        caption="Subjekty podle toho, o kolika svých opatřeních něco sdělily",
        sheet="Odezva subjektů",
        notes=[
            _lower_bound(evaluation),
            (
                "Za subjekt odpovídá i jeho část, například odbor za celý úřad; opačně to neplatí. "
                "Jednotlivé organizace se souhrnným subjektům nepřičítají."
            ),
            f"Opatření s podkladem jsou ta, u nichž podklady subjekt jmenují{others}.",
            "— v posledních dvou sloupcích znamená, že subjekt žádné opatření nevede."
            if commented
            else "",
            _further(rates["measures"].iloc[len(shown) :]),
        ],
    )


def _further(measures: pd.Series) -> str:
    """How many bodies are not listed, and in how many measures they have a role at most."""
    if measures.empty:
        return ""
    verb = plural(len(measures), "má", "mají", "má")
    return (
        f"Dále {verb} roli {counted(len(measures), 'subjekty')}, každý nejvýše "
        f"{after('v', counted(int(measures.max()), 'opatreni', 6))}."
    )


@telling_selection
def district_response_table(evaluation: Evaluation, own: str | None = None) -> Table:
    """Obvody a podklady, které v nich jmenují nějaké místo.

    Where a document speaks of one of many districts, it has the rows of that one and of its
    neighbours in the order of measures with evidence, and the region's.

    Args:
        evaluation: the judged period.
        own: id of the district that the document speaks of; its row says so.
    """
    found, terms = evaluation.uncertainty, evaluation.terms
    term, titled = terms.district, terms.district_title
    names = evaluation.dataset.districts.set_index("id")["name"]
    rates = found.by_district
    rates = rates.loc[czech_sorted(rates.index, key=names.to_dict().__getitem__)]
    caption = f"Podklady, které jmenují místo {after('v', titled.form(6))}"
    order, totals = "", pd.Series(dtype="object")
    if own is not None and len(rates) > MOST_DISTRICTS:
        whole = len(rates)
        rates, place = _neighbours(rates, own)
        caption += ", a nejbližší sousedé v pořadí"
        order = (
            f"{capitalised(term.form(1, plural=True))} jsou "
            f"{term.participle('seřazen', plural=True)} podle počtu opatření s podkladem, "
            f"při shodě podle abecedy; {term.agreeing('tento')} je {place}. z {whole}. "
            f"Poslední řádek je {terms.territory.form(1, 'celý')}."
        )
        totals = _whole_region(evaluation)
    titles = {
        "measures": "Opatření s podkladem",
        "share_of_measures": "Podíl opatření",
        "evidence": "Podklady",
        "places": "Jmenovaná místa",
    }
    if len(evaluation.dataset.partnerships):
        several = terms.municipality.form(1, plural=True)
        titles["partnerships"] = f"{capitalised(several)} v partnerství"
    called = names.reindex(rates.index)
    called = called.mask(called.index == own, f"▸\u00a0{called.get(own)} ({term.form(1, 'tento')})")
    return table(
        [
            Col(capitalised(str(titled)), called, 1.8, total=totals.get("district")),
            *(
                Col(
                    title,
                    rates[name],
                    form="percent" if name == "share_of_measures" else "integer",
                    total=totals.get(name),
                )
                for name, title in titles.items()
            ),
        ],
        anchor="tab-odezva-orp",
        caption=caption,
        sheet=f"Odezva {terms.district_short.form(2, plural=True)}",
        notes=[
            order,
            _lower_bound(evaluation),
            _placed(found.placed, found.pieces, terms),
            (
                f"Nula neznamená, že se {after('v', term.form(6))} nic neděje. Podklad se může "
                f"počítat ve více {term.form(6, plural=True)}."
            ),
        ],
    )


def _neighbours(rates: pd.DataFrame, own: str) -> tuple[pd.DataFrame, int]:
    """A district among those next to it by the number of measures, and its place among all."""
    ranked = rates.sort_values("measures", ascending=False, kind="stable")
    place = list(ranked.index).index(own)
    first = min(max(place - NEIGHBOURS, 0), len(ranked) - 2 * NEIGHBOURS - 1)
    return ranked.iloc[first : first + 2 * NEIGHBOURS + 1], place + 1


def _placed(number: int, pieces: int, terms: Terms) -> str:
    """How much of the evidence names a place, and what the rest speaks of."""
    rest = (
        f"o {terms.territory.form(6, 'celý')}, o {terms.unit.form(6, plural=True)} obecně, nebo "
        "místo neuvádějí"
    )
    if not number:
        return f"Místo nejmenuje žádný podklad; podklady mluví {rest}."
    verb = plural(number, "jmenuje", "jmenují", "jmenuje")
    told = f"Místo {verb} {part_of(number, pieces, 'podklady', shares=False)}"
    return f"{told}; ostatní mluví {rest}." if number < pieces else f"{told}."


def _whole_region(evaluation: Evaluation) -> pd.Series:
    """The row of the region, in which evidence and measures count once."""
    named = named_places(evaluation)
    measures = named["measure_id"].nunique()
    return pd.Series(
        {
            "district": str(evaluation.dataset.strategy["region"].iloc[0]),
            "measures": measures,
            "share_of_measures": share(measures, len(evaluation.judgements)),
            "evidence": named["id"].nunique(),
            "places": named["place"].nunique(),
            "partnerships": len(evaluation.dataset.partnerships),
        }
    )
