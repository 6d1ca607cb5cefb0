"""An executed notebook read as a document.

What counts: Markdown cells and the outputs of code cells, except of cells tagged ``navod`` (hints
for the analyst); sources, raw cells and the error stream never show. Whatever an output would show
in JupyterLab must be known to the document model, else it would be lost without a word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import nbformat
from pydantic import ValidationError

from slz_lib import errors
from slz_lib.documents import markdown, unknown_outputs
from slz_lib.documents.gate import Fault, block_faults, refuse
from slz_lib.documents.markdown_faults import Slip
from slz_lib.documents.model import MIME, Block, Content, Document, Heading, TitleBlock, text_of
from slz_lib.documents.wording import explained, settled
from slz_lib.untrusted import line as one_line

#: Tag of cells that speak to the analyst and are left out, with whatever they show.
HINT_TAG = "navod"
#: In the metadata of an output that speaks to the analyst, which is left out too.
REMARK = "slz_remark"
#: Metadata of an output in which the kernel of the workplace keeps a digest of its source.
RAN = "slz_source"

#: Tag of the cells in which papermill says, in English, that a cell failed.
_PAPERMILL_TAG = "papermill-error-cell-tag"
#: Ends of a computation that are no error of its own.
ENDS = {
    "KeyboardInterrupt": "výpočet byl zastaven; spusťte buňku znovu.",
    "DeadKernelError": (
        "výpočet skončil, než buňka doběhla (exit() v\u00a0ní či v\u00a0předchozí, nebo došla "
        "paměť); exit() odstraňte a\u00a0spusťte znovu."
    ),
    "SystemExit": "exit() končí výpočet; odstraňte jej a\u00a0spusťte znovu.",
    "StdinNotImplementedError": "na input() při vydání nikdo neodpoví; napište hodnotu do buňky.",
    "CellTimeoutError": "buňka běžela déle, než je dovoleno; zkraťte výpočet.",
    "NotebookValidationError": "buňka ukazuje výstup, který notebook neumí uložit; odstraňte jej.",
    "SyntaxError": "zápisu nelze rozumět; spusťte ji v\u00a0JupyterLabu, ukáže řádek a\u00a0proč.",
    "IndentationError": "začátky řádků nesedí; spusťte ji v\u00a0JupyterLabu, ukáže, na kterém.",
    "NoSuchKernel": "chybí jádro, které má v\u00a0metadatech; v\u00a0JupyterLabu mu vyberte SLZ.",
}

_NAME_LENGTH = 60
_MISSED = re.compile(r"name '(\w+)' is not defined")
#: What IPython says, in English, where a cell that loads our magic runs once more.
_LOADED_AGAIN = re.compile(r"The slz_lib\.\w+ extension is already loaded.*\n.*%reload_ext .*")
_ANCHORED = re.compile(r"\{#.*\}\s*$")
_NO_TITLE = (
    "chybí titulní blok; vložte na začátek buňku s\u00a0kódem: %load_ext slz_lib.presentation, "
    "na dalších řádcích import slz_lib, from slz_lib.presentation import * a\u00a0na posledním "
    'title_block(slz_lib.evaluate(slz_lib.load()), title="...").'
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a notebook holds, fit to be published or not.

    Attributes:
        title: its title block, if it has one.
        blocks: everything else, in order.
        origins: for each block, the cell it came from.
        faults: what is wrong with cells and with the title's place.
    """

    title: TitleBlock | None
    blocks: tuple[Block, ...]
    origins: tuple[str, ...]
    faults: tuple[Fault, ...]


def read(notebook: nbformat.NotebookNode, name: str, more: Iterable[Fault] = ()) -> Document:
    """The document that ``notebook`` (called ``name`` in messages) holds.

    Args:
        notebook: it has been run.
        name: how messages name it.
        more: further faults of its cells, told along with those found here.

    Raises:
        DocumentError: a cell failed, shows something that is no block, or the title block is
            missing, late or repeated. Lists these faults and those that the gate finds.
    """
    found = gathered(notebook)
    faults = (*more, *found.faults)
    if faults or found.title is None:
        of_blocks = block_faults(found.blocks, found.origins, found.title)
        refuse(name, (*faults, *of_blocks))
        raise AssertionError("a missing title is a fault")
    return Document(title=found.title, blocks=found.blocks, origins=found.origins)


def parts(cell: nbformat.NotebookNode) -> Iterator[Block | Slip]:
    """Blocks of ``cell`` and what is wrong with it."""
    if {HINT_TAG, _PAPERMILL_TAG} & {*cell.metadata.get("tags", [])}:
        return
    if cell.cell_type == "markdown":
        yield from chain(*markdown.read(cell.source))
    elif cell.cell_type == "code":
        kinds = (kind for output in cell.outputs for kind in output.get("data", ()))
        pictured = any(kind.startswith("image/") for kind in kinds)
        # What a cell has shown before it failed is not what it will show.
        failed = [output for output in cell.outputs if output.output_type == "error"]
        for output in failed[:1] or cell.outputs:
            if pictured and set(output.get("data", ())) == {"text/plain"}:
                continue  # what drawing has returned
            for part in _output(output, cell.source):
                yield Slip(None, part) if isinstance(part, str) else part


