"""The audit of the published summary: its figures, their sum, and shares beside counts.

- *claim differs*: a figure that the recomputation from the statuses of measures does not bear out;
- *sum differs*: counts of all statuses that do not add up to the number of measures;
- *share of another count*: a share that does not follow from the count it stands beside.
"""

from __future__ import annotations

import pandas as pd

from slz_lib.evaluation.audit.counts import more, origins, stated_counts, whole_sum
from slz_lib.evaluation.audit.rows import either, looked_up, rows, together
from slz_lib.evaluation.claims import AREAS_UNIT, implied_shares, last_digit
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.language import counted, format_number, format_percent, of_whole
from slz_lib.vocabulary import AuditCheck, ClaimQuantity, Terms


def claim_findings(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Findings on the claims of the published summary, see :mod:`slz_lib.evaluation.audit.rows`."""
    shares = _implied(evaluation)
    return together([_differing(evaluation, shares), _sum(evaluation), _shares(evaluation, shares)])


def _differing(evaluation: JudgedPeriod, shares: pd.DataFrame) -> pd.DataFrame:
    """Claims that the recomputation does not bear out."""
    wrong = evaluation.claims[~evaluation.claims["holds"]].set_index("id", drop=False)
    counts = stated_counts(evaluation.claims, evaluation.scale)
    told = pd.Series(origins(counts, len(evaluation.judgements), evaluation.scale), dtype="str")
    return rows(
        AuditCheck.CLAIM_DIFFERS,
        on_measures=False,
        place=wrong["source_place"],
        claim=wrong["text"],
        recomputed=_amounts(wrong["recomputed"], wrong["unit"], "%", evaluation.terms),
        explanation=looked_up(wrong["id"], told).fillna(_plainly(wrong, evaluation.terms))
        + _beside(shares, wrong),
    )


def _amounts(values: pd.Series, units: pd.Series, percent: str, terms: Terms) -> pd.Series:
    """Values with the right form of their unit: *18 opatření*, *1 okruh*, *16,5* ``percent``."""
    return pd.Series(
        [
            counted(float(value), "opatreni")
            if unit == "opatření"
            else terms.area.counted(float(value))
            if unit == AREAS_UNIT
            else f"{format_number(round(float(value), 1))}\u00a0{percent}"
            for value, unit in zip(values, units, strict=True)
        ],
        index=values.index,
        dtype="str",
    )


def _plainly(wrong: pd.DataFrame, terms: Terms) -> pd.Series:
    """What can be said of any claim: by how much it is more or less."""
    difference = wrong["value"] - wrong["recomputed"].astype("float64")
    amount = _amounts(difference.abs(), wrong["unit"], "p.\u00a0b.", terms)
    apart = (
        "Souhrn uvádí o " + amount + either(difference.gt(0), " více", " méně") + " než tabulky."
    )
    return either(
        difference.eq(0), "Souhrn uvádí více než tuto hodnotu, tabulky dávají právě ji.", apart
    )


def _beside(shares: pd.DataFrame, wrong: pd.DataFrame) -> pd.Series:
    """Which of the two figures the share and the count of one status bear out."""
    of_tables = shares[shares["from_tables"] & ~shares["from_count"]]
    of_count = shares[shares["from_count"] & ~shares["from_tables"]]
    beside_count = of_tables.drop_duplicates("count_id").set_index("count_id")
    beside_share = of_count.drop_duplicates("id").set_index("id")
    sentences = pd.concat(
        [
            " Podíl uvedený vedle (" + beside_count["id"] + ") přitom odpovídá tabulkám, "
            "ne tomuto počtu.",
            " Podíl odpovídá počtu uvedenému vedle (" + beside_share["count_id"] + ").",
        ]
    )
    return looked_up(wrong["id"], sentences).fillna("")


def _sum(evaluation: JudgedPeriod) -> pd.DataFrame:
    """The stated counts of all statuses, where they add up to another number of measures."""
    measures = len(evaluation.judgements)
    counts = stated_counts(evaluation.claims, evaluation.scale)
    total = whole_sum(counts, evaluation.scale)
    found = counts.iloc[:0] if total is None or total == measures else counts
    summands = " + ".join(found["value"].map(format_number))
    origin = _sum_origin(found, (total or 0) - measures, evaluation.scale.labels)
    return rows(
        AuditCheck.SUM_DIFFERS,
        on_measures=False,
        place=", ".join(found["source_place"].unique()),
        claim=f"{summands} = {counted(total or 0, 'opatreni')}",
        recomputed=counted(measures, "opatreni"),
        explanation=pd.Series(
            origin + _stated_whole(evaluation),
            index=[", ".join(found["id"])] if len(found) else [],
            dtype="str",
        ),
    )


def _sum_origin(counts: pd.DataFrame, excess: int, labels: dict[str, str]) -> str:
    """Of which surpluses and deficits the difference of the sum is made."""
    parts = [
        f"{labels[status]} o\u00a0{format_number(abs(surplus))} {more(surplus)}"
        for status, surplus in counts[["status", "surplus"]].itertuples(index=False)
        if surplus
    ]
    return (
        f"Počty uvedené u\u00a0stupňů dávají dohromady o {counted(abs(excess), 'opatreni')} "
        f"{more(excess)}, než je všech opatření. Proti tabulkám uvádí souhrn: {', '.join(parts)}."
    )


def _stated_whole(evaluation: JudgedPeriod) -> str:
    """That the summary itself states the right number of measures, where it does."""
    claims = evaluation.claims
    right = claims[claims["quantity"].eq(ClaimQuantity.MEASURES) & claims["holds"]]
    if right.empty:
        return ""
    return f" Celkový počet přitom zpráva sama uvádí správně ({right['id'].iloc[0]})."


def _implied(evaluation: JudgedPeriod) -> pd.DataFrame:
    """Shares beside counts that the tables do not bear out, and which of the two each fits.

    Returns:
        As :func:`slz_lib.evaluation.claims.implied_shares`, with ``from_count`` and
        ``from_tables`` (bool).
    """
    shares = implied_shares(evaluation.claims, evaluation.assessed)
    return shares.assign(
        from_count=_follows(shares, shares["implied"] * 100),
        from_tables=_follows(shares, shares["recomputed"] * 100),
    )


def _follows(shares: pd.DataFrame, percent: pd.Series) -> pd.Series:
    """Where somebody who knew ``percent`` would state the share as it is stated.

    An exact share is ``percent`` rounded; *more than 16 %* is said of 16.5 %, not of 18.3 %,
    because one more of the last stated digit would be said of that.
    """
    stated = shares["value"]
    step = last_digit(stated)
    exact = (percent - stated).abs().le(step / 2)
    above = percent.ge(stated) & percent.lt(stated + step)
    return exact.where(shares["operator"].eq("eq"), above).astype(bool)


def _shares(evaluation: JudgedPeriod, shares: pd.DataFrame) -> pd.DataFrame:
    """Stated shares that do not follow from the count stated for the same status."""
    measures = evaluation.assessed
    other = shares[~shares["from_count"]].drop_duplicates("id").set_index("id")
    found = (other["recomputed"] * measures).round().astype("int64")
    implied = other["implied"].map(format_percent).astype("str")
    recomputed = other["recomputed"].map(format_percent).astype("str")
    in_tables = found.map(lambda number: of_whole(number, measures)).astype("str")
    tables = "tabulkám (" + recomputed + ", " + in_tables + ")"
    follows = either(
        other["from_tables"],
        "Podíl odpovídá "
        + tables
        + ", ne počtu, vedle něhož stojí; oba údaje tedy nevznikly z téže podoby tabulek.",
        "Podíl neodpovídá ani " + tables + ".",
    )
    return rows(
        AuditCheck.SHARE_OF_OTHER_COUNT,
        on_measures=False,
        place=other["source_place"],
        claim=other["text"],
        recomputed=implied,
        explanation="Vedle podílu stojí počet "
        + other["count"].map(lambda number: counted(number, "opatreni")).astype("str")
        + " ("
        + other["count_id"]
        + "), který dává "
        + implied
        + ". "
        + follows,
    )
