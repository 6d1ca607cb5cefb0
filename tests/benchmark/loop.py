"""The briefs by papermill's own engine in a loop: ``python -m tests.benchmark.loop --out DIR``.

One process; each exporter is made once. The first format is written as soon as a notebook has run,
the others at the end of all; what they took is printed as JSON, so that one run measures both.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import papermill

from slz_lib.documents import exporters
from tests.benchmark.briefs import DATA, NOTEBOOKS, Brief, Order

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode


def exporter(form: str) -> exporters.SlzExporter:
    """The exporter of a format."""
    made: exporters.SlzExporter = getattr(exporters, f"Slz{form.capitalize()}Exporter")()
    return made


def executed(brief: Brief, out: Path) -> NotebookNode:
    """The notebook of ``brief``, run in a kernel of its own and saved."""
    run: NotebookNode = papermill.execute_notebook(
        brief.notebook,
        brief.file(out, "ipynb"),
        parameters={**brief.parameters, "data": str(DATA)},
        kernel_name="python3",
        cwd=NOTEBOOKS,
        progress_bar=False,
    )
    return run


def export(notebook: NotebookNode, brief: Brief, writer: exporters.SlzExporter, out: Path) -> None:
    """Write one format of ``brief``."""
    written, _ = writer.from_notebook_node(notebook)
    content = written.encode() if isinstance(written, str) else written
    brief.file(out, writer.form).write_bytes(content)


def main() -> int:
    """Write what is ordered; print what the formats after the first took."""
    order = Order.read(__doc__)
    first, *others = order.formats
    writer = exporter(first)
    run: list[tuple[Brief, NotebookNode]] = []
    for brief in order.briefs:
        notebook = executed(brief, order.out)
        export(notebook, brief, writer, order.out)
        run.append((brief, notebook))
    wall, cpu = time.perf_counter(), time.process_time()
    for form in others:
        writer = exporter(form)
        for brief, notebook in run:
            export(notebook, brief, writer, order.out)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    sys.stdout.write(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
