"""Tables of statuses: published, derived, claimed; the scale and the rules."""

from __future__ import annotations

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.claims import AREAS_UNIT
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import format_number, share
from slz_lib.presentation.framing import Col, table
from slz_lib.presentation.naming import TOTAL, by_status
from slz_lib.presentation.phrases import adjective, capitalised, degrees, lowered, marked
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import CountsAs

_OPERATOR = {"eq": "", "gt": "více než ", "ge": "nejméně ", "lt": "méně než ", "le": "nejvýše "}


@telling_selection
def status_table(evaluation: Evaluation) -> Table:
    """Opatření podle stavu s podíly; co zatím není posouzeno, má svůj řádek.

    What was dropped counts apart, without a share.
    """
    scale, whole, without_status = evaluation.scale, evaluation.assessed, evaluation.without_status
    numbers = {str(code): int(number) for code, number in evaluation.counts.items()}
    if without_status:
        numbers[marked(NO_STATUS, scale)] = without_status
    dropped = scale.that(CountsAs.DROPPED)
    shares = [share(n, whole) if code not in dropped else None for code, n in numbers.items()]
    of_all = f"Podíl se počítá ze všech opatření ({format_number(whole)}), i\u00a0neposouzených."
    without = f"Podíly se počítají bez {adjective(scale, CountsAs.DROPPED, 'ých')} opatření."
    return table(
        [
            Col("Stav", list(numbers), 2, scale, TOTAL),
            Col("Počet opatření", list(numbers.values()), total=evaluation.total),
            Col("Podíl", shares, form="percent", total=share(whole, whole)),
        ],
        anchor="tab-stavy",
        caption=f"Opatření podle {by_status(evaluation)} k {evaluation.period.as_of_label}",
        sheet="Stavy",
        notes=[
            "Sečteno ze stavů uvedených u jednotlivých opatření.",
            of_all if without_status else "",
            without if evaluation.dropped else "",
        ],
    )


@telling_selection
def derived_table(evaluation: Evaluation) -> Table:
    """Zveřejněný × odvozený stav: kolik opatření kde stojí."""
    scale = evaluation.scale
    codes = list(scale.ranks)
    wide = pd.crosstab(evaluation.judgements["published"], evaluation.judgements["derived"])
    wide = wide.reindex(index=codes, columns=codes, fill_value=0)
    titles = {s.code: f"odvozeno: {s.label}" for s in scale.assessed}
    judged = evaluation.judgements
    unsure = judged.loc[judged["derived"].isna() & judged["disputed"].gt(0), "published"]
    if unsure.notna().any():
        wide["unsure"] = unsure.value_counts().reindex(codes, fill_value=0)
        titles["unsure"] = "nelze určit"
    wide["total"] = wide.sum(axis="columns")
    titles["total"] = TOTAL
    return table(
        [
            Col("Zveřejněný stav", codes, 1.6, scale, TOTAL),
            *(Col(title, wide[code], total=wide[code].sum()) for code, title in titles.items()),
        ],
        anchor="tab-odvozeny",
        caption="Zveřejněný stav (řádky) a stav odvozený z podkladů (sloupce)",
        sheet="Zveřejněný a odvozený",
        notes=["Na úhlopříčce jsou opatření, u nichž se oba stavy shodují."],
    )


@telling_selection
def claims_table(evaluation: Evaluation) -> Table:
    """Co tvrdí zveřejněný souhrn a co vychází z tabulek."""
    claims = evaluation.claims
    how = claims["operator"].map(_OPERATOR)
    stated, recomputed = (
        [
            evaluation.terms.area.counted(value)
            if unit == AREAS_UNIT
            else f"{format_number(value)}\u00a0{unit}"
            for value, unit in zip(values, claims["unit"], strict=True)
        ]
        for values in (claims["value"], claims["recomputed"].astype("float64").round(1))
    )
    return table(
        [
            Col("Tvrzení", claims["text"], 2.2),
            Col("Souhrn uvádí", how + pd.Series(stated, index=claims.index), 1.3, "amount"),
            Col("Tabulky dávají", recomputed, 1.1, "amount"),
            Col("Výsledek", claims["holds"].map({True: "odpovídá", False: "neodpovídá"}), 1.1),
            Col("Místo ve zprávě", claims["source_place"], 1.4),
        ],
        anchor="tab-tvrzeni",
        caption=f"Tvrzení {'zveřejněného ' if evaluation.imported else ''}souhrnu "
        "a přepočet z tabulek",
        sheet="Tvrzení souhrnu",
    )


@telling_selection
def scale_table(evaluation: Evaluation) -> Table:
    """Zveřejněná stupnice a její vymezení."""
    statuses = evaluation.dataset.statuses.sort_values("order")
    return table(
        [
            Col("Stav", statuses["code"], form=evaluation.scale),
            Col("Vymezení", statuses["wording"], 4),
        ],
        anchor="tab-stupnice",
        caption=capitalised(f"{degrees(evaluation.scale, 'á')} stupnice hodnocení"),
        sheet="Stupnice",
        notes=[
            "Vymezení jsou zkrácena podle zveřejněné zprávy." if evaluation.scale_published else ""
        ],
    )


@telling_selection
def rules_table(evaluation: Evaluation) -> Table:
    """Pravidla, která z podkladů odvozují stav, v pořadí, v jakém se zkoušejí."""
    rules = evaluation.rules
    reaches = "; ".join(lowered(text.rstrip(".")) for text in evaluation.rule_set.terms["wording"])
    return table(
        [
            Col("Pořadí", rules["order"], 0.6),
            Col("Stav", rules["status"], 1.3, evaluation.scale),
            Col("Pravidlo", rules["wording"], 3),
            Col("Opora ve vymezení stupně", rules["passage"], 2),
        ],
        anchor="tab-pravidla",
        caption="Pravidla odvození stavu v pořadí, v němž se zkoušejí",
        sheet="Pravidla",
        notes=[
            "Rozhoduje první pravidlo, jehož podmínky jsou splněny všechny.",
            f"Dosah podle jmenovaných míst: {reaches}." if reaches else "",
            *evaluation.rule_set.disputes["wording"].drop_duplicates(),
        ],
    )
