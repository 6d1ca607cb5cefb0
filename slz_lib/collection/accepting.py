"""Accepting: answers that passed intake become one change of the data, each row with its cell."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from slz_lib.collection.forms import Answer, questions
from slz_lib.collection.tiers import TOGETHER, rolled_up
from slz_lib.dataset import Dataset
from slz_lib.dataset.changing import Change, brought, replacing, stated
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.observations import with_carried
from slz_lib.dataset.schemas import table
from slz_lib.display import overview
from slz_lib.errors import ParameterError
from slz_lib.language import count, no_breaks, plain
from slz_lib.untrusted import cut, shown
from slz_lib.vocabulary import STATE_LABELS, EvidenceState, Period, Reach

#: Characters of a description that stand in a note; the whole of it is in the file.
_LONGEST_NOTE = 600
_WHO = ["body", "place", "measure_id"]
_FIELDS = ["state", "reach", "places", "value", "unit", "time", "description", "link", "next_step"]
_ROW = ["state", "reach", "places", "waits_for", "until", "note", "value", "unit", "time"]
_FIGURE = ["value", "unit", "time"]
_ON_RETURN = ["source_id", "source_place"]
_MUNICIPALITY, _ORGANISATION = "OBEC:", "ORG:"


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """Přijaté odpovědi: co se v datech změní a co se zatím nepřijalo.

    Attributes:
        changes: of ``sources``, ``evidence``, ``contributions`` and ``observations`` of the period.
        left_out: a Czech sentence for each answer that waits, by file and cell.
    """

    changes: tuple[Change, ...]
    left_out: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """Co se změní, řádek po řádku."""
        return [line for change in self.changes for line in change.lines()]

    def _repr_html_(self) -> str:
        told = {
            change.table.title: f"{len(change.before)} → "
            + count(len(change.after), "řádek", "řádky", "řádků")
            for change in self.changes
            if change.changed
        }
        waits = {f"Čeká {number}": text for number, text in enumerate(self.left_out, start=1)}
        return overview("Přijetí odpovědí", facts=(told or {"Změna": "data už takto jsou"}) | waits)


def accepted(
    staged: pd.DataFrame,
    quarantined: pd.DataFrame,
    dataset: Dataset,
    period_id: str,
    bodies: Collection[str] = (),
) -> Acceptance:
    """The change that the answers of an inbox make of the data.

    Of an answer that came more than once its last round counts. An answer waits while a cell in its
    row is quarantined, while its returns contradict each other, and without a state. What was
    accepted of the same bodies and measures before is replaced, so that the second time nothing
    changes; nothing else of the data is touched.

    Args:
        staged: cells as intake has them: ``file``, ``digest``, ``form``, ``body``, ``place``,
            ``organisation``, ``round``, ``sheet``, ``cell``, ``measure_id``, ``criterion``,
            ``field``, ``value``.
        quarantined: ``digest``, ``sheet``, ``cell`` of cells that somebody has to mend.
        dataset: the data.
        period_id: the period that the answers are of.
        bodies: ids of the bodies whose answers are taken; all when none is given.

    Raises:
        ParameterError: the data do not know the period, or its statuses are published.
        FaultyDataError: the data would have faults, told by file and cell of the return.
    """
    period = dataset.period(period_id)
    judged = dataset.decisions[dataset.decisions["period_id"].eq(period_id)]
    if judged["status"].notna().any():
        raise ParameterError(
            f"Stavy období {period.label} jsou zveřejněny; odpovědi se už nepřijímají."
        )
    ours = staged["form"].str.startswith(f"{period_id}.") & staged["field"].isin(
        ["answer", *_FIELDS]
    )
    if bodies:
        ours &= staged["body"].isin(list(bodies))
    cells = staged[ours].astype("str").fillna("").astype({"round": "int64"})
    sources = _sources(cells, dataset, period)
    cells = cells.assign(source_id=cells["digest"].map(sources.set_index("sha256")["id"]))
    answers, left_out = _answers(cells, quarantined)
    rows, silent = _told(answers, dataset, period)
    return _checked(
        _changes(rows, sources, dataset, period),
        dataset,
        tuple(no_breaks(line) for line in sorted({*left_out, *silent})),
    )


def _sources(cells: pd.DataFrame, dataset: Dataset, period: Period) -> pd.DataFrame:
    """A record of each returned file; one that the data have keeps its id."""
    before = stated(dataset.root, table("sources")).reindex(columns=_names("sources"))
    known = dict(zip(before["sha256"].dropna(), before.dropna(subset="sha256")["id"], strict=True))
    taken = set(before["id"])
    names = dataset.bodies.set_index("id")["name"]
    files = cells.sort_values(["digest", "file"]).drop_duplicates("digest")
    records = []
    for digest, file, body, place, number in files[
        ["digest", "file", "body", "place", "round"]
    ].to_numpy():
        base = f"{_prefix(period.id, body)}{number}" + (f"-{_slug(place)}" if place else "")
        found, copy = known.get(digest, base), 2
        while digest not in known and found in taken:
            found, copy = f"{base}-{copy}", copy + 1
        taken.add(found)
        who = f"{names.get(body, body)} ({place})" if place else names.get(body, body)
        records.append(
            {
                "id": found,
                "title": f"{who}: odpověď za období {period.label}, {number}.\u00a0kolo",
                "publisher": names.get(body, body),
                "kind": "answer",
                "file": shown(file),
                "sha256": digest,
            }
        )
    return pd.DataFrame(records, columns=before.columns, dtype="str")


def _answers(cells: pd.DataFrame, quarantined: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """One row an answer, whole measures (without a criterion) among them, and what waits and why.

    Returns:
        ``body``, ``place``, ``organisation``, ``measure_id``, ``criterion``, ``answer``, a column
        a field, ``source_id``, ``source_place``.
    """
    key = [*_WHO, "criterion"]
    row = cells["cell"].str.extract(r"(\d+)$", expand=False)
    cells = cells.assign(row=row).sort_values(["round", "digest", "sheet", "cell"])
    rounds = cells.groupby([*key, "field", "round"])["value"].transform("nunique")
    newest = cells.drop_duplicates([*key, "field"], keep="last").copy()
    newest["differs"] = rounds.gt(1)
    newest["last"] = newest.groupby(key)["round"].transform("max")
    spoiled = pd.MultiIndex.from_arrays(
        [
            quarantined["digest"],
            quarantined["sheet"],
            quarantined["cell"].str.extract(r"(\d+)$", expand=False),
        ]
    )
    at = pd.MultiIndex.from_frame(newest[["digest", "sheet", "row"]])
    newest["spoiled"] = at.isin(spoiled) & newest["round"].eq(newest["last"])
    main = newest["field"].isin(["answer", "state"])
    place = "list\u00a0" + newest["sheet"] + ", buňka\u00a0" + newest["cell"]
    newest = newest.assign(at=place, file_at=newest["file"].map(shown) + ", " + place)
    values = newest.set_index([*key, "field"])["value"].unstack("field")  # noqa: PD010
    values = values.reindex(columns=["answer", *_FIELDS]).astype("str")
    values = values.where(values.ne(""))
    groups, first = newest.groupby(key), newest[main].groupby(key)
    answers = values.assign(
        organisation=groups["organisation"].first(),
        differs=groups["differs"].any(),
        spoiled=groups["spoiled"].any(),
        round=newest[main].groupby(key)["round"].max(),
        source_id=first["source_id"].first(),
        source_place=first["at"].first(),
        file_at=first["file_at"].first().reindex(values.index).fillna(groups["file_at"].first()),
    )
    answers["source_place"] += _figures(newest, key, answers["source_id"])
    answers = answers.reset_index()
    return _settled(answers)


def _figures(newest: pd.DataFrame, key: list[str], main: pd.Series) -> pd.Series:
    """Where the figure of an answer stands, as the end of the place of its state."""
    figure = newest[newest["field"].eq("value")].set_index(key)
    of_other = figure["source_id"].ne(main.reindex(figure.index))
    named = "; údaj: " + figure["at"].str.replace("list\u00a0Podrobnosti, ", "", regex=False)
    elsewhere = "; údaj: " + figure["source_id"] + ", " + figure["at"]
    return named.mask(of_other, elsewhere).reindex(main.index).fillna("")


def _settled(answers: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The answers that can be taken as they are, and a sentence for each of the others."""
    whole = answers["criterion"].eq("")
    stated_at = answers["round"].where(answers["state"].notna() & ~whole)
    groups = [answers[name] for name in _WHO]
    detailed = stated_at.groupby(groups).transform("max")
    told = answers["round"].where(whole & answers["answer"].ne(str(Answer.CHANGED)))
    told = told.groupby(groups).transform("max")
    changed = whole & answers["answer"].eq(str(Answer.CHANGED))
    why = pd.Series(pd.NA, index=answers.index, dtype="str")
    for where, sentence in (
        (~whole & answers["state"].isna(), "u\u00a0kritéria chybí stav"),
        (changed & detailed.isna(), "odpověď je „změna“ a\u00a0podrobnosti chybějí"),
        (detailed.eq(told), "odpověď za celé opatření a\u00a0podrobnosti si odporují"),
        (answers["differs"], "vrácené soubory si odporují"),
        (answers["spoiled"], "v\u00a0řádku je buňka k\u00a0opravě"),
    ):
        why = why.mask(where.fillna(value=False).astype(bool), sentence)
    superseded = (~whole & told.gt(detailed)) | (whole & detailed.gt(told)) | changed
    waiting = why.notna() & ~(superseded & ~changed).fillna(value=False).astype(bool)
    taken = answers[~waiting & ~superseded.fillna(value=False).astype(bool)]
    lines = answers["file_at"] + ": opatření " + answers["measure_id"] + " se nepřijímá, " + why
    return taken.reset_index(drop=True), [f"{line}." for line in lines[waiting]]


