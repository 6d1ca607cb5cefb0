"""What a command itself has to say, as a document."""

from __future__ import annotations

from pathlib import Path

from slz_lib.documents import gate
from slz_lib.documents.formats import write
from slz_lib.documents.model import Content, Document, TitleBlock
from slz_lib.documents.wording import explained, settled
from slz_lib.production.writing import write_file


def publish(content: Content, path: Path) -> Path:
    """Write ``content``, a title block and what follows it; the suffix says in which format.

    Raises:
        DocumentError: the content is not fit to be published; lists every fault.
        OutputError: the file cannot be written; an older one stays as it was.
    """
    title, *_ = content.blocks
    assert isinstance(title, TitleBlock)
    numbered = enumerate(content.blocks, start=1)
    parts = explained([(f"{number}. část obsahu", block) for number, block in numbered])[1:]
    document = Document(
        title=title,
        blocks=settled([block for _, block in parts]),
        origins=tuple(origin for origin, _ in parts),
    )
    gate.check(document)
    write_file(path, write(path.suffix.removeprefix("."), document))
    return path
