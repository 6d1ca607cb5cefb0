"""Data, an evaluation, an audit, how a plan goes and a batch as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from slz_lib import untrusted
from slz_lib.language import (
    after,
    count,
    counted,
    enumerate_words,
    format_date,
    format_number,
    format_percent,
    no_breaks,
    of_whole,
    share,
)
from slz_lib.vocabulary import Severity, StepState, labels

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.dataset import Dataset
    from slz_lib.dataset.opening import Opening
    from slz_lib.evaluation import Evaluation
    from slz_lib.evaluation.audit import Audit
    from slz_lib.planning.progress import Progress
    from slz_lib.production.batch.values import Agenda, Summary

_EDITIONS = ("edice", "edice", "edic")
_NONE = "bez podkladů"
_NO_STATUS = "bez stavu"
_STATES = labels(StepState)
#: How a step can stand elsewhere, in the order in which it is told.
_MOVES = {
    "later": "později",
    "out": "do období plánu se nevejde",
    "earlier": "dříve",
    "in": "nově se vejde",
}


def dataset_lines(dataset: Dataset) -> Iterator[str]:
    """What was read and found in order."""
    periods, horizons = (
        enumerate_words([str(label) for label in table["label"]])
        for table in (dataset.periods, dataset.horizons)
    )
    yield "Data jsou v\u00a0pořádku."
    measures = format_number(dataset.measures["id"].nunique())
    areas = len(dataset.areas)
    where = after("v", f"{areas} {dataset.terms.area.form(6, plural=areas != 1)}")
    yield no_breaks(f"Opatření: {measures} {where}")
    yield f"Vyhodnocená období: {periods}"
    yield f"Plánovací období: {horizons}"
    if dataset.warnings:
        yield f"K\u00a0posouzení (chyba to není, upozornění: {len(dataset.warnings)}):"
        yield from map(str, dataset.warnings)


def opening_lines(opening: Opening) -> Iterator[str]:
    """What a new period begins with, and what to do next."""
    measures, period, before = len(opening.tables["decisions"]), opening.period, opening.follows
    pattern = "jako první" if before is None else f"podle období {before.label}"
    yield no_breaks(
        f"Období {period.label} je založeno {pattern}: "
        f"{counted(measures, 'opatreni')}, zatím bez stavů a podkladů."
    )
    yield no_breaks(
        f"Co dál: podklad zapište do sources.csv, odpovědi do evidence.csv (v Excelu: slz data "
        f"sheet evidence decisions --period {period.id} -o odpovedi.xlsx), kontrolujte je příkazem "
        f"slz check a průběžný stav ukáže slz evaluate {period.id}."
    )


def plan_opening_lines(opening: Opening) -> Iterator[str]:
    """What a new plan begins with, and what to do next."""
    horizon, before = opening.period, opening.follows
    yield no_breaks(
        f"Plán {horizon.label} je založen, navazuje na období {before.label if before else '?'}. "
        "Z posledního plánu jsou jako návrh převzaty řádky tabulek, které posuďte (říká to sloupec "
        "source_place):"
    )
    for name, rows in opening.tables.items():
        if name != "horizons":
            yield f"  {name}: {len(rows)}"
    yield f"Co dál: převzaté řádky ověřte nebo smažte a\u00a0spusťte slz plan {horizon.id}."


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Counts of both statuses, measures where they differ, and the claims of the summary."""
    period = evaluation.period
    yield f"Vyhodnocení období {period.label}, stav k\u00a0{period.as_of_label}"
    yield ""
    yield from _aligned(_count_rows(evaluation), numbers=(1, 2, 3, 4))
    yield ""
    differences = evaluation.differences
    other = evaluation.standing
    if evaluation.judgements["status"].isna().all():
        yield "Zatím není posouzeno žádné opatření: stavy ani podklady v\u00a0datech nejsou."
    elif differences.empty:
        yield f"Odvozený stav se nikde neliší od {other}."
    else:
        yield f"Odvozený stav se liší od {other} ({counted(len(differences), 'opatreni')}):"
        yield from _aligned(_difference_rows(evaluation))
    yield ""
    if evaluation.claims.empty:
        yield "Souhrn zprávy neuvádí žádná ověřitelná tvrzení."
    else:
        yield "Tvrzení souhrnu přepočtená z tabulek:"
        yield from _aligned(_claim_rows(evaluation.claims), numbers=(2,))


