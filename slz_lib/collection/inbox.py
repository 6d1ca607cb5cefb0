"""An inbox: all that came back, what of it stands, and how far each body is; nothing is tracked.

::

    files ──► typed cells ──► staged ──► what stands ──► accepted into data
                         └──► quarantined ──► asked again, until nothing is open
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from slz_lib.collection.asking import TOLD, asked_again, open_questions, questions_of
from slz_lib.collection.contradictions import contradictions
from slz_lib.collection.forms import INTRO, RESPONDENT, Form, Identity
from slz_lib.collection.intake import (
    QUARANTINED,
    STAGED,
    Intake,
    Issued,
    identified,
    taken,
)
from slz_lib.collection.returned import Refusal, Returned, read_returned
from slz_lib.collection.rounds import standing
from slz_lib.collection.sentences import said
from slz_lib.collection.values import Words
from slz_lib.dataset import Dataset
from slz_lib.language import enumerate_words
from slz_lib.vocabulary import Labelled

#: So many files are read at once, each in a process of its own.
_AT_ONCE = 2


class Outcome(Labelled):
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


#: What files pass through on their way: those read so far, and how many there are.
Progress = Callable[[Iterator[Any], int], Iterable[Any]]


def collected(
    inbox: Path,
    forms: Iterable[Form],
    dataset: Dataset,
    made: Collection[str] | None = None,
    progress: Progress = lambda read, _: read,
) -> Collected:
    """All that lies in an inbox, read anew.

    Args:
        inbox: folder with what came back, at any depth.
        forms: the forms of the period as they go out first, made of the data.
        dataset: the data; a return that is one of their sources has been accepted.
        made: ids of the bodies whose form was made; of all of them when not given.
        progress: what the files pass through on the way, such as a bar.
    """
    known = {form.identity.form: form for form in forms}
    words = Words.of(dataset)
    files: list[dict[str, Any]] = []
    intakes: list[Intake] = []
    of_form: dict[str, list[tuple[Returned, Identity]]] = {name: [] for name in known}
    seen: dict[str, str] = {}
    for returned, refused in _read(inbox, progress):
        for each in refused:
            outcome = Outcome.PASSED if each.passed else Outcome.REFUSED
            files.append({"file": each.name, "digest": each.digest, "outcome": outcome, "why": each.sentence})
        for each in returned:
            if (first := seen.setdefault(each.digest, each.name)) != each.name:
                files.append({"file": each.name, "digest": each.digest, "outcome": Outcome.COPY, "why": said("copy", file=first)})
                continue
            identity, why = identified(each, known)
            if identity is None:
                intakes.append(taken(each, None, None, words, why))
                files.append(_file(each, intakes[-1], why))
            else:
                of_form[identity.form].append((each, identity))
    bodies = [_Body(form, words) for form in known.values()]
    for body in bodies:
        body.receive(of_form[body.form.identity.form])
        intakes += body.intakes
        files += body.files
    staged, quarantined = (
        pd.concat([pd.DataFrame(columns=columns), *frames], ignore_index=True)
        for columns, frames in (
            ([*STAGED, "party"], [body.staged for body in bodies]),
            ([*QUARANTINED, "party"], [*(body.quarantined for body in bodies), *(each.quarantined for each in intakes if each.identity is None)]),
        )
    )
