"""What captions, subtitles and alternative texts say, in official Czech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.movements import SILENT
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import (
    NO_BREAK_SPACE,
    NOUNS,
    after,
    count,
    counted,
    enumerate_words,
    format_number,
    format_percent,
    of_whole,
    plural,
)
from slz_lib.vocabulary import Choice, CountsAs, Period, Scale, Step

#: The participle of a status within a sentence: *částečně plněno*, *plněno průběžně*.
_PARTICIPLE = re.compile(r"\b(\w+[ntv])o\b")
#: A scale has so many degrees: *čtyřstupňová*.
_DEGREES = ("jedno", "dvou", "tří", "čtyř", "pěti", "šesti", "sedmi", "osmi")
#: What is no step of the scale.
OFF_SCALE = {NO_STATUS: "bez stavu", SILENT: "podklad nedodán"}
#: More names than this are given as a number only.
NAMED_AT_MOST = 4


def measures(number: int) -> str:
    """``12 opatření``."""
    return counted(number, "opatreni")


def part_of(
    part: int,
    whole: int,
    noun: str = "opatreni",
    pad: int = 1,
    *,
    shares: bool = True,
    every: bool = True,
) -> str:
    """``68 ze 109 opatření (62,4 %)``, ``všech 7 opatření``: a number is never without its whole.

    Args:
        part: how many.
        whole: of how many.
        noun: one of :data:`slz_lib.language.NOUNS`.
        pad: the case in which the sentence has them, which shows where they are all.
        shares: whether the share is told too.
        every: whether the whole is all that there are, so that *all* may be said of it.
    """
    if part == whole and (every or not whole):
        return NOUNS[noun].every(whole, pad)
    stated = f"{of_whole(part, whole)}{NO_BREAK_SPACE}{NOUNS[noun].forms[-1]}"
    return f"{stated} ({format_percent(part / whole)})" if shares else stated


def predicate(step: Step, number: int) -> str:
    """The beginning of a sentence in the right number: ``Částečně jsou plněna`` (3 opatření)."""
    found = _PARTICIPLE.search(step.spoken)
    if found is None:
        return f"Stav „{step.spoken}“ {plural(number, 'má', 'mají', 'má')}"
    verb = plural(number, "je", "jsou", "je")
    said = found[1] + plural(number, "o", "a", "o") + step.spoken[found.end() :]
    before = step.spoken[: found.start()].strip()
    return capitalised(f"{before} {verb} {said}" if before else f"{said} {verb}")


def adjective(scale: Scale, meaning: CountsAs, ending: str) -> str:
    """The steps that count as ``meaning`` as measures are called by them: ``neplněných``.

    Args:
        scale: the scale.
        meaning: what the steps count as.
        ending: of the adjective: ``é``, ``ých``.
    """
    codes = scale.that(meaning)
    words = [_participle(scale[code].spoken, ending) for code in codes]
    return enumerate_words(words) if words and all(words) else meaning.label[:-1] + ending


def degrees(scale: Scale, ending: str) -> str:
    """Of how many degrees a scale is: ``čtyřstupňová``."""
    return f"{_DEGREES[len(scale) - 1]}stupňov{ending}"


def marked(code: str, scale: Scale) -> str:
    """Sign and word of a status; unknown is not zero and not failed, and has a sign of its own."""
    return f"—{NO_BREAK_SPACE}{OFF_SCALE[code]}" if code in OFF_SCALE else scale[code].marked


def spoken(code: str, scale: Scale) -> str:
    """A status, or that there is none, as a sentence says it."""
    return OFF_SCALE.get(code) or scale[code].spoken


def leaders(values: pd.Series) -> list[str]:
    """Labels of the largest values, in the order of ``values``; none when there is no value."""
    return [str(label) for label in values.index[values.eq(values.max())]] if len(values) else []


def spoken_counts(counts: Mapping[str, int], scale: Scale) -> str:
    """Counts that occur, best first: ``plněno 2, neplněno 3``; ``žádné`` when none does."""
    stated = [
        f"{step.spoken}{NO_BREAK_SPACE}{format_number(counts[step.code])}"
        for step in scale
        if counts[step.code]
    ]
    return ", ".join(stated) or "žádné opatření"


def statuses_listed(counts: pd.Series, scale: Scale) -> str:
    """Statuses that some measures have with their numbers, best first: ``● … 1 a ◐ … 3``."""
    return enumerate_words(
        [
            f"{step.marked}{NO_BREAK_SPACE}{format_number(counts[step.code])}"
            for step in scale
            if counts[step.code]
        ]
    )


def statuses_shared(counts: pd.Series, whole: int, *, scale: Scale, shares: bool = True) -> str:
    """How many measures have each status, best first, as it follows a number or a day.

    ``z nich byla plněna 2 (20,0 %) a částečně plněno 8 (80,0 %)``, ``byla obě částečně plněna``;
    empty where none has a status.

    Args:
        counts: measures by status code.
        whole: how many measures there are; the shares are of those that were not dropped.
        scale: the scale of the statuses.
        shares: whether shares are told.
    """
    found = [(step, int(counts[step.code])) for step in scale if counts[step.code]]
    if len(found) == 1 and whole == found[0][1]:
        step, number = found[0]
        every = {1: "", 2: "obě "}.get(number) or plural(number, "", "všechna ", "všechna ")
        verb = "bylo" if number == 1 else "byla"
        said = _participle(step.spoken, "o" if number == 1 else "a")
        return f"{verb} {every}{said}" if said else f"{every}{_in_state(step, number)}"
    assessed = whole - int(counts[scale.that(CountsAs.DROPPED)].sum())
    told, before = [], False
    for step, number in found:
        said = _participle(step.spoken, plural(number, "o", "a", "o"))
        verb = "" if before else plural(number, "bylo ", "byla ", "bylo ")
        share = (
            f" ({format_percent(number / assessed)})" if shares and step in scale.assessed else ""
        )
        words = f"{verb}{said}" if said else _in_state(step, number)
        told.append(f"{words}{NO_BREAK_SPACE}{format_number(number)}{share}")
        before = bool(said)
    return f"z nich {enumerate_words(told)}" if told else ""


def _participle(words: str, ending: str) -> str:
    """A status with its participle in another form: *částečně plněna*; empty without one."""
    return _PARTICIPLE.sub(rf"\g<1>{ending}", words) if _PARTICIPLE.search(words) else ""


def _in_state(step: Step, number: int) -> str:
    return f"stav „{step.spoken}“ {plural(number, 'mělo', 'měla', 'mělo')}"


def decided(proposed: Sequence[tuple[str, int]], whole: int, *, shares: bool = True) -> str:
    """Proposed decisions as they follow *navrhuje se*: ``pokračovat v 98 a sloučit s jinými 4``.

    Args:
        proposed: codes of the decisions with their numbers of measures, all above zero.
        whole: of how many measures.
        shares: whether the first has its share.
    """
    told: list[str] = []
    for key, number in proposed:
        pad = 6 if key == str(Choice.CONTINUE) else 4
        stated = format_number(number) if told else part_of(number, whole, pad=pad, shares=shares)
        others = f" s {plural(number, 'jiným', 'jinými', 'jinými')}"
        links = {str(Choice.MERGE): others, str(Choice.FOLLOW_UP): " na"}
        do = Choice(key).label + links.get(key, "")
        told.append(f"{do} {after('v', stated) if pad == 6 else stated}")
    return enumerate_words(told)


def person_days(days: float) -> str:
    """``12 člověkodnů``, ``12,5 člověkodne``."""
    return count(round(days, 1), "člověkoden", "člověkodny", "člověkodnů", "člověkodne")


def work_assumed(said: pd.DataFrame) -> str:
    """``pracnost i kapacita jsou předpoklady``, with an exception where sources say some of it."""
    besides = ", kde je neuvádí podklad" if len(said) else ""
    return f"pracnost i\u00a0kapacita jsou předpoklady{besides}"


def at_capacities(said: pd.DataFrame) -> str:
    """By which capacities it is told what fits: those assumed, or some of them said by sources."""
    known = said["body_id"].notna().any()
    called = "kapacitách, s\u00a0nimiž plán počítá," if known else "předpokládaných kapacitách"
    return f"při {called}"


def rows_counts(table: pd.DataFrame, scale: Scale) -> list[dict[str, int]]:
    """The rows of a table of counts as plain numbers by status code."""
    rows = table[scale.codes].astype("int64").to_numpy().tolist()
    return [dict(zip(scale.codes, row, strict=True)) for row in rows]


def sentences(*parts: str) -> str:
    """Parts that say something as sentences one after another."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def each(names: Iterable[object], told: Iterable[object], link: str = " – ") -> str:
    """What is told of each of ``names``: ``OSV – plněno 2; MMR – neplněno 1``."""
    return "; ".join(f"{name}{link}{said}" for name, said in zip(names, told, strict=True))


