"""The cell of values that stands after the parameters cell, with every value as it was given.

papermill writes texts, numbers, flags, ``None`` and lists of them as Python reads them back, but a
day, a path or a member of an enum as a mere text; it also keeps the values in the notebook's
metadata, which JSON cannot hold. So days, paths and members are written here as expressions. The
names in them are those that the parameters cell imports, which its declarations make sure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.translators import PythonTranslator

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.production.parameter_types import Value

#: The tag by which papermill marks the cell of values that it adds.
INJECTED_TAG = "injected-parameters"
_KERNEL = "python3"
_LANGUAGE = "python"


def values_source(parameters: Mapping[str, Value]) -> str:
    """The cell's text: a line a value, as papermill lays it out."""
    lines = ("# Parameters", *(f"{name} = {_written(v)}" for name, v in parameters.items()))
    return "".join(f"{line}\n" for line in lines)


def with_values(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """A copy of ``notebook`` with ``parameters`` in the cell after the parameters cell."""
    prepared: NotebookNode = parameterize_notebook(
        load_notebook_node(notebook), {}, kernel_name=_KERNEL, language=_LANGUAGE
    )
    (cell,) = (c for c in prepared.cells if INJECTED_TAG in c.metadata.get("tags", []))
    cell.source = values_source(parameters)
    return prepared


def _written(value: Value) -> str:
    match value:
        case list():
            return f"[{', '.join(_written(item) for item in value)}]"
        case StrEnum():
            return f"{type(value).__name__}.{value.name}"
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case Path():
            return f"Path({_written(value.as_posix())})"
    plain: str = PythonTranslator.translate(value)
    return plain
