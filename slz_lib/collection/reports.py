"""A report in Word as tables of ``data/``, with a list of what is doubtful in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from slz_lib.collection.called_bodies import CalledBodies
from slz_lib.collection.report_form import NUMBER, ReportForm
from slz_lib.collection.word import Line
from slz_lib.dataset import Dataset
from slz_lib.dataset.nearest import hint
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.dataset.spelling import written
from slz_lib.language import counted, enumerate_words, plain
from slz_lib.untrusted import shown
from slz_lib.vocabulary import Assignment, Deadline, Role

#: The tables that a report gives.
TABLES = ("areas", "measures", "measure_bodies", "decisions")
_AREA = re.compile(r"(?P<id>\w+)\s*[:.)–-]?\s*(?P<name>.*)", re.DOTALL)
#: Signs by which a list parts its items; the dot of an abbreviation is none.
_ENDING = re.compile(r"(?:(?<![;,\s])[;,\s]+|(?<!atd)(?<!apod)(?<!aj)(?<!mj)\.)$")
#: What stands in a cell for nothing.
_NOTHING = re.compile(r"[-–—.?\s]*")
_FIELDS = (
    *("number", "title", "designation", "indicator", "deadline"),
    *("lead", "cooperating", "status", "commentary"),
)
#: Headings of the doubts for people.
_HEADINGS = {"place": "místo", "measure_id": "opatření", "doubt": "pochybnost"}
#: What a field is called in a doubt.
_CALLED = {"status": "stav", "deadline": "termín"}


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Tabulky přečtené ze zprávy a pochybnosti o nich.

    Attributes:
        areas: as the table of that name; a column that the report does not tell is empty.
        measures: likewise.
        measure_bodies: likewise.
        decisions: likewise; ``status`` is empty where its words are those of none.
        doubts: ``place`` in the document, ``measure_id``, ``doubt`` as a Czech sentence.
    """

    areas: pd.DataFrame
    measures: pd.DataFrame
    measure_bodies: pd.DataFrame
    decisions: pd.DataFrame
    doubts: pd.DataFrame

    @property
    def files(self) -> dict[str, bytes]:
        """The tables and the doubts as files of a folder."""
        tables = {f"{name}.csv": written(getattr(self, name)) for name in TABLES}
        return tables | {"pochybnosti.csv": written(self.doubts.rename(columns=_HEADINGS))}

    @property
    def doubt_lines(self) -> list[str]:
        """The doubts, each a line with its place."""
        places = self.doubts["place"] + self.doubts["measure_id"].map(lambda of: of and f", {of}")
        return (places + ": " + self.doubts["doubt"]).tolist()


def read_report(lines: Sequence[Line], form: ReportForm, dataset: Dataset) -> ReadReport:
    """The tables that a report of this form gives, and the doubts about them.

    Nothing is mended in silence: what is read otherwise than it stands is a doubt.

    Args:
        lines: the document, as :func:`slz_lib.collection.word.read_lines` returns it.
        form: the form.
        dataset: whose scale, bodies and words the report uses.
    """
    marks = pd.DataFrame([*form.marks(lines)], columns=["field", "text", "place"], dtype="str")
    return _Reading(dataset, form.labels.get("nothing", {})).tables(marks)


@dataclass(slots=True)
class _Measure:
    """A measure as the report has it.

    Attributes:
        texts: by field, empty where it has none.
        places: where each field stands.
        place: where the measure begins.
        area, number, id: told by the report, or following from the order.
        swapped: whether two cells stood in each other's place.
    """

    texts: dict[str, str]
    places: Mapping[str, str]
    place: str
    area: str = ""
    number: str = ""
    id: str = ""
    swapped: bool = False

    def at(self, field: str) -> str:
        """Where a field stands; one that is not there, where the measure begins."""
        return self.places.get(field, self.place)


