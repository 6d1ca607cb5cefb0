"""Starting without what takes a second to import and is of no use here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: ``nbformat`` imports jsonschema, which builds a grammar of addresses where this library is
#: installed. That takes longer than all other imports, and no notebook has a field to be checked.
_GRAMMAR = "rfc3987_syntax"


@contextmanager
def without_grammar(library: str = _GRAMMAR) -> Iterator[None]:
    """In the block the library of grammar (or another) counts as not installed.

    jsonschema, imported in the block for the first time, leaves out one check of one format.
    """
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]  # as Python's manual has it
    try:
        yield
    finally:
        sys.modules.pop(library, None)
