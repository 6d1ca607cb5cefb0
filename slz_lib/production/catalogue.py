"""The editions that the project issues: their kinds, their places, what their parameters may say.

A new kind is one entry of :data:`PUBLICATIONS`, beside its notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from slz_lib.dataset.nearest import hint
from slz_lib.documents.formats import WRITERS
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.vocabulary import named_safely, parse_day

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.vocabulary import Period

#: Formats of a document; the notebook always goes along.
FORMATS = tuple(WRITERS)
#: The parameter by which a notebook is told where the tables lie; no part of what an edition is.
DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A kind of document that is issued again for every period.

    Attributes:
        notebook: the notebook it is made from.
        subject: the parameter that names the period or the horizon.
        stem: the files' name without suffix; of a brief, what stands before its part's id.
        part: of a brief, the parameter that names the part it speaks of; empty otherwise.
        folder: of a brief, the folder inside that of its period; where it is empty, it is what
            stands before the first hyphen of the part's id: ``X-12`` lies in ``x``.
        capitals: of a brief, whether a file's name has its part's id in capitals as it is.
        planned: whether it tells of the plan too; to draft one takes seconds.
    """

    notebook: str
    subject: str
    stem: str = ""
    part: str = ""
    folder: str = ""
    capitals: bool = False
    planned: bool = False


REPORT = Publication(notebook="annual_report", subject="period", stem="zprava-o-naplnovani")
COUNCIL = Publication(
    notebook="council_brief", subject="period", stem="informace-k-rozhodnuti", planned=True
)
BROCHURE = Publication(notebook="brochure", subject="period", stem="brozura", planned=True)
ANNEX = Publication(notebook="technical_annex", subject="period", stem="technicka-priloha")
PLAN = Publication(notebook="action_plan", subject="horizon", stem="akcni-plan", planned=True)
PLAN_ANNEX = Publication(
    notebook="plan_annex", subject="horizon", stem="priloha-planu", planned=True
)
AREA_BRIEF = Publication(
    notebook="area_brief",
    subject="period",
    stem="okruh-",
    part="area",
    folder="okruhy",
    capitals=True,
    planned=True,
)
BODY_BRIEF = Publication(
    notebook="body_brief",
    subject="period",
    stem="subjekt-",
    part="body",
    folder="subjekty",
    planned=True,
)
DISTRICT_BRIEF = Publication(
    notebook="district_brief",
    subject="period",
    part="district",
)