class _Reading:
    """The tables of one report; gathers doubts on the way."""

    def __init__(self, dataset: Dataset, nothing: Collection[str]) -> None:
        self.doubts: list[dict[str, str]] = []
        self.nothing = nothing
        #: The highest number of a measure so far, by area.
        self.highest: dict[str, int] = {}
        self.area = dataset.terms.area
        scale = dataset.statuses
        self.labels = dict(zip(scale["code"], scale["label"], strict=True))
        self.statuses = {
            _words(text): code
            for code, *texts in scale[["code", "label", "spoken"]].to_numpy().tolist()
            for text in texts
        }
        #: What the wordings of an area continue, and the report may say before each.
        self.clauses = dataset.areas.dropna(subset=["clause"]).set_index("id")["clause"].to_dict()
        self.called = CalledBodies(dataset.bodies)

    def is_nothing(self, text: str) -> bool:
        """Whether a cell says that there is nothing to say."""
        return _NOTHING.fullmatch(text) is not None or plain(text) in self.nothing

    def doubt(self, place: str, measure: str, words: str) -> None:
        """Take down one doubt."""
        self.doubts.append({"place": place, "measure_id": measure, "doubt": words})

    def tables(self, marks: pd.DataFrame) -> ReadReport:
        """All of it."""
        for place, text in marks.loc[marks["field"] == "unplaced", ["place", "text"]].to_numpy():
            self.doubt(place, "", f"text „{shown(text)}“ nepatří k\u00a0žádnému opatření")
        areas = self.areas(marks)
        measures = self.measures(marks, areas)
        wordings = pd.DataFrame([self.wording(measure) for measure in measures])
        bodies = [row for measure in measures for row in self.bodies(measure)]
        decisions = pd.DataFrame([self.decision(measure) for measure in measures])
        self.totals(marks, decisions)
        found = {
            "areas": areas,
            "measures": wordings,
            "measure_bodies": pd.DataFrame(bodies),
            "decisions": decisions,
        }
        order = {measure.id: position for position, measure in enumerate(measures)}
        self.doubts.sort(key=lambda doubt: order.get(doubt["measure_id"], -1))
        doubts = pd.DataFrame(self.doubts, columns=["place", "measure_id", "doubt"], dtype="str")
        return ReadReport(
            **{name: _shaped(name, rows) for name, rows in found.items()}, doubts=doubts
        )

    def areas(self, marks: pd.DataFrame) -> pd.DataFrame:
        """The areas in the order of the report."""
        told = marks[marks["field"].isin(("area", "lead_in"))].reset_index(drop=True)
        parts = told["text"].str.extract(_AREA).fillna("")
        named = told["field"] == "area"
        lead_in = told["text"].where(~named).shift(-1)
        rows = told.assign(id=parts["id"], name=parts["name"].map(_joined), lead_in=lead_in)
        rows = rows[named].drop_duplicates("id")
        return rows.assign(order=range(1, len(rows) + 1), source_place=rows["place"])

    def measures(self, marks: pd.DataFrame, areas: pd.DataFrame) -> list[_Measure]:
        """The measures in the order of the report."""
        ids = marks["text"].where(marks["field"] == "area").str.extract(_AREA)["id"]
        marks = marks.assign(
            area=ids.ffill().fillna(""), measure=(marks["field"] == "number").cumsum()
        )
        marks = marks[(marks["measure"] > 0) & marks["field"].isin(_FIELDS)]
        measures: list[_Measure] = []
        seen: dict[str, str] = {}
        named = set(areas["id"])
        for _, rows in marks.groupby("measure"):
            texts = rows.groupby("field", sort=False)["text"].agg("\n".join)
            places: dict[str, str] = dict(rows.groupby("field")["place"].first())
            blank = dict.fromkeys(_FIELDS, "")
            measure = _Measure({**blank, **texts}, places, rows["place"].iloc[0])
            self.numbered(measure, rows["area"].iloc[0], named)
            if earlier := seen.get(measure.id):
                told = f"opatření tu je podruhé (poprvé {earlier})"
                self.doubt(measure.place, measure.id, told)
                continue
            seen[measure.id] = measure.place
            self.unswapped(measure)
            measures.append(measure)
        return measures

    def numbered(self, measure: _Measure, area: str, areas: Collection[str]) -> None:
        """Give a measure its ids; a number that is missing follows from the order."""
        found = NUMBER.fullmatch(measure.texts["number"].strip())
        own = found and found["area"]
        if found and own and area and own != area:
            told = f"stojí pod nadpisem „{self.area.named([area])}“"
            self.doubt(measure.place, f"{own}.{found['number']}", told)
        measure.area = area = own or area
        expected = self.highest.get(area, 0) + 1
        number = int(found["number"]) if found else expected
        self.highest[area] = max(number, expected - 1)
        measure.number = str(number)
        measure.id = f"{area}.{number}" if area else measure.number
        if not found:
            self.doubt(measure.place, measure.id, f"chybí číslo; podle pořadí by bylo {expected}")
        elif number != expected:
            told = f"číslo {number} nenavazuje, čeká se {expected}"
            self.doubt(measure.place, measure.id, told)
        if area and area not in areas:
            told = f"{self.area.named([area])} nemá ve zprávě nadpis"
            self.doubt(measure.place, measure.id, told)

    def unswapped(self, measure: _Measure) -> None:
        """Put right two cells that stand in each other's place, where the words show it."""
        kinds, texts = {"status": self.status, "deadline": _deadline}, measure.texts
        for field, meaning in kinds.items():
            if meaning(texts[field]) is not None or self.is_nothing(texts[field]):
                continue
            others = [
                other
                for other in _FIELDS[2:]
                if other != field and other not in kinds and meaning(texts[other]) is not None
            ]
            if len(others) == 1:
                texts[field], texts[others[0]] = texts[others[0]], texts[field]
                measure.swapped = True
                told = f"{_CALLED[field]} „{shown(texts[field])}“ stojí jinde; buňky prohozeny"
                self.doubt(measure.at(field), measure.id, told)

    def status(self, text: str) -> str | None:
        """Code of the status that is meant; ``None`` where none is."""
        return self.statuses.get(_words(text))

    def wording(self, measure: _Measure) -> dict[str, str | None]:
        """The row of ``measures``."""
        published = _joined(measure.texts["deadline"])
        deadline = _deadline(published)
        if deadline is None and not self.is_nothing(published):
            told = f"termín „{shown(published)}“ nelze přečíst"
            self.doubt(measure.at("deadline"), measure.id, told)
        elif deadline is None:
            self.doubt(measure.place, measure.id, "termín chybí")
        if self.is_nothing(measure.texts["designation"]):
            self.doubt(measure.place, measure.id, "znění chybí")
        clause = self.clauses.get(measure.area, "")
        designation = _joined(measure.texts["designation"]).removeprefix(clause).lstrip()
        return {
            "id": measure.id,
            "area_id": measure.area,
            "number": measure.number,
            "title": _joined(measure.texts["title"]),
            "designation": _ENDING.sub("", designation),
            "indicator": ""
            if self.is_nothing(measure.texts["indicator"])
            else _joined(measure.texts["indicator"]),
            "deadline_published": published,
            "deadline_kind": str(deadline.kind) if deadline else None,
            "deadline_until": deadline.until if deadline else None,
            "deadline_event": deadline.event if deadline else None,
            "source_place": measure.place,
        }

    def bodies(self, measure: _Measure) -> list[dict[str, str | None]]:
        """The rows of ``measure_bodies``."""
        rows: list[dict[str, str | None]] = []
        for role, field in ((Role.LEAD, "lead"), (Role.COOPERATING, "cooperating")):
            published = _joined(measure.texts[field])
            found, rest = self.called.found(published)
            known = [{"body_id": body, "assignment": str(Assignment.ASSIGNED)} for body in found]
            unknown = rest and not self.is_nothing(rest)
            if unknown:
                near = hint(rest, list(self.called.ids))
                told = f"subjekt „{shown(rest)}“ tabulka bodies nezná{near}"
                self.doubt(measure.at(field), measure.id, told)
            elif rest and found:
                known[-1]["assignment"] = str(Assignment.UNIT_NOT_ASSIGNED)
            elif not found:
                known = [{"body_id": "", "assignment": str(Assignment.NOT_ASSIGNED)}]
                if role is Role.LEAD:
                    self.doubt(measure.place, measure.id, "gestor chybí")
            place = {"measure_id": measure.id, "role": str(role), "published": published}
            rows.extend(
                {
                    **place,
                    "order": str(order),
                    **each,
                    "source_place": measure.places.get(field, ""),
                }
                for order, each in enumerate(known, start=1)
            )
        return rows

    def decision(self, measure: _Measure) -> dict[str, str | None]:
        """The row of ``decisions``."""
        # A sign before the words is of the scale, not of the status as published.
        status = re.sub(r"^\W+", "", _joined(measure.texts["status"]))
        commentary = measure.texts["commentary"]
        code = self.status(status)
        if code is None:
            near = hint(status, list(self.labels.values()))
            told = f"stav „{shown(status)}“ stupnice nezná{near}" if status else ""
            self.doubt(measure.at("status"), measure.id, told or "stav chybí")
        supplied = not self.is_nothing(commentary)
        return {
            "measure_id": measure.id,
            "status": code,
            "published": status,
            "commentary": commentary if supplied else "",
            "commentary_supplied": str(supplied).lower(),
            "cells_swapped": str(measure.swapped).lower(),
            "source_place": measure.at("status"),
        }

    def totals(self, marks: pd.DataFrame, decisions: pd.DataFrame) -> None:
        """Compare the numbers of the text with the tables."""
        if decisions.empty:
            return
        by_status = decisions["status"].value_counts()
        told = [f"{self.labels[code]} {number}" for code, number in by_status.items()]
        real = f"tabulky mají {counted(len(decisions), 'opatreni')}"
        real += f" ({enumerate_words(told)})" if told else ""
        for place, text in marks.loc[marks["field"] == "total", ["place", "text"]].to_numpy():
            numbers = [int(number) for number in text.split()]
            if len(numbers) > 1 and sum(numbers) != len(decisions):
                words = f"{enumerate_words(list(map(str, numbers)))} dávají {sum(numbers)}; {real}"
                self.doubt(place, "", f"počty {words}")
            elif len(numbers) == 1 and numbers[0] not in {len(decisions), *by_status}:
                self.doubt(place, "", f"text uvádí {numbers[0]}; {real}")


def _shaped(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` with the columns of the file of that table, all of them text."""
    whole = rows.astype("object").reindex(columns=BY_NAME[name].header, fill_value="")
    return whole.fillna("").astype("str").reset_index(drop=True)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> tuple[str, ...]:
    """The words of a status in any order, without signs."""
    return tuple(sorted(re.findall(r"[^\W_]+", plain(text))))


def _deadline(text: str) -> Deadline | None:
    with suppress(ValueError):
        return Deadline.parse(_joined(text))
    return None
