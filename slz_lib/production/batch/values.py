"""What the processes of a batch tell each other: plain frozen values."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slz_lib.errors import SlzError
from slz_lib.production.catalogue import Edition
from slz_lib.production.workplace import Workplace
from slz_lib.refusals import cause_and_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a batch is asked for.

    Attributes:
        workplace: where notebooks, tables and reports are.
        period: id of the period; the newest one where it is empty.
        kinds: which of :data:`slz_lib.production.catalogue.KINDS`.
        formats: formats besides the notebook.
        as_of: the day to which deadlines are judged; the period's own when ``None``.
        draft: whether the outputs are marked as a draft; as the notebooks say when ``None``.
        workers: how many editions are made at once; as many as there are cores when ``None``.
        force: make every edition, changed or not.
        dry: only say what would be made.
        timeout: most seconds of one cell.
        engine: the engine; the usual one when ``None``.
        memory: most bytes of address space of one notebook's cells, kept by our own engine alone;
            no limit when ``None``.
        editions: the very editions to make, in the place of those of the period; such a batch
            leaves no record.
    """

    workplace: Workplace
    period: str = ""
    kinds: Sequence[str] = ()
    formats: tuple[str, ...] = ()
    as_of: str | None = None
    draft: bool | None = None
    workers: int | None = None
    force: bool = False
    dry: bool = False
    timeout: float | None = None
    engine: str | None = None
    memory: int | None = None
    editions: tuple[Edition, ...] = ()

    @property
    def asked(self) -> dict[str, object]:
        """What decides about the outputs, as JSON holds it."""
        return {
            "period": self.period,
            "kinds": list(self.kinds),
            "formats": list(self.formats),
            "as_of": self.as_of,
            "draft": self.draft,
        }


@dataclass(frozen=True, slots=True)
class Item:
    """One edition of a batch.

    Attributes:
        name: its path in the reports without suffix, for example ``2022-2023/okruhy/okruh-I``.
        reason: why it is to be made, or why it cannot be, in Czech; ``None`` when nothing has
            changed.
        cells: number of its code cells.
    """

    name: str
    reason: str | None
    cells: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a batch is about to do.

    Attributes:
        items: every edition, in the order in which they are begun.
    """

    items: tuple[Item, ...]

    @property
    def due(self) -> tuple[Item, ...]:
        """The editions that are to be made."""
        return tuple(item for item in self.items if item.reason is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an edition has been run."""

    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """An edition has ended.

    Attributes:
        name: as in :class:`Item`.
        failure: why it was not issued; ``None`` when it was.
        written: names of its files.
        removed: names of earlier files in formats that were not asked for.
    """

    name: str
    failure: SlzError | None = None
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


#: What a listener is told: the agenda first, then every cell and every edition's end.
News = Agenda | Cell | Done


@dataclass(frozen=True, slots=True)
class Summary:
    """How a batch ended.

    Attributes:
        agenda: what it was about to do.
        done: what became of the editions that were due, in the order of the agenda.
    """

    agenda: Agenda
    done: Mapping[str, Done]

    @property
    def failed(self) -> tuple[Done, ...]:
        """The editions that failed."""
        return tuple(done for done in self.done.values() if done.failure)


def plain(error: Exception) -> SlzError:
    """``error`` as one of :mod:`slz_lib.errors`, which another process can be told of.

    Where in the program it came up is a note of it.
    """
    if isinstance(error, SlzError):
        kind = next(kind for kind in type(error).__mro__ if kind.__module__ == SlzError.__module__)
        told: SlzError = kind(str(error))
    else:
        told = SlzError(f"Práci nelze dokončit: {cause_and_place(error)}; závadu odstraňte.")
    told.add_note("".join(traceback.format_exception(error)))
    return told
