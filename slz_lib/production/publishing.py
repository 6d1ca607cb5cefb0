"""An analyst's own document, written from JupyterLab in one call."""

from __future__ import annotations

from pathlib import Path

from slz_lib.documents import gate
from slz_lib.documents.abbreviations import explained
from slz_lib.documents.formats import write
from slz_lib.documents.model import Content, Document, TitleBlock
from slz_lib.documents.wording import settled
from slz_lib.errors import DocumentError, ParameterError
from slz_lib.language import enumerate_words
from slz_lib.production.formats import FORMATS, known_formats
from slz_lib.production.writing import target, write_file


def publish(content: Content, path: str | Path) -> Path:
    """Write ``content`` as one document; the file's suffix says in which format.

    Args:
        content: a title block and what follows it.
        path: the file to write, ending in ``.html``, ``.docx``, ``.pdf`` or ``.xlsx``.

    Raises:
        ParameterError: the file has no suffix, or the suffix is no known format.
        DocumentError: the content is not fit to be published; lists every fault.
        OutputError: the file cannot be written; an older one stays as it was.
    """
    place = target(Path(path))
    if not place.suffix:
        known = enumerate_words([f".{name}" for name in FORMATS], last="nebo")
        raise ParameterError(f"Soubor „{path}“ nemá příponu; doplňte {known}.")
    (form,) = known_formats([place.suffix.removeprefix(".")])
    title = next(iter(content.blocks), None)
    if not isinstance(title, TitleBlock):
        found = "Obsah nezačíná titulním blokem" if content.blocks else "Obsah je prázdný"
        raise DocumentError(f"{found}; vložte na začátek title_block(...).")
    parts = explained(
        [(f"{number}. část obsahu", block) for number, block in enumerate(content.blocks, start=1)]
    )[1:]
    document = Document(
        title=title,
        blocks=settled([block for _, block in parts]),
        origins=tuple(origin for origin, _ in parts),
    )
    gate.check(document)
    write_file(place, write(form, document))
    return place
