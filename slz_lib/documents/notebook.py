"""An executed notebook read as a document.

What counts: Markdown cells (except those tagged ``navod``, hints for the analyst) and the outputs
of code cells; sources, raw cells and the error stream never show. Whatever an output would show in
JupyterLab must be known to the document model, else it would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, count
from typing import Any

import nbformat
from pydantic import ValidationError

from slz_lib.documents import markdown, unknown_outputs
from slz_lib.documents.gate import Fault, block_faults, refuse
from slz_lib.documents.markdown_faults import Slip
from slz_lib.documents.model import (
    MIME,
    Block,
    Content,
    Document,
    Heading,
    TitleBlock,
    text_of,
)
from slz_lib.documents.wording import settled

#: Tag of cells that speak to the analyst and are left out, with whatever they show.
HINT_TAG = "navod"
#: In the metadata of an output that speaks to the analyst, which is left out too.
REMARK = "slz_remark"

_NAME_LENGTH = 60
_NO_TITLE = (
    "chybí titulní blok; vložte na začátek buňku s\u00a0kódem: %load_ext slz_lib.presentation, "
    "na dalším řádku from slz_lib.presentation import * a\u00a0na posledním title_block(...)."
)


def read(notebook: nbformat.NotebookNode, name: str) -> Document:
    """The document that ``notebook`` (called ``name`` in messages) holds.

    Raises:
        DocumentError: a cell failed, shows something that is no block, or the title block is
            missing, late or repeated. Lists these faults and those that the gate finds.
    """
    found: list[tuple[str, Block]] = []
    faults: list[Fault] = []
    for number, cell in enumerate(notebook.cells, start=1):
        origin = cell_name(number, cell.source)
        for part in _parts(cell):
            if isinstance(part, Slip):
                at = f", řádek {part.line}" if part.line else ""
                faults.append(Fault(f"{origin}{at}", part.problem))
            else:
                found.append((origin, part))
    found = list(_apart(found))
    title, faults = _title(found, faults)
    rest = [(origin, block) for origin, block in found if block is not title]
    blocks = settled([block for _, block in rest])
    origins = tuple(origin for origin, _ in rest)
    if faults or title is None:
        refuse(name, (*faults, *block_faults(blocks, origins, title)))
        raise AssertionError("a missing title is a fault")
    return Document(title=title, blocks=blocks, origins=origins)


def cell_name(number: int, source: str) -> str:
    """How messages name a cell: its number, counted from 1, and its first line of source."""
    first = next((line.strip() for line in source.splitlines() if line.strip()), "")
    if len(first) > _NAME_LENGTH:
        first = first[: _NAME_LENGTH - 1].rstrip() + "…"
    return f"buňka {number} „{first}“" if first else f"buňka {number}"


def _apart(found: list[tuple[str, Block]]) -> Iterator[tuple[str, Block]]:
    """``found`` with another anchor for headings of the same words, unless theirs was given."""
    taken = {block.anchor for _, block in found if hasattr(block, "anchor")}
    seen: set[str] = set()
    for origin, block in found:
        anchor = getattr(block, "anchor", "")
        if (
            isinstance(block, Heading)
            and anchor in seen
            and anchor == markdown.slug(text_of(block.text))
        ):
            new = next(new for n in count(2) if (new := f"{anchor}-{n}") not in taken)
            taken.add(new)
            yield origin, block.model_copy(update={"anchor": new})
        else:
            seen.add(anchor)
            yield origin, block


def _title(
    found: list[tuple[str, Block]], faults: list[Fault]
) -> tuple[TitleBlock | None, list[Fault]]:
    """The title block and ``faults`` with those of its place; the gate refuses a second one."""
    place = next((n for n, (_, block) in enumerate(found) if isinstance(block, TitleBlock)), None)
    if place is None:
        missing = Fault("notebook", _NO_TITLE)
        return None, [missing, *faults]
    origin, title = found[place]
    assert isinstance(title, TitleBlock)
    if place > 0:
        late = Fault(origin, "titulní blok není první; přesuňte buňku na začátek notebooku.")
        return title, [*faults, late]
    return title, faults


def _parts(cell: nbformat.NotebookNode) -> Iterator[Block | Slip]:
    """Blocks of ``cell`` and what is wrong with it."""
    if cell.cell_type == "markdown":
        if HINT_TAG not in cell.metadata.get("tags", []):
            yield from chain(*markdown.read(cell.source))
    elif cell.cell_type == "code":
        hint = HINT_TAG in cell.metadata.get("tags", [])
        kinds = (kind for output in cell.outputs for kind in output.get("data", ()))
        pictured = any(kind.startswith("image/") for kind in kinds)
        for output in cell.outputs:
            if hint and output.output_type != "error":
                continue
            if pictured and set(output.get("data", ())) == {"text/plain"}:
                continue  # what drawing has returned
            for part in _output(output, cell.source):
                yield Slip(None, part) if isinstance(part, str) else part


def _output(output: nbformat.NotebookNode, source: str) -> Iterator[Block | Slip | str]:
    match output.output_type:
        case "error":
            yield f"výpočet skončil chybou {output.ename}: {output.evalue}; opravte ji."
        case "stream":
            if output.name == "stdout" and output.text.strip():
                yield unknown_outputs.printed(output.text)
        case _ if REMARK in output.metadata:
            return
        case _:
            yield from _shown(output.data, source)


def _shown(data: Mapping[str, Any], source: str) -> Iterator[Block | Slip | str]:
    if MIME in data:
        try:
            yield from Content.model_validate(data[MIME]).blocks
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            yield (
                "bloky výstupu neodpovídají modelu dokumentu "
                f"(pole „{place}“: {first['msg']}); spusťte buňku znovu."
            )
    elif "text/markdown" in data:
        yield from chain(*markdown.read(data["text/markdown"], source=""))
    elif data:
        yield unknown_outputs.problem(data, source)
