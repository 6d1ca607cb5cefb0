"""Where measures went: of each earlier status a bar, divided by the later ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from slz_lib.documents.model import Figure
from slz_lib.evaluation.comparison import Comparison
from slz_lib.evaluation.movements import NOT_IN_PERIOD, SILENT
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import enumerate_words, format_number, plural
from slz_lib.palette import NO_EVIDENCE, PAPER, RULE
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label
from slz_lib.presentation.charts.stacked import stacked
from slz_lib.vocabulary import CountsAs, Scale, Step

_BASES = {"published": "zveřejněného", "derived": "odvozeného"}
#: The grounds of what is no step of the scale; they differ in lightness.
_GROUNDS = {SILENT: NO_EVIDENCE, NO_STATUS: RULE, NOT_IN_PERIOD: PAPER}
_GONE = "už není"


def transitions_chart(comparison: Comparison) -> Figure:
    """Přechody opatření: řádek je stav předchozího období, díly pruhu stavy nynějšího.

    Under a step of the scale stands how many measures went which way from it.
    """
    matrix, scale = comparison.transitions, comparison.after.scale
    rows, met = (
        [str(code) for code in sums.index[sums.gt(0)]]
        for sums in (matrix.sum(axis="columns"), matrix.sum())
    )
    counts = [
        dict(zip(met, numbers, strict=True))
        for numbers in matrix.loc[rows, met].to_numpy(dtype="int64").tolist()
    ]
    labels = [
        Label(
            "— nová" if code == NOT_IN_PERIOD else phrases.marked(code, scale),
            note=_ways(code, own, scale),
        )
        for code, own in zip(rows, counts, strict=True)
    ]
    return framed(
        stacked([Group(labels)], counts, [_step(code, scale) for code in met]),
        anchor="obr-prechody",
        caption=movement_said(comparison),
        subtitle=(
            f"počet opatření podle {_BASES[comparison.basis]} stavu "
            f"k {comparison.before.period.as_of_label} (řádky) "
            f"a k {comparison.after.period.as_of_label} (díly pruhů); "
            f"▲ lepší stav, = stejný, ▼ horší; {_sources(comparison)}"
        ),
        told=_spoken(comparison, rows, counts),
        table="tab-prechody",
    )


def _step(code: str, scale: Scale) -> Step:
    """How a bar shows a standing, also one that is no step of the scale."""
    if code in scale:
        return scale[code]
    words = phrases.OFF_SCALE.get(code, _GONE)
    # What it counts as says here only that it is not hatched.
    return Step(code, words, "—", _GROUNDS[code], words, CountsAs.PARTLY)


def _ways(start: str, counts: Mapping[str, int], scale: Scale) -> str:
    """How many went to a better step, stayed, went to a worse one; empty off the scale."""
    ranks = scale.ranks
    if start not in ranks:
        return ""
    told = dict.fromkeys("▲=▼", 0)
    for end, number in counts.items():
        if end in ranks:
            steps = ranks[start] - ranks[end]
            told["▲" if steps > 0 else "▼" if steps else "="] += number
    return "   ".join(f"{sign}\u00a0{format_number(n)}" for sign, n in told.items() if n)


def movement_said(comparison: Comparison) -> str:
    """How many measures went which way, of those that can be compared."""
    went = comparison.counts
    better, same, worse = (int(went[way]) for way in ("better", "same", "worse"))
    compared = better + same + worse
    if not compared:
        return "Stavy opatření v\u00a0obou obdobích zatím není možné srovnat"
    if not better + worse:
        one = "Stav jediného opatření, které lze srovnat, se nezměnil"
        all_ = f"Stav se u\u00a0všech {phrases.measures(compared)}, která lze srovnat, nezměnil"
        return (one if compared == 1 else all_) + _aside(went)
    ways = sorted([("zlepšil", better), ("zhoršil", worse)], key=lambda way: -way[1])
    (verb, first), *rest = [way for way in (*ways, ("nezměnil", same)) if way[1]]
    others = [f"{way} u\u00a0{format_number(number)}" for way, number in rest]
    told = enumerate_words([f"{verb} u\u00a0{phrases.part_of(first, compared, pad=2)}", *others])
    return f"Stav se {told}{_aside(went)}"


def _aside(went: pd.Series) -> str:
    """What cannot be told better or worse: silence, what is not judged yet, what was dropped."""
    told = [
        f"{words} {phrases.measures(int(went[way]))}"
        for way, words in (
            ("silent", "bez podkladu"),
            ("heard", "s\u00a0podkladem nově"),
            ("unknown", "srovnat nelze"),
        )
        if went[way]
    ]
    if went["dropped"]:
        number = int(went["dropped"])
        verb = plural(number, "nesrovnává", "nesrovnávají", "nesrovnává")
        kind = plural(number, "zrušené", "zrušená", "zrušených")
        told.append(f"{verb} se {format_number(number)}\u00a0{kind} opatření")
    return "".join(f"; {part}" for part in told)


def _spoken(
    comparison: Comparison, rows: Sequence[str], counts: Sequence[Mapping[str, int]]
) -> str:
    """Where the measures of each status of the earlier period went, and what is new."""
    scale = comparison.after.scale

    def said(code: str, absent: str) -> str:
        return absent if code == NOT_IN_PERIOD else phrases.spoken(code, scale)

    sums = (format_number(sum(own.values())) for own in counts)
    went = phrases.each(
        (f"{said(start, 'nová')} {number}" for start, number in zip(rows, sums, strict=True)),
        (
            ", ".join(f"{said(end, _GONE)} {format_number(n)}" for end, n in own.items() if n)
            for own in counts
        ),
    )
    before, after = comparison.before.period.label, comparison.after.period.label
    return f"Opatření podle stavu v\u00a0období {before} a\u00a0potom {after}: {went}"


def _sources(comparison: Comparison) -> str:
    """The sources of both periods."""
    before, after = (phrases.source(side) for side in (comparison.before, comparison.after))
    return before if before == after else f"{before}; {after.removeprefix('zdroj: ')}"
