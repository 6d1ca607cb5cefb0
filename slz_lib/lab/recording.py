"""What the kernel of JupyterLab keeps of its cells, for ``%nahled``.

Which cells there are, and in which order, says the notebook's file as it was saved last.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.magic import Magics, line_magic, magics_class
from nbformat import v4

from slz_lib.documents.model import MIME
from slz_lib.documents.notebook import RAN, source_digest
from slz_lib.errors import ParameterError
from slz_lib.lab.saving import saved

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell
    from nbformat import NotebookNode

    from slz_lib.lab.preview import Preview

#: What the menu of an output calls it, see ``czech/jupyterlab.json``.
_NEW_VIEW = "„Nové zobrazení výstupu“"


class Recorder:
    """Keeps what cells have shown since the kernel began, and feeds a preview with it."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._ran: dict[str, NotebookNode] = {}
        self._when: dict[str, int] = {}
        self._now: tuple[str, str, list[NotebookNode]] | None = None
        self._preview: Preview | None = None
        self._address = ""

    def listen(self) -> None:
        """Begin: every output and every end of a cell passes here."""
        senders: Any = (self._shell.display_pub, self._shell.displayhook)
        for sender in senders:
            sender.register_hook(self._shown)
        self._shell.events.register("pre_run_cell", self._begun)
        self._shell.events.register("post_run_cell", self._ended)

    def preview(self) -> str:
        """Serve the preview; its address."""
        from slz_lib.lab.preview import Preview
        from slz_lib.lab.serving import serve

        if self._preview is None:
            self._preview = Preview(self._path.stem)
            self._address = serve(self._preview).address
            threading.Thread(target=self._follow, daemon=True).start()
        self._put()
        return self._address

    @property
    def _path(self) -> Path:
        """The notebook's file; Jupyter's server tells it to the kernels that it starts."""
        return Path(os.environ.get("JPY_SESSION_NAME", "notebook.ipynb"))

    def _begun(self, info: ExecutionInfo) -> None:
        cell = info.cell_id
        self._now = (cell, str(info.raw_cell), []) if cell and not info.silent else None

    def _shown(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message of the running cell, with the digest of the cell's text in its metadata."""
        kind = message["header"]["msg_type"]
        if self._now is not None:
            _, source, outputs = self._now
            if kind == "clear_output":
                outputs.clear()
            elif kind in ("display_data", "execute_result"):
                content = message["content"]
                data = content["data"]
                if MIME in data:
                    content["metadata"] = {**content["metadata"], RAN: source_digest(source)}
                    data = {MIME: data[MIME]}
                outputs.append(
                    v4.new_output("display_data", data=data, metadata=content["metadata"])
                )
        return message

    def _ended(self, result: ExecutionResult) -> None:
        if self._now is None:
            return
        cell, source, outputs = self._now
        self._now = None
        error = result.error_in_exec or result.error_before_exec
        if error is not None:
            outputs.append(
                v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[])
            )
        self._ran[cell] = v4.new_code_cell(
            source, id=cell, outputs=outputs, execution_count=result.execution_count
        )
        self._when[cell] = time.time_ns()
        self._put()

    def _follow(self) -> None:
        """Show what is saved while no cell runs."""
        for _ in saved(lambda: [self._path]):
            self._put()

    def _put(self) -> None:
        if self._preview is not None:
            self._preview.put(self._cells(), dict(self._ran))

    def _cells(self) -> list[NotebookNode]:
        """The cells in their order; such as ran before they were saved at the end, if new."""
        from slz_lib.production.execution import read_notebook

        try:
            when = self._path.stat().st_mtime_ns
            cells = list(read_notebook(self._path).cells)
        except (ParameterError, OSError):
            when, cells = 0, []
        unsaved = {id_: self._ran[id_] for id_, ran in self._when.copy().items() if ran > when}
        known = {cell.id for cell in cells}
        for cell in cells:
            if cell.id in unsaved:
                cell.source = unsaved[cell.id].source
        return [*cells, *(ran for id_, ran in unsaved.items() if id_ not in known)]


@magics_class
class PreviewMagics(Magics):
    """The magic of the preview."""

    recorder: Recorder

    @line_magic("nahled")  # type: ignore[arg-type]  # IPython types it for functions only
    def show(self, line: str) -> None:  # noqa: ARG002 — a magic is given the rest of its line
        """Hotový dokument, který se obnovuje, jakmile se spustí buňka.

        Vedle notebooku jej dostanete pravým tlačítkem myši vlevo od výstupu, volbou „Nové
        zobrazení výstupu“; kartu, která se otevře, přetáhněte za ouško k pravému okraji okna.
        """
        from IPython.display import publish_display_data

        address = self.recorder.preview()
        frame = (
            f'<iframe src="{address}" title="Náhled dokumentu" '
            'style="width:100%;height:75vh;border:1px solid"></iframe>'
            '<p lang="cs">Vedle notebooku náhled dostanete pravým tlačítkem myši vlevo od něj '
            f"a\u00a0volbou {_NEW_VIEW}; kartu, která se otevře, přetáhněte myší za ouško "
            "k\u00a0pravému okraji okna. Samostatně jej otevře "
            f'<a href="{address}" target="_blank">nová karta prohlížeče</a>.</p>'
        )
        # No blocks: the cell is no part of the document.
        publish_display_data(
            {MIME: {"blocks": []}, "text/html": frame, "text/plain": f"Náhled: {address}"}
        )


def register(shell: InteractiveShell) -> None:
    """Let a kernel know ``%nahled``; a shell that sends no messages has nobody to show it to."""
    if hasattr(shell.display_pub, "register_hook"):
        magics = PreviewMagics(shell)
        magics.recorder = Recorder(shell)
        magics.recorder.listen()
        shell.register_magics(magics)
