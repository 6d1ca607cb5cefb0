"""One edition, as ``slz report`` and ``slz plan`` ask for it, and what they may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from slz_lib.errors import ParameterError
from slz_lib.language import no_breaks
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Done, News, Request
from slz_lib.production.catalogue import Edition, Publication, known_formats
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
