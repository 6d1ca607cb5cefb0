"""The parameters of a notebook as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slz_lib.dataset import Dataset, load
from slz_lib.errors import DataError
from slz_lib.language import no_breaks
from slz_lib.production.catalogue import Publication
from slz_lib.production.execution import read_notebook
from slz_lib.production.issuing import GIVEN_OTHERWISE
from slz_lib.production.parameters import Parameter, declared, typed
from slz_lib.production.workplace import Workplace


def parameters_of(
    publication: Publication, workplace: Workplace
) -> tuple[Iterator[str], tuple[str, ...]]:
    """The parameters of a notebook with what the data permit, and what is missing from them.

    Nothing is run, and faults of the data are no hindrance.

    Raises:
        ParameterError: there is no such notebook, or its parameters cannot be read.
    """
    name = publication.notebook
    parameters = declared(read_notebook(workplace.notebooks / f"{name}.ipynb"), name)
    try:
        return parameter_lines(name, parameters, known_values(load(workplace.data))), ()
    except DataError:
        missing = "Hodnoty z\u00a0dat chybí: data mají vady, vypíše je slz check."
        return parameter_lines(name, parameters, {}), (missing,)


def known_values(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """What the data permit, by the name that a parameter has in every notebook."""
    tables = {
        "period": dataset.periods,
        "follows": dataset.periods,
        "horizon": dataset.horizons,
        "area": dataset.areas,
        "orp": dataset.orp,
    }
    return {name: tuple(str(key) for key in table["id"]) for name, table in tables.items()}


def parameter_lines(
    notebook: str,
    parameters: Mapping[str, Parameter],
    known: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """Every parameter: what it is for, its type, default and permitted values.

    Args:
        notebook: the notebook's name.
        parameters: as :func:`slz_lib.production.parameters.declared` returns.
        known: name → what the data permit, as :func:`known_values` returns.
    """
    if not parameters:
        yield f"Notebook „{notebook}“ nemá žádné parametry."
        return
    yield f"Parametry notebooku „{notebook}“; zadávají se volbou -p NÁZEV=HODNOTA:"
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
            yield f"    přípustné hodnoty: {', '.join(known[parameter.name])}"
        if parameter.name in GIVEN_OTHERWISE:
            yield f"    zadání: {GIVEN_OTHERWISE[parameter.name]}"
