"""Accepting: answers that passed intake become one change of the data, each row with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from slz_lib.collection.answers import FIELDS, answers, capacities, reports
from slz_lib.collection.forms import CAPACITY
from slz_lib.collection.statements import statements
from slz_lib.collection.tiers import TOGETHER, rolled_up
from slz_lib.collection.values import known_places
from slz_lib.dataset import Dataset
from slz_lib.dataset.changing import Change, brought, replacing, stated
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.keys import among
from slz_lib.dataset.observations import with_carried
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.errors import ParameterError
from slz_lib.language import no_breaks, plain
from slz_lib.untrusted import shown
from slz_lib.vocabulary import MUNICIPALITY, ORGANISATION, EvidenceState, Period

if TYPE_CHECKING:
    from slz_lib.collection.inbox import Collected

#: What an answer replaces: all that its body had said of the measure.
_PAIR = ["body", "measure_id"]


@dataclass(frozen=True, slots=True, eq=False)
class Acceptance:
    """Přijaté odpovědi: co se v datech změní a co se zatím nepřijalo.

    Attributes:
        changes: of ``sources``, ``places``, ``evidence``, ``contributions`` and ``observations`` of
            the period, and of ``progress`` and ``capacities`` of the plan whose steps were asked
            about.
        left_out: a Czech sentence for each answer that waits, by file and cell.
    """

    changes: tuple[Change, ...]
    left_out: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """Co se změní, řádek po řádku."""
        return [line for change in self.changes for line in change.lines()]

    @property
    def measures(self) -> list[str]:
        """Opatření, kterých se změna týká."""
        rows = [change for change in self.changes if change.table.name == "evidence"]
        return list(dict.fromkeys(line for each in rows for line in each.after["measure_id"]))


def accepted(
    collected: Collected,
    dataset: Dataset,
    period_id: str,
    *,
    doubtful: bool = False,
) -> Acceptance:
    """Co se z vrácených odpovědí přijme do dat: jedna změna, u každého řádku soubor a buňka.

    What was accepted of the same bodies and measures before is replaced, so that the second time
    nothing changes; nothing else of the data is touched, but for records that nothing was supplied
    on what is answered now.

    Args:
        collected: what an inbox holds.
        dataset: the data.
        period_id: the period that the answers are of.
        doubtful: whether answers in which something is doubtful are taken as well.

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
    cells = collected.staged
    of_step = cells["step_id"].notna() & cells["step_id"].ne("")
    of_body = cells["field"].eq(CAPACITY)
    ours = cells["measure_id"].ne("") & cells["field"].isin(["answer", *FIELDS])
    ours |= of_step | of_body
    cells = cells[ours & cells["form"].str.startswith(f"{period_id}.")]
    sources = _sources(cells, dataset, period)
    cells = cells.assign(source_id=cells["digest"].map(sources.set_index("sha256")["id"]))
    (found, waiting), (reported, unstated), (able, unsettled) = (
        taken(replace(collected, staged=cells[of.reindex(cells.index)]), doubtful=doubtful)
        for taken, of in (
            (answers, ~of_step & ~of_body),
            (reports, of_step),
            (capacities, of_body),
        )
    )
    rows, silent = statements(found, dataset, period)
    return _checked(
        [
            *_changes(rows, sources, dataset, period),
            *_of_plan(reported, able, dataset, period),
        ],
        dataset,
        tuple(map(no_breaks, _by_place({*waiting, *unstated, *unsettled, *silent}))),
    )


def _by_place(sentences: Iterable[str]) -> list[str]:
    """Sentences by what they begin with, H3 before H10."""
    digits = re.compile(r"\d+")
    return sorted(sentences, key=lambda said: digits.sub(lambda number: number[0].zfill(9), said))


def _sources(cells: pd.DataFrame, dataset: Dataset, period: Period) -> pd.DataFrame:
    """A record of each returned file; its id has the beginning of its digest."""
    files = cells.sort_values(["digest", "file"]).drop_duplicates("digest", ignore_index=True)
    names = files["body"].map(dataset.bodies.set_index("id")["name"]).fillna(files["body"])
    who = names + (" (" + files["place"] + ")").where(files["place"].ne(""), "")
    number = files["round"].astype("str")
    begins = files["body"].map(lambda body: _prefix(period.id, body))
    records = pd.DataFrame(
        {
            "id": begins + number + "-" + files["digest"].str[:8],
            "title": who + f": odpověď za období {period.label}, " + number + ".\u00a0kolo",
            "publisher": names,
            "kind": "answer",
            "file": files["file"].map(shown),
            "sha256": files["digest"],
        }
    )
    return records.reindex(columns=_names("sources")).astype("str")


