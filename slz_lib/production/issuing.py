"""What commands ask for: one edition or a batch; and what they may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from slz_lib.errors import ParameterError
from slz_lib.language import no_breaks
from slz_lib.production.batch.record import find_record
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Done, News, Request
from slz_lib.production.catalogue import KINDS, Edition, Publication, chosen, known_formats
from slz_lib.production.engine import known_engine
from slz_lib.production.workplace import Workplace
from slz_lib.untrusted import shown

#: Parameters of notebooks that are not given by ``-p``, and how they are.
GIVEN_OTHERWISE = {
    "data": "složku s\u00a0daty určuje volba --data",
    "period": "období je argument příkazu a\u00a0stojí za slovem report",
    "horizon": "období plánu je argument příkazu a\u00a0stojí za slovem plan",
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
    subject: str | None,
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
        subject: id of the period or horizon; the newest one when not given.
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
    if subject is None:
        subject = _newest(publication, workplace)
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
        DataError: the period is not given, and the data, whose newest one it is, have faults.
    """
    if not request.period:
        from slz_lib.dataset import load  # a batch of a given period need not wait for it

        request = replace(request, period=load(request.workplace.data).newest_period())
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
    earlier = record.asked
    return replace(
        request,
        kinds=_kinds(earlier["kinds"]),
        formats=known_formats(earlier["formats"]),
        as_of=earlier["as_of"],
        draft=earlier["draft"],
    )


def _kinds(words: str | list[str] | None) -> tuple[str, ...]:
    kinds = tuple(KINDS)
    if words is None:
        return kinds
    return chosen(words, kinds, noun="Druh edic", plural="Známé druhy", one="druh edic")


def _newest(publication: Publication, workplace: Workplace) -> str:
    from slz_lib.dataset import load

    dataset = load(workplace.data)
    of_plan = publication.subject == "horizon"
    return dataset.newest_horizon() if of_plan else dataset.newest_period()


def parameter_lines(publication: Publication, workplace: Workplace) -> Iterator[str]:
    """Every parameter of a notebook: what it is for, its type, default and what the data permit.

    Raises:
        ParameterError: there is no such notebook, or its parameters cannot be read.
        DataError: the data have faults.
    """
    # No edition needs them in this process, and they take a while.
    from slz_lib.dataset import load
    from slz_lib.production.execution import read_notebook
    from slz_lib.production.parameters import declared, typed

    name = publication.notebook
    parameters = declared(read_notebook(workplace.notebooks / f"{name}.ipynb"), name)
    dataset = load(workplace.data)
    known = {"period": dataset.periods, "follows": dataset.periods, "horizon": dataset.horizons}
    yield f"Parametry notebooku „{name}“; zadávají se volbou -p NÁZEV=HODNOTA:"
    for parameter in parameters.values():
        yield ""
        yield f"  {parameter.name}"
        if parameter.help:
            yield f"    význam: {no_breaks(parameter.help)}"
        missing = "; None = nezadáno" if parameter.optional else ""
        yield f"    typ: {parameter.expected}{missing}"
        default = typed(parameter.default)
        yield f"    výchozí hodnota: {'None' if default is None else default or 'prázdná'}"
        if parameter.name in known:
            yield f"    přípustné hodnoty: {', '.join(known[parameter.name]['id'])}"
        if parameter.name in GIVEN_OTHERWISE:
            yield f"    zadání: {GIVEN_OTHERWISE[parameter.name]}"
