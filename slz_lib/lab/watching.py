"""A notebook run again as its file and the data change, for whoever writes it outside JupyterLab.

Its kernel keeps what cells have computed. A cell of prose that has changed runs alone; after a
change of any other cell it and all that follow run, after a change of the data all of them. A name
whose cell is gone stays known to the kernel until the watching is started again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import v4

from slz_lib.documents.notebook import cell_name, is_prose
from slz_lib.errors import ExecutionError, ParameterError
from slz_lib.lab.preview import Preview, Ran, composed, edited
from slz_lib.lab.serving import serve
from slz_lib.production.execution import KERNEL, QuietKernelManager, read_notebook
from slz_lib.production.writing import scratch

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Seconds between two looks at the files.
_PAUSE = 0.05
#: A page is shown while cells still run when so many seconds have passed.
_LONG = 1.0
_COMPUTING = "Notebook se počítá."
_HALF_WRITTEN = (
    "Soubor notebooku teď nelze přečíst (snad se právě ukládá); stránka ukazuje poslední čitelný."
)


def watch(path: Path, data: Path, tell: Callable[[str], None], port: int = 0) -> None:
    """Show the notebook ``path`` in a browser and keep the page true until interrupted.

    Args:
        path: the notebook.
        data: the folder whose files it is made from.
        tell: told of the page's address when there is something to see.
        port: where to serve; any free port when 0.

    Raises:
        ParameterError: there is no such notebook.
        ExecutionError: the kernel stopped.
    """
    # Looked at before it is read: what is saved while cells run is seen at the next look.
    known = (_stamps([path]), _stamps(data.rglob("*.csv")))
    first = read_notebook(path)
    preview = Preview(path.stem)
    preview.tell(_COMPUTING)
    with _kernel(path.parent) as client:
        tell(serve(preview, port).address)
        watched = _Watched(client, preview)
        watched.follow(first)
        while True:
            time.sleep(_PAUSE)
            seen = (_stamps([path]), _stamps(data.rglob("*.csv")))
            if seen == known:
                continue
            try:
                watched.follow(read_notebook(path), anew=seen[1] != known[1])
            except ParameterError:
                preview.tell(_HALF_WRITTEN)
            known = seen


def _stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """When each of the files was changed, and how long it is."""
    found = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:  # just being replaced
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


@contextmanager
def _kernel(folder: Path) -> Iterator[NotebookClient]:
    """A kernel in ``folder`` that knows what the workplace's does."""
    with scratch() as profile:
        client = NotebookClient(
            v4.new_notebook(),
            kernel_name=KERNEL,
            kernel_manager_class=QuietKernelManager,
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=[f"--ipython-dir={profile}", "--ext=slz_lib.lab"],
            shutdown_kernel="immediate",
            coalesce_streams=True,
        )
        with client.setup_kernel():
            yield client


class _Watched:
    """A notebook in its kernel."""

    def __init__(self, client: NotebookClient, preview: Preview) -> None:
        self._client = client
        self._preview = preview
        self._ran: dict[str, Ran] = {}
        self._computed: list[str] = []

    def follow(self, notebook: NotebookNode, *, anew: bool = False) -> None:
        """Run what has changed, and show it.

        Raises:
            ExecutionError: the kernel stopped.
        """
        cells = notebook.cells
        shown = time.monotonic()
        due = self._due(cells, anew=anew)
        if not all(is_prose(cell.source) for _, cell in due):
            self._preview.tell(_COMPUTING)
        for number, cell in due:
            if not self._run(number, cell):
                break
            if time.monotonic() - shown > _LONG:
                self._show(cells)
                shown = time.monotonic()
        self._show(cells)

    def _show(self, cells: list[NotebookNode]) -> None:
        self._preview.put(composed(cells, self._ran), edited(cells, self._ran))

    def _due(self, cells: list[NotebookNode], *, anew: bool) -> list[tuple[int, NotebookNode]]:
        """Cells to run, with their numbers."""
        code = [
            (number, cell)
            for number, cell in enumerate(cells, start=1)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        computed = [(number, cell.source) for number, cell in code if not is_prose(cell.source)]
        known = [] if anew else self._computed
        pairs = zip(known, (source for _, source in computed), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if same < len(computed):
            start = computed[same][0]
        elif same < len(known):  # the last ones are gone; prose after the others runs
            start = computed[-1][0] + 1 if computed else 0
        else:
            start = len(cells) + 1
        self._computed = known[:same]
        return [
            (number, cell)
            for number, cell in code
            if number >= start or self._ran.get(cell.id, _NEVER).source != cell.source
        ]

    def _run(self, number: int, cell: NotebookNode) -> bool:
        """Run one cell; whether it did not fail."""
        made = v4.new_code_cell(cell.source, id=cell.id, metadata=cell.metadata)
        # Each run keeps its place: a later cell may take back what an earlier one remarked.
        runs = self._client.nb.cells
        runs.append(made)
        failed = False
        try:
            self._client.execute_cell(made, len(runs) - 1)
        except CellExecutionError:
            failed = True  # its output says so
        except DeadKernelError as error:
            raise ExecutionError(
                f"{cell_name(number, cell.source)}: jádro Pythonu se zastavilo (často pro "
                "nedostatek paměti); spusťte příkaz znovu."
            ) from error
        self._ran[cell.id] = Ran(cell.source, made.outputs, made.execution_count)
        if not failed and not is_prose(cell.source):
            self._computed.append(cell.source)
        return not failed


_NEVER = Ran("", (), None)
