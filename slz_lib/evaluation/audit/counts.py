"""How stated counts can have come about: what was moved between degrees, what was counted twice."""

from __future__ import annotations

from itertools import permutations

import pandas as pd

from slz_lib.evaluation.claims import stated_sum
from slz_lib.language import counted, format_number, plural
from slz_lib.vocabulary import ClaimQuantity, Scale

#: Under which status the summary states more measures than the tables, under which fewer, how many.
Move = tuple[str, str, int]


def stated_counts(compared: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The claims that state exactly how many measures have a status, one a status.

    Returns:
        Rows of ``compared``, best status first, with ``surplus`` (int: stated less recomputed).
    """
    exact = compared["quantity"].eq(ClaimQuantity.COUNT) & compared["operator"].eq("eq")
    counts = compared[exact & compared["status"].notna()].drop_duplicates("status")
    counts = counts.sort_values("status", key=lambda codes: codes.map(scale.codes.index))
    surplus = (counts["value"] - counts["recomputed"].astype("float64")).round().astype("int64")
    return counts.assign(surplus=surplus)


def whole_sum(counts: pd.DataFrame, scale: Scale) -> int | None:
    """What the counts add up to; ``None`` unless the count of every status is stated."""
    return stated_sum(counts) if len(counts) == len(scale) else None


def moves(counts: pd.DataFrame, scale: Scale) -> tuple[list[Move], dict[str, int]]:
    """Surpluses paired with deficits of other statuses, the nearest on the scale first.

    Returns:
        The pairs, and the surplus of each status that no other one balances.
    """
    place = scale.codes.index
    left = {str(code): int(n) for code, n in zip(counts["status"], counts["surplus"], strict=True)}
    found: list[Move] = []
    for before, after in sorted(
        permutations(left, 2),
        key=lambda pair: (abs(place(pair[0]) - place(pair[1])), place(pair[0])),
    ):
        number = min(left[before], -left[after])
        if number > 0:
            found.append((before, after, number))
            left[before] -= number
            left[after] += number
    return found, left


def origins(counts: pd.DataFrame, measures: int, scale: Scale) -> dict[str, str]:
    """How each stated count can differ from the tables.

    Returns:
        Czech sentences by id of the claim, for the counts that differ.
    """
    ids = dict(zip(counts["status"], counts["id"], strict=True))
    paired, left = moves(counts, scale)
    excess = (whole_sum(counts, scale) or measures) - measures
    told: dict[str, str] = {}
    for status, claim, surplus in counts[["status", "id", "surplus"]].itertuples(index=False):
        if not surplus:
            continue
        number = counted(abs(surplus), "opatreni")
        sentences = [f"Souhrn uvádí o {number} {more(surplus)} než tabulky."]
        sentences += [_moved(move, status, ids, scale.labels) for move in paired if status in move]
        if left[status]:
            sentences.append(_unbalanced(left[status], excess, measures))
        told[claim] = " ".join(sentences)
    return told


def more(surplus: int) -> str:
    """*Více* or *méně*, as the sign of ``surplus`` tells."""
    return "více" if surplus > 0 else "méně"


def _moved(move: Move, status: str, ids: dict[str, str], labels: dict[str, str]) -> str:
    """A move as the claim of ``status`` tells it."""
    before, after, number = move
    other, verb = (after, "méně") if status == before else (before, "více")
    could = plural(number, "mohlo", "mohla", "mohlo")
    moved = plural(number, "přeřazeno", "přeřazena", "přeřazeno")
    return (
        f"U stupně {labels[other]} naopak uvádí o {format_number(number)} {verb} "
        f"({ids[other]}): {counted(number, 'opatreni')} {could} být po sepsání souhrnu {moved} "
        f"ze stupně {labels[before]} do stupně {labels[after]}."
    )


def _unbalanced(left: int, excess: int, measures: int) -> str:
    """The sentence for a surplus (or deficit) that no other status balances."""
    number = counted(abs(left), "opatreni")
    direction = "přesahuje" if excess > 0 else "nedosahuje"
    whole = (
        f"; právě o tolik součet uvedených počtů ({format_number(measures + excess)}) {direction} "
        f"{'počet' if excess > 0 else 'počtu'} všech opatření ({format_number(measures)})"
        if left == excess
        else ""
    )
    cause = "počítat dvakrát" if left > 0 else "vynechat"
    return (
        f"Rozdíl {number} žádný jiný stupeň nevyrovnává{whole}. Souhrn tedy mohl některá opatření "
        f"{cause}, nebo vznikl z jiné podoby tabulek."
    )