def counts_of_each(
    names: Iterable[object], counts: Iterable[Mapping[str, int]], scale: Scale, link: str = " – "
) -> str:
    """How many measures of each of ``names`` have each status."""
    return each(names, (spoken_counts(numbers, scale) for numbers in counts), link)


def capitalised(text: str) -> str:
    """``text`` as a sentence begins; the rest stays, with its names and abbreviations."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """``text`` as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def unknown(evaluation: Evaluation, *, shares: bool = True) -> str:
    """To how many measures nothing was supplied, how many are not judged or cannot be.

    Args:
        evaluation: a period in which there is some such measure.
        shares: whether the numbers have their shares too.
    """
    whole, unjudged, torn = evaluation.assessed, evaluation.unjudged, evaluation.undecided
    silent = int(evaluation.judgements["silent"].sum())

    def of(number: int, pad: int) -> str:
        return part_of(number, whole, pad=pad, shares=shares)

    verb = plural(unjudged, "není posouzeno", "nejsou posouzena", "není posouzeno")
    told = [
        text
        for number, text in (
            (unjudged, f"zatím {verb} {of(unjudged, 1)}"),
            (torn, f"stav nelze určit u\u00a0{of(torn, 2)}, protože si podklady odporují"),
            (silent, f"podklad nebyl dodán {after('k', of(silent, 3))}"),
        )
        if number
    ]
    return capitalised("; ".join(told))


