"""The parameters of a publication, as ``--help-parameters`` lists them."""

from __future__ import annotations

from dataclasses import dataclass

from slz_lib.dataset import load
from slz_lib.errors import DataError
from slz_lib.production.catalogue import Publication
from slz_lib.production.execution import read_notebook
from slz_lib.production.issuing import GIVEN_OTHERWISE
from slz_lib.production.parameter_lines import known_values, parameter_lines
from slz_lib.production.parameters import declared
from slz_lib.production.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Listing:
    """What is said of the parameters of a notebook.

    Attributes:
        lines: each parameter, with its type, default and permitted values.
        notes: what is missing from them, and why.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def listing(publication: Publication, workplace: Workplace) -> Listing:
    """The parameters of the notebook of ``publication``, with what the data permit.

    Nothing is run, and faults of the data are no hindrance.

    Raises:
        ParameterError: there is no such notebook, or its parameters cannot be read.
    """
    name = publication.notebook
    parameters = declared(read_notebook(workplace.notebooks / f"{name}.ipynb"), name)
    known: dict[str, tuple[str, ...]] = {}
    notes: tuple[str, ...] = ()
    try:
        known = known_values(load(workplace.data))
    except DataError:
        notes = ("Hodnoty z\u00a0dat chybí: data mají vady, vypíše je slz check.",)
    return Listing(tuple(parameter_lines(name, parameters, known, GIVEN_OTHERWISE)), notes)
