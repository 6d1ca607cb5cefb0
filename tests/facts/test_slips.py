"""Slips in a cell are told in a sentence; the traceback is there for who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4
from traitlets.config import Config

from slz_lib.documents.model import Paragraph, text_of
from slz_lib.documents.notebook import read
from slz_lib.errors import DocumentError
from slz_lib.presentation.filters import FILTERS
from slz_lib.presentation.prose import ProseMagics, load_ipython_extension, prose
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
        self.run_cell(cell, store_history=True, cell_id=str(self.execution_count))  # type: ignore[no-untyped-call]
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
        traced = shell.told("%tb")
        read = recorded[0] not in {"SyntaxError", "IndentationError"}  # else there was no call
        assert ("Traceback (most recent call last)" if read else recorded[0]) in traced
        assert shell.shown[:2] == recorded


def test_a_slip_names_the_line_of_the_cell_as_the_editor_counts_it(shell: Shell) -> None:
    told = shell.told("x = 1\n\nmeasure_cards(evaluation,\n    'XX')")
    assert told.splitlines()[1] == "Řádek 3 buňky: measure_cards(evaluation,"
    assert "Řádek 3 buňky %%prose" in shell.told("%%prose evaluation\n\n{{ 1 / 0 }}")
    assert "Řádek 3 buňky %%prose" in shell.told("\n%%prose evaluation\n{{ 1 / 0 }}")
    assert "Řádek 2 buňky: tables" in shell.told("\ntables.nic")


def test_what_ipython_itself_keeps_is_not_proposed(shell: Shell) -> None:
    assert "Out" not in shell.told("%%prose\n{{ Ou }}")


@pytest.mark.parametrize("name", FILTERS)
def test_the_example_of_a_filter_prints_what_its_help_says(name: str, shell: Shell) -> None:
    names: dict[str, Any] = shell.user_ns
    example, gives = FILTERS[name].example, FILTERS[name].gives
    lenders = [names["findings"], names["evaluation"]]
    (block,) = prose(example, {}, lenders).blocks
    assert isinstance(block, Paragraph)
    assert gives in (text_of(block.text), "", *(run.text for run in block.text if run.ref))
    assert f"    {example}" in str(ProseMagics.show.__doc__)


OFFERED = {
    "{{ tot": "total",
    "{{ fin": "findings",
    "{{ period.la": "label",
    "{{ evaluation.judgements.meas": "measure_id",
    "{% for okruh in areas %}{{ okr": "okruh",
    "{% for okruh in areas %}{{ okruh.na": "name",
    "{{ total | opa": "opatreni",
    "{{ terms.strategy | pad(2) | zac": "zacatek",
    "{{ tables.area_ta": "area_table",
    "{{ tables.area_table(eval": "evaluation",
    "viz [](#tab-okr": "tab-okruhy",
    '{{ "tab-okr': "tab-okruhy",
    "{{ total }} tot": "",
}


@pytest.mark.parametrize("before", OFFERED)
def test_tab_offers_what_prose_may_use(before: str, shell: Shell) -> None:
    assert not shell.told("tables.area_table(evaluation)")
    cell = f"%%prose findings evaluation\nPrvní řádek.\n{before}"
    with provisionalcompleter():
        found = [each.text for each in shell.Completer.completions(cell, len(cell))]
    assert OFFERED[before] in found if OFFERED[before] else found == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Znak \u4e2d.", "U+4E2D"),
        (
            "Viz [](#tab-okruhi).",
            "Odkaz vede na „tab-okruhi“, což zatím žádná buňka neukázala; nej",
        ),
        ("# !", "Nadpis nemá žádná slova"),
        ("# Nadpis {#tab-okruhy}", "Kotvu „tab-okruhy“ má už jiná buňka"),
    ],
)
def test_what_the_gate_would_refuse_is_told_under_the_cell(
    text: str, told: str, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.told("tables.area_table(evaluation)")
    assert not shell.told(f"%%prose\n{text}")
    assert told in capsys.readouterr().out.replace("\u00a0", " ")


def test_a_remark_on_a_later_table_goes_when_it_is_shown_and_no_document_has_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[dict[str, Any], dict[str, Any]]] = []
    monkeypatch.setattr(
        shell.display_pub, "publish", lambda data, metadata=None, **_: sent.append((data, metadata))
    )
    shell.told("%%prose\nViz [](#tab-stavy).")
    data, metadata = sent[-1]
    assert "tab-stavy" in data["text/html"]
    cell = v4.new_code_cell(outputs=[v4.new_output("display_data", data, metadata=metadata)])
    with pytest.raises(DocumentError) as refused:
        read(v4.new_notebook(cells=[cell]), "n")
    assert str(refused.value).count("•") == 1  # no title; the remark is passed over
    shell.told("display(tables.status_table(evaluation))")
    assert sent[-1][0]["text/html"] == ""


def test_a_kernel_of_another_name_tells_an_error_of_ours_alone_too(shell: Shell) -> None:
    told_by = shell.custom_exceptions, shell.CustomTB
    shell.custom_exceptions = ()
    load_ipython_extension(shell)
    assert shell.told("measure_cards(evaluation, 'XX')") == "Okruh „XX“ tu není; nejbližší je „X“."
    shell.custom_exceptions, shell.CustomTB = told_by