def _told(
    answers: pd.DataFrame, dataset: Dataset, period: Period
) -> tuple[pd.DataFrame, list[str]]:
    """Answers as rows of evidence, whoever they are of, before anything is put together."""
    whole = answers["criterion"].eq("")
    answers = answers.assign(reporter=_reporters(answers, dataset), many=answers["place"].ne(""))
    answers["places"] = answers["places"].fillna(
        answers["place"].where(answers["place"].isin(dataset.places["id"]))
    )
    details = answers[~whole]
    details = details.assign(
        note=_notes(details), reach=details["reach"].fillna(str(Reach.UNKNOWN))
    )
    asked = questions(dataset, period.id).details[["measure_id", "criterion"]]
    nothing = answers[whole & answers["answer"].eq(str(Answer.NOTHING))]
    nothing = nothing.drop(columns="criterion").merge(asked, on="measure_id")
    nothing = nothing.assign(
        state=str(EvidenceState.NOT_DONE),
        reach=str(Reach.UNKNOWN),
        note="Podle odpovědi „nebylo nic“.",
    )
    unchanged = answers[whole & answers["answer"].eq(str(Answer.UNCHANGED))]
    last, earlier = _earlier(dataset, period)
    carried = unchanged.drop(columns=["criterion", *_ROW], errors="ignore").merge(
        earlier, on=["reporter", "measure_id"]
    )
    carried["note"] = f"Beze změny od období {last}: " + carried["note"]
    pairs = ["reporter", "measure_id"]
    known = pd.MultiIndex.from_frame(carried[pairs])
    lost = unchanged[~pd.MultiIndex.from_frame(unchanged[pairs]).isin(known)]
    columns = ["body", "reporter", "many", "measure_id", "criterion", *_ROW, *_ON_RETURN]
    rows = [part.reindex(columns=columns) for part in (details, nothing, carried)]
    return pd.concat(rows, ignore_index=True).astype("str").assign(
        many=lambda frame: frame["many"].eq("True")
    ), [
        f"{where}: opatření {measure} je „beze změny“, ale za minulé období od téhož subjektu "
        "žádný podklad není; nic se nezapisuje."
        for where, measure in lost[["file_at", "measure_id"]].to_numpy()
    ]


