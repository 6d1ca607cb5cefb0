"""The briefs issued in three ways, side by side: ``python -m tests.benchmark.production``.

Every round goes through the quick ways, so that a busy moment of the machine meets all of them;
what takes minutes is in the first round alone. Figures are medians. Before anything is timed,
everything is compiled to byte-code and read once, and in the first round all ways have to give the
same files to the byte.
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
from statistics import median

from tests.benchmark import growth, preview, stock
from tests.benchmark.briefs import KINDS, PERIOD, ROOT, Brief, briefs, sample
from tests.benchmark.results import (
    COMMANDS,
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
#: Briefs of a kind in the way that is slow.
_BY_COMMAND = 1


def compile_everything() -> None:
    """Byte-code for the environment, the package and these modules, for all ways alike."""
    for folder in (sysconfig.get_path("purelib"), ROOT / "slz_lib", ROOT / "tests" / "benchmark"):
        # Some packages ship templates of code that are none.
        compileall.compile_dir(folder, quiet=2, workers=0)


def pages(out: Path) -> int:
    """How many editions lie below ``out``."""
    return sum(1 for _ in out.rglob("*.html"))


def batch(workers: int, written: str, out: Path, kinds: Sequence[str] = ()) -> Usage:
    """Run ``slz batch`` over ``kinds``, or over all editions; what it took."""
    only = ("--only", ",".join(kinds)) if kinds else ()
    options = ("--formats", written, "--workers", str(workers), "--out", out)
    usage, _ = measured((BIN / "slz", "batch", PERIOD, *only, *options), ROOT)
    return usage


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
        self.folder = folder
        self.found: dict[tuple[str, str], list[Usage]] = {}
        self.preview: dict[str, list[float]] = {}
        self.editions = {(COMMANDS, written): len(self.sample) for written in (PAGE, WHOLE)}

    def add(self, name: str, written: str, usage: Usage) -> None:
        self.found.setdefault((name, written), []).append(usage)

    def round(self, number: int) -> None:
        """The quick ways once; in the first round the slow ones too, and files are compared."""
        first = number == 1
        with tempfile.TemporaryDirectory(dir=self.folder) as here:
            out = Path(here)
            self.own(out, slow=first)
            if first:
                self.stock(out)
                self.everything(out)
                told = [out / f"{chain}-{WHOLE}" for chain in (TWO, PLAIN)]
                compare(self.briefs, WHOLE, out / f"{ONE}-{WHOLE}", told)
                compare(self.briefs, PAGE, out / f"{ONE}-{WHOLE}", [out / f"{TWO}-{PAGE}"])
                compare(self.sample, WHOLE, out / f"{ONE}-{WHOLE}", [out / COMMANDS])
        with tempfile.TemporaryDirectory(dir=self.folder) as issued:
            # One right after the other, so that both meet the machine in one mood.
            for name, root in self.checkouts.items():
                slz = root / ".venv" / "bin" / "slz" if name == "there" else BIN / "slz"
                usage, _ = measured((slz, "report", PERIOD, "--out", Path(issued, name)), root)
                self.add(name, WHOLE, usage)
                self.editions[name, WHOLE] = 1
        for what, (small, large) in growth.TIMES.items() if first else ():
            # The report of today's size is that of the other checkout, where there is one.
            there = self.checkouts.get("there", ROOT) if what == growth.MEASURES else ROOT
            self.grow(what, "small", small, there)
            self.grow(what, "large", large, ROOT)
        usage, _ = measured((BIN / "slz", "--help"), ROOT)
        self.add("help", "", usage)
        with tempfile.TemporaryDirectory(dir=self.folder) as issued:
            command = (BIN / "slz", "report", PERIOD, "--formats", PAGE, "--out", issued)
            usage, _ = measured(command, ROOT)
            self.add("page", PAGE, usage)
            self.editions["page", PAGE] = 1
            for what, took in preview.seconds(Path(issued, "preview")).items():
                self.preview.setdefault(what, []).append(took)

    def stock(self, out: Path) -> None:
        """papermill and nbconvert by command."""
        taken = stock.issued(self.sample, WHOLE.split(","), out / COMMANDS)
        self.add(COMMANDS, PAGE, taken[PAGE])
        self.add(COMMANDS, WHOLE, taken[WHOLE.split(",")[-1]])

    def own(self, out: Path, *, slow: bool) -> None:
        """``slz batch`` over the briefs, and the plain call."""
        for written in (PAGE, WHOLE):
            for chain, workers in _WORKERS.items():
                if (chain, written) == (TWO, WHOLE) and not slow:
                    continue
                target = out / f"{chain}-{written}"
                self.add(chain, written, batch(workers, written, target, self.kinds))
                if pages(target) != len(self.briefs):
                    raise RuntimeError(f"{pages(target)} of {len(self.briefs)} briefs")
            order = (",".join(self.kinds), written, out / f"{PLAIN}-{written}")
            usage, _ = measured([sys.executable, "-m", "tests.benchmark.plain", *order], ROOT)
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
        chains = [(c, w) for c in (COMMANDS, ONE, TWO, PLAIN) for w in (PAGE, WHOLE)]
        return Results(
            chains={chain: self.measured(*chain) for chain in chains},
            everything=self.measured("everything", WHOLE),
            unchanged=self.measured("unchanged", WHOLE),
            help=self.measured("help", ""),
            report={name: self.measured(name, WHOLE) for name in self.checkouts},
            growth={
                what: tuple(middle(self.found[f"{what}, {s}", WHOLE]) for s in ("small", "large"))
                for what in growth.TIMES
            },
            page=self.measured("page", PAGE),
            preview={what: median(took) for what, took in self.preview.items()},
            cores=len(os.sched_getaffinity(0)),
            python=platform.python_version(),
        )


def main() -> int:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2, help="rounds of the quick ways")
    parser.add_argument("--quick", action="store_true", help="one round over the ORP, to try it")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "benchmark.md")
    parser.add_argument(
        "--against", type=Path, help="another checkout with its .venv, whose report is compared"
    )
    arguments = parser.parse_args()
    runs = 1 if arguments.quick else arguments.runs
    kinds = ("districts",) if arguments.quick else tuple(KINDS)
    compile_everything()
    with tempfile.TemporaryDirectory(prefix="slz-benchmark-") as folder:
        bench = Bench(kinds, Path(folder), arguments.against)
        batch(1, PAGE, Path(folder, "first"), ("districts",))  # what is read waits for the disk
        for number in range(1, runs + 1):
            sys.stderr.write(f"Round {number} of {runs}\n")
            bench.round(number)
        text = markdown(bench.results())
    arguments.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