def _standing(evaluation: Evaluation) -> str:
    """What the status that stands is called: before publication it is a decided or derived one."""
    return "zveřejněno" if evaluation.published else "platí"


def trace_lines(evaluation: Evaluation, measure: str) -> Iterator[str]:
    """How one measure came to its derived status: conditions, evidence, what would move it.

    Raises:
        ParameterError: the period does not judge such a measure.
    """
    # Tables bring the plotting library with them, which no other line of a terminal needs.
    from slz_lib.documents.model import Table
    from slz_lib.presentation.tables.traces import measure_trace
    from slz_lib.presentation.tracing import disputes

    for block in measure_trace(evaluation, measure).blocks:
        assert isinstance(block, Table)
        yield block.caption
        titles = tuple(column.title for column in block.columns)
        rows = [tuple(cell.text for cell in row.cells) for row in block.rows]
        yield from _aligned(iter([("", *titles), *(("", *row) for row in rows)]))
        yield ""
    if measure in (told := disputes(evaluation)):
        yield no_breaks(told[measure])


def _count_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    yield ("Stav", _standing(evaluation), "podíl", "odvozeno", "podíl")
    whole, ranks = len(evaluation.judgements), evaluation.scale.ranks
    for step in evaluation.scale:
        row = [step.marked]
        for counts in (evaluation.counts, evaluation.derived_counts):
            number = int(counts[step.code])
            fraction = share(number, evaluation.assessed) if step.code in ranks else None
            row += [
                format_number(number),
                "—" if fraction is None else format_percent(fraction),
            ]
        yield tuple(row)
    unknown = [int(evaluation.judgements[name].isna().sum()) for name in ("status", "derived")]
    if any(unknown):
        yield (_NO_STATUS, format_number(unknown[0]), "", format_number(unknown[1]), "")
    yield ("celkem", format_number(whole), "", format_number(whole), "")


def _difference_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    titles = evaluation.dataset.measures.set_index("id")["title"]
    yield ("", "Opatření", _standing(evaluation), "odvozeno", "")
    columns, labels = ["measure_id", "status", "derived"], evaluation.scale.labels
    for measure, *statuses in evaluation.differences[columns].itertuples(index=False):
        yield (
            "",
            str(measure),
            *(labels.get(code, _NONE) for code in statuses),
            str(titles[measure]),
        )


