"""Getting the foreman ready for forking: what every edition needs is loaded and stays untouched."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, cast

from slz_lib.documents.model import Content, Document, Heading, Run, TitleBlock
from slz_lib.errors import SlzError
from slz_lib.evaluation.evaluation import kept_evaluation
from slz_lib.planning.drafting import following_plan
from slz_lib.presentation.charts import status_overview
from slz_lib.presentation.prose import compiled
from slz_lib.production.formats import WRITERS, write

if TYPE_CHECKING:
    from slz_lib.evaluation import Evaluation
    from slz_lib.production.batch.planning import Planned


def warm(batch: Planned) -> None:
    """Lay at hand what the editions will ask for, and load what writes them."""
    _judge(batch)
    for source in {
        str(cell.source) for prepared in batch.due.values() for cell in prepared.source.cells
    }:
        _compile(source)
    _write_nothing({name for prepared in batch.due.values() for name in prepared.formats})
    # What is alive now belongs to all: the collector of a fork would only copy its pages.
    gc.freeze()
    gc.enable()


def _judge(batch: Planned) -> None:
    """Judge each period that an edition would judge; the data are read already."""
    asked = [prepared.values for prepared in batch.due.values()]
    periods = {(given["period"], given.get("as_of")) for given in asked if "period" in given}
    for period, as_of in sorted(periods, key=str):
        try:
            _ripen(kept_evaluation(batch.dataset, str(period), as_of=cast("date | None", as_of)))
        except SlzError:
            continue  # the editions will say so, each in its cell


def _ripen(evaluation: Evaluation) -> None:
    """Have computed once what many editions show of the whole region, and a first chart drawn.

    What cannot be computed is said by the editions that ask for it, each in its cell.
    """
    asked: tuple[Callable[[], object], ...] = (
        lambda: evaluation.audit,
        lambda: evaluation.trace,
        lambda: evaluation.uncertainty.by_orp,
        lambda: following_plan(evaluation),
        lambda: status_overview(evaluation),
    )
    for ask in asked:
        with suppress(Exception):
            ask()


def _compile(source: str) -> None:
    """Let the prose of a cell be compiled; what is wrong with it is said when it runs."""
    first, _, template = source.partition("\n")
    if first.startswith("%%prose"):
        with suppress(Exception):
            compiled(template.rstrip("\n"))


def _write_nothing(formats: Iterable[str]) -> None:
    """Let a cell and the writers of ``formats`` fill their caches with next to nothing."""
    title = TitleBlock(
        title="Zkouška", subtitle="", subject="Zkouška.", author="", as_of=date(2000, 1, 1)
    )
    heading = Heading(level=1, text=(Run(text="Zkouška"),), anchor="zkouska")
    Content(blocks=(title, heading))._repr_mimebundle_()  # as a cell shows it
    document = Document(title=title, blocks=(heading,), origins=("",))
    for name in formats:
        import_module(WRITERS[name])
        if name != "pdf":  # the other writers start no thread where there is nothing to draw
            with suppress(Exception):
                write(name, document)
