"""The editions that the project issues, and what their parameters may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slz_lib.errors import ParameterError
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
    """The edition of ``publication`` for one period or horizon of ``dataset``.

    Whether the data know the periods that it names, and have anything to report of them, is checked
    with all other parameters, when it is produced.
    """

    def with_content(period: str) -> Period:
        found = dataset.period(period)
        if publication == REPORT and _empty(dataset, period):
            raise ParameterError(
                f"Období {found.label} zatím nemá podklady ani stavy; doplňte je do složky "
                f"periods/{period} a\u00a0zprávu vydejte potom."
            )
        return found

    # Late: papermill and nbformat take long to import.
    from slz_lib.production.edition import Edition

    return Edition(
        notebook=publication.notebook,
        parameters={publication.subject: subject, **(parameters or {})},
        folder=subject,
        stem=publication.stem,
        formats=formats,
        meanings={
            "period": with_content,
            "horizon": dataset.horizon,
            "follows": dataset.period,
            "as_of": parse_day,
        },
    )


def _empty(dataset: Dataset, period: str) -> bool:
    """Whether a period has been laid out and nothing more: no evidence, no status."""
    rows = dataset.decisions[dataset.decisions["period_id"].eq(period)]
    judged = rows[["status", "decided"]].notna().any(axis=None)
    return not judged and period not in set(dataset.evidence["period_id"])