#: What a batch issues, by the word that asks for it; what takes longest stands first.
KINDS = {
    "report": REPORT,
    "annex": ANNEX,
    "plan": PLAN,
    "plan_annex": PLAN_ANNEX,
    "council": COUNCIL,
    "brochure": BROCHURE,
    "areas": AREA_BRIEF,
    "bodies": BODY_BRIEF,
    "districts": DISTRICT_BRIEF,
}
#: The same by notebook, as manifests name them.
PUBLICATIONS = {publication.notebook: publication for publication in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Edition:
    """What is to be issued; nothing of it is checked before it is prepared.

    Attributes:
        publication: the kind of document.
        parameters: values, or texts that are read as the notebook declares their type; the period
            or horizon is among them, and the part that a brief speaks of.
        formats: formats besides the notebook.
    """

    publication: Publication
    parameters: Mapping[str, object]
    formats: tuple[str, ...] = FORMATS

    @property
    def name(self) -> str:
        """The path inside the reports without suffix: ``2022-2023/okruhy/okruh-I``.

        Raises:
            ParameterError: a parameter that says so is missing.
        """
        kind = self.publication
        for name in filter(None, (kind.subject, kind.part)):
            if self.parameters.get(name) is None:
                raise ParameterError(
                    f"Chybí parametr „{name}“ notebooku „{kind.notebook}“; zadejte jeho hodnotu."
                )
        subject = str(self.parameters[kind.subject])
        if not kind.part:
            return f"{subject}/{kind.stem}"
        part = named_safely(str(self.parameters[kind.part]))
        folder = kind.folder or part.partition("-")[0].lower()
        return f"{subject}/{folder}/{kind.stem}{part if kind.capitals else part.lower()}"


def file_stem(notebook: str, given: Mapping[str, object]) -> str:
    """What files of ``notebook`` are called without suffix, its parameters being ``given``.

    One that no edition is made from, or that does not say of which part, lends its own name.
    """
    kind = PUBLICATIONS.get(notebook)
    if kind is None or (kind.part and given.get(kind.part) is None):
        return notebook
    return PurePath(Edition(kind, {**given, kind.subject: "0"}).name).name


def editions(
    dataset: Dataset,
    period: str,
    kinds: Sequence[str],
    formats: tuple[str, ...],
    marks: Mapping[str, object],
) -> Iterator[Edition]:
    """The editions of a period: report, annex, plans, briefs; the longest work first.

    Args:
        dataset: the whole dataset.
        period: id of the period.
        kinds: which of :data:`KINDS`.
        formats: formats besides the notebook.
        marks: parameters of all of them; a plan goes by the period's own ``as_of``.

    Raises:
        ParameterError: the data do not know the period.
    """
    from slz_lib.dataset.views import of_period

    judged = of_period(dataset, period)
    for publication in (KINDS[kind] for kind in KINDS if kind in kinds):
        if publication.subject == "horizon":
            about = [{"horizon": horizon} for horizon in dataset.plans_after(period)["id"]]
            given = {name: value for name, value in marks.items() if name != "as_of"}
        else:
            parts = judged.parts(publication.part) if publication.part else [None]
            about = [
                {"period": period} | ({} if part is None else {publication.part: part})
                for part in parts
            ]
            given = dict(marks)
        yield from (Edition(publication, subject | given, formats) for subject in about)


def meanings(publication: Publication, dataset: Dataset) -> dict[str, Callable[[str], object]]:
    """By parameter, what reads its text and refuses one that means nothing in ``dataset``."""

    def with_content(period: str) -> Period:
        found = dataset.period(period)
        if _empty(dataset, period):
            issued = "zprávu" if publication.subject == "period" else "plán"
            raise ParameterError(
                f"Období {found.label} zatím nemá podklady ani stavy; doplňte je do složky "
                f"periods/{period} a\u00a0{issued} vydejte potom."
            )
        return found

    def following_content(horizon: str) -> Period:
        found = dataset.horizon(horizon)
        with_content(dataset.followed_by(horizon))
        return found

    return {
        "period": with_content,
        "horizon": following_content,
        "follows": with_content,
        "as_of": parse_day,
        "due": parse_day,
        publication.part: lambda part: dataset.part(publication.part, part),
    }


def _empty(dataset: Dataset, period: str) -> bool:
    """Whether a period has been laid out and nothing more: no evidence, no status."""
    rows = dataset.decisions[dataset.decisions["period_id"].eq(period)]
    judged = rows[["status", "decided"]].notna().any(axis=None)
    return not judged and period not in set(dataset.evidence["period_id"])


def known_formats(formats: str | Sequence[str] | None) -> tuple[str, ...]:
    """``formats`` in small letters and without repeats; all where none are given.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    if formats is None:
        return FORMATS
    return chosen(formats, FORMATS, noun="Formát", plural="Známé formáty", one="formát")


def chosen(
    given: str | Sequence[str], known: Sequence[str], *, noun: str, plural: str, one: str
) -> tuple[str, ...]:
    """``given`` in small letters and without repeats.

    Args:
        given: words as they were typed, in one text with commas between them or one by one.
        known: the only ones there are.
        noun: what one is, at the start of a message: *Formát*.
        plural: what introduces all of them: *Známé formáty*.
        one: what at least one is asked for, in the accusative: *formát*.

    Raises:
        ParameterError: one of them is not known, or there is none.
    """
    words = [word.strip() for word in given.split(",")] if isinstance(given, str) else given
    words = [word for word in words if word]
    for word in words:
        if word.casefold() not in known:
            near = hint(word, known)
            raise ParameterError(
                f"{noun} „{word}“ neznám{near}. {plural}: {enumerate_words(known)}."
            )
    if not words:
        raise ParameterError(f"Zadejte aspoň jeden {one}: {enumerate_words(known, 'nebo')}.")
    return tuple(dict.fromkeys(word.casefold() for word in words))
