"""The formats of a document, and the one boundary round their writers."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from slz_lib.errors import DocumentError
from slz_lib.refusals import cause_of_any
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slz_lib.documents.model import Block, Document, Value

#: Formats and the modules that write them; these come late, for each brings a heavy library.
WRITERS = {
    "html": "slz_lib.documents.html",
    "docx": "slz_lib.documents.docx",
    "pdf": "slz_lib.documents.pdf",
    "xlsx": "slz_lib.documents.xlsx",
}


def get_ready(formats: Iterable[str]) -> None:
    """Let a cell and the writers of ``formats`` fill their caches with next to nothing."""
    from slz_lib.documents.markdown import blocks
    from slz_lib.documents.model import Content, Document, Heading, Run, TitleBlock
    from slz_lib.typeface import bold_width, upright_width

    title = TitleBlock(
        title="Zkouška", subtitle="", subject="Zkouška.", author="", as_of=date(2000, 1, 1)
    )
    heading = Heading(level=1, text=(Run(text="Zkouška"),), anchor="zkouska")
    Content(blocks=(title, heading, *blocks("Zkouška")))._repr_mimebundle_()  # as a cell shows it
    for width in (bold_width, upright_width):
        width("".join(map(chr, range(0x20, 0x180))), 1)
    document = Document(title=title, blocks=(heading,), origins=("",))
    for name in sorted(formats):
        writer = import_module(WRITERS[name])
        with suppress(Exception):
            # To set a page starts threads; the others start none where there is nothing to draw.
            writer.fonts() if name == "pdf" else write(name, document)


def written(document: Document, forms: Iterable[str]) -> dict[str, bytes]:
    """The files of ``document`` by their formats.

    Raises:
        DocumentError: as :func:`write` does.
    """
    return {name: write(name, document) for name in forms}


def write(name: str, document: Document) -> bytes:
    """The file of ``document`` in the format ``name``.

    Raises:
        DocumentError: the document is not fit for the format, or a library failed; names the
            format, and the cell and block with which it fails.
    """
    try:
        return _rendered(name, document)
    except Exception as error:
        where = "" if isinstance(error, MemoryError) else _culprit(name, document)
        if isinstance(error, DocumentError):
            if not where:
                raise
            said = f": {error}"
        else:
            details = f" ({shown(str(error))})" if str(error) else ""
            said = f": {cause_of_any(error)}{details}."
        raise DocumentError(f"Formát {name} nelze vytvořit{where}{said}") from error


def _rendered(name: str, document: Document) -> bytes:
    with warnings.catch_warnings():
        # What XlsxWriter leaves out with a warning would be lost.
        warnings.filterwarnings("error", module="xlsxwriter")
        written: str | bytes = import_module(WRITERS[name]).render(document)
    return written.encode() if isinstance(written, str) else written


def _culprit(name: str, document: Document) -> str:
    """Which cell and block fails: of the beginnings of ``document`` the shortest that does."""
    from slz_lib.documents.model import plain_text

    def fails(blocks: Sequence[Block]) -> bool:
        update = {"blocks": tuple(blocks), "origins": ("",) * len(blocks)}
        try:
            _rendered(name, document.model_copy(update=update))
        except Exception:  # noqa: BLE001 — whatever it is, it was told already
            return True
        return False

    # References to what follows would fail too; without them nothing else is changed.
    loose = [block.mapped(_loosened) for block in document.blocks]
    place = bisect_left(range(len(loose) + 1), True, key=lambda end: fails(loose[:end]))
    if not 0 < place <= len(loose):
        return ""
    said = plain_text((loose[place - 1],)).strip("[]")
    return f", {document.origins[place - 1]}, „{shown(said)}“"


def _loosened(part: Value) -> Value:
    """``part`` without what leads to another block."""
    lost = {name: None for name in ("ref", "table", "trace") if getattr(part, name, None)}
    return part.model_copy(update=lost) if lost else part