def unit_and_source(evaluation: Evaluation, *additions: str) -> str:
    """The subtitle: unit, day, source and what else the reader must know."""
    missing = evaluation.without_status
    parts = [
        "počet opatření podle zveřejněného stavu" if evaluation.published else "počet opatření",
        f"stav k {evaluation.period.as_of_label}",
        *additions,
        f"{measures(missing)} stav zatím {plural(missing, 'nemá', 'nemají', 'nemá')}"
        if missing
        else "",
        source(evaluation),
    ]
    return "; ".join(part for part in parts if part)


def source(evaluation: Evaluation, period: Period | None = None) -> str:
    """The source that the statuses, or what is told of this period, come from, by its title.

    The strategy's long name in the title is cut to as many words as its short name has; they stay
    in the title's own case: *Informace o naplňování Strategie za roky 2022–2023*.
    """
    dataset = evaluation.dataset
    period = period or evaluation.period
    if not period.imported:
        return f"zdroj: podklady za období {period.label}, vlastní vyhodnocení"
    record = dataset.periods.set_index("id")["source_id"][period.id]
    title = str(dataset.sources.set_index("id")["title"][record])
    strategy = dataset.strategy.iloc[0]
    name = str(strategy["name_genitive"])
    words = len(str(strategy["short_name"]).split())
    return f"zdroj: {title.replace(name, ' '.join(name.split()[:words]))}"
