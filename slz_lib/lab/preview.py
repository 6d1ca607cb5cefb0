"""The finished page of a notebook that somebody is working on.

A preview is fed with the cells as they stand and with what each has shown when it last ran, by the
kernel of JupyterLab (:mod:`slz_lib.lab.recording`) or by ``slz watch``
(:mod:`slz_lib.lab.watching`). It makes the page when it is asked for, and says what stands in the
way of issuing it. What a cell holds is read once.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from nbformat import v4

from slz_lib.documents.exporters import fit
from slz_lib.documents.formats import write
from slz_lib.documents.gate import Fault, faults as check, refuse
from slz_lib.documents.html import render
from slz_lib.documents.markdown_faults import Slip
from slz_lib.documents.model import Block, Document, TitleBlock
from slz_lib.documents.notebook import cell_name, gathered, parts
from slz_lib.lab.exporting import exported_stem

if TYPE_CHECKING:
    from nbformat import NotebookNode

_NOT_RUN = "po změně nebyla spuštěna; spusťte ji."


@dataclass(frozen=True, slots=True)
class State:
    """What a preview shows now.

    Attributes:
        notebook: the cells with their outputs.
        edited: how messages name the cells that were edited and not run.
        told: a sentence that is more urgent than the page; empty when there is none.
        running: whether cells are run, which :attr:`Preview.stop` can stop.
        number: grows with every change.
        page: the number since which the page is the same.
    """

    notebook: NotebookNode
    edited: tuple[str, ...] = ()
    told: str = ""
    running: bool = False
    number: int = 0
    page: int = 0


class Preview:
    """The page of one notebook, and who waits for its next form.

    Attributes:
        name: the notebook's name.
        stop: stops what is run for the page, where a browser may do so.
        state: what is shown now.
    """

    def __init__(self, name: str, stop: Callable[[], None] | None = None) -> None:
        self.name = name
        self.stop = stop
        self.state = State(v4.new_notebook())
        self._changed = threading.Condition()
        self._making = threading.Lock()
        self._made = (-1, "")
        self._parts: dict[str, tuple[NotebookNode, tuple[Block | Slip, ...]]] = {}

    def put(
        self,
        cells: Sequence[NotebookNode],
        ran: Mapping[str, NotebookNode],
        *,
        running: bool = False,
    ) -> None:
        """Show ``cells`` with the outputs of those that ``ran``, by their ids."""
        notebook = _composed(cells, ran)
        with self._changed:
            old, number = self.state, self.state.number + 1
            page = old.page if _seen(old.notebook) == _seen(notebook) else number
            self.state = State(notebook, _edited(cells, ran), "", running, number, page)
            self._changed.notify_all()

    def tell(self, sentence: str) -> None:
        """Show a sentence over the page as it is, until something else is shown."""
        with self._changed:
            self.state = replace(self.state, told=sentence, number=self.state.number + 1)
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> State:
        """The state; at most so many seconds are waited for another than that of ``number``."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.number != number, seconds)
            return self.state

    def page(self) -> str:
        """The page as it would be issued; what is missing yet is passed over.

        Raises:
            DocumentError: a drawing cannot be read.
        """
        with self._making:
            state = self.state
            if self._made[0] != state.page:
                document, _ = self._document(state)
                self._made = (state.page, render(document, whole=False))
            return self._made[1]

    def faults(self) -> tuple[str, ...]:
        """What keeps the document from being issued, a line each."""
        with self._making:
            document, faults = self._document(self.state)
            return tuple(f"{each.origin}: {each.problem}" for each in (*faults, *check(document)))

    def file(self, form: str) -> bytes:
        """The document in the format ``form``.

        Raises:
            DocumentError: it is not fit to be published, or a cell was edited and not run.
        """
        with self._making:
            state = self.state
            refuse(self.name, [Fault(name, _NOT_RUN) for name in state.edited])
            return write(form, fit(state.notebook, self.name))

    @property
    def stem(self) -> str:
        """What its files are called without suffix."""
        return exported_stem(self.state.notebook, self.name)

    def _document(self, state: State) -> tuple[Document, tuple[Fault, ...]]:
        found = gathered(state.notebook, self._parts_of)
        title = found.title or TitleBlock(
            title=self.name, subject=self.name, author=self.name, as_of=date(2000, 1, 1)
        )
        document = Document(title=title, blocks=found.blocks, origins=found.origins)
        return document, found.faults

    def _parts_of(self, cell: NotebookNode) -> tuple[Block | Slip, ...]:
        known = self._parts.get(cell.id)
        if known is None or known[0] != cell:
            known = self._parts[cell.id] = (cell, tuple(parts(cell)))
        return known[1]


def _composed(cells: Sequence[NotebookNode], ran: Mapping[str, NotebookNode]) -> NotebookNode:
    """A notebook of ``cells`` with what those of them that ran have shown."""
    notebook: NotebookNode = v4.new_notebook()
    for cell in cells:
        made = copy.copy(cell)
        if cell.cell_type == "code":
            shown = ran.get(cell.id, cell)
            made.outputs = list(shown.outputs)
            made.execution_count = shown.execution_count
        notebook.cells.append(made)
    return notebook


def _edited(cells: Sequence[NotebookNode], ran: Mapping[str, NotebookNode]) -> tuple[str, ...]:
    """How messages name the code cells whose text is another than what ran."""
    return tuple(
        cell_name(number, cell.source)
        for number, cell in enumerate(cells, start=1)
        if cell.cell_type == "code"
        and cell.source.strip()
        and (cell.id not in ran or ran[cell.id].source != cell.source)
    )


def _seen(notebook: NotebookNode) -> list[object]:
    """Of ``notebook`` what makes the page."""
    return [
        (cell.metadata, cell.outputs if cell.cell_type == "code" else cell.source)
        for cell in notebook.cells
    ]
