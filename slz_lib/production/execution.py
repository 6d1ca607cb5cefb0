"""Running a notebook: papermill with our engine or its own, errors as one Czech sentence."""

from __future__ import annotations

import copy
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.translators import translate_parameters

from slz_lib.documents.notebook import cell_name
from slz_lib.errors import ExecutionError, ParameterError, SlzError
from slz_lib.production.engine import NBCLIENT, SLZ, Running, can_fork
from slz_lib.production.engine.engine import DIED, TOO_LONG, SlzEngine
from slz_lib.production.engine.server import ChildDiedError
from slz_lib.production.writing import scratch
from slz_lib.refusals import cause

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from slz_lib.production.parameters import Value

# What papermill logs in English comes as an exception; this is how a library keeps it to itself.
logging.getLogger("papermill").addHandler(logging.NullHandler())

#: The kernel of the environment that runs this very code.
KERNEL = "python3"
_LANGUAGE = "python"
#: The tag by which papermill marks the cell of values that it puts after the parameters cell.
INJECTED_TAG = "injected-parameters"
_BAR = {
    "desc": "Počítám",
    "unit": "buněk",
    "leave": False,
    "bar_format": "{desc}: {n_fmt} z {total_fmt} {unit} |{bar}| {elapsed}",
}
#: Larger notebooks are not read; the largest of ours has some hundred kilobytes.
_MOST_BYTES = 64 * 1024 * 1024
#: So many lists and objects lie in one another in the deepest notebook that anybody needs.
_MOST_LEVELS = 60


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in the file ``path``, each cell with an id.

    Raises:
        ParameterError: there is no such notebook, or the file is no notebook.
    """
    try:
        if not path.is_file():
            raise ParameterError(f"Notebook „{path.name}“ ve složce notebooks/ není.")
        with path.open("rb") as stream:
            return parsed_notebook(stream.read(_MOST_BYTES))
    except OSError as error:
        raise ParameterError(f"Notebook „{path.name}“ nelze číst: {cause(error)}.") from error
    except ValueError as error:
        raise ParameterError(
            f"Soubor „{path.name}“ není notebook Jupyter; otevřete jej v\u00a0JupyterLabu, opravte "
            "a\u00a0uložte."
        ) from error


def parsed_notebook(content: bytes) -> NotebookNode:
    """The notebook that a file holds, each cell with an id.

    The one way in for notebooks: what passes, every later step can read.

    Raises:
        ValueError: it is no notebook, or one so deep or odd that no program has written it.
    """
    try:
        text = content.decode("utf-8-sig")
        _require_sound(json.loads(text))
        notebook: NotebookNode = nbformat.reads(text, as_version=4)
        for number, cell in enumerate(notebook.cells, start=1):
            # A notebook older than format 4.5 would get random ids on every run.
            cell.setdefault("id", f"cell-{number}")
        notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
        nbformat.validate(notebook)
    # What is JSON and no notebook breaks nbformat's own code in many ways.
    except Exception as error:
        raise ValueError(content) from error
    return notebook


def _require_sound(value: object) -> None:
    """Stop at what no file should hold.

    Raises:
        ValueError: it is deeper than a notebook is, or a text in it has half of a sign.
    """
    level = [value]
    for _ in range(_MOST_LEVELS):
        objects = [one for one in level if isinstance(one, dict)]
        for text in (*level, *(name for one in objects for name in one)):
            if isinstance(text, str):
                text.encode()
        lists = [one for one in level if isinstance(one, list | tuple)]
        level = [part for one in (*lists, *(found.values() for found in objects)) for part in one]
    if level:
        raise ValueError(_MOST_LEVELS)


def values_source(parameters: Mapping[str, Value]) -> str:
    """The cell's text: a line a value, in an order that it keeps."""
    source: str = translate_parameters(KERNEL, _LANGUAGE, dict(parameters), "Parameters")
    return source


