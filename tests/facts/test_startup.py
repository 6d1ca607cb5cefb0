"""What takes long to import and is of no use is left out, and only for as long as it is asked."""

from __future__ import annotations

import subprocess
import sys

GRAMMAR = "rfc3987_syntax"


def told_by(source: str) -> str:
    """What a new Python writes that runs ``source``."""
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_nbformat_is_imported_without_the_grammar_of_addresses() -> None:
    source = f"""
import sys
from slz_lib.production.startup import without_grammar
with without_grammar():
    import nbformat
print("lark" in sys.modules, {GRAMMAR!r} in sys.modules)
nbformat.validate(nbformat.v4.new_notebook())
"""
    assert told_by(source) == "False False"
