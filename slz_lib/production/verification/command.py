"""What ``slz verify`` says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from slz_lib.language import count
from slz_lib.production.batch.terminal import Progress
from slz_lib.production.cores import cores
from slz_lib.production.engine.choosing import known_engine
from slz_lib.production.verification.excerpts import printable
from slz_lib.production.verification.issued import unproved
from slz_lib.production.verification.lines import difference_lines
from slz_lib.production.verification.verifying import Verified, verify
from slz_lib.production.workplace import Workplace


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
            workplace,
            workers=workers or cores(),
            timeout=timeout,
            engine=known_engine(engine),
            tell=progress.tell,
        )
    sys.stdout.writelines(f"{line}\n" for line in verified_lines(found))
    left = unproved(folder)
    sys.stdout.writelines(f"{printable(name)}: bez manifestu, neověřeno\n" for name in left)
    sys.stderr.write(f"{_summary(found)}{_rest(left)}\n")
    return all(edition.holds for edition in found)


def verified_lines(found: Sequence[Verified]) -> Iterator[str]:
    """Every edition, and what is wrong with it."""
    for edition in found:
        words = "souhlasí" if edition.holds else "nesouhlasí"
        notes = f" ({'; '.join(edition.notes)})" if edition.notes else ""
        # Names and notes come from files that nobody vouches for.
        yield printable(f"{edition.name}: {words}{notes}")
        for fault in edition.faults:
            yield from (f"  {printable(line)}" for line in fault.splitlines())
        yield from (f"  {line}" for line in difference_lines(edition.differences))


def _rest(left: Sequence[str]) -> str:
    files = count(len(left), "soubor", "soubory", "souborů")
    return f" Bez manifestu, a\u00a0proto neověřeno: {files}." if left else ""


def _summary(found: Sequence[Verified]) -> str:
    files = count(sum(edition.files for edition in found), "soubor", "soubory", "souborů")
    wrong = [edition for edition in found if not edition.holds]
    editions = count(len(found), "edice", "edice", "edic")
    if not wrong:
        return f"Ověřeno: {editions}, {files}; vše vychází z\u00a0dat do posledního bajtu."
    return f"Ověřeno: {editions}, {files}; nesouhlasí: {len(wrong)}."