def _earlier(dataset: Dataset, period: Period) -> tuple[str, pd.DataFrame]:
    """The last period's label and its evidence, of single respondents too; figures stay there."""
    last = dataset.previous(period.id)
    if last is None:
        return "", dataset.evidence.head(0)
    columns = ["reporter", "measure_id", "criterion", *_ROW]
    evidence, parts = (
        frame[frame["period_id"].eq(last)] for frame in (dataset.evidence, dataset.contributions)
    )
    whole = evidence.set_index("id")[["measure_id", "criterion"]]
    parts = parts.join(whole, on="evidence_id")
    rows = pd.concat([evidence, parts], ignore_index=True).reindex(columns=columns)
    return dataset.period(last).label, rows.assign(**dict.fromkeys(_FIGURE))


def _reporters(answers: pd.DataFrame, dataset: Dataset) -> pd.Series:
    """Who reports: a municipality, an organisation, or the body that was asked."""
    kinds = answers["body"].map(dataset.bodies.set_index("id")["kind"])
    named = answers["organisation"].where(answers["organisation"].ne(""))
    place = answers["place"].where(kinds.eq("municipality") & answers["place"].ne(""))
    reporter = (_ORGANISATION + named).fillna(_MUNICIPALITY + place)
    return reporter.fillna(answers["body"])


