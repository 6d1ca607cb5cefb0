"""A notebook run again as its file and the data change, for whoever writes it outside JupyterLab.

Its kernel keeps what cells have computed. A cell of prose that has changed runs alone; after a
change of any other cell it and all that follow run, after a change of the data all of them. What
runs and has changed meanwhile, or comes after such a cell, is interrupted. A name whose cell is
gone stays known to the kernel until the watching is started again.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import v4

from slz_lib.documents.notebook import cell_name, is_prose
from slz_lib.errors import ExecutionError, ParameterError
from slz_lib.lab.preview import Preview
from slz_lib.lab.saving import saved
from slz_lib.lab.serving import serve
from slz_lib.production.execution import KERNEL, QuietKernelManager, read_notebook
from slz_lib.production.writing import scratch

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: A page is shown while cells still run when so many seconds have passed.
_LONG = 1.0
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
    looks = saved(lambda: [path], lambda: data.rglob("*.csv"))
    first = read_notebook(path)
    with _kernel(path.parent) as client:
        watched = _Watched(client, path.stem)
        watched.take(first.cells)

        def look() -> None:
            for _, anew in looks:
                try:
                    watched.take(read_notebook(path).cells, anew=anew)
                except ParameterError:
                    watched.preview.tell(_HALF_WRITTEN)

        threading.Thread(target=look, daemon=True).start()
        tell(serve(watched.preview, port).address)
        while True:
            watched.run_next()


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
    """A notebook in its kernel: one thread takes what is saved, another runs it.

    Attributes:
        preview: its page.
    """

    def __init__(self, client: NotebookClient, name: str) -> None:
        self.preview = Preview(name, self._interrupt)
        self._client = client
        self._changed = threading.Condition()
        self._cells: list[NotebookNode] = []
        self._ran: dict[str, NotebookNode] = {}
        self._due: set[str] = set()
        self._running: NotebookNode | None = None
        #: Sources of the cells that have computed, or do so now, in their order.
        self._computed: list[str] = []
        self._shown = 0.0

    def take(self, cells: list[NotebookNode], *, anew: bool = False) -> None:
        """Find out what of the saved ``cells`` is to be run, and interrupt what runs in vain."""
        code = _code(cells)
        places = [n for n, cell in enumerate(code) if not is_prose(cell.source)]
        with self._changed:
            known = [] if anew else self._computed
            pairs = zip(known, (code[n].source for n in places), strict=False)
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            if same < len(places):
                start = places[same]
            elif same < len(known):  # the last ones are gone; prose after the others runs
                start = places[-1] + 1 if places else 0
            else:
                start = len(code)
            ran = dict(self._ran)
            if self._running is not None:
                ran[self._running.id] = self._running
            self._due |= {
                cell.id
                for n, cell in enumerate(code)
                if n >= start or cell.id not in ran or ran[cell.id].source != cell.source
            }
            self._computed = known[:same]
            self._cells = cells
            if self._running is not None and self._is_vain(self._running):
                self._interrupt()
            # A word of prose is there before anybody has read that it is not.
            if self._running or any(c.id in self._due and not is_prose(c.source) for c in code):
                self._show()
            self._changed.notify_all()

    def run_next(self) -> None:
        """Run the first cell that is to be run, when there is one.

        Raises:
            ExecutionError: the kernel stopped.
        """
        with self._changed:
            cell = next((each for each in _code(self._cells) if each.id in self._due), None)
            if cell is None:
                self._due.clear()
                self._show()
                self._changed.wait_for(lambda: self._due)
                return
            self._due.remove(cell.id)
            self._running = cell
            before = takewhile(lambda each: each is not cell, _code(self._cells))
            place = sum(not is_prose(each.source) for each in before)
            if not is_prose(cell.source):
                self._computed[place : place + 1] = [cell.source]
            name = cell_name(self._cells.index(cell) + 1, cell.source)
        made, failed = self._run(cell, name)
        with self._changed:
            self._ran[cell.id] = made
            if failed and not is_prose(cell.source) and not self._is_vain(cell):
                self._due.clear()
                del self._computed[place:]
            self._running = None
            if time.monotonic() - self._shown > _LONG:
                self._show()

    def _run(self, cell: NotebookNode, name: str) -> tuple[NotebookNode, bool]:
        """Run a cell, called ``name`` in messages; with its outputs, and whether it failed."""
        made = v4.new_code_cell(cell.source, id=cell.id, metadata=cell.metadata)
        # Each cell keeps its place: a later one may take back what an earlier one remarked.
        runs = self._client.nb.cells
        place = next((n for n, run in enumerate(runs) if run.id == cell.id), len(runs))
        runs[place : place + 1] = [made]
        self._client.clear_display_id_mapping(place)
        failed = False
        try:
            self._client.execute_cell(made, place)
        except CellExecutionError:
            failed = True
        except DeadKernelError as error:
            raise ExecutionError(
                f"{name}: jádro Pythonu se zastavilo (často pro nedostatek paměti); spusťte "
                "příkaz znovu."
            ) from error
        failed = failed or made.execution_count is None  # interrupted before it began
        # Interrupted once more while it tells of the interruption, a kernel says nothing.
        if failed and all(output.output_type != "error" for output in made.outputs):
            made.outputs = [v4.new_output("error", ename="KeyboardInterrupt", evalue="")]
        return made, failed

    def _show(self) -> None:
        self._shown = time.monotonic()
        running = self._running is not None or bool(self._due)
        self.preview.put(self._cells, self._ran, running=running)

    def _is_vain(self, running: NotebookNode) -> bool:
        """Whether a cell that runs is to be run once more, or is gone."""
        return running.id in self._due or running.id not in {cell.id for cell in self._cells}

    def _interrupt(self) -> None:
        """Stop the cell that runs."""
        kernel: Any = self._client.km  # typed as its parent, which is not asynchronous
        asyncio.run(kernel.interrupt_kernel())


def _code(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]