class QuietKernelManager(AsyncKernelManager):
    """Starts a kernel whose own remarks do not reach the terminal.

    What a cell prints or raises comes through the kernel's messages; on the process's error stream
    there are only warnings and tracebacks of the kernel itself, in English. Neither stream is the
    command's own, which processes that a cell leaves behind would hold open.
    """

    # The parent is asynchronous where the grandparent is not, and upstream overrides it likewise.
    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel with ``options`` of the process."""
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            await super().start_kernel(**nowhere, **options)
        except OSError as error:  # described, but the program of its description is not there
            raise NoSuchKernel(self.kernel_name) from error

    # The same as above.
    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        """Stop the kernel and, where processes have groups, all that its cells have started."""
        group = getattr(self.provisioner, "pgid", None)
        if now and group and hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        await super().shutdown_kernel(now=now, restart=restart)


def usual_engine() -> str:
    """The engine that is used where none is asked for.

    Ours needs a program that a child can find again: one typed on the standard input has no file.
    """
    file = getattr(sys.modules["__main__"], "__file__", None)
    found = file is None or Path(file).exists()
    return SLZ if can_fork() and found else NBCLIENT


def run(
    notebook: NotebookNode,
    parameters: Mapping[str, Value],
    *,
    name: str,
    folder: Path,
    how: Running | None = None,
) -> NotebookNode:
    """``notebook`` executed in ``folder`` with ``parameters``; the original stays as it is.

    A progress bar is drawn on the error stream when that is a terminal and nobody else is told of
    the progress. What the notebook has read is in its metadata, under
    :data:`slz_lib.production.engine.OPENED`, where the engine knows it.

    Args:
        notebook: as :func:`read_notebook` returns.
        parameters: checked values for the notebook's parameters.
        name: how messages name the notebook.
        folder: the working folder.
        how: engine, limits and progress; the usual ones when not given.

    Raises:
        ExecutionError: a cell failed or took too long, or its process did not start or died.
    """
    # papermill itself would warn, in English, of parameters whose type it cannot read, and turn
    # days and paths into texts.
    prepared: NotebookNode = parameterize_notebook(
        load_notebook_node(notebook), dict(parameters), kernel_name=KERNEL, language=_LANGUAGE
    )
    how = how or Running()
    try:
        with _options(how, folder) as options:
            # Not execute_notebook: it writes the notebook as text and reads that again, and writes
            # the result, even where nothing is to be saved.
            executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
                nb=prepared,
                kernel_name=KERNEL,
                progress_bar=_BAR if how.on_cell is None and sys.stderr.isatty() else False,
                autosave_cell_every=0,
                execution_timeout=how.timeout,
                **options,
            )
        remarked = copy.copy(executed)  # papermill puts remarks of its own between the cells
        remarked.cells = [*executed.cells]
        raise_for_execution_errors(remarked, None)
    except PapermillExecutionError as error:
        # Our own errors already are a Czech sentence; the name of a class would be in the way.
        own = error.ename in {DIED, TOO_LONG, *(kind.__name__ for kind in _kinds(SlzError))}
        told = error.evalue if own else f"{error.ename}: {error.evalue}"
        raise ExecutionError(_failure(error.cell_index, told, prepared, name)) from error
    except CellTimeoutError as error:
        begun = [n for n, cell in enumerate(prepared.cells) if cell.metadata.papermill.start_time]
        told = f"trvala déle než smí ({how.timeout:g}\u00a0s)."
        raise ExecutionError(_failure(begun[-1], told, prepared, name)) from error
    # The second covers nbclient's DeadKernelError, and a kernel that dies before it answers.
    except (ChildDiedError, RuntimeError) as error:
        raise ExecutionError(
            f"Notebook „{name}“ neproběhl: jádro Pythonu se zastavilo "
            "(často pro nedostatek paměti); spusťte příkaz znovu."
        ) from error
    except NoSuchKernel as error:
        raise ExecutionError(
            f"Notebook „{name}“ nelze spustit: v prostředí chybí jádro „{KERNEL}“; "
            "obnovte prostředí příkazem make clean report."
        ) from error
    _refuse_unsound(executed, name)
    return executed


def _refuse_unsound(executed: NotebookNode, name: str) -> None:
    """Stop at an output that no file could hold.

    Raises:
        ExecutionError: a cell shows half of a sign, or something too deep.
    """
    for number, cell in enumerate(without_injected(executed).cells, start=1):
        try:
            _require_sound(cell.get("outputs"))
        except ValueError as error:
            raise ExecutionError(
                f"Notebook „{name}“ neproběhl, {cell_name(number, cell.source)}: výstup nelze "
                "uložit, má text s\u00a0polovinou znaku (surrogate) nebo příliš vnořená data; "
                "opravte je."
            ) from error


def without_injected(notebook: NotebookNode) -> NotebookNode:
    """``notebook`` with the cells of the analyst alone, so that messages count them alike."""
    result = copy.copy(notebook)
    injected = injected_position(notebook)
    result.cells = [cell for position, cell in enumerate(notebook.cells) if position != injected]
    return result


@contextmanager
def _options(how: Running, folder: Path) -> Iterator[dict[str, Any]]:
    """What papermill passes on to the engine."""
    if (how.engine or usual_engine()) == SLZ:
        # As its entry point would; without asking every installed package for engines.
        papermill_engines.register(SLZ, SlzEngine)
        yield {
            "engine_name": SLZ,
            "folder": str(folder),
            "how": how,
        }
        return
    # The analyst's own IPython profile (start-up files, extensions) must not change a report.
    with scratch() as profile:
        yield {
            "engine_name": NBCLIENT,
            "resources": {"metadata": {"path": str(folder)}},
            "extra_arguments": [f"--ipython-dir={profile}"],
            "kernel_manager_class": QuietKernelManager,
            "shutdown_kernel": "immediate",  # it holds nothing that is worth a goodbye
            "coalesce_streams": True,
        }


def injected_position(notebook: NotebookNode) -> int | None:
    """Where papermill's cell of values stands; ``None`` without one."""
    tagged = (
        position
        for position, cell in enumerate(notebook.cells)
        if INJECTED_TAG in cell.metadata.get("tags", [])
    )
    return next(tagged, None)


def _failure(position: int, told: str, prepared: NotebookNode, name: str) -> str:
    """The cell as the analyst's own notebook counts it, and why it failed."""
    injected = injected_position(prepared)
    shift = 0 if injected is not None and position > injected else 1
    cell = cell_name(position + shift, prepared.cells[position].source)
    return f"Notebook „{name}“ neproběhl, {cell}: {told.strip()}"


def _kinds(error: type[SlzError]) -> Iterator[type[SlzError]]:
    """``error`` and everything that is derived from it."""
    yield error
    for kind in error.__subclasses__():
        yield from _kinds(kind)
