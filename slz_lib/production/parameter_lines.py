"""The parameters of a notebook as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from slz_lib.language import no_breaks

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset
    from slz_lib.production.parameter_types import Kind, ParameterType
    from slz_lib.production.parameters import Parameter

_WORDS: Mapping[Kind, str] = {
    "str": "text",
    "bool": "ano, nebo ne",
    "int": "celé číslo",
    "float": "číslo",
    "date": "datum (RRRR-MM-DD)",
    "path": "cesta k\u00a0souboru nebo složce",
    "choice": "jeden z\u00a0textů",
    "enum": "jedna z\u00a0hodnot číselníku",
}


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
        for label, text in _facts(parameter, known, otherwise):
            yield f"    {label}: {text}"


def _facts(
    parameter: Parameter, known: Mapping[str, Sequence[str]], otherwise: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if parameter.help:
        yield "význam", no_breaks(parameter.help)
    yield "typ", _in_words(parameter.type)
    yield "výchozí hodnota", parameter.type.text(parameter.default) or "prázdná"
    permitted = _permitted(parameter.type) or known.get(parameter.name, ())
    if permitted:
        yield "přípustné hodnoty", ", ".join(permitted)
    if parameter.name in otherwise:
        yield "zadání", otherwise[parameter.name]


def _in_words(kind: ParameterType) -> str:
    words = _WORDS[kind.kind]
    if kind.many:
        words = f"seznam oddělený {kind.separated}, každá položka: {words}"
    return f"{words}; None = nezadáno" if kind.optional else words


def _permitted(kind: ParameterType) -> list[str]:
    """The only values; those of the vocabulary with their labels."""
    if kind.members is None:
        return [f"„{text}“" for text in kind.permitted]
    labels = ((str(member), getattr(member, "label", None)) for member in kind.members)
    return [f"{text} ({label})" if label else text for text, label in labels]