def _claim_rows(claims: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    yield ("", "Výsledek", "přepočteno", "tvrzení")
    columns = ["holds", "recomputed", "unit", "text"]
    for holds, value, unit, text in claims[columns].itertuples(index=False):
        verdict = "souhlasí" if holds else "NESOUHLASÍ"
        yield ("", verdict, f"{format_number(round(float(value), 1))}\u00a0{unit}", str(text))


def audit_lines(audit: Audit) -> Iterator[str]:
    """Numbers of findings by kind, then the findings of each kind."""
    period = audit.period
    yield f"Audit období {period.label}, stav k\u00a0{period.as_of_label}"
    yield ""
    yield from _aligned(_kind_rows(audit), numbers=(2, 3))
    for (label, severity), findings in audit.findings.groupby(["label", "severity"], sort=False):
        yield ""
        yield f"{label} (závažnost {Severity(str(severity)).label})"
        for finding in findings.fillna("").to_dict("records"):
            yield from _finding({str(name): str(value) for name, value in finding.items()})


def _kind_rows(audit: Audit) -> Iterator[tuple[str, ...]]:
    """Kinds with their numbers; what was acknowledged has a column where there is any."""
    kinds = audit.by_kind
    noted = 4 if kinds["acknowledged"].any() else 3
    yield ("Druh", "závažnost", "zjištění", "vzato na vědomí")[:noted]
    columns = ["label", "severity", "findings", "acknowledged"]
    for label, severity, findings, acknowledged in kinds[columns].itertuples(index=False):
        numbers = (format_number(findings), format_number(acknowledged))
        yield (str(label), Severity(severity).label, *numbers)[:noted]
    sums = kinds[["findings", "acknowledged"]].sum()
    yield ("celkem", "", *map(format_number, sums))[:noted]


def _finding(finding: dict[str, str]) -> Iterator[str]:
    """One finding: what stands where and what comes out, why, on what, and who knows of it."""
    result = f" → {finding['recomputed']}" if finding["recomputed"] else ""
    yield f"  {finding['subject']}, {finding['place']}: {finding['claim']}{result}"
    yield f"    {finding['explanation']}"
    if finding["evidence"]:
        yield f"    Podklady: {finding['evidence']}"
    if finding["reason"]:
        yield f"    Vzato na vědomí ({finding['role']}): {finding['reason']}"


def status_lines(progress: Progress) -> Iterator[str]:
    """Steps by state, those that are due and are not done, and what that moves."""
    steps, plan = progress.steps, progress.plan
    names = plan.evaluation.dataset.bodies.set_index("id")["short_name"]
    yield f"Plán {plan.horizon.label} k\u00a0{format_date(progress.day)}: " + counted(
        len(steps), "kroky"
    )
    for state, label in _STATES.items():
        yield f"  {label}: {int(steps['state'].eq(state).sum())}"
    yield f"  bez zprávy: {int(steps['state'].isna().sum())}"
    due, slipped = steps[steps["due"]], steps[steps["slipped"]]
    if due.empty:
        yield "Termín zatím žádnému kroku neuplynul."
    elif slipped.empty:
        yield f"Termín uplynul u\u00a0{counted(len(due), 'kroky', 2)}; všechny jsou uzavřeny."
    else:
        yield f"Kroky po termínu, které nejsou uzavřeny ({of_whole(len(slipped), len(due))}):"
    for step in slipped.fillna({"state": ""}).to_dict("records"):
        lead = ", ".join(str(names[body]) for body in str(step["lead"]).split(";") if body)
        state = _STATES.get(str(step["state"]), "bez zprávy")
        yield no_breaks(
            f"  {step['id']} ({lead or 'gestor neurčen'}, do {format_date(step['deadline'])}, "
            f"{state}): {step['step']}"
        )
    if not slipped.empty:
        yield from _moved(progress)
    if progress.unknown:
        yield no_breaks(
            f"Zprávy jsou i o krocích, které plán nemá: {enumerate_words(progress.unknown)}."
        )


def _moved(progress: Progress) -> Iterator[str]:
    """What the steps that slipped do to the others."""
    moves = progress.moves
    yield no_breaks(
        "Nový rozvrh neuzavřených kroků (uzavřené kapacitu nezabírají, neuzavřené celou): "
        + (f"jinde než v plánu {counted(len(moves), 'kroky')}." if len(moves) else "beze změny.")
    )
    ends = moves["before"].fillna("bez místa") + " → " + moves["after"].fillna("bez místa")
    told = moves["id"] + " (" + ends + moves["late"].map({True: ", nově po lhůtě", False: ""}) + ")"
    for code, label in _MOVES.items():
        if moves["change"].eq(code).any():
            yield f"  {label}: {', '.join(told[moves['change'].eq(code)])}"


def agenda_lines(agenda: Agenda) -> Iterator[str]:
    """What a batch would do, an edition a line."""
    for item in agenda.due:
        yield f"{item.name}: {item.reason}"
    unchanged = len(agenda.items) - len(agenda.due)
    if unchanged:
        yield f"beze změny: {count(unchanged, *_EDITIONS)}"


def summary_lines(summary: Summary, seconds: float) -> Iterator[str]:
    """How a batch ended: failures first, then the numbers."""
    for done in summary.failed:
        yield from untrusted.lines(f"Chyba: {done.name}: {done.failure}")
    unchanged = len(summary.agenda.items) - len(summary.agenda.due)
    if not summary.done:
        yield f"Beze změny: {count(unchanged, *_EDITIONS)}; {format_number(seconds, 2)}\u00a0s."
    else:
        issued = len(summary.done) - len(summary.failed)
        parts = [f"vydáno: {count(issued, *_EDITIONS)}"]
        if unchanged:
            parts.append(f"beze změny: {unchanged}")
        if summary.failed:
            parts.append(f"selhalo: {len(summary.failed)} (dřívější výstupy zůstaly)")
        yield f"Hotovo za {format_number(seconds, 1)}\u00a0s; {', '.join(parts)}."


def _aligned(rows: Iterator[tuple[str, ...]], numbers: Sequence[int] = ()) -> Iterator[str]:
    """``rows`` in columns two spaces apart; columns of ``numbers`` are aligned to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
