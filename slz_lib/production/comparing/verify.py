"""The command ``slz verify``: editions proved, and what is said of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from slz_lib.language import count
from slz_lib.production.batch.terminal import Progress
from slz_lib.production.batch.values import Request
from slz_lib.production.comparing.issued import unproved
from slz_lib.production.comparing.verifying import Verified, verify
from slz_lib.production.cores import cores
from slz_lib.production.engine.choosing import known_engine
from slz_lib.production.workplace import Workplace
from slz_lib.untrusted import printable


def carry_out(
    folder: Path,
    workplace: Workplace,
    *,
    workers: int | None = None,
    timeout: float | None = None,
    engine: str | None = None,
) -> bool:
    """Verify the editions below ``folder`` and say what was found; whether all of them hold.

    Raises:
        SlzError: there is nothing to verify, the engine is not known, or the data have faults.
    """
    with Progress(quiet=True) as progress:
        found = verify(
            folder,
            Request(
                workplace=workplace,
                period="",
                kinds=(),
                formats=(),
                workers=workers or cores(),
                force=True,
                timeout=timeout,
                engine=known_engine(engine),
            ),
            progress.tell,
        )
    left = unproved(folder)
    sys.stdout.writelines(f"{line}\n" for line in verified_lines(found))
    sys.stdout.writelines(f"{printable(name)}: bez manifestu, neověřeno\n" for name in left)
    sys.stderr.write(f"{_summary(found, left)}\n")
    return not any(edition.faults for edition in found)


def verified_lines(found: Sequence[Verified]) -> Iterator[str]:
    """Every edition, and what is wrong with it; names and notes come from files of anybody."""
    for edition in found:
        words = "nesouhlasí" if edition.faults else "souhlasí"
        notes = f" ({'; '.join(edition.notes)})" if edition.notes else ""
        yield printable(f"{edition.name}: {words}{notes}")
        for fault in edition.faults:
            yield from (f"  {printable(line)}" for line in fault.splitlines())


def _summary(found: Sequence[Verified], left: Sequence[str]) -> str:
    editions = count(len(found), "edice", "edice", "edic")
    files = count(sum(edition.files for edition in found), "soubor", "soubory", "souborů")
    wrong = sum(bool(edition.faults) for edition in found)
    end = f"nesouhlasí: {wrong}" if wrong else "vše vychází z\u00a0dat do posledního bajtu"
    rest = count(len(left), "soubor", "soubory", "souborů")
    more = f" Bez manifestu, a\u00a0proto neověřeno: {rest}." if left else ""
    return f"Ověřeno: {editions}, {files}; {end}.{more}"
