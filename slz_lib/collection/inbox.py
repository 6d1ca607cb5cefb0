"""An inbox: all that came back, what of it stands, and how far each body is; nothing is tracked.

::

    files ──► typed cells ──► staged ──► what stands ──► accepted into data
                         └──► quarantined ──► asked again, until nothing is open
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from slz_lib.collection.asking import answered, asked_again, open_questions, questions_of
from slz_lib.collection.contradictions import contradictions
from slz_lib.collection.forms import RESPONDENT, Form, Identity
from slz_lib.collection.identifying import identified, likest
from slz_lib.collection.intake import (
    QUARANTINED,
    STAGED,
    Intake,
    Issued,
    framed,
    taken,
)
from slz_lib.collection.returned import Refusal, Returned, read_returned
from slz_lib.collection.rounds import standing
from slz_lib.collection.sentences import said
from slz_lib.collection.values import Words, words_of
from slz_lib.dataset import Dataset
from slz_lib.display import Bar, overview
from slz_lib.vocabulary import Labelled

#: Columns of the list of files and of that of bodies.
FILES = ["file", "outcome", "form", "body", "respondent", "place", "round", "staged", "quarantined"]
FILES += ["why", "digest"]
ASSIGNMENTS = ["body", "form", "state", "round", "who", "answered", "asked", "percent", "open"]
ASSIGNMENTS += ["remind"]
_TABLES = {"staged": STAGED, "quarantined": QUARANTINED, "warnings": QUARANTINED}
#: So many files are read at once, each in a process of its own.
_AT_ONCE = 2


class Receipt(Labelled):
    """What became of a returned file."""

    READ = "read", "přečten celý"
    PARTLY = "partly", "přečten, něco se nepoznalo"
    BLANK = "blank", "nikdo nic nevyplnil"
    UNKNOWN = "unknown", "nepoznalo se, který je to formulář"
    BESIDE = "beside", "jen text mimo tabulky"
    COPY = "copy", "týž soubor podruhé"
    REFUSED = "refused", "nelze přečíst"
    PASSED = "passed", "nepatří k\u00a0odpovědím"


class State(Labelled):
    """How far the assignment of a body is."""

    DRAFT = "draft", "nevydáno"
    SENT = "sent", "odesláno"
    RETURNED = "returned", "vráceno"
    ASKED_AGAIN = "asked_again", "znovu dotázáno"
    ACCEPTED = "accepted", "přijato"
    REOPENED = "reopened", "po přijetí znovu otevřeno"


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """Co se sešlo: soubory, odpovědi, otázky zpět a stav každého subjektu.

    Attributes:
        files: a row a file: ``file``, ``digest``, ``form``, ``body``, ``respondent``, ``place``,
            ``round``, ``outcome``, numbers of cells ``staged`` and ``quarantined``, and ``why``.
        staged: the answers that stand, as :class:`~slz_lib.collection.intake.Intake` has them.
        quarantined: what does not, with why, and whether to ``ask`` again.
        warnings: what is doubtful in the answers that stand.
        assignments: a row a body: ``state``, ``round``, ``who`` answered, questions ``answered``
            and ``asked``, ``percent``, how many are ``open``, whether to ``remind``.
        again: forms that ask only what is still open, by name of a file without its ending.
    """

    files: pd.DataFrame
    staged: pd.DataFrame
    quarantined: pd.DataFrame
    warnings: pd.DataFrame
    assignments: pd.DataFrame
    again: Mapping[str, Form]

    def _repr_html_(self) -> str:
        counts = self.assignments["state"].value_counts()
        return overview(
            "Co se vrátilo",
            facts={
                "Soubory": str(len(self.files)),
                "Převzaté údaje": str(len(self.staged)),
                "K\u00a0posouzení": str(len(self.quarantined)),
                "Upozornění": str(len(self.warnings)),
                "Připomenout": str(int(self.assignments["remind"].sum())),
            },
            bars=[Bar(state.label, int(counts.get(state, 0))) for state in State],
            bars_title="Subjekty podle stavu",
        )


def collected(
    inbox: Path,
    forms: Iterable[Form],
    dataset: Dataset,
    issued: Mapping[str, bytes] | None = None,
) -> Collected:
    """All that lies in an inbox, read anew.

    Args:
        inbox: folder with what came back, at any depth.
        forms: the forms of the period as they go out first, made of the data.
        dataset: the data; a return that is one of their sources has been accepted.
        issued: workbooks as they went out, by form; made anew, and all out, when not given.
    """
    known = {form.identity.form: form for form in forms}
    words = words_of(dataset)
    arrived: dict[str, list[tuple[Returned, Identity]]] = {name: [] for name in known}
    files: list[dict[str, Any]] = []
    strangers: list[pd.DataFrame] = []
    seen: dict[str, str] = {}
    for returned, refused in _read(inbox):
        for no in refused:
            outcome = Receipt.PASSED if no.passed else Receipt.REFUSED
            files.append(_told(no.name, no.digest, outcome, no.sentence))
        for each in returned:
            if (first := seen.setdefault(each.digest, each.name)) != each.name:
                why = said("copy", file=first)
                files.append(_told(each.name, each.digest, Receipt.COPY, why))
                continue
            identity, why = identified(each, known)
            if identity is not None:
                arrived[identity.form].append((each, identity))
                continue
            alike = likest(each, known)
            issue = Issued.of(known[alike], (issued or {}).get(alike)) if alike else None
            intake = taken(each, None, issue, words, why)
            strangers.append(intake.quarantined.assign(party=""))
            files.append(_file(each, intake, why))
    assignments = [
        _Assignment(form, (issued or {}).get(name), words, arrived[name])
        for name, form in known.items()
    ]
    staged, quarantined, warnings = (
        pd.concat([_nothing(columns), *frames], ignore_index=True)
        for columns, frames in (
            (STAGED, [each.staged for each in assignments]),
            (QUARANTINED, [*strangers, *(each.quarantined for each in assignments)]),
            (QUARANTINED, [each.warnings for each in assignments]),
        )
    )
    files += [row for each in assignments for row in each.files]
    doubts = contradictions(staged, dataset)
    doubts = doubts.assign(value=doubts["typed"], ask=False)[[*QUARANTINED, "party"]]
    accepted = set(dataset.sources.get("sha256", pd.Series(dtype="str")).dropna())
    rows = [
        each.row(accepted, made=issued is None or each.form.identity.form in issued)
        for each in assignments
    ]
    return Collected(
        framed(files, FILES, {}).sort_values("file", ignore_index=True),
        staged.drop(columns="party"),
        quarantined.drop(columns="party"),
        pd.concat([warnings, doubts], ignore_index=True).drop(columns="party"),
        pd.DataFrame(rows, columns=ASSIGNMENTS),
        {name: form for each in assignments for name, form in each.again.items()},
    )


def _read(inbox: Path) -> Iterator[tuple[list[Returned], list[Refusal]]]:
    """The files of a folder in the order of their names; links are not followed.

    What takes longer is told by a bar on a terminal.
    """
    from tqdm import tqdm

    paths = sorted(
        Path(folder) / name
        for folder, folders, files in os.walk(inbox)
        for name in [*files, *(each for each in folders if (Path(folder) / each).is_symlink())]
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(read_returned, paths)
        yield from tqdm(found, "Soubory", len(paths), leave=False, delay=2, disable=None)


def _nothing(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=[*columns, "party"])


def _told(name: str, digest: str, outcome: Receipt, why: str = "") -> dict[str, Any]:
    return {"file": name, "digest": digest, "outcome": str(outcome), "why": why}


def _file(returned: Returned, intake: Intake, why: str = "") -> dict[str, Any]:
    """The row of a file that could be opened."""
    staged = len(intake.staged[["sheet", "cell"]].drop_duplicates())
    held = intake.quarantined
    if intake.identity is None:
        outcome = Receipt.BESIDE if held["cell"].eq("").all() else Receipt.UNKNOWN
    elif held.empty:
        outcome = Receipt.READ if staged else Receipt.BLANK
    else:
        outcome = Receipt.PARTLY
    told = _told(returned.name, returned.digest, outcome, why)
    return {**intake.source, "staged": staged, "quarantined": len(held), **told}


class _Assignment:
    """What one body has returned, round after round."""

    def __init__(
        self,
        form: Form,
        workbook: bytes | None,
        words: Words,
        arrived: list[tuple[Returned, Identity]],
    ) -> None:
        self.form, self.words = form, words
        self.files: list[dict[str, Any]] = []
        self.many = RESPONDENT["place"] in set(form.sheets[0].rows["item"])
        self.given = {
            column.name for part in form.sheets for column in part.columns if column.given
        }
        self.arrived: list[Intake] = []
        self.settle()
        issued: dict[str, Issued] = {}
        if arrived:
            issued[form.identity.digest] = first = Issued.of(form, workbook)
        ordered = sorted(arrived, key=lambda each: (each[1].round, each[0].arrived, each[0].name))
        for number, returns in groupby(ordered, key=lambda each: each[1].round):
            asked = {again.identity.digest: again for again in self.asking(number)}
            for returned, identity in returns:
                if (again := asked.get(identity.digest)) and identity.digest not in issued:
                    issued[identity.digest] = Issued.of(again)
                self.receive(returned, identity, issued.get(identity.digest, first))
            self.settle()

    @property
    def rounds(self) -> int:
        """The last round in which something was answered; none where nothing was."""
        told = (row["round"] for row in self.files if row["outcome"] != Receipt.BLANK)
        return max(told, default=0)

    @property
    def again(self) -> dict[str, Form]:
        """The forms of the next round, by name of a file without its ending."""
        number = self.rounds + 1
        forms = self.asking(number) if number > 1 else []
        name = f"{self.form.identity.form}.{number}"
        return {
            f"{name}-{at}" if self.many else name: form for at, form in enumerate(forms, start=1)
        }

    def receive(self, returned: Returned, identity: Identity, issued: Issued) -> None:
        """Add one file."""
        intake = taken(returned, identity, issued, self.words)
        self.files.append(_file(returned, intake))
        self.arrived.append(intake)

    def party(self, source: Mapping[str, Any]) -> str:
        """Who answers where a body stands for many: a place, an organisation, else whoever."""
        named = f"{source['place']} {source['organisation']}".strip()
        return (named or source["respondent"]) if self.many else ""

    def settle(self) -> None:
        """See what stands, and what is to be asked in the next round."""
        tables: list[pd.DataFrame] = []
        for name, columns in _TABLES.items():
            frames = (
                getattr(each, name).assign(party=self.party(each.source)) for each in self.arrived
            )
            tables.append(pd.concat([_nothing(columns), *frames], ignore_index=True))
        staged, quarantined, self.warnings = tables
        self.staged, self.quarantined = (
            standing(staged, quarantined, self.given) if self.arrived else (staged, quarantined)
        )
        self.open = {
            party: open_questions(
                self.form,
                self.staged[self.staged["party"].eq(party)],
                self.quarantined[self.quarantined["party"].eq(party)],
            )
            for party in sorted({self.party(each.source) for each in self.arrived})
        }

    def asking(self, number: int) -> list[Form]:
        """The forms that ask for what is open so far, one a respondent."""
        return [
            asked_again(self.form, wanted, self.introduced(party), number)
            for party, wanted in self.open.items()
            if len(wanted)
        ]

    def introduced(self, party: str) -> dict[str, str]:
        """What a respondent has said on the first sheet, by field."""
        own = self.staged[self.staged["party"].eq(party) & self.staged["measure_id"].eq("")]
        return dict(own[["field", "value"]].itertuples(index=False, name=None))

    def row(self, accepted: Collection[str], *, made: bool) -> dict[str, Any]:
        """How far the body is."""
        digests = {row["digest"] for row in self.files if row["outcome"] != Receipt.BLANK}
        known = digests.intersection(accepted)
        left = sum(map(len, self.open.values()))
        if not digests:
            state = State.SENT if made else State.DRAFT
        elif known:
            state = State.ACCEPTED if known == digests else State.REOPENED
        else:
            state = State.ASKED_AGAIN if left else State.RETURNED
        asked = questions_of(self.form)
        met = answered(asked, self.staged)
        who = (" – ".join(filter(None, (row["place"], row["respondent"]))) for row in self.files)
        return {
            "body": self.form.identity.body,
            "form": self.form.identity.form,
            "state": str(state),
            "round": self.rounds,
            "who": "; ".join(dict.fromkeys(filter(None, who))),
            "answered": int(met.sum()),
            "asked": len(asked),
            "percent": round(100 * met.mean()) if len(asked) else 100,
            "open": left,
            "remind": state in (State.SENT, State.ASKED_AGAIN),
        }