def _changes(
    rows: pd.DataFrame, sources: pd.DataFrame, dataset: Dataset, period: Period
) -> list[Change]:
    """The tables as they are, and with the rows instead of what their bodies had there."""
    names = ("sources", "evidence", "contributions", "observations")
    folders = dict.fromkeys(names, period.id) | {"sources": ""}
    before = {
        name: stated(dataset.root, BY_NAME[name], folders[name]).reindex(columns=_names(name))
        for name in names
    }
    pairs = rows[_PAIR]
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
    left = parts[~among(parts[_PAIR], pairs)]
    named = evidence.drop_duplicates(TOGETHER).set_index(TOGETHER)["id"].rename("evidence_id")
    told = pd.concat(
        [left.assign(evidence_id=left["evidence_id"].map(ids)), merged.join(named, on=TOGETHER)],
        ignore_index=True,
    )
    place = told["evidence_id"].map(dict(zip(evidence["id"], evidence.index, strict=True)))
    told = told.assign(place=place).sort_values(["place", "reporter", "source_id"], kind="stable")
    told["order"] = (told.groupby("evidence_id").cumcount() + 1).astype("str")
    figures = _figures_of(merged, dataset).assign(period_id=period.id)
    key = ["measure_id", "series", "time", "territory", "dimension"]
    observations = _replaced(seen, pairs, figures, key)
    fresh = sources[~sources["id"].isin(before["sources"]["id"])].sort_values("id")
    after = {
        "sources": pd.concat([before["sources"], fresh], ignore_index=True),
        "evidence": evidence,
        "contributions": told,
        "observations": _with_ids(observations),
    }
    return [
        *(
            Change(
                BY_NAME[name],
                folders[name],
                before[name],
                after[name].reindex(columns=_names(name)),
            )
            for name in names
        ),
        _places(pd.concat([evidence["places"], told["places"]]), dataset),
    ]


def _places(named: pd.Series, dataset: Dataset) -> Change:
    """The places with those that answers name and the data know by another table alone."""
    before = stated(dataset.root, BY_NAME["places"]).reindex(columns=_names("places"))
    known = known_places(dataset)
    new = known["id"].isin(named.str.split(";").explode()) & ~known["id"].isin(before["id"])
    after = pd.concat([before, known.loc[new, before.columns].astype("str")], ignore_index=True)
    return Change(BY_NAME["places"], "", before, after)


def _of_plan(
    reported: pd.DataFrame, able: pd.DataFrame, dataset: Dataset, period: Period
) -> list[Change]:
    """What was reported of steps of the plan, as of the period's day, and what bodies can do.

    A row takes the place of the one that the table has of the same step and day, or body.
    """
    horizon = dataset.plan_over(period)
    if horizon is None:
        return []
    changes = []
    for name, key, new in (
        ("progress", ["step_id", "day"], reported.assign(day=period.as_of.isoformat())),
        ("capacities", ["body_id", "quarter"], able),
    ):
        if new.empty:
            continue
        names = _names(name)
        before = stated(dataset.root, BY_NAME[name], horizon).reindex(columns=names)
        rows = pd.concat([before, new.reindex(columns=names).astype("str")], ignore_index=True)
        place = rows.index.to_series().groupby([rows[each] for each in key], dropna=False)
        rows = rows.assign(place=place.transform("min")).drop_duplicates(key, keep="last")
        after = rows.sort_values("place", ignore_index=True)[names]
        changes.append(Change(BY_NAME[name], horizon, before, after))
    return changes


def _names(name: str) -> list[str]:
    return BY_NAME[name].header


def _owners(rows: pd.DataFrame, dataset: Dataset, period: Period) -> pd.Series:
    """The body in whose return each row stands; NA where in none of the period."""
    slugs = {_slug(body): body for body in dataset.bodies["id"]}
    found = rows["source_id"].str.extract(rf"^odpoved-{period.id}-(.+)-kolo-", expand=False)
    return found.map(slugs).astype("str")


def _with_others(rows: pd.DataFrame, alone: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The rows and what other respondents of the same bodies have answered before."""
    who = [*_PAIR, "reporter"]
    told = pd.concat([alone, parts], ignore_index=True)
    others = told[among(told[_PAIR], rows.loc[rows["many"], _PAIR]) & ~among(told[who], rows[who])]
    others = others.reindex(columns=rows.columns).assign(many=True)
    return pd.concat([rows, others.astype(rows.dtypes)], ignore_index=True)


def _replaced(
    old: pd.DataFrame, pairs: pd.DataFrame, new: pd.DataFrame, key: list[str]
) -> pd.DataFrame:
    """The rows with new ones instead of those of ``pairs``; one of the same key keeps its place.

    Returns:
        All columns, and ``was``: the id that a row had; NA of a new one.
    """
    old = old.assign(at=range(len(old)), was=old["id"])
    own = among(old[_PAIR], pairs)
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
    single = rows["reporter"].str.startswith(MUNICIPALITY)
    return found.assign(
        value=rows["value"],
        body=rows["body"],
        territory=rows["reporter"].where(single),
        dimension=rows["reporter"].str.removeprefix(ORGANISATION).where(~single),
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
