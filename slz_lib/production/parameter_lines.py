"""The parameters of a notebook as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from slz_lib.language import no_breaks
from slz_lib.production.parameters import typed

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.production.parameters import Parameter


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
    otherwise: Mapping[str, str],
) -> Iterator[str]:
    """Every parameter: what it is for, its type, default and permitted values.

    Args:
        notebook: the notebook's name.
        parameters: as :func:`slz_lib.production.parameters.declared` returns.
        known: name → what the data permit, as :func:`known_values` returns.
        otherwise: name → how it is given, of those that ``-p`` does not set.
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
        if parameter.name in otherwise:
            yield f"    zadání: {otherwise[parameter.name]}"
