"""Two periods beside each other: transitions, movers, shares, changed measures, method and fact."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from slz_lib.documents.model import Table
from slz_lib.evaluation.comparison import WAYS, Comparison
from slz_lib.evaluation.movements import NOT_IN_PERIOD, SILENT, ChangeKind
from slz_lib.evaluation.replay import Decomposition
from slz_lib.language import after as following, count, enumerate_words, format_number
from slz_lib.presentation.framing import Col, measure_column, table
from slz_lib.presentation.naming import TOTAL, measure_titles
from slz_lib.presentation.phrases import OFF_SCALE, capitalised
from slz_lib.presentation.tables.breakdowns import area_column
from slz_lib.vocabulary import CountsAs, Scale

#: Columns that a table of ways has even where they are empty.
_ALWAYS = ("better", "same", "worse")
_SILENT_NOTE = (
    f"„{capitalised(OFF_SCALE[SILENT])}“: stupnice řadí opatření k\u00a0nejnižšímu stupni jen "
    "proto, že k\u00a0němu nikdo nic nedodal; jak na tom je, není známo. Do zlepšení ani zhoršení "
    "se nepočítá."
)


def transitions_table(comparison: Comparison) -> Table:
    """Kde opatření stála × kde stojí; stavy, které se nevyskytují, se vynechávají."""
    matrix, scale = comparison.transitions, comparison.after.scale
    rows, columns = (
        [code for code in sums.index if code in scale or sums[code]]
        for sums in (matrix.sum(axis="columns"), matrix.sum())
    )
    shown = matrix.loc[rows, columns].assign(total=matrix.loc[rows].sum(axis="columns"))
    absent = {
        **OFF_SCALE,
        NOT_IN_PERIOD: "opatření už není",
        "total": TOTAL,
    }
    before, after = comparison.before.period.label, comparison.after.period.label
    return table(
        [
            _standings(f"{_status(comparison)} v období {_unbroken(before)}", rows, scale),
            *(
                Col(absent.get(code) or scale[code].marked, shown[code], total=shown[code].sum())
                for code in shown.columns
            ),
        ],
        anchor="tab-prechody",
        caption=f"Přechody opatření mezi stavy v obdobích {before} (řádky) a {after} (sloupce)",
        sheet="Přechody",
        notes=["Na úhlopříčce jsou opatření, jejichž stav se nezměnil.", *_provisos(comparison)],
    )


def movers_table(comparison: Comparison, cards: Collection[str] | None = None) -> Table:
    """Opatření, jejichž stav se změnil, od největšího zlepšení po největší zhoršení.

    Args:
        comparison: the two periods.
        cards: the measures whose cards the document has; all when not given.
    """
    movers, scale = comparison.movers, comparison.after.scale
    titles = measure_titles(comparison.after.dataset)
    before, after = comparison.before.period.label, comparison.after.period.label
    return table(
        [
            measure_column(movers["measure_id"], cards=cards),
            Col("Opatření", movers["measure_id"].map(titles), 3.0),
            Col(f"{_status(comparison)} {_unbroken(before)}", movers["before"], 1.4, scale),
            Col(f"{_status(comparison)} {_unbroken(after)}", movers["after"], 1.4, scale),
            Col("Posun", [_steps(int(number)) for number in movers["steps"]], 1.5),
        ],
        anchor="tab-posuny",
        caption=f"Opatření, jejichž stav se mezi obdobími {before} a {after} změnil",
        sheet="Posuny stavů",
        notes=["Řadí se od největšího zlepšení k největšímu zhoršení.", *_provisos(comparison)],
    )


def shares_change_table(comparison: Comparison) -> Table:
    """Počty a podíly stavů v obou obdobích a změna v procentních bodech."""
    shares = comparison.shares
    silent = shares.loc[SILENT, ["before", "after"]].any()
    scale = comparison.after.scale
    codes = [*scale.codes, *([SILENT] if silent else [])]
    dropped = shares.loc[scale.that(CountsAs.DROPPED), ["before", "after"]].any(axis=None)
    shown = shares.loc[codes]
    assessed = shown.drop(scale.that(CountsAs.DROPPED))
    sums = assessed.sum(min_count=len(assessed))
    judged = format_number(int(sums["after"]))
    sums[["before", "after"]] = shown[["before", "after"]].sum()
    changes = [*shown["change"], sums["change"]]
    # Zero is added so that no zero is a negative one.
    points = (pd.Series(changes, dtype="Float64") * 100).round(1) + 0.0
    before, after = (_unbroken(side.period.label) for side in (comparison.before, comparison.after))
    return table(
        [
            _standings("Stav", codes, scale, 1.6),
            Col(f"Počet {before}", shown["before"], total=sums["before"]),
            Col(f"Podíl {before}", shown["share_before"], 1, "percent", sums["share_before"]),
            Col(f"Počet {after}", shown["after"], total=sums["after"]),
            Col(f"Podíl {after}", shown["share_after"], 1, "percent", sums["share_after"]),
            Col("Změna podílu", points[:-1].array, 1, "points", points.iloc[-1]),
        ],
        anchor="tab-zmena-podilu",
        caption=f"Podíl stavů v období {comparison.after.period.label} "
        f"proti období {comparison.before.period.label}",
        sheet="Změna podílů",
        notes=[
            (
                f"Podíl se počítá z\u00a0opatření posouzených v\u00a0obou obdobích "
                f"({judged}); jeho změna je v\u00a0procentních bodech."
                if comparison.partial
                else f"Podíl se počítá ze všech {'nezrušených ' if dropped else ''}opatření daného "
                "období; jeho změna je v\u00a0procentních bodech."
            ),
            *_provisos(comparison),
        ],
    )


def measures_change_table(comparison: Comparison) -> Table:
    """Opatření nová, zaniklá, sloučená a přeformulovaná, s oběma zněními.

    It has no row when there is none; prose asks before it shows the table.
    """
    changed = comparison.measures
    changed = changed[changed["change_kind"].ne(str(ChangeKind.KEPT))]
    old, new = (
        side.dataset.measures.set_index("id") for side in (comparison.before, comparison.after)
    )
    ids = changed["measure_id"]
    there = ids[changed["wording_after"].notna()]
    before, after = comparison.before.period.label, comparison.after.period.label
    pairs = zip(changed["change_kind"], changed["successor_id"], strict=True)
    return table(
        [
            measure_column(ids, cards=there),
            Col("Opatření", ids.map(new["title"]).fillna(ids.map(old["title"])), 1.6),
            Col("Změna", [_change(str(kind), successor) for kind, successor in pairs], 1.8),
            Col(f"Znění {_unbroken(before)}", ids.map(old["designation"]), 2.5),
            Col(f"Znění {_unbroken(after)}", ids.map(new["designation"]), 2.5),
        ],
        anchor="tab-zmeny-opatreni",
        caption=f"Opatření nová, zaniklá, sloučená a přeformulovaná od období {before}",
        sheet="Změny opatření",
        notes=["— znamená, že opatření v daném období nebylo."],
    )


def area_changes_table(comparison: Comparison) -> Table:
    """Okruhy × kterým směrem se stavy jejich opatření změnily."""
    counts = comparison.by_area
    ways = [way for way in WAYS if way in _ALWAYS or counts[way].any()]
    before, after = comparison.before.period.label, comparison.after.period.label
    areas = comparison.after.terms.area
    return table(
        [
            area_column(comparison.after, counts.index),
            *(
                Col(
                    capitalised(WAYS[way]) if way in WAYS else TOTAL,
                    counts[way],
                    total=counts[way].sum(),
                )
                for way in (*ways, "total")
            ),
        ],
        anchor="tab-posuny-okruhu",
        caption=(
            f"{capitalised(areas.form(1, plural=True))} podle změny stavu opatření "
            f"mezi obdobími {before} a {after}"
        ),
        sheet=f"Posuny {following('v', areas.form(6, plural=True))}",
        notes=_provisos(comparison),
    )


def method_table(decomposition: Decomposition) -> Table:
    """Opatření podle odvozeného stavu: co změnila pravidla a co skutečnost."""
    counts = decomposition.counts
    used = counts[["before", "replayed", "after"]].any(axis="columns")
    scale = decomposition.after.scale
    codes = [code for code in counts.index if code in scale.ranks or used[code]]
    shown = counts.loc[codes]
    sums = shown.sum()
    before, after = decomposition.before.period.label, decomposition.after.period.label
    replayed = f"{_unbroken(before)} podle pravidel období {_unbroken(after)}"
    return table(
        [
            _standings("Odvozený stav", codes, scale, absent="opatření v\u00a0období není"),
            Col(f"Počet {_unbroken(before)}", shown["before"], total=sums["before"]),
            Col("Změna pravidel", shown["method"], 1, "difference", sums["method"]),
            Col(replayed, shown["replayed"], 1.6, total=sums["replayed"]),
            Col("Změna podkladů", shown["fact"], 1, "difference", sums["fact"]),
            Col(f"Počet {_unbroken(after)}", shown["after"], total=sums["after"]),
        ],
        anchor="tab-metoda",
        caption=f"Změna odvozených stavů mezi obdobími {before} a {after}: pravidla a podklady",
        sheet="Pravidla a podklady",
        notes=[
            "Změna pravidel: týž podklad posouzený pravidly pozdějšího období.",
            "Změna podkladů: jiné podklady, termíny a opatření posouzené týmiž pravidly.",
            "Obě období jsou posouzena stejnými pravidly, změna pravidel je proto nulová."
            if decomposition.same_rules
            else f"Verze pravidel: {decomposition.before.rule_set.version} v období {before}, "
            f"{decomposition.after.rule_set.version} v období {after}.",
        ],
    )


def _standings(
    title: str,
    codes: list[str],
    scale: Scale,
    weight: float = 1.8,
    *,
    absent: str = "opatření nebylo",
) -> Col:
    """A first column of standings, which says what the last row sums up."""
    words = {**OFF_SCALE, NOT_IN_PERIOD: absent}
    return Col(title, [words.get(code, code) for code in codes], weight, scale, TOTAL)


def _unbroken(label: str) -> str:
    """The label of a period for a narrow header, where no line may end after its dash."""
    return label.replace("–", "–\u2060")


def _steps(number: int) -> str:
    side = "lepší" if number > 0 else "horší"
    return f"{side} o\u00a0{count(abs(number), 'stupeň', 'stupně', 'stupňů')}"


def _change(kind: str, successor: object) -> str:
    if kind == str(ChangeKind.MERGED):
        return f"sloučené do {successor}"
    return ChangeKind(kind).label


def _status(comparison: Comparison) -> str:
    """Which status is compared, as a title begins."""
    return "Zveřejněný stav" if comparison.basis == "published" else "Odvozený stav"


def _provisos(comparison: Comparison) -> list[str]:
    """Which statuses are compared where not the published ones, and that silence is none."""
    open_ = [
        side.period.label for side in (comparison.before, comparison.after) if not side.published
    ]
    derived = (
        f"Stavy období {enumerate_words(open_)} nejsou zveřejněny; v\u00a0obou obdobích se proto "
        "srovnávají stavy odvozené z\u00a0podkladů."
    )
    silent = comparison.measures[["stood", "stands"]].isin([SILENT]).any(axis=None)
    return [derived if comparison.basis == "derived" else "", _SILENT_NOTE if silent else ""]
