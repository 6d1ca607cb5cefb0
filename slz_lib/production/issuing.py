"""One edition, as ``slz report`` and ``slz plan`` ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from slz_lib.errors import ParameterError
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Done, News, Request
from slz_lib.production.catalogue import Edition, Publication
from slz_lib.production.engine import known_engine
from slz_lib.production.formats import known_formats
from slz_lib.production.workplace import Workplace
from slz_lib.untrusted import shown

#: Parameters of notebooks that are not given by ``-p``, and how they are.
GIVEN_OTHERWISE = {
    "data": "složku s\u00a0daty určuje volba --data",
    "period": "období je argument příkazu, například slz report 2022-2023",
    "horizon": "období plánu je argument příkazu, například slz plan 2024-2025",
}


def given_values(
    assignments: Iterable[str], options: Mapping[str, object | None]
) -> dict[str, object]:
    """Parameters from options of their own and from ``-p NÁZEV=HODNOTA``.

    Args:
        assignments: what stands behind each ``-p``.
        options: value by the parameter's name; ``None`` for an option that is not given.

    Raises:
        ParameterError: an assignment has no ``=``, or a name is given twice.
    """
    given = {name: value for name, value in options.items() if value is not None}
    for assignment in assignments:
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals or not name:
            raise ParameterError(f"Parametr „{shown(assignment)}“ zapište jako NÁZEV=HODNOTA.")
        if name in given:
            raise ParameterError(f"Parametr „{shown(name)}“ je zadán dvakrát.")
        given[name] = value
    return given


def issue(
    publication: Publication,
    subject: str,
    given: Mapping[str, object],
    workplace: Workplace,
    *,
    formats: str | None = None,
    timeout: float | None = None,
    engine: str | None = None,
    tell: Callable[[News], None] = lambda _: None,
) -> Done:
    """Make and deliver the edition of ``publication`` for one period or horizon.

    Args:
        publication: the kind of document.
        subject: id of the period or horizon.
        given: values of other parameters, as :func:`given_values` returns them.
        workplace: where notebooks, tables and reports are.
        formats: formats, separated by commas; all when not given.
        timeout: most seconds of one cell.
        engine: one of :data:`slz_lib.production.engine.ENGINES`; the usual one when not given.
        tell: told of the work, as in a batch.

    Raises:
        ParameterError: a parameter, a format or the engine is not known, or a parameter is not
            given by ``-p``.
        DataError: the data have faults.
        ExecutionError: a cell failed.
        DocumentError: the document is not fit to be published.
        OutputError: the files cannot be written.
    """
    for name in ("data", publication.subject):
        if name in given:
            raise ParameterError(
                f"Parametr „{name}“ se nezadává volbou -p: {GIVEN_OTHERWISE[name]}."
            )
    edition = Edition(publication, {publication.subject: subject, **given}, known_formats(formats))
    request = Request(
        workplace=workplace,
        editions=(edition,),
        force=True,
        timeout=timeout,
        engine=known_engine(engine),
    )
    (done,) = run_batch(request, tell).done.values()
    if done.failure:
        raise done.failure
    return done
