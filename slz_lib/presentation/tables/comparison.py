"""Two periods beside each other: transitions, movers, shares, changed measures, method and fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.evaluation.movements import NO_STATUS, NOT_IN_PERIOD, STANDINGS, ChangeKind
from slz_lib.language import count, counted
from slz_lib.presentation.framing import table
from slz_lib.presentation.naming import area_anchor, measure_anchors
from slz_lib.presentation.tables.standings import (
    SCALE,
    TOTAL,
    codes_of,
    column_title,
    labelled,
    row_label,
    signed,
    unbroken,
    with_points,
    with_sums,
)

if TYPE_CHECKING:
    from slz_lib.documents.model import Table
    from slz_lib.evaluation.comparison import Comparison
    from slz_lib.evaluation.replay import Decomposition

_WAYS = {
    "better": "Lepší",
    "same": "Stejný",
    "worse": "Horší",
    "unknown": "Nelze srovnat",
    "new": "Nové",
    "gone": "Zaniklé nebo sloučené",
}
#: Columns that a table of ways has even where they are empty.
_ALWAYS = ("better", "same", "worse")


def transitions_table(comparison: Comparison) -> Table:
    """Where the measures stood × where they stand; standings that nowhere occur are left out."""
    matrix = comparison.transitions
    rows, columns = (
        [code for code in STANDINGS if code in SCALE or sums[code]]
        for sums in (matrix.sum(axis="columns"), matrix.sum())
    )
    shown = matrix.loc[rows, columns].assign(total=matrix.loc[rows].sum(axis="columns"))
    labels = [*(row_label(code) for code in rows), TOTAL]
    frame = with_sums(shown, rows)
    before, after = comparison.before.period.label, comparison.after.period.label
    framed = table(
        frame,
        anchor="tab-prechody",
        caption=f"Přechody opatření mezi stavy v obdobích {before} (řádky) a {after} (sloupce)",
        titles={
            "status": f"Stav v období {unbroken(before)}",
            **{code: column_title(code) for code in columns},
            "total": TOTAL,
        },
        kinds={"status": "status"},
        weights={"status": 1.8},
        totals=1,
        sheet="Přechody",
        notes=["Na úhlopříčce jsou opatření, jejichž stav se nezměnil.", *_provisos(comparison)],
    )
    return labelled(framed, labels)


def movers_table(comparison: Comparison) -> Table:
    """Measures whose status moved, from the best move to the worst."""
    movers = comparison.movers
    titles = comparison.after.dataset.measures.set_index("id")["title"]
    before, after = comparison.before.period.label, comparison.after.period.label
    frame = pd.DataFrame(
        {
            "measure": movers["measure_id"],
            "title": movers["measure_id"].map(titles),
            "before": movers["before"],
            "after": movers["after"],
            "steps": [_steps(int(number)) for number in movers["steps"]],
        }
    )
    return table(
        frame.astype({"steps": "str"}),
        anchor="tab-posuny",
        caption=f"Opatření, jejichž stav se mezi obdobími {before} a {after} změnil",
        titles={
            "measure": "Číslo",
            "title": "Opatření",
            "before": f"Stav {unbroken(before)}",
            "after": f"Stav {unbroken(after)}",
            "steps": "Posun",
        },
        kinds={"before": "status", "after": "status"},
        weights={"measure": 0.7, "title": 3.0, "before": 1.4, "after": 1.4, "steps": 1.5},
        anchors={"measure": measure_anchors(frame["measure"])},
        sheet="Posuny stavů",
        notes=["Řadí se od největšího zlepšení k největšímu zhoršení.", *_provisos(comparison)],
    )


def shares_change_table(comparison: Comparison) -> Table:
    """Counts and shares of the statuses in both periods, and the change in percentage points."""
    shares = comparison.shares
    unknown = bool(shares.loc[NO_STATUS, ["before", "after"]].sum())
    codes = [*SCALE, NO_STATUS] if unknown else SCALE
    shown = shares.loc[codes]
    sums = shown.sum(min_count=len(shown)).to_frame().T
    order = ["before", "share_before", "after", "share_after", "change"]
    frame = pd.concat([shown, sums], ignore_index=True)[order]
    frame = frame.astype({"before": "int64", "after": "int64"})
    # Zero is added so that no zero is a negative one.
    frame["change"] = (frame["change"].astype("Float64") * 100).round(1) + 0.0
    frame.insert(0, "status", codes_of(codes))
    before, after = comparison.before.period.label, comparison.after.period.label
    framed = table(
        frame,
        anchor="tab-zmena-podilu",
        caption=f"Podíl stavů v období {after} proti období {before}",
        titles={
            "status": "Stav",
            "before": f"Počet {unbroken(before)}",
            "share_before": f"Podíl {unbroken(before)}",
            "after": f"Počet {unbroken(after)}",
            "share_after": f"Podíl {unbroken(after)}",
            "change": "Změna podílu",
        },
        kinds={"status": "status", "share_before": "percent", "share_after": "percent"},
        weights={"status": 1.6},
        totals=1,
        sheet="Změna podílů",
        notes=[
            "Podíl se počítá ze všech opatření daného období; jeho změna je v procentních bodech.",
            *_provisos(comparison),
        ],
    )
    return with_points(labelled(framed, [*(row_label(code) for code in codes), TOTAL]))


def measures_change_table(comparison: Comparison) -> Table:
    """Measures that are new, dropped, merged or reworded, with both wordings.

    It has no row when there is none; prose asks before it shows the table.
    """
    changed = comparison.measures
    changed = changed[changed["change_kind"].ne(str(ChangeKind.KEPT))].reset_index(drop=True)
    datasets = (comparison.before.dataset, comparison.after.dataset)
    designations, titles = (
        [dataset.measures.set_index("id")[name] for dataset in datasets]
        for name in ("designation", "title")
    )
    ids = changed["measure_id"]
    there = changed["wording_after"].notna()
    before, after = comparison.before.period.label, comparison.after.period.label
    frame = pd.DataFrame(
        {
            "measure": ids,
            "title": ids.map(titles[1]).fillna(ids.map(titles[0])),
            "change": [
                _change(str(kind), successor)
                for kind, successor in zip(
                    changed["change_kind"], changed["successor_id"], strict=True
                )
            ],
            "before": ids.map(designations[0]),
            "after": ids.map(designations[1]),
        }
    ).astype("str")
    return table(
        frame,
        anchor="tab-zmeny-opatreni",
        caption=f"Opatření nová, zaniklá, sloučená a přeformulovaná od období {before}",
        titles={
            "measure": "Číslo",
            "title": "Opatření",
            "change": "Změna",
            "before": f"Znění {unbroken(before)}",
            "after": f"Znění {unbroken(after)}",
        },
        weights={"measure": 0.7, "title": 1.6, "change": 1.8, "before": 2.5, "after": 2.5},
        anchors={"measure": measure_anchors(ids).where(there)},
        sheet="Změny opatření",
        notes=["— znamená, že opatření v daném období nebylo."],
    )


def area_changes_table(comparison: Comparison) -> Table:
    """Areas × which way the statuses of their measures went."""
    counts = comparison.by_area
    ways = [way for way in _WAYS if way in _ALWAYS or counts[way].any()]
    areas = comparison.after.dataset.areas.set_index("id")
    shown = counts[[*ways, "total"]]
    names = shown.index + "\u2002" + areas["short_name"].reindex(shown.index)
    frame = pd.concat([shown, shown.sum().to_frame().T], ignore_index=True)
    frame.insert(0, "area", [*names, TOTAL])
    before, after = comparison.before.period.label, comparison.after.period.label
    return table(
        frame,
        anchor="tab-posuny-okruhu",
        caption=f"Okruhy podle změny stavu opatření mezi obdobími {before} a {after}",
        titles={"area": "Okruh", **{way: _WAYS[way] for way in ways}, "total": TOTAL},
        weights={"area": 3},
        anchors={"area": pd.Series([area_anchor(str(area)) for area in shown.index] + [pd.NA])},
        totals=1,
        sheet="Posuny v okruzích",
        notes=_provisos(comparison),
    )


def method_table(decomposition: Decomposition) -> Table:
    """Measures by derived status: what other rules changed, and what the facts did."""
    counts = decomposition.counts
    used = counts[["before", "replayed", "after"]].any(axis="columns")
    codes = [code for code in STANDINGS if code in SCALE or used[code]]
    shown = counts.loc[codes, ["before", "method", "replayed", "fact", "after"]]
    before, after = decomposition.before.period.label, decomposition.after.period.label
    frame = with_sums(shown, codes)
    notes = [
        "Změna pravidel: týž podklad posouzený pravidly pozdějšího období.",
        "Změna skutečnosti: jiné podklady, termíny a opatření posouzené týmiž pravidly.",
        "Obě období jsou posouzena stejnými pravidly, změna pravidel je proto nulová."
        if decomposition.same_rules
        else f"Verze pravidel: {decomposition.before.rule_set.version} v období {before}, "
        f"{decomposition.after.rule_set.version} v období {after}.",
    ]
    framed = table(
        frame,
        anchor="tab-metoda",
        caption=f"Změna odvozených stavů mezi obdobími {before} a {after}: pravidla a skutečnost",
        titles={
            "status": "Odvozený stav",
            "before": f"Počet {unbroken(before)}",
            "method": "Změna pravidel",
            "replayed": f"{unbroken(before)} podle pravidel období {unbroken(after)}",
            "fact": "Změna skutečnosti",
            "after": f"Počet {unbroken(after)}",
        },
        kinds={"status": "status"},
        weights={"status": 1.8, "replayed": 1.6},
        totals=1,
        sheet="Pravidla a skutečnost",
        notes=notes,
    )
    nowhere = "opatření v\u00a0období není"
    labels = [nowhere if code == NOT_IN_PERIOD else row_label(code) for code in codes]
    return signed(labelled(framed, [*labels, TOTAL]), columns=(2, 4))


def _steps(number: int) -> str:
    side = "lepší" if number > 0 else "horší"
    return f"{side} o\u00a0{count(abs(number), 'stupeň', 'stupně', 'stupňů')}"


def _change(kind: str, successor: object) -> str:
    if kind == str(ChangeKind.MERGED):
        return f"sloučené do {successor}"
    return ChangeKind(kind).label


def _provisos(comparison: Comparison) -> list[str]:
    """What of the compared statuses is not published yet."""
    periods = {"before": comparison.before.period, "after": comparison.after.period}
    return [
        f"V období {period.label} není stav zveřejněn u {counted(number, 'opatreni')}; platí "
        "u nich stav rozhodnutý, a není-li, stav odvozený z podkladů."
        for side, period in periods.items()
        if (number := int(comparison.unpublished[side]))
    ]