def gathered(
    notebook: nbformat.NotebookNode,
    parts_of: Callable[[nbformat.NotebookNode], Iterable[Block | Slip]] = parts,
) -> Gathered:
    """What the cells of ``notebook`` hold; ``parts_of`` reads one of them."""
    found: list[tuple[str, Block]] = []
    faults: list[Fault] = []
    for number, cell in enumerate(notebook.cells, start=1):
        origin = cell_name(number, cell.source)
        for part in parts_of(cell):
            if isinstance(part, Slip):
                at = f", řádek {part.line}" if part.line else ""
                faults.append(Fault(f"{origin}{at}", part.problem))
            else:
                found.append((origin, part))
    found = explained(list(_apart(found)))
    titled = ((n, b) for n, (_, b) in enumerate(found) if isinstance(b, TitleBlock))
    place, title = next(titled, (0, None))
    if title is None:
        faults.insert(0, Fault("notebook", _NO_TITLE))
    elif place:  # the gate refuses a second one
        late = "titulní blok není první; přesuňte buňku na začátek notebooku."
        faults.append(Fault(found[place][0], late))
    rest = [(origin, block) for origin, block in found if block is not title]
    blocks = settled([block for _, block in rest])
    return Gathered(title, blocks, tuple(origin for origin, _ in rest), tuple(faults))


def cell_name(number: int, source: str) -> str:
    """How messages name a cell: its number, counted from 1, and its first words.

    Of a cell of prose these are its first heading, else its first line of text.
    """
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if is_prose(source):
        lines = [line for line in lines[1:] if not line.startswith("{%")]
        heading = next((line for line in lines if line.startswith("#")), "")
        lines = [_ANCHORED.sub("", heading).strip("# ")] if heading else lines
    first = lines[0] if lines else ""
    if len(first) > _NAME_LENGTH:
        first = first[: _NAME_LENGTH - 1].rstrip() + "…"
    return f"buňka {number} „{first}“" if first else f"buňka {number}"


def _apart(found: list[tuple[str, Block]]) -> Iterator[tuple[str, Block]]:
    """``found`` with another anchor for headings of the same words, unless theirs was given."""
    taken = {block.anchor for _, block in found if hasattr(block, "anchor")}
    seen: set[str] = set()
    for origin, block in found:
        anchor = getattr(block, "anchor", "")
        of_words = isinstance(block, Heading) and anchor == markdown.slug(text_of(block.text))
        if of_words and anchor in seen:
            new = next(new for n in count(2) if (new := f"{anchor}-{n}") not in taken)
            taken.add(new)
            yield origin, block.model_copy(update={"anchor": new})
        else:
            seen.add(anchor)
            yield origin, block


def is_prose(source: str) -> bool:
    """Whether a cell is one of prose, which changes nothing for the cells after it."""
    return source.lstrip().startswith("%%prose")


def source_digest(source: str) -> str:
    """What an output carries of the source that it came of, under :data:`RAN`."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def stale(notebook: nbformat.NotebookNode) -> Iterator[Fault]:
    """Cells of an analyst's notebook that show less, or something else, than they would now."""
    computed, latest = "", 0
    for number, cell in enumerate(notebook.cells, start=1):
        if not _counts(cell):
            continue
        name, turn = cell_name(number, cell.source), cell.get("execution_count")
        ran = {output.get("metadata", {}).get(RAN) for output in cell.outputs} - {None}
        if not cell.outputs and turn is None:
            yield Fault(name, "nespuštěno; spusťte buňku.")
        elif ran - {source_digest(cell.source)}:
            yield Fault(name, "po změně nebyla spuštěna, ukazuje starší stav; spusťte ji.")
        elif cell.outputs and turn and turn < latest:
            yield Fault(name, f"je starší než {computed}; spusťte ji znovu.")
        if not cell.outputs and (turn or 0) > latest:
            computed, latest = name, turn


def failure(name: str, said: str) -> str:
    """What to say of an error of a cell; our own says itself what to do."""
    if hasattr(errors, name):
        return said
    if name == "NameError" and (missed := _MISSED.search(said)):
        return f"jméno „{missed[1]}“ tu není; spusťte buňku, která je zavádí, a\u00a0tuto po ní."
    told = f"výpočet skončil chybou {name}: {one_line(' '.join(said.split()))}; opravte ji."
    return ENDS.get(name, told)


def _counts(cell: nbformat.NotebookNode) -> bool:
    """Whether the outputs of ``cell`` are part of the document."""
    left_out = {HINT_TAG, "skip-execution"} & {*cell.metadata.get("tags", [])}
    return cell.cell_type == "code" and bool(cell.source.strip()) and not left_out


def _output(output: nbformat.NotebookNode, source: str) -> Iterator[Block | Slip | str]:
    match output.output_type:
        case "error":
            yield failure(output.ename, output.evalue)
        case "stream":
            printed = _LOADED_AGAIN.sub("", output.text) if output.name == "stdout" else ""
            if printed.strip():
                yield unknown_outputs.printed(printed)
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
        yield from chain(*markdown.read("".join(data["text/markdown"]), source=""))
    elif data:
        yield unknown_outputs.problem(data, source)
