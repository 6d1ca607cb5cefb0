"""Getting the foreman ready for forking: what every edition needs is loaded and stays untouched."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from importlib import import_module

from slz_lib.documents.model import Document, Heading, Run, TitleBlock
from slz_lib.production.formats import WRITERS

#: The PDF's typesetter starts threads, and a process that has any must not be forked.
_THREADED = frozenset({"pdf"})


def warm(formats: Iterable[str]) -> None:
    """Import the writers of ``formats`` and let them fill their caches with an empty document."""
    title = TitleBlock(
        title="Zkouška", subtitle="", subject="Zkouška.", author="", as_of=date(2000, 1, 1)
    )
    heading = Heading(level=1, text=(Run(text="Zkouška"),), anchor="zkouska")
    document = Document(title=title, blocks=(heading,), origins=("",))
    for name in formats:
        writer = import_module(WRITERS[name])
        if name not in _THREADED:
            writer.render(document)
    # What is alive now belongs to all: the collector of a fork would only copy its pages.
    gc.collect()
    gc.freeze()
