"""What keeps the blocks of a cell from being published, told under the cell at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from IPython.display import display, update_display

from slz_lib.dataset.nearest import hint
from slz_lib.documents.gate import faults_alone
from slz_lib.documents.markdown import slug
from slz_lib.documents.model import Block, Content, Heading, Run, Shown, text_of
from slz_lib.documents.notebook import REMARK
from slz_lib.documents.wording import settled, targets

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

_BOX = "border-left:3px solid #c77700;padding:2px 10px;color:var(--jp-content-font-color1,inherit)"


class Remarks:
    """The blocks that cells have shown in a session, and remarks on those that nobody could use.

    A reference may lead to what a later cell shows; its remark goes when that is shown.
    """

    def __init__(self) -> None:
        self._running: list[Block] = []
        self._shown: dict[str, list[Block]] = {}
        self._told: dict[str, tuple[str, list[str]]] = {}

    def anchors(self) -> list[str]:
        """What can be referred to."""
        return list(targets(block for blocks in self._shown.values() for block in blocks))

    def begin(self, _: object) -> None:
        """Begin another cell."""
        self._running.clear()

    def take(self, shown: Shown) -> dict[str, object]:
        """What a cell shows, as IPython wants it."""
        blocks = shown.blocks if isinstance(shown, Content) else (shown,)
        self._running.extend(blocks)  # type: ignore[arg-type]  # Shown is a block or a content
        return shown._repr_mimebundle_()

    def end(self, result: ExecutionResult) -> None:
        """Tell what is wrong with what the cell has shown, and what no longer is with others."""
        cell = getattr(result.info, "cell_id", None)
        if cell is None:  # a front end that does not say which one it was shows no remarks
            return
        self._shown[cell] = list(self._running)
        self._told.pop(cell, None)
        known = self.anchors()
        for other, (handle, told) in list(self._told.items()):
            now = self._faults(other, known)
            if now != told:
                self._told[other] = (handle, now)
                _display(now, handle, update=True)
        faults = self._faults(cell, known)
        if faults:
            self._told[cell] = (uuid4().hex, faults)
            _display(faults, self._told[cell][0])

    def _faults(self, cell: str, known: Sequence[str]) -> list[str]:
        """What is wrong with what a cell has shown."""
        others = (blocks for other, blocks in self._shown.items() if other != cell)
        elsewhere = {anchor for blocks in others for anchor in _anchors(blocks)}
        twice = [
            f"Kotvu „{anchor}“ má už jiná buňka; zvolte jinou (anchor, u\u00a0nadpisu {{#kotva}})."
            for anchor in _anchors(self._shown[cell])
            if anchor in elsewhere
        ]
        return [*_faults(self._shown[cell], known), *twice]


def register(shell: InteractiveShell) -> Remarks:
    """Have a shell remark on what its cells show from now on."""
    remarks = Remarks()
    formatter: Any = shell.display_formatter
    formatter.mimebundle_formatter.for_type(Shown, remarks.take)
    shell.events.register("pre_run_cell", remarks.begin)
    shell.events.register("post_run_cell", remarks.end)
    return remarks


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    """Anchors of blocks that a document does not tell apart by itself, as it does headings."""
    for block in blocks:
        words = text_of(block.text) if isinstance(block, Heading) else ""
        anchor: str = getattr(block, "anchor", "")
        if anchor and anchor != slug(words):
            yield anchor


def _display(faults: list[str], handle: str, *, update: bool = False) -> None:
    box = f'<div lang="cs" style="{_BOX}">{"<br>".join(map(escape, faults))}</div>'
    bundle = {"text/plain": "\n".join(faults), "text/html": box if faults else ""}
    show: Any = update_display if update else display
    show(bundle, raw=True, metadata={REMARK: True}, display_id=handle)


def _faults(blocks: Sequence[Block], known: Sequence[str]) -> list[str]:
    """What is wrong with blocks, whatever else their document has, and where they lead so far."""
    found = []
    for block in settled(blocks):
        refs = (part.ref for part in block.parts() if isinstance(part, Run) and part.ref)
        found += [
            f"Odkaz vede na „{ref}“, což zatím žádná buňka neukázala{hint(ref, known)}."
            for ref in dict.fromkeys(refs)
            if ref not in known
        ]
        found += [f"{fault[:1].upper()}{fault[1:]}" for fault in faults_alone(block)]
    return found
