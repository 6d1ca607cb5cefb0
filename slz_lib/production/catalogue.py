"""The editions that the project issues, and what their parameters may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slz_lib.dataset.faults import shown
from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import czech_sorted
from slz_lib.production.formats import FORMATS
from slz_lib.vocabulary import parse_day

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.production.edition import Edition
    from slz_lib.vocabulary import Period


@dataclass(frozen=True, slots=True)
class Publication:
    """A kind of document that is issued again for every period.

    Attributes:
        notebook: the notebook it is made from.
        subject: the parameter that names the period or the horizon.
        stem: the files' name without suffix; of a brief, what stands before its part's id.
        part: of a brief, the parameter that names the part it speaks of; empty otherwise.
        folder: of a brief, the folder inside that of its period.
    """

    notebook: str
    subject: str
    stem: str
    part: str = ""
    folder: str = ""


REPORT = Publication("annual_report", "period", "zprava-o-naplnovani")
PLAN = Publication("action_plan", "horizon", "akcni-plan")
AREA_BRIEF = Publication("area_brief", "period", "okruh-", "area", "okruhy")
BODY_BRIEF = Publication("body_brief", "period", "subjekt-", "body", "subjekty")
ORP_BRIEF = Publication("orp_brief", "period", "", "orp", "orp")

#: What a batch issues, by the word that asks for it; what takes longest stands first.
KINDS = {
    "report": REPORT,
    "plan": PLAN,
    "areas": AREA_BRIEF,
    "bodies": BODY_BRIEF,
    "orp": ORP_BRIEF,
}
#: The same by notebook, as manifests name them.
PUBLICATIONS = {publication.notebook: publication for publication in KINDS.values()}
#: The parameter by which a notebook is told where the tables lie; no part of what an edition is.
DATA = "data"


def edition(
    publication: Publication,
    subject: str,
    dataset: Dataset,
    parameters: Mapping[str, object] | None = None,
    formats: Sequence[str] = FORMATS,
) -> Edition:
    """The edition of ``publication`` for one period or horizon of ``dataset``.

    A brief also takes the id of the part it speaks of, by the name of its parameter:
    ``edition(AREA_BRIEF, "2022-2023", dataset, {"area": "I"})``. Whether the data know the periods
    and parts that it names, and have anything to report of them, is checked with all other
    parameters, when it is produced.

    Raises:
        ParameterError: a brief does not say of which part it speaks.
    """
    given = {publication.subject: subject, **(parameters or {})}
    folder, stem = place(publication, given)

    def with_content(period: str) -> Period:
        found = dataset.period(period)
        if publication.subject == "period" and _empty(dataset, period):
            raise ParameterError(
                f"Období {found.label} zatím nemá podklady ani stavy; doplňte je do složky "
                f"periods/{period} a\u00a0zprávu vydejte potom."
            )
        return found

    # Late: papermill and nbformat take long to import.
    from slz_lib.production.edition import Edition

    return Edition(
        notebook=publication.notebook,
        parameters=given,
        folder=folder,
        stem=stem,
        formats=formats,
        meanings={
            "period": with_content,
            "horizon": dataset.horizon,
            "follows": dataset.period,
            "as_of": parse_day,
            "area": lambda text: _known(text, "Okruh", dataset.areas["id"].tolist()),
            "body": lambda text: _known(text, "Subjekt s\u00a0rolí", _with_role(dataset)),
            "orp": lambda text: _known(text, "Správní obvod", dataset.orp["id"].tolist()),
        },
    )


def place(publication: Publication, given: Mapping[str, object]) -> tuple[str, str]:
    """The folder inside the reports and the files' name without suffix.

    Args:
        publication: the kind of document.
        given: its parameters; the period or horizon among them, and a brief's part.

    Raises:
        ParameterError: one of these is missing.
    """
    for name in filter(None, (publication.subject, publication.part)):
        if given.get(name) is None:
            raise ParameterError(
                f"Chybí parametr „{name}“ notebooku „{publication.notebook}“; zadejte jeho hodnotu."
            )
    subject = str(given[publication.subject])
    if not publication.part:
        return subject, publication.stem
    stem = f"{publication.stem}{_file_name(publication, given)}"
    return f"{subject}/{publication.folder}", stem


def _file_name(publication: Publication, given: Mapping[str, object]) -> str:
    """A part's id as a file's name has it; Roman numerals stay capitals."""
    part = str(given[publication.part])
    return part if publication == AREA_BRIEF else part.lower()


def _with_role(dataset: Dataset) -> list[str]:
    """Ids of the bodies that lead a measure or co-operate in one."""
    return czech_sorted(dataset.measure_bodies["body_id"].dropna().unique())


def _known(part: str, noun: str, known: Sequence[str]) -> str:
    """``part`` if the data know it.

    Raises:
        ParameterError: they do not.
    """
    if part not in known:
        near = nearest(part, known)
        advice = f"nejbližší je „{near}“" if near else f"známá označení: {', '.join(known)}"
        raise ParameterError(f"{noun} „{shown(part)}“ data neznají; {advice}.")
    return part


def _empty(dataset: Dataset, period: str) -> bool:
    """Whether a period has been laid out and nothing more: no evidence, no status."""
    rows = dataset.decisions[dataset.decisions["period_id"].eq(period)]
    judged = rows[["status", "decided"]].notna().any(axis=None)
    return not judged and period not in set(dataset.evidence["period_id"])
