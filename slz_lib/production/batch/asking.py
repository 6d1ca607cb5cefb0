"""From the words of a command to a batch's request."""

from __future__ import annotations

from dataclasses import replace

from slz_lib.errors import ParameterError
from slz_lib.production.batch.record import find_record
from slz_lib.production.batch.values import Request
from slz_lib.production.catalogue import KINDS
from slz_lib.production.choosing import chosen, listed
from slz_lib.production.cores import cores
from slz_lib.production.engine import known_engine
from slz_lib.production.formats import known_formats, listed_formats
from slz_lib.production.workplace import Workplace


def asked(
    workplace: Workplace,
    period: str,
    *,
    only: str | None = None,
    formats: str | None = None,
    as_of: str | None = None,
    draft: bool | None = None,
    workers: int | None = None,
    dry: bool = False,
    resume: bool = False,
    force: bool = False,
    timeout: float | None = None,
    memory: int | None = None,
    engine: str | None = None,
) -> Request:
    """The request of a batch.

    Args:
        workplace: where notebooks, tables and reports are.
        period: id of the period.
        only: kinds, separated by commas; all when not given.
        formats: formats, separated by commas; all when not given.
        as_of: the day to which deadlines are judged.
        draft: whether the outputs are marked as a draft.
        workers: how many editions are made at once; as many as the machine has cores when not
            given.
        dry: only say what would be made.
        resume: take up the interrupted batch of the period, with its kinds, formats and parameters.
        force: make every edition, changed or not.
        timeout: most seconds of one cell.
        memory: most bytes of address space of one notebook's cells.
        engine: one of :data:`slz_lib.production.engine.ENGINES`.

    Raises:
        ParameterError: a kind, a format or the engine is not known, there is nothing to take up, or
            what is taken up is also given.
    """
    kinds = tuple(KINDS)
    if only is not None:
        kinds = chosen(listed(only), kinds, noun="Druh edic", plural="Známé druhy", one="druh edic")
    request = Request(
        workplace=workplace,
        period=period,
        kinds=kinds,
        formats=listed_formats(formats),
        as_of=as_of,
        draft=None if draft is None else "ano" if draft else "ne",
        workers=workers or cores(),
        force=force,
        dry=dry,
        timeout=timeout,
        memory=memory,
        engine=known_engine(engine),
    )
    if not resume:
        return request
    if any(value is not None for value in (only, formats, as_of, draft)):
        raise ParameterError(
            "Volba --resume převezme druhy, formáty i\u00a0parametry přerušené dávky; "
            "nezadávejte je znovu."
        )
    return _resumed(request)


def _resumed(request: Request) -> Request:
    """``request`` with what the interrupted batch of its period was asked for.

    Raises:
        ParameterError: there is none.
    """
    record = find_record(request)
    if record is None or record.is_complete:
        raise ParameterError(
            f"Za období {request.period} není žádná přerušená dávka; vynechte volbu --resume."
        )
    earlier = record.asked
    try:
        return replace(
            request,
            kinds=chosen(earlier["kinds"], tuple(KINDS), noun="Druh", plural="Známé", one="druh"),
            formats=known_formats(earlier["formats"]),
            as_of=earlier["as_of"],
            draft=earlier["draft"],
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ParameterError(
            "Záznam přerušené dávky nelze přečíst; spusťte dávku bez volby --resume."
        ) from error
