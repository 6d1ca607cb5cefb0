"""Slips in a cell are told in a sentence; the traceback is there for who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from slz_lib.documents.model import Paragraph, text_of
from slz_lib.presentation.filters import FILTERS
from slz_lib.presentation.prose import ProseMagics, prose
from tests.conftest import ROOT

SLIPS = yaml.safe_load((ROOT / "tests" / "cases" / "slips.yaml").read_text(encoding="utf-8"))
BEGINNING = f"""
import slz_lib
from slz_lib.presentation import *
from slz_lib.presentation import Findings, charts, tables
dataset = slz_lib.load({str(ROOT / "data")!r})
evaluation = slz_lib.evaluate(dataset, "2022-2023")
findings = Findings(evaluation)
"""


class Shell(InteractiveShell):
    """A shell that keeps what it shows of an error."""

    shown: tuple[str, str, list[str]] | None = None

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.shown = etype.__name__, str(evalue), list(stb)

    def told(self, cell: str) -> str:
        """What a cell shows of its error."""
        self.shown = None
        self.run_cell(cell)  # type: ignore[no-untyped-call]
        return "\n".join(self.shown[2]).replace("\u00a0", " ") if self.shown else ""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    profile = str(tmp_path_factory.mktemp("ipython"))
    made = Shell.instance(
        ipython_dir=profile, colors="nocolor", config=Config({"HistoryManager": {"enabled": False}})
    )
    made.run_line_magic("load_ext", "slz_lib.lab")
    assert not made.told(BEGINNING)
    yield made
    Shell.clear_instance()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip["cell"])
def test_a_slip_is_told_in_a_sentence_and_traced_on_request(
    slip: dict[str, str], shell: Shell
) -> None:
    told = shell.told(slip["cell"])
    lines = told.splitlines()
    if not slip["told"]:  # the analyst's own affair
        assert "Traceback (most recent call last)" in told
        return
    assert " ".join(lines).startswith(slip["told"])
    assert lines[-1] == "Podrobnosti ukáže %tb."
    assert "Traceback" not in told
    assert shell.shown is not None
    recorded = shell.shown[:2]  # what an engine keeps of an error
    if recorded[0] != "UsageError":  # of which IPython itself shows no more
        assert "Traceback (most recent call last)" in shell.told("%tb")
        assert shell.shown[:2] == recorded


def test_a_slip_names_the_line_of_the_cell_as_the_editor_counts_it(shell: Shell) -> None:
    told = shell.told("x = 1\n\nmeasure_cards(evaluation,\n    'XX')")
    assert told.splitlines()[1] == "Řádek 3 buňky: measure_cards(evaluation,"
    assert "Řádek 3 buňky %%prose" in shell.told("%%prose evaluation\n\n{{ 1 / 0 }}")


@pytest.mark.parametrize("name", FILTERS)
def test_the_example_of_a_filter_prints_what_its_help_says(name: str, shell: Shell) -> None:
    names: dict[str, Any] = shell.user_ns
    example, gives = FILTERS[name].example, FILTERS[name].gives
    lenders = [names["findings"], names["evaluation"]]
    (block,) = prose(example, {}, lenders).blocks
    assert isinstance(block, Paragraph)
    assert gives in (text_of(block.text), "", *(run.text for run in block.text if run.ref))
    assert f"    {example}" in str(ProseMagics.show.__doc__)
