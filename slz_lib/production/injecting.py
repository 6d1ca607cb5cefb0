"""The cell of values that papermill puts after the parameters cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.translators import translate_parameters

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.production.parameters import Value

#: The tag by which papermill marks the cell.
INJECTED_TAG = "injected-parameters"
_KERNEL = "python3"
_LANGUAGE = "python"


def values_source(parameters: Mapping[str, Value]) -> str:
    """The cell's text: a line a value, in an order that it keeps."""
    source: str = translate_parameters(_KERNEL, _LANGUAGE, dict(parameters), "Parameters")
    return source


def with_values(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """A copy of ``notebook`` with ``parameters`` in the cell after the parameters cell."""
    prepared: NotebookNode = parameterize_notebook(
        load_notebook_node(notebook), dict(parameters), kernel_name=_KERNEL, language=_LANGUAGE
    )
    return prepared
