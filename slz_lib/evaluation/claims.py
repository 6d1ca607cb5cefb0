"""The published headline, claim by claim, beside what the tables give."""

from __future__ import annotations

import pandas as pd

from slz_lib.vocabulary import ClaimQuantity, CountsAs, Scale

#: The unit of claims that count areas, whatever the strategy calls them.
AREAS_UNIT = "okruhů"
#: Less than this comes of binary fractions alone.
_TINY = 1e-9


def recompute(
    claims: pd.DataFrame, judgements: pd.DataFrame, areas: pd.DataFrame, scale: Scale
) -> pd.DataFrame:
    """Every claim of the period's summary with the value recomputed from the statuses that stand.

    Args:
        claims: columns ``id``, ``quantity`` (measures, areas, count, share), ``status``,
            ``operator`` (eq, gt, ge), ``value``, ``unit``, ``text``, ``source_place``.
        judgements: as :func:`slz_lib.evaluation.judgements.judge` returns.
        areas: the strategy's areas.
        scale: the scale of the statuses; shares are of the measures that were not dropped.

    Returns:
        ``claims`` with ``recomputed`` (Float64, in the claim's unit: a share in %) and ``holds``
        (bool).
    """
    counts = judgements["status"].value_counts()
    of_status = claims["status"].map(counts).astype("Float64")
    of_status = of_status.where(claims["status"].isna() | of_status.notna(), 0.0)
    quantity = {kind: claims["quantity"].eq(kind) for kind in ClaimQuantity}
    assessed = int((~judgements["status"].isin(scale.that(CountsAs.DROPPED))).sum())
    recomputed = of_status.mask(quantity[ClaimQuantity.SHARE], of_status / assessed * 100)
    recomputed = recomputed.mask(quantity[ClaimQuantity.MEASURES], float(len(judgements)))
    recomputed = recomputed.mask(quantity[ClaimQuantity.AREAS], float(len(areas)))
    stated = claims["value"].astype("Float64")
    # A claim is held to the precision in which it is stated: 7.339 % bears out 7.3 %.
    rounded = (recomputed - stated).abs().le(last_digit(claims["value"]) / 2 + _TINY)
    holds = (
        (claims["operator"].eq("eq") & rounded)
        | (claims["operator"].eq("gt") & recomputed.gt(stated))
        | (claims["operator"].eq("ge") & (recomputed.ge(stated) | rounded))
    )
    return claims.assign(recomputed=recomputed, holds=holds.fillna(False).astype(bool))


def last_digit(values: pd.Series) -> pd.Series:
    """What one more of the last stated digit makes: 0.1 for 7.3, 1 for 16."""
    decimals = values.map(lambda value: len(f"{value:.12g}".partition(".")[2]))
    return 10.0 ** -decimals.astype("float64")


def stated_sum(claims: pd.DataFrame) -> int | None:
    """What the stated counts of the statuses add up to; ``None`` when none is stated."""
    counts = claims[claims["quantity"] == ClaimQuantity.COUNT]
    return int(counts["value"].sum()) if len(counts) else None


def implied_shares(compared: pd.DataFrame, measures: int) -> pd.DataFrame:
    """Recomputed shares beside the share that the count stated for the same status would make.

    A headline such as *more than 16 %, namely 20 measures* can hold for the tables and yet not for
    the count it stands beside.

    Returns:
        The share claims whose status also has a count that the tables do not bear out: ``id``,
        ``text``, ``source_place``, ``status``, ``operator``, ``value`` (in %), ``count`` (as
        stated), ``count_id`` (the claim that states it), ``implied`` and ``recomputed``
        (fractions).
    """
    counts = compared[compared["quantity"].eq(ClaimQuantity.COUNT) & ~compared["holds"]]
    shares = compared[compared["quantity"].eq(ClaimQuantity.SHARE)]
    both = shares.merge(counts[["id", "status", "value"]], on="status", suffixes=("", "_count"))
    return pd.DataFrame(
        {
            **{name: both[name] for name in ("id", "text", "source_place", "status", "operator")},
            "value": both["value"],
            "count": both["value_count"].astype("int64"),
            "count_id": both["id_count"],
            "implied": both["value_count"] / measures,
            "recomputed": (both["recomputed"] / 100).astype("float64"),
        }
    )
