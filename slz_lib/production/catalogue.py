"""The editions that the project issues, and what their parameters may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from slz_lib.errors import ParameterError
from slz_lib.production.edition import FORMATS, Edition

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Publication:
    """A kind of document that is issued again for every period.

    Attributes:
        notebook: the notebook it is made from.
        subject: the parameter that names the period or the horizon.
        stem: the files' name without suffix.
    """

    notebook: str
    subject: str
    stem: str


REPORT = Publication("annual_report", "period", "zprava-o-naplnovani")
PLAN = Publication("action_plan", "horizon", "akcni-plan")


def edition(
    publication: Publication,
    subject: str,
    dataset: Dataset,
    parameters: Mapping[str, object] | None = None,
    formats: Sequence[str] = FORMATS,
) -> Edition:
    """The edition of ``publication`` for one period or horizon, its values known to the data.

    Raises:
        ParameterError: the data do not know a period, or a day is no date.
    """
    given = {publication.subject: subject, **(parameters or {})}
    checks: dict[str, Callable[[str], object]] = {
        "period": dataset.period,
        "horizon": dataset.horizon,
        "follows": dataset.period,
        "as_of": parse_day,
    }
    for name, value in given.items():
        if name in checks and value not in (None, "None"):
            checks[name](str(value))
    return Edition(
        notebook=publication.notebook,
        parameters=given,
        folder=subject,
        stem=publication.stem,
        formats=formats,
    )


def parse_day(text: str) -> date:
    """The day that ``text`` states as RRRR-MM-DD.

    Raises:
        ParameterError: it is no such date.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(
            f"Den „{text}“ není datum ve tvaru RRRR-MM-DD, například 2023-12-31."
        ) from error
