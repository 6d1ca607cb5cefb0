"""The results as Czech Markdown for ``reports/benchmark.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slz_lib.language import count, format_number, no_breaks
from tests.benchmark.growth import DISTRICTS, MEASURES
from tests.benchmark.results import (
    COMMANDS,
    ONE,
    PAGE,
    PLAIN,
    TWO,
    WHOLE,
    Results,
)

NO_BREAK = "\u00a0"
_MEGABYTE = 1024**2
_WAYS = {
    COMMANDS: "(a) příkazy papermill a jupyter nbconvert",
    ONE: "(c) slz batch, jeden proces",
    TWO: "(c) slz batch, dva procesy",
    PLAIN: "(d) přímé volání knihovny bez notebooku",
}
_STARTS = {
    "help": "slz --help",
    "python": "samotný Python (pro srovnání)",
}
_AIM = 40
_TIMES_PLAIN = {PAGE: 1.7, WHOLE: 1.25}
_REPORT = 0.70
_GROWTH = {MEASURES: 4.5, DISTRICTS: 1.2}
_UNCHANGED = 0.5
_HELP = 0.2


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


def targets(results: Results) -> tuple[Target, ...]:
    """What the project has set itself, beside what was measured."""
    ratio = results.ratio(COMMANDS, TWO)
    unchanged, help_ = results.unchanged.usage.wall, results.starts["help"].usage.cpu
    plain = (
        Target(
            f"Práce procesoru (c) : (d) nejvýše {_times(most, 2)} "
            f"({_written(written)}, {_processes(ONE)})",
            _times(results.times_plain(ONE, written), 2),
            results.times_plain(ONE, written) <= most,
        )
        for written, most in _TIMES_PLAIN.items()
    )
    growth = (
        Target(
            f"{what}: práce procesoru nejvýše {_times(_GROWTH[what])}",
            f"{_times(large.cpu / small.cpu)}, {_mb(large.peak)}",
            large.cpu / small.cpu <= _GROWTH[what],
        )
        for what, (small, large) in results.growth.items()
    )
    return (
        Target(f"(a) : (c) nejméně {_AIM} (jen HTML, dva procesy)", _times(ratio), ratio >= _AIM),
        *plain,
        *_against(results),
        *growth,
        Target(f"Dávka beze změny: do {_s(_UNCHANGED)}", _s(unchanged, 2), unchanged <= _UNCHANGED),
        Target(
            f"slz --help: práce procesoru do {_s(_HELP)}",
            _s(help_, 2),
            help_ < _HELP,
        ),
    )


def _against(results: Results) -> Iterator[Target]:
    """The report beside that of another checkout, where one was given."""
    if "there" not in results.report:
        return
    share = results.report["here"].cpu / results.report["there"].cpu
    yield Target(
        f"slz report, všechny formáty: práce procesoru nejvýše {format_number(_REPORT, 2)} "
        "srovnávané verze",
        f"{format_number(share, 2)} ({_s(results.report['here'].cpu, 2)} "
        f"proti {_s(results.report['there'].cpu, 2)})",
        share <= _REPORT,
    )


def markdown(results: Results) -> str:
    """The whole file."""
    return no_breaks("\n".join(_lines(results))) + "\n"


def _lines(results: Results) -> Iterator[str]:
    page = results.chains[TWO, PAGE]
    yield "# Jak dlouho trvá vydat přehledy"
    yield ""
    yield (
        "Přehledy okruhů, subjektů a správních obvodů vydané třemi způsoby, měřené jeden vedle "
        "druhého. Soubory ze všech způsobů byly do posledního bajtu stejné. Každý údaj je medián "
        f"({_measurements(page.runs)}); čas je od spuštění do konce včetně startu, práce procesoru "
        "je součet za všechny procesy. Tabulku vytvořil příkaz `make bench` na počítači "
        f"({_cores(results.cores)}, Python {results.python})."
    )
    yield ""
    yield (
        "Před měřením byly všechny knihovny i balíček přeloženy do bajtkódu "
        "(`python -m compileall`), takže žádný ze způsobů nepřekládá zdrojové texty za běhu. "
        "Způsob (a) je pomalý, a proto se měří na vzorku, z každého druhu stejně "
        f"(pokaždé {_briefs(results.chains[COMMANDS, PAGE].editions)}); "
        "ostatní způsoby vydávají pokaždé všechny přehledy "
        f"({_briefs(page.editions)}). Způsob (d) provádí obsah týchž notebooků jako obyčejný "
        "Python v jednom procesu; data načte a vyhodnotí jednou."
    )
    yield from ("", "## Jedna edice", "")
    yield from _editions(results)
    yield from ("", "## Kolikrát je dávka rychlejší", "")
    yield from _ratios(results)
    yield from ("", "## Cíle", "")
    rows = [(t.wanted, t.found, "ano" if t.reached else "**ne**") for t in targets(results)]
    yield from _table(("Cíl", "Naměřeno", "Dosaženo"), rows, "lrl")
    yield from ("", "## Dávka jako celek", "")
    yield from _batches(results)
    yield from ("", "## Start", "")
    starts = [
        (f"`{name}`" if not name.startswith("samotný") else name, _s(u.wall, 2), _s(u.cpu, 2))
        for name, u in ((_STARTS[key], found.usage) for key, found in results.starts.items())
    ]
    yield from _table(("Příkaz", "Čas", "Práce procesoru"), starts, "lrr")


def _editions(results: Results) -> Iterator[str]:
    head = (
        "Způsob",
        "Edic v měření",
        "HTML: čas",
        "HTML: práce procesoru",
        "Všechny formáty: čas",
        "Všechny formáty: práce procesoru",
    )
    rows = []
    for chain, name in _WAYS.items():
        page, whole = results.chains[chain, PAGE], results.chains[chain, WHOLE]
        figures = (page.wall, page.cpu, whole.wall, whole.cpu)
        rows.append((name, format_number(page.editions), *map(_ms, figures)))
    for chain in (ONE, TWO):
        by_plain = [_times(results.times_plain(chain, w), 2) for w in (PAGE, WHOLE)]
        rows.append((f"(c) : (d), {_processes(chain)}", "–", "–", by_plain[0], "–", by_plain[1]))
    yield from _table(head, rows, "lrrrrr")


def _ratios(results: Results) -> Iterator[str]:
    rows = []
    for chain in (ONE, TWO):
        name = f"({COMMANDS}) : (c), {_processes(chain)}"
        ratios = (_times(results.ratio(COMMANDS, chain, written)) for written in (PAGE, WHOLE))
        rows.append((name, *ratios))
    yield from _table(("Poměr časů jedné edice", "Jen HTML", "Všechny formáty"), rows, "lrr")


def _batches(results: Results) -> Iterator[str]:
    rows = []
    for written in (PAGE, WHOLE):
        for chain in (ONE, TWO, PLAIN):
            found = results.chains[chain, written]
            name = f"{_WAYS[chain]}: přehledy, {_written(written)}"
            rows.append((name, found.editions, found.usage))
    everything, unchanged = results.everything, results.unchanged
    rows.append(
        (
            "(c) slz batch, dva procesy: všechny edice, všechny formáty",
            everything.editions,
            everything.usage,
        )
    )
    rows.append(("Totéž znovu, beze změny", unchanged.editions, unchanged.usage))
    shown = [
        (name, format_number(editions), _s(use.wall, 2), _s(use.cpu, 2), _mb(use.peak))
        for name, editions, use in rows
    ]
    head = ("Dávka", "Edic", "Čas", "Práce procesoru", "Paměť největšího procesu")
    yield from _table(head, shown, "lrrrr")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join({'l': '---', 'r': '---:'}[side] for side in sides)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _written(written: str) -> str:
    return "jen HTML" if written == PAGE else "všechny formáty"


def _processes(chain: str) -> str:
    return "jeden proces" if chain == ONE else "dva procesy"


def _measurements(number: int) -> str:
    return count(number, "měření", "měření", "měření")


def _briefs(number: int) -> str:
    return count(number, "přehled", "přehledy", "přehledů")


def _cores(number: int) -> str:
    return count(number, "jádro", "jádra", "jader")


def _ms(seconds: float) -> str:
    return f"{format_number(seconds * 1000, 0)}{NO_BREAK}ms"


def _s(seconds: float, decimals: int = 1) -> str:
    return f"{format_number(seconds, decimals)}{NO_BREAK}s"


def _mb(size: int) -> str:
    return f"{format_number(size / _MEGABYTE, 0)}{NO_BREAK}MB"


def _times(ratio: float, decimals: int = 1) -> str:
    return f"{format_number(ratio, decimals)}×"
