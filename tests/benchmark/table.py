"""The results as Czech Markdown for ``reports/benchmark.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from slz_lib.language import count, format_number, no_breaks
from tests.benchmark.growth import DISTRICTS, MEASURES
from tests.benchmark.preview import CODE, WORD
from tests.benchmark.results import COMMANDS, ONE, PAGE, PLAIN, TWO, WHOLE, Results

_MEGABYTE = 1024**2
_WAYS = {
    COMMANDS: "(a) příkazy papermill a jupyter nbconvert",
    ONE: "(c) slz batch, jeden proces",
    TWO: "(c) slz batch, dva procesy",
    PLAIN: "(d) přímé volání knihovny bez notebooku",
}
_FORMATS = {PAGE: "jen HTML", WHOLE: "všechny formáty"}
_AIM = 40
_TIMES_PLAIN = {PAGE: 1.7, WHOLE: 1.25}
_REPORT = 0.70
#: Nothing grows quicker than the strategy.
_GROWTH = {MEASURES: 10.0, DISTRICTS: 1.2}
#: The same against the other checkout.
_MEASURES_AGAINST = 4.5
_PEAK = 2_700_000_000
_UNCHANGED = 0.5
_HELP = 0.2
_PREVIEW = {WORD: 0.3, CODE: 2.0}


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is to be reached.

    Attributes:
        wanted: what is to be reached.
        found: what was measured.
        reached: whether it was.
    """

    wanted: str
    found: str
    reached: bool


def targets(results: Results) -> Iterator[Target]:
    """What the project has set itself, beside what was measured."""
    ratio = results.ratio(COMMANDS, TWO)
    yield Target(
        f"(a) : (c) {_FORMATS[PAGE]}, dva procesy: nejméně {_AIM}×", _times(ratio), ratio >= _AIM
    )
    for written, most in _TIMES_PLAIN.items():
        what = f"Práce procesoru (c) : (d), {_FORMATS[written]}, jeden proces"
        yield _at_most(most, what, results.times_plain(ONE, written), _times)
    growth = dict(_GROWTH)
    if "there" in results.report:
        growth[MEASURES] = _MEASURES_AGAINST
        share = results.report["here"].cpu / results.report["there"].cpu
        what = "slz report, všechny formáty: práce procesoru proti srovnávané verzi"
        yield _at_most(_REPORT, what, share, _times)
    for what, (small, large) in results.growth.items():
        yield _at_most(growth[what], f"{what}: práce procesoru", large.cpu / small.cpu, _times)
    peak = results.growth[MEASURES][1].peak
    yield _at_most(_PEAK, "PDF zprávy při desetinásobku opatření: paměť", peak, _mb)
    yield _at_most(_UNCHANGED, "Dávka beze změny", results.unchanged.usage.wall, _s)
    for what, took in results.preview.items():
        said = f"Náhled zprávy (slz watch), {what}"
        yield _at_most(_PREVIEW[what], f"{said}: od uložení po stránku", took, _s)
        share = took / results.page.wall
        yield Target(f"{said}: díl času slz report --formats html", _times(share), share < 1)
    yield _at_most(_HELP, "slz --help: práce procesoru", results.help.usage.cpu, _s)


def _at_most(most: float, what: str, found: float, said: Callable[[float], str]) -> Target:
    return Target(f"{what}: nejvýše {said(most)}", said(found), found <= most)


def markdown(results: Results) -> str:
    """The whole file."""
    return no_breaks("\n".join(_lines(results))) + "\n"


def _lines(results: Results) -> Iterator[str]:
    page = results.chains[TWO, PAGE]
    yield "# Jak dlouho trvá vydat přehledy"
    yield ""
    yield (
        "Přehledy okruhů, subjektů a správních obvodů vydané třemi způsoby. Soubory ze všech "
        "způsobů byly do posledního bajtu stejné. Čas je od spuštění do konce včetně startu, práce "
        "procesoru je součet za všechny procesy; rychlé způsoby se měří opakovaně "
        f"({page.runs}×, medián), pomalé jednou. Způsob (a) vydává jen vzorek "
        f"({_briefs(results.chains[COMMANDS, PAGE].editions)}), ostatní všechny přehledy "
        f"({_briefs(page.editions)}). Způsob (d) provádí obsah týchž notebooků jako obyčejný "
        "Python v jednom procesu; data načte a vyhodnotí jednou. Vše je předem přeloženo "
        "do bajtkódu. Tabulku vytvořil příkaz `make bench` na počítači "
        f"({count(results.cores, 'jádro', 'jádra', 'jader')}, Python {results.python})."
    )
    yield from ("", "## Cíle", "")
    rows = [(t.wanted, t.found, "ano" if t.reached else "**ne**") for t in targets(results)]
    yield from _table(("Cíl", "Naměřeno", "Dosaženo"), rows)
    yield from ("", "## Co se měřilo", "")
    whole = [
        (f"{name}, {formats}", results.chains[chain, written])
        for written, formats in _FORMATS.items()
        for chain, name in _WAYS.items()
    ]
    whole += [
        ("(c) slz batch, dva procesy, všechny edice, všechny formáty", results.everything),
        ("Totéž znovu, beze změny", results.unchanged),
        *((f"slz report ({name})", found) for name, found in results.report.items()),
        ("slz report --formats html", results.page),
    ]
    head = ("Způsob", "Edic", "Čas", "Práce procesoru", "Paměť", "Čas edice", "Práce edice")
    yield from _table(
        head,
        (
            (
                name,
                format_number(one.editions),
                _s(one.usage.wall),
                _s(one.usage.cpu),
                _mb(one.usage.peak),
                _s(one.wall),
                _s(one.cpu),
            )
            for name, one in whole
        ),
    )


def _briefs(number: int) -> str:
    return count(number, "přehled", "přehledy", "přehledů")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _s(seconds: float) -> str:
    return f"{format_number(seconds, 2)}\u00a0s"


def _mb(size: float) -> str:
    return f"{format_number(size / _MEGABYTE, 0)}\u00a0MB"


def _times(ratio: float) -> str:
    return f"{format_number(ratio, 2)}×"
