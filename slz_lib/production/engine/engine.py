"""The engine as papermill knows it, under the name ``slz``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_notebook, new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from papermill.models import Parameter
from papermill.translators import PythonTranslator, papermill_translators

from slz_lib.errors import ParameterError
from slz_lib.production.engine import OPENED, Running
from slz_lib.production.engine.server import Child, ChildDiedError, ChildTimeoutError, child
from slz_lib.production.parameters import declared

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager

#: Names of the two errors that no cell can raise itself, as papermill and nbclient have them.
DIED, TOO_LONG = "DeadKernelError", "CellTimeoutError"
_ENDED = (
    "výpočet skončil bez odpovědi (často pro nedostatek paměti, nebo po exit(), které odstraňte); "
    "spusťte příkaz znovu."
)
_WRITTEN_OVER = re.compile(r".*\r(?=[^\n])")
_SKIPPED_TAG, _MAY_FAIL_TAG = "skip-execution", "raises-exception"


class _Declarations(PythonTranslator):  # type: ignore[misc]  # papermill has no types
    """Parameters as notebooks declare them; papermill cannot read ``str | None`` by itself."""

    @classmethod
    def inspect(cls, parameters_cell: NotebookNode) -> list[Parameter]:
        """What ``papermill --help-notebook`` lists."""
        try:
            found = declared(new_notebook(cells=[parameters_cell]), "")
        except ParameterError:  # of a notebook that is not made for us
            return super().inspect(parameters_cell)  # type: ignore[no-any-return]
        return [
            Parameter(
                each.name, each.kind + " | None" * each.optional, repr(each.default), each.help
            )
            for each in found.values()
        ]


papermill_translators.register("python", _Declarations)


class SlzEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook in a forked child and puts what it sends into the notebook."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str | None,  # noqa: ARG003 — part of papermill's call
        *,
        folder: str | None = None,
        execution_timeout: float | None = None,
        how: Running | None = None,
        **_: object,
    ) -> None:
        """Run every code cell of ``nb_man.nb``, up to the first that fails.

        Args:
            nb_man: papermill's keeper of the notebook, told of each cell's start and end.
            kernel_name: not used; the child is the Python that runs this.
            folder: the working folder; the parent's own when not given. It is an option of its own
                because papermill's ``cwd`` changes the folder of the whole process.
            execution_timeout: most seconds of one cell.
            how: limits and progress that papermill does not know of.
        """
        how = how or Running()
        notebook = nb_man.nb
        # nbclient's own code turns messages into outputs, as it does for a kernel.
        client = PapermillNotebookClient(nb_man)
        client.reset_execution_trackers()
        with child(folder or Path.cwd(), how) as running:
            for index, cell in enumerate(notebook.cells):
                nb_man.cell_start(cell, index)
                is_run = _is_run(cell)
                try:
                    if is_run:
                        _run(client, running, cell, index, execution_timeout)
                except CellExecutionError as error:
                    nb_man.cell_exception(cell, cell_index=index, exception=error)
                    break
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
                    if is_run and how.on_cell is not None:
                        how.on_cell()
            else:
                notebook.metadata[OPENED] = running.opened()


def _is_run(cell: NotebookNode) -> bool:
    tags = cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and _SKIPPED_TAG not in tags


def _run(
    client: PapermillNotebookClient,
    running: Child,
    cell: NotebookNode,
    index: int,
    timeout: float | None,
) -> None:
    """Run one cell.

    Raises:
        CellExecutionError: it failed, took too long, or the child died in it.
    """
    cell.outputs = []
    client.clear_before_next_output = False
    failure: dict[str, Any] = {}
    ok = False
    try:
        for kind, content in running.run(cell.source, cell.id, timeout):
            if kind == "done":
                ok = content["ok"]
                cell.execution_count = content["execution_count"]
                continue
            if kind == "error":
                failure = content
            message = {
                "msg_type": kind,
                "header": {"msg_type": kind},
                "parent_header": {},
                "content": content,
            }
            client.process_message(message, cell, index)
    except ChildTimeoutError:
        failure = _failure(TOO_LONG, f"trvala déle než smí ({timeout:g} s).")
        cell.outputs.append(new_output("error", **failure))
    except ChildDiedError:
        failure = _failure(DIED, _ENDED)
        cell.outputs.append(new_output("error", **failure))
    _join_streams(cell)
    if not ok and (failure.get("ename") in {DIED, TOO_LONG} or not _may_fail(cell)):
        raise CellExecutionError.from_cell_and_msg(cell, {"status": "error", **failure})


def _failure(ename: str, evalue: str) -> dict[str, Any]:
    return {"ename": ename, "evalue": evalue, "traceback": [evalue]}


def _may_fail(cell: NotebookNode) -> bool:
    return _MAY_FAIL_TAG in cell.metadata.get("tags", [])


def _join_streams(cell: NotebookNode) -> None:
    """One output a stream, at the place of its first text, as nbclient does when asked to.

    What a carriage return would write over on a terminal is gone.
    """
    first: dict[str, NotebookNode] = {}
    kept = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name in first:
            first[output.name].text += output.text
            continue
        if output.output_type == "stream":
            first[output.name] = output
        kept.append(output)
    for output in first.values():
        output.text = _WRITTEN_OVER.sub("", output.text)
    cell.outputs = kept