def _notes(details: pd.DataFrame) -> pd.Series:
    """What respondents say in their own words; a long description is cut after a sentence."""
    texts = details[["description", "link", "next_step"]].map(
        lambda text: "" if pd.isna(text) else _sensibly_cut(" ".join(str(text).split()))
    )
    said = texts["description"].mask(
        texts["description"].eq(""), "Odpověď bez popisu: " + details["state"].map(STATE_LABELS)
    )
    for column, words in (("link", "Odkaz"), ("next_step", "Další krok")):
        said += (f" ({words}: " + texts[column] + ")").where(texts[column].ne(""), "")
    return said


def _sensibly_cut(text: str) -> str:
    if len(text) <= _LONGEST_NOTE:
        return text
    head = cut(text, _LONGEST_NOTE)
    ended = re.match(r".{200,}[.!?](?= )", head)
    return f"{ended[0] if ended else head[:-1].rsplit(' ', 1)[0]} …"


def _changes(
    rows: pd.DataFrame, sources: pd.DataFrame, dataset: Dataset, period: Period
) -> list[Change]:
    """The tables as they are, and with the rows instead of what their bodies had there."""
    names = ("sources", "evidence", "contributions", "observations")
    folders = dict.fromkeys(names, period.id) | {"sources": ""}
    before = {
        name: stated(dataset.root, table(name), folders[name]).reindex(columns=_names(name))
        for name in names
    }
    pairs = pd.MultiIndex.from_frame(rows[["body", "measure_id"]])
    parts = before["contributions"].merge(
        before["evidence"][["id", "measure_id", "criterion"]], left_on="evidence_id", right_on="id"
    )
    parts = parts.drop(columns="id").assign(body=_owners(parts, dataset, period))
    old, seen = (
        before[name].assign(body=_owners(before[name], dataset, period))
        for name in ("evidence", "observations")
    )
    rows = _with_others(rows, old[~old["id"].isin(parts["evidence_id"])], parts)
    many = rows["many"]
    together = rolled_up(rows[many])
    put = together[together["answers"].gt(1)]
    merged = rows[many].merge(put[TOGETHER], on=TOGETHER).sort_values([*TOGETHER, "reporter"])
    new = pd.concat([rows[~many], together], ignore_index=True)
    # That nothing was supplied is no longer true of what has been answered.
    silent = old["state"].eq(str(EvidenceState.NOTHING_SUPPLIED)) & old["body"].isna()
    old = old[~(silent & old["measure_id"].isin(new["measure_id"]))]
    evidence = _numbered(_replaced(old, pairs, new, TOGETHER), dataset, period)
    ids = evidence.dropna(subset="was").set_index("was")["id"]
    left = parts[~pd.MultiIndex.from_frame(parts[["body", "measure_id"]]).isin(pairs)]
    named = evidence.drop_duplicates(TOGETHER).set_index(TOGETHER)["id"].rename("evidence_id")
    told = pd.concat(
        [left.assign(evidence_id=left["evidence_id"].map(ids)), merged.join(named, on=TOGETHER)],
        ignore_index=True,
    )
    place = told["evidence_id"].map(dict(zip(evidence["id"], evidence.index, strict=True)))
    told = told.assign(place=place).sort_values(["place", "reporter", "source_id"], kind="stable")
    told["order"] = (told.groupby("evidence_id").cumcount() + 1).astype("str")
    figures = _figures_of(merged, dataset).assign(period_id=period.id)
    observations = _replaced(seen, pairs, figures, ["measure_id", "series", "time", "territory", "dimension"])
    fresh = sources[~sources["id"].isin(before["sources"]["id"])].sort_values("id")
    after = {
        "sources": pd.concat([before["sources"], fresh], ignore_index=True),
        "evidence": evidence,
        "contributions": told,
        "observations": _with_ids(observations),
    }
    return [
        Change(table(name), folders[name], before[name], after[name].reindex(columns=_names(name)))
        for name in names
    ]


def _names(name: str) -> list[str]:
    return [column.name for column in table(name).file_columns]


def _owners(rows: pd.DataFrame, dataset: Dataset, period: Period) -> pd.Series:
    """The body in whose return each row stands; NA where in none of the period."""
    slugs = {_slug(body): body for body in dataset.bodies["id"]}
    found = rows["source_id"].str.extract(rf"^odpoved-{period.id}-(.+)-kolo-", expand=False)
    return found.map(slugs).astype("str")


