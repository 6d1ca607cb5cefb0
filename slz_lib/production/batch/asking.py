"""From the words of a command to a batch's request."""

from __future__ import annotations

from dataclasses import replace

from slz_lib.errors import ParameterError
from slz_lib.production.batch.record import find_record
from slz_lib.production.batch.values import Request
from slz_lib.production.catalogue import KINDS
from slz_lib.production.engine import known_engine
from slz_lib.production.formats import chosen, known_formats


def asked(
    request: Request,
    *,
    only: str | None = None,
    formats: str | None = None,
    resume: bool = False,
) -> Request:
    """``request`` with what the words of a command stand for.

    Args:
        request: what needs no reading.
        only: kinds, separated by commas; all when not given.
        formats: formats, separated by commas; all when not given.
        resume: take up the interrupted batch of the period, with its kinds, formats and parameters.

    Raises:
        ParameterError: a kind, a format or the engine is not known, there is nothing to take up, or
            what is taken up is also given.
    """
    known_engine(request.engine)
    if not resume:
        return replace(request, kinds=_kinds(only), formats=known_formats(formats))
    if any(value is not None for value in (only, formats, request.as_of, request.draft)):
        raise ParameterError(
            "Volba --resume převezme druhy, formáty i\u00a0parametry přerušené dávky; "
            "nezadávejte je znovu."
        )
    record = find_record(request)
    if record is None or record.is_complete:
        raise ParameterError(
            f"Za období {request.period} není žádná přerušená dávka; vynechte volbu --resume."
        )
    try:
        earlier = record.asked
        return replace(
            request,
            kinds=_kinds(earlier["kinds"]),
            formats=known_formats(earlier["formats"]),
            as_of=earlier["as_of"],
            draft=earlier["draft"],
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ParameterError(
            "Záznam přerušené dávky nelze přečíst; spusťte dávku bez volby --resume."
        ) from error


def _kinds(words: str | list[str] | None) -> tuple[str, ...]:
    kinds = tuple(KINDS)
    if words is None:
        return kinds
    return chosen(words, kinds, noun="Druh edic", plural="Známé druhy", one="druh edic")
