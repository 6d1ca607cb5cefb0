"""Issuing the briefs in four ways, measured side by side: ``python -m tests.benchmark.production``.

Every round goes through all ways, so that a busy moment of the machine meets all of them; figures
are medians of the rounds. Before anything is timed, everything is compiled to byte-code, and in the
first round all ways have to give the same files to the byte.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmark import growth, stock
from tests.benchmark.briefs import KINDS, PERIOD, ROOT, Brief, Order, briefs, sample
from tests.benchmark.memory import peak
from tests.benchmark.results import (
    COMMANDS,
    LOOP,
    ONE,
    PAGE,
    PLAIN,
    TWO,
    WHOLE,
    Measured,
    Results,
)
from tests.benchmark.stock import BIN
from tests.benchmark.table import markdown
from tests.benchmark.usage import Usage, measured, middle

_WORKERS = {ONE: 1, TWO: 2}
#: Briefs of a kind in the ways that are slow: by a command each, and in a loop.
_BY_COMMAND, _IN_LOOP = 1, 4
_STARTS: dict[str, tuple[str | Path, ...]] = {
    "help": (BIN / "slz", "--help"),
    "python": (sys.executable, "-c", "pass"),
    "slz_lib": (sys.executable, "-c", "import slz_lib"),
    "edition": (sys.executable, "-c", "import slz_lib.production.edition"),
}


def compile_everything() -> None:
    """Byte-code for the environment, the package and these modules, for all ways alike."""
    for folder in (sysconfig.get_path("purelib"), ROOT / "slz_lib", ROOT / "tests" / "benchmark"):
        # Some packages ship templates of code that are none.
        compileall.compile_dir(folder, quiet=2, workers=0)


def batch_command(workers: int, written: str, out: Path, kinds: Sequence[str] = ()) -> list[str]:
    """``slz batch`` over ``kinds``, or over all editions."""
    only = ["--only", ",".join(kinds)] if kinds else []
    options = ["--formats", written, "--workers", str(workers), "--out", str(out)]
    return [str(BIN / "slz"), "batch", PERIOD, *only, *options]


def pages(out: Path) -> int:
    """How many editions lie below ``out``."""
    return sum(1 for _ in out.rglob("*.html"))


def batch(workers: int, written: str, out: Path, kinds: Sequence[str] = ()) -> Usage:
    """Run ``slz batch``; what it took."""
    usage, _ = measured(batch_command(workers, written, out, kinds), ROOT)
    return usage


def module(name: str, order: Order) -> tuple[Usage, str]:
    """Run a module of the benchmark in a process of its own; what it took and what it printed."""
    return measured([sys.executable, "-m", f"tests.benchmark.{name}", *order.arguments], ROOT)


def compare(of: Sequence[Brief], written: str, out: Path, others: Sequence[Path]) -> None:
    """See that the files of ``of`` are the same to the byte in ``out`` and ``others``.

    Raises:
        RuntimeError: they are not.
    """
    for brief in of:
        for form in written.split(","):
            name = f"{brief.path}.{form}"
            first = (out / name).read_bytes()
            different = [other.name for other in others if (other / name).read_bytes() != first]
            if different:
                raise RuntimeError(f"{name}: {out.name} differs from {', '.join(different)}")


class Bench:
    """The rounds and what they have found so far."""

    def __init__(self, kinds: Sequence[str], folder: Path, against: Path | None = None) -> None:
        self.checkouts = {"here": ROOT} | ({} if against is None else {"there": against})
        self.kinds = tuple(kinds)
        self.briefs = briefs(self.kinds)
        self.sample = sample(self.briefs, _BY_COMMAND)
        self.looped = sample(self.briefs, _IN_LOOP)
        self.folder = folder
        self.found: dict[tuple[str, str], list[Usage]] = {}
        self.editions = {
            (chain, written): len(some)
            for chain, some in ((COMMANDS, self.sample), (LOOP, self.looped))
            for written in (PAGE, WHOLE)
        }

    def add(self, name: str, written: str, usage: Usage) -> None:
        self.found.setdefault((name, written), []).append(usage)

    def round(self, number: int) -> None:
        """Every way once; in the first round their files are compared."""
        with tempfile.TemporaryDirectory(dir=self.folder) as here:
            out = Path(here)
            self.stock(out)
            self.own(out)
            self.everything(out)
            if number == 1:
                told = [out / f"{chain}-{WHOLE}" for chain in (TWO, PLAIN)]
                compare(self.briefs, WHOLE, out / f"{ONE}-{WHOLE}", told)
                compare(self.looped, WHOLE, out / f"{ONE}-{WHOLE}", [out / f"{LOOP}-{WHOLE}"])
                compare(self.briefs, PAGE, out / f"{ONE}-{WHOLE}", [out / f"{TWO}-{PAGE}"])
                compare(self.sample, WHOLE, out / f"{ONE}-{WHOLE}", [out / COMMANDS])
        with tempfile.TemporaryDirectory(dir=self.folder) as issued:
            # One right after the other, so that both meet the machine in one mood.
            for name, root in self.checkouts.items():
                slz = root / ".venv" / "bin" / "slz" if name == "there" else BIN / "slz"
                usage, _ = measured((slz, "report", PERIOD, "--out", Path(issued, name)), root)
                self.add(name, WHOLE, usage)
                self.editions[name, WHOLE] = 1
        for what, (small, large) in growth.TIMES.items():
            # The report of today's size is that of the other checkout, where there is one.
            self.grow(what, "small", small, self.checkouts.get("there", ROOT))
            self.grow(what, "large", large, ROOT)
        for name, command in _STARTS.items():
            usage, _ = measured(command, ROOT)
            self.add(name, "", usage)

    def stock(self, out: Path) -> None:
        """papermill by command, and in a loop."""
        taken = stock.issued(self.sample, WHOLE.split(","), out / COMMANDS)
        self.add(COMMANDS, PAGE, taken[PAGE])
        self.add(COMMANDS, WHOLE, taken[WHOLE.split(",")[-1]])
        written = tuple(WHOLE.split(","))
        order = Order(self.kinds, written, out / f"{LOOP}-{WHOLE}", _IN_LOOP)
        usage, printed = module("loop", order)
        others = json.loads(printed)
        self.add(LOOP, PAGE, usage - Usage(others["wall"], others["cpu"]))
        self.add(LOOP, WHOLE, usage)

    def own(self, out: Path) -> None:
        """``slz batch`` over the briefs, and the plain call."""
        for written in (PAGE, WHOLE):
            for chain, workers in _WORKERS.items():
                target = out / f"{chain}-{written}"
                self.add(chain, written, batch(workers, written, target, self.kinds))
                if pages(target) != len(self.briefs):
                    raise RuntimeError(f"{pages(target)} of {len(self.briefs)} briefs")
            order = Order(self.kinds, tuple(written.split(",")), out / f"{PLAIN}-{written}")
            usage, _ = module("plain", order)
            self.add(PLAIN, written, usage)

    def everything(self, out: Path) -> None:
        """All editions of the period, and the same once more."""
        target = out / "everything"
        for name in ("everything", "unchanged"):
            self.add(name, WHOLE, batch(2, WHOLE, target))
            self.editions[name, WHOLE] = pages(target)

    def measured(self, name: str, written: str) -> Measured:
        usages = self.found[name, written]
        editions = self.editions.get((name, written), len(self.briefs))
        return Measured(editions, len(usages), middle(usages))

    def grow(self, what: str, size: str, times: int, root: Path) -> None:
        """Measure one case of growth in the checkout ``root``."""
        python = sys.executable if root == ROOT else root / ".venv" / "bin" / "python"
        usage, printed = measured(growth.command(python, what, times), root, PYTHONPATH=str(root))
        took = json.loads(printed)
        self.add(f"{what}, {size}", WHOLE, Usage(took["wall"], took["cpu"], usage.peak))

    def results(self) -> Results:
        """Medians of all rounds."""
        chains = [(c, w) for c in (COMMANDS, LOOP, ONE, TWO, PLAIN) for w in (PAGE, WHOLE)]
        with tempfile.TemporaryDirectory(dir=self.folder) as here:
            memory = peak(batch_command(2, WHOLE, Path(here), self.kinds), ROOT)
        return Results(
            chains={chain: self.measured(*chain) for chain in chains},
            everything=self.measured("everything", WHOLE),
            unchanged=self.measured("unchanged", WHOLE),
            memory=memory,
            starts={name: self.measured(name, "") for name in _STARTS},
            report={name: self.measured(name, WHOLE) for name in self.checkouts},
            growth={
                what: tuple(middle(self.found[f"{what}, {s}", WHOLE]) for s in ("small", "large"))
                for what in growth.TIMES
            },
            cores=len(os.sched_getaffinity(0)),
            python=platform.python_version(),
        )


def main() -> int:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="rounds of which medians are taken")
    parser.add_argument("--quick", action="store_true", help="one round over the ORP, to try it")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "benchmark.md")
    parser.add_argument(
        "--against", type=Path, help="another checkout with its .venv, whose report is compared"
    )
    arguments = parser.parse_args()
    runs = 1 if arguments.quick else arguments.runs
    kinds = ("orp",) if arguments.quick else tuple(KINDS)
    compile_everything()
    with tempfile.TemporaryDirectory(prefix="slz-benchmark-") as folder:
        bench = Bench(kinds, Path(folder), arguments.against)
        for number in range(1, runs + 1):
            sys.stderr.write(f"Round {number} of {runs}\n")
            bench.round(number)
        text = markdown(bench.results())
    arguments.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
