"""The formats of a document, and the one boundary round their writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from slz_lib.errors import DocumentError
from slz_lib.refusals import cause_of_any
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from slz_lib.documents.model import Document

    #: What writes a document in several formats, as :func:`write_all` does.
    Writer = Callable[[Iterable[str], Document], dict[str, bytes]]

#: Formats and the modules that write them; these come late, for each brings a heavy library.
WRITERS = {
    "html": "slz_lib.documents.html",
    "docx": "slz_lib.documents.docx",
    "pdf": "slz_lib.documents.pdf",
    "xlsx": "slz_lib.documents.xlsx",
}
#: Those whose writers may start threads, after which a process is not to be forked.
THREADED = frozenset({"docx", "pdf"})


def get_ready(formats: Iterable[str]) -> None:
    """Let a cell and the writers of ``formats`` fill their caches with next to nothing."""
    from slz_lib.documents.model import Content, Document, Heading, Run, TitleBlock

    title = TitleBlock(
        title="Zkouška", subtitle="", subject="Zkouška.", author="", as_of=date(2000, 1, 1)
    )
    heading = Heading(level=1, text=(Run(text="Zkouška"),), anchor="zkouska")
    Content(blocks=(title, heading))._repr_mimebundle_()  # as a cell shows it
    document = Document(title=title, blocks=(heading,), origins=("",))
    for name in sorted(formats):
        import_module(WRITERS[name])
        if name != "pdf":  # the others start no thread where there is nothing to draw
            with suppress(Exception):
                write(name, document)


def write(name: str, document: Document) -> bytes:
    """The file of ``document`` in the format ``name``.

    Raises:
        DocumentError: the document is not fit for the format, or a library failed; names the
            format, and the cell where its writer knows it.
    """
    try:
        written: str | bytes = import_module(WRITERS[name]).render(document)
        return written.encode() if isinstance(written, str) else written
    except DocumentError:
        raise
    except Exception as error:
        where = "".join(f", {note}" for note in getattr(error, "__notes__", ())[:1])
        said = f" ({shown(str(error))})" if str(error) else ""
        raise DocumentError(
            f"Formát {name} nelze vytvořit{where}: {cause_of_any(error)}{said}."
        ) from error


def write_all(names: Iterable[str], document: Document) -> dict[str, bytes]:
    """The files of ``document`` in formats, by their names; it raises as :func:`write` does."""
    return {name: write(name, document) for name in names}


@contextmanager
def written_from(origin: str) -> Iterator[None]:
    """What fails inside is told to come from the cell ``origin``."""
    try:
        yield
    except Exception as error:
        error.add_note(origin)
        raise
