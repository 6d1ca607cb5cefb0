"""Which editions a period has, and what an order asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from slz_lib.errors import ParameterError
from slz_lib.language import czech_sorted
from slz_lib.production.batch.values import Order
from slz_lib.production.catalogue import (
    AREA_BRIEF,
    BODY_BRIEF,
    KINDS,
    ORP_BRIEF,
    PLAN,
    PUBLICATIONS,
    REPORT,
    Publication,
    edition,
)

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.production.edition import Edition


def ordered(order: Order, dataset: Dataset) -> Edition:
    """What an order asks for, with its parameters checked against ``dataset`` when it is prepared.

    Raises:
        ParameterError: the notebook is none that is issued, or the period or part is missing.
    """
    publication = PUBLICATIONS.get(order.notebook)
    if publication is None:
        raise ParameterError(f"Z\u00a0notebooku „{order.notebook}“ se žádná edice nevydává.")
    given = dict(order.parameters)
    subject = given.pop(publication.subject, None)
    if subject is None:
        raise ParameterError(f"Edici notebooku „{order.notebook}“ chybí období.")
    return edition(publication, subject, dataset, given, order.formats)


def orders(
    dataset: Dataset,
    period: str,
    kinds: Sequence[str],
    formats: Sequence[str],
    *,
    as_of: str | None = None,
    draft: str | None = None,
) -> tuple[Order, ...]:
    """The orders of a period: report, plans that follow it, briefs; the longest work first.

    Args:
        dataset: the whole dataset.
        period: id of the period.
        kinds: which of :data:`slz_lib.production.catalogue.KINDS`.
        formats: formats besides the notebook.
        as_of: the day to which deadlines are judged; a plan goes by the period's own day.
        draft: whether the outputs are marked as a draft; as the notebooks say when not given.

    Raises:
        ParameterError: the data do not know the period.
    """
    dataset.period(period)
    days = {} if as_of is None else {"as_of": as_of}
    marks = {} if draft is None else {"draft": draft}
    return tuple(
        Order(
            publication.notebook,
            subject | marks | (days if publication.subject == "period" else {}),
            tuple(formats),
        )
        for kind in KINDS
        if kind in kinds
        for publication in (KINDS[kind],)
        for subject in _subjects(publication, dataset, period)
    )


def _subjects(
    publication: Publication, dataset: Dataset, period: str
) -> Iterator[dict[str, str | None]]:
    """The parameters that tell one edition of a publication from another."""
    if publication == PLAN:
        following = dataset.horizons[dataset.horizons["follows"].eq(period)]
        for horizon in following["id"]:
            yield {publication.subject: str(horizon)}
        return
    about: dict[str, str | None] = {publication.subject: period}
    if publication == REPORT:
        yield about
        return
    yield from (about | {publication.part: part} for part in _parts(publication, dataset, period))


def _parts(publication: Publication, dataset: Dataset, period: str) -> list[str]:
    """Ids of the areas, of the bodies with a role or of the ORP."""
    judged = dataset.of_period(period)
    if publication == AREA_BRIEF:
        areas = judged.areas.sort_values("order")["id"]
        return areas[areas.isin(judged.measures["area_id"])].tolist()
    if publication == BODY_BRIEF:
        return czech_sorted(judged.measure_bodies["body_id"].dropna().unique())
    assert publication == ORP_BRIEF
    return sorted(judged.orp["id"])
