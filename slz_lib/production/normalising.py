"""An executed notebook without anything that differs between two runs of the same thing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

import nbformat

from slz_lib.production.execution import INJECTED_TAG, injected_position, values_source

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.production.parameters import Value

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}
#: Metadata of a cell that hold times of the run.
_TIMED = ("papermill", "execution")


def normalised(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """``notebook`` made the same for the same data and code.

    Dropped: papermill's record of the run, times of cells, the error stream (warnings name paths
    of the machine), the Python's version. Fixed: the id and the text of the injected cell.

    Args:
        notebook: an executed notebook; it stays as it is.
        parameters: what the injected cell is to show.
    """
    result = copy.copy(notebook)
    result.metadata = nbformat.from_dict(_METADATA)
    result.cells = [_normalised(cell) for cell in notebook.cells]
    injected = injected_position(result)
    if injected is not None:
        result.cells[injected].id = INJECTED_TAG
        result.cells[injected].source = values_source(parameters)
    return result


def _normalised(cell: NotebookNode) -> NotebookNode:
    """``cell`` without times and without its error stream; it stays as it is."""
    result = copy.copy(cell)
    result.metadata = nbformat.from_dict(
        {
            key: value
            for key, value in cell.metadata.items()
            # papermill adds an empty list of tags to every cell
            if key not in _TIMED and (key != "tags" or value)
        }
    )
    if cell.cell_type == "code":
        result.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    return result


def notebook_text(notebook: NotebookNode) -> str:
    """The notebook's file, ending with a line end."""
    return f"{nbformat.writes(notebook).rstrip()}\n"