def _with_others(rows: pd.DataFrame, alone: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The rows and what other respondents of the same bodies have answered before."""
    who = ["body", "measure_id", "reporter"]
    told = pd.concat([alone, parts], ignore_index=True)
    asked = rows.loc[rows["many"], ["body", "measure_id"]].drop_duplicates()
    told = told.merge(asked, on=["body", "measure_id"])
    known = pd.MultiIndex.from_frame(told[who]).isin(pd.MultiIndex.from_frame(rows[who]))
    others = told[~known].reindex(columns=rows.columns).assign(many=True)
    return pd.concat([rows, others.astype(rows.dtypes)], ignore_index=True)


def _replaced(
    old: pd.DataFrame, pairs: pd.MultiIndex, new: pd.DataFrame, key: list[str]
) -> pd.DataFrame:
    """The rows with new ones instead of those of ``pairs``; one of the same key keeps its place.

    Returns:
        All columns, and ``was``: the id that a row had; NA of a new one.
    """
    old = old.assign(at=range(len(old)), was=old["id"])
    own = pd.MultiIndex.from_frame(old[["body", "measure_id"]]).isin(pairs)
    named = [
        rows[key].assign(n=rows.groupby(key, dropna=False).cumcount()) for rows in (old[own], new)
    ]
    found = named[1].merge(
        named[0].assign(at=old["at"], was=old["was"]), on=[*key, "n"], how="left"
    )
    at = found["at"].fillna(len(old)).to_numpy()
    together = pd.concat([old[~own], new.assign(at=at, was=found["was"].to_numpy())])
    return together.sort_values("at", kind="stable", ignore_index=True)


def _numbered(rows: pd.DataFrame, dataset: Dataset, period: Period) -> pd.DataFrame:
    """Evidence in the order of the measures where it was so, counted within each."""
    judged = dataset.decisions.loc[dataset.decisions["period_id"].eq(period.id), "measure_id"]
    place = rows["measure_id"].map({measure: at for at, measure in enumerate(judged)})
    if place[rows["was"].notna()].is_monotonic_increasing:
        rows = rows.loc[place.sort_values(kind="stable").index].reset_index(drop=True)
    order = (rows.groupby("measure_id").cumcount() + 1).astype("str")
    return rows.assign(order=order, id=rows["measure_id"] + "-" + order)


def _figures_of(rows: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The figures of answers that were put together, as observations of their own."""
    kept = rows.assign(period_id="", id="", value=rows["value"].astype("float64"))
    found = with_carried(dataset.observations.head(0), kept, dataset.indicators)
    rows = rows[rows["value"].notna()].reset_index(drop=True)
    single = rows["reporter"].str.startswith(_MUNICIPALITY)
    return found.assign(
        value=rows["value"],
        body=rows["body"],
        territory=rows["reporter"].where(single),
        dimension=rows["reporter"].str.removeprefix(_ORGANISATION).where(~single),
    )


def _with_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """Observations; those without an id get the next ones of their measure."""
    last = rows["was"].str.extract(r"-o(\d+)$", expand=False).astype("Int64")
    groups = rows["measure_id"].fillna("")
    number = last.groupby(groups).transform("max").fillna(0)
    number += rows["was"].isna().groupby(groups).cumsum()
    return rows.assign(id=rows["was"].fillna(rows["measure_id"] + "-o" + number.astype("str")))


def _checked(changes: list[Change], dataset: Dataset, left_out: tuple[str, ...]) -> Acceptance:
    """The acceptance.

    Raises:
        FaultyDataError: the data would have faults, told by file and cell of the return.
    """
    after = {change.table.name: change.after for change in changes}
    files = after["sources"].set_index("id")["file"]
    named = {f"{dataset.root.resolve().name}/{change.file}": change.after for change in changes}
    if faults := brought(dataset.root, replacing(dataset.root, changes)):
        raise FaultyDataError([_at_cell(fault, named.get(fault.file), files) for fault in faults])
    return Acceptance(tuple(changes), left_out)


def _at_cell(fault: Fault, rows: pd.DataFrame | None, files: pd.Series) -> Fault:
    """A fault of a row that came in a return as one of its cell."""
    if rows is None or fault.row is None or "source_place" not in rows:
        return fault
    row = rows.iloc[fault.row - 2]
    if not str(row["source_id"]).startswith("odpoved-"):
        return fault
    where = f"{files[row['source_id']]}, {row['source_place']}"
    return replace(fault, file=where, row=None)


def _prefix(period_id: str, body: str) -> str:
    """How the ids of the returns of a body begin; the round follows."""
    return f"odpoved-{period_id}-{_slug(body)}-kolo-"


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", plain(text)).strip("-")
