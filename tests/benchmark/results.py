"""What the benchmark of production found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmark.usage import Usage

#: The chains: command line, ``slz batch`` with one and two workers, plain call.
COMMANDS, ONE, TWO, PLAIN = "a", "c1", "c2", "d"
#: What is written: a page alone, or every format.
PAGE, WHOLE = "html", "html,docx,pdf,xlsx"


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing that was measured.

    Attributes:
        editions: how many editions a run made.
        runs: how many times it was run.
        usage: medians of a run.
    """

    editions: int
    runs: int
    usage: Usage

    @property
    def wall(self) -> float:
        """Seconds an edition."""
        return self.usage.wall / self.editions

    @property
    def cpu(self) -> float:
        """Seconds of processor an edition."""
        return self.usage.cpu / self.editions


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured.

    Attributes:
        chains: briefs, by chain and by what is written.
        everything: all editions of the period in all formats, two workers.
        unchanged: the same batch again, with nothing to do.
        help: ``slz --help``.
        report: the report in all formats, by what issued it: ``here`` and, where another checkout
            is given, ``there``.
        growth: by what grows, the small and the large case.
        page: ``slz report --formats html``.
        preview: by what is changed in the report, seconds until its page shows that.
        cores: processors at hand.
        python: version of Python.
    """

    chains: Mapping[tuple[str, str], Measured]
    everything: Measured
    unchanged: Measured
    help: Measured
    report: Mapping[str, Measured]
    growth: Mapping[str, Sequence[Usage]]
    page: Measured
    preview: Mapping[str, float]
    cores: int
    python: str

    def ratio(self, chain: str, by: str, written: str = PAGE) -> float:
        """How many times longer ``chain`` takes an edition than ``by``."""
        return self.chains[chain, written].wall / self.chains[by, written].wall

    def times_plain(self, chain: str, written: str) -> float:
        """How many times the processor that an edition costs by the plain call."""
        return self.chains[chain, written].cpu / self.chains[PLAIN, written].cpu
