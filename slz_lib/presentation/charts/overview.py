"""How many measures stand in each status: as published, as derived, and between which bounds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from slz_lib.documents.model import Figure
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS, totals
from slz_lib.language import enumerate_words, format_number, format_percent, plural
from slz_lib.palette import INK, NO_EVIDENCE, PAPER
from slz_lib.presentation import phrases
from slz_lib.presentation.charts.canvas import framed
from slz_lib.presentation.charts.rows import Group, Label, bar, bars_beside
from slz_lib.presentation.charts.stacked import segment
from slz_lib.presentation.selecting import telling_selection
from slz_lib.vocabulary import CountsAs, Scale, Step

#: A bar of derived statuses is thinner than one of published ones, and white.
_DERIVED_MM = 3.0
#: The height of a range, and its dot.
_RANGE_MM, _DOT_POINTS = 2.2, 7.0
#: From the end of a range, or the middle of a dot, to its text.
_TEXT_GAP_MM = 2.4


@telling_selection
def status_overview(evaluation: Evaluation) -> Figure:
    """Stavy opatření: pruh pro každý stav s počtem a podílem."""
    counts = _with_unknown(evaluation.counts, evaluation.without_status)
    scale = evaluation.scale
    assessed = counts.drop(scale.that(CountsAs.DROPPED))
    whole = int(assessed.sum())
    texts = [
        _number_and_share(int(number), whole if code in assessed else 0)
        for code, number in counts.items()
    ]
    codes, numbers = list(counts.index), [int(number) for number in counts]
    labels = [Label(phrases.marked(code, scale)) for code in codes]
    spoken = (
        f"{phrases.spoken(code, scale)} {text}" for code, text in zip(codes, texts, strict=True)
    )
    return framed(
        bars_beside(
            [Group(labels)],
            numbers,
            texts,
            lambda axes, row, y: _bar(axes, codes[row], y, numbers[row], scale),
        ),
        anchor="obr-stavy",
        caption=_commonest(assessed, whole, evaluation),
        subtitle=phrases.unit_and_source(
            evaluation,
            f"podíly bez {phrases.adjective(scale, CountsAs.DROPPED, 'ých')} opatření"
            if evaluation.dropped
            else "",
        ),
        alt=phrases.sentences(
            _commonest(assessed, whole, evaluation, spoken=True),
            f"Opatření podle stavu: {', '.join(spoken)}",
        ),
        table="tab-stavy",
    )


@telling_selection
def published_and_derived(evaluation: Evaluation) -> Figure:
    """U každého stavu počet opatření podle zveřejnění a podle odvození."""
    scale, judgements = evaluation.scale, evaluation.judgements
    judgements = judgements[~judgements["status"].isin(scale.that(CountsAs.DROPPED))]
    columns = ["published", "derived"]
    unknown = judgements[columns].isna().sum()
    codes = [*scale.ranks, *([NO_STATUS] if unknown.any() else [])]
    stated, follows = (
        _with_unknown(totals(judgements, scale, column), int(unknown[column]))
        .reindex(codes, fill_value=0)
        .tolist()
        for column in columns
    )
    labels = [Label(phrases.marked(code, scale), bars=2) for code in codes]
    texts = [
        (f"zveřejněno {format_number(published)}", f"odvozeno {format_number(derived)}")
        for published, derived in zip(stated, follows, strict=True)
    ]
    numbers = [number for pair in zip(stated, follows, strict=True) for number in pair]

    def paint(axes: Axes, place: int, y: float) -> None:
        row, derived = divmod(place, 2)
        if derived:
            bar(axes, y, numbers[place], PAPER, height=_DERIVED_MM)
        else:
            _bar(axes, codes[row], y, numbers[place], scale)

    spoken = phrases.each((phrases.spoken(code, scale) for code in codes), map(", ".join, texts))
    return framed(
        bars_beside([Group(labels)], numbers, [text for pair in texts for text in pair], paint),
        anchor="obr-odvozeny",
        caption=_differing(judgements, scale),
        subtitle=(
            f"počet opatření; stav k {evaluation.period.as_of_label}; plný sloupec je zveřejněný "
            f"stav, bílý stav odvozený z podkladů; {phrases.source(evaluation)}, vlastní výpočet"
        ),
        told=f"Opatření podle stavu: {spoken}",
        table="tab-odvozeny",
    )


@telling_selection
def bounds_chart(evaluation: Evaluation) -> Figure:
    """Počet opatření v každém stavu a meze, v nichž by mohl být."""
    bounds = evaluation.uncertainty.bounds
    steps = [evaluation.scale[str(code)] for code in bounds.index]
    numbers = bounds[["stated", "lowest", "highest"]].to_numpy().tolist()
    rows = [(int(n), int(low), int(high)) for n, low, high in numbers]
    texts = [_bounded(*row) for row in rows]

    drawn = bars_beside(
        [Group([Label(step.marked) for step in steps])],
        [high for _, _, high in rows],
        texts,
        lambda axes, row, y: _range(axes, steps[row], y, *rows[row]),
        gap=_TEXT_GAP_MM,
    )
    spoken = phrases.each((step.spoken for step in steps), texts, " ")
    return framed(
        drawn,
        anchor="obr-meze",
        caption=_unsupplied(evaluation),
        subtitle=phrases.unit_and_source(
            evaluation, "bod je uvedený počet, pruh sahá od nejmenšího možného k největšímu"
        ),
        told=f"Opatření podle stavu: {spoken}",
        table="tab-meze",
    )


def _with_unknown(counts: pd.Series, unknown: int) -> pd.Series:
    return pd.concat([counts, pd.Series({NO_STATUS: unknown})]) if unknown else counts


def _number_and_share(number: int, whole: int) -> str:
    share = f" ({format_percent(number / whole)})" if whole else ""
    return f"{phrases.measures(number)}{share}"


def _bar(axes: Axes, code: str, y: float, number: int, scale: Scale) -> None:
    if number and code != NO_STATUS:
        segment(axes, scale[code], y, number)
    elif number:
        bar(axes, y, number, NO_EVIDENCE)


def _commonest(
    counts: pd.Series, whole: int, evaluation: Evaluation, *, spoken: bool = False
) -> str:
    """The status that most measures have; statuses that tie are all named.

    Dropped measures do not count. It is ``spoken`` for an ear that has not heard what is counted.
    """
    if not whole:
        return "Žádné opatření zatím nemá stav"
    most, scale = phrases.leaders(counts), evaluation.scale
    number = int(counts.max())
    part = phrases.part_of(number, whole, every=not evaluation.dropped)
    if len(most) > 1:
        names = enumerate_words([phrases.spoken(code, scale) for code in most])
        return f"Nejvíce opatření je ve stavech {names}, v\u00a0každém {part}"
    if most[0] == NO_STATUS:
        verb = plural(number, "je", "jsou", "je")
        return f"Bez stavu {verb} {part}"
    if spoken:
        return f"Nejčastější je stav {phrases.spoken(most[0], scale)}: {part}"
    return f"{phrases.predicate(scale[most[0]], number)} {part}"


def _differing(judgements: pd.DataFrame, scale: Scale) -> str:
    """How many statuses differ, and to which side."""
    whole = len(judgements)
    known = judgements.dropna(subset=["published", "derived"])
    change = known["derived"].map(scale.ranks) - known["published"].map(scale.ranks)
    worse, better = int(change.gt(0).sum()), int(change.lt(0).sum())
    missing = whole - len(known)
    aside = f"; srovnat nelze {phrases.measures(missing)}" if missing else ""
    if not len(known):
        return "Zveřejněný a odvozený stav zatím není u žádného opatření možné srovnat"
    if not worse + better:
        return f"Odvozený stav se všude shoduje se zveřejněným{aside}"
    sides = [
        f"u {format_number(number)} {word}"
        for number, word in ((worse, "přísnější"), (better, "mírnější"))
        if number
    ]
    told = f"je {enumerate_words(sides)}"
    if len(sides) == 1:
        always = "pokaždé " if worse + better > 1 else ""
        told = f"{always}je {'přísnější' if worse else 'mírnější'}"
    differing = phrases.part_of(worse + better, whole, pad=2)
    return f"Odvozený stav se od zveřejněného liší u\u00a0{differing}: {told}{aside}"


def _bounded(stated: int, lowest: int, highest: int) -> str:
    """``22, možných 22 až 34``; the number alone where it is certain."""
    number = format_number(stated)
    if lowest == highest:
        return number
    return f"{number}, možných {format_number(lowest)} až {format_number(highest)}"


def _range(axes: Axes, step: Step, y: float, stated: int, lowest: int, highest: int) -> None:
    if highest > lowest:
        segment(axes, step, y, highest - lowest, left=lowest, height=_RANGE_MM)
    # A dot at zero stands on the axis, half of it outside.
    axes.plot(
        [stated],
        [y],
        marker="o",
        markersize=_DOT_POINTS,
        markerfacecolor=INK,
        markeredgecolor=PAPER,
        clip_on=False,
        zorder=5,
    )


def _unsupplied(evaluation: Evaluation) -> str:
    """How many measures nothing is known of, and what that leaves of the worst status."""
    found, scale = evaluation.uncertainty, evaluation.scale
    whole, silent = evaluation.assessed, len(found.unknown)
    if not whole:
        return "V období není žádné opatření"
    if not silent:
        return "Ke každému opatření byl dodán podklad, počty jsou jisté"
    codes = scale.that(CountsAs.NOT)
    lowest = int(found.bounds.loc[codes, "lowest"].sum())
    highest = lowest + int(found.unknown[codes].any(axis="columns").sum())
    low, high = (format_percent(number / whole) for number in (lowest, highest))
    return (
        f"{phrases.unknown(evaluation)}; "
        f"{phrases.adjective(scale, CountsAs.NOT, 'ých')} opatření může být {low} až {high}"
    )
