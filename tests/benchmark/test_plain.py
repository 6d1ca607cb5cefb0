"""The plain call of the benchmark gives what is issued, else it would measure something else."""

from __future__ import annotations

from pathlib import Path

import pytest

import slz_lib
from slz_lib.production.catalogue import FORMATS
from slz_lib.production.workplace import Workplace
from tests.benchmark.briefs import DATA, KINDS, NOTEBOOKS, PERIOD, briefs, sample
from tests.benchmark.plain import once, write
from tests.commands.sample import of_period, produce


# Of the others one format alone is made; the districts have all four.
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=() if kind == "districts" else pytest.mark.thorough)
        for kind in KINDS
    ],
)
def test_the_plain_call_gives_the_issued_files_to_the_byte(
    kind: str, dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    (brief,) = sample(briefs([kind]), each=1)
    issued, plain = tmp_path / "issued", tmp_path / "plain"
    publication = KINDS[kind]
    part = {publication.part: brief.parameters[publication.part]}
    formats = FORMATS if kind == "districts" else ("html",)
    made = of_period(publication, PERIOD, *formats, **part)
    produce(made, Workplace(NOTEBOOKS, DATA, issued), dataset)
    with once():
        write(brief, formats, plain)
    for form in formats:
        name = f"{brief.path}.{form}"
        assert (plain / name).read_bytes() == (issued / name).read_bytes(), name
