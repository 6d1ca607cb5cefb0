from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.errors import INTERRUPTED, DataError
from slz_lib.evaluation import Evaluation
from tests.commands.sample import TABLE, code, files, notebook, workplace
from tests.conftest import ROOT
from tests.samples.scales import SCALE

DATA = str(ROOT / "data")
COMMANDS = (
    "check",
    "report",
    "plan",
    "new",
    "batch",
    "watch",
    "verify",
    "evaluate",
    "audit",
    "diff",
    "open",
    "lab",
    "completion",
    "data",
    "forms",
    "comments",
    "period",
)

#: Commands of two words.
PAIRS = [
    *(("plan", name) for name in ("new", "sheet", "read", "status", "calendar")),
    ("notebook", "new"),
    *(("forms", name) for name in ("make", "read", "accept")),
    *(("comments", name) for name in ("form", "read", "accept", "settle", "redline")),
    *(("period", name) for name in ("new", "silence", "publish")),
    *(("data", name) for name in ("sheet", "read", "fix")),
]

#: Words of Typer and of the system that must not be seen; „html“ and the like are names.
ENGLISH = re.compile(
    r"\b(usage|options?|arguments|commands?|show this|message|try|for help|required|default|error"
    r"|missing|no such|invalid|value|does not|takes?|requires?|got unexpected|did you mean|exit"
    r"|version and|text|str|path|file|directory|aborted)\b",
    re.IGNORECASE,
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``slz`` in this process: exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def english(text: str) -> list[str]:
    """English words of ``text``; options (``--version``) are names."""
    return ENGLISH.findall(re.sub(r"--?[a-z-]+", "", text))


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), *PAIRS])
def test_every_help_page_is_czech(command: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Použití: slz")
    assert "--help" in out
    assert "Ukáže tuto nápovědu a skončí." in out
    assert english(out) == []


def test_the_help_page_names_every_command(run: Run) -> None:
    _, out, _ = run("--help")
    assert re.findall(r"^  (\w+)  ", out.partition("Příkazy:")[2], re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["reprot"], "Příkaz „reprot“ neznám; nejbližší je „report“."),
        (["--nic"], "Volbu --nic neznám."),
        (["--"], "Příkazu nerozumím."),
        (["plan", "new"], "Chybí argument HORIZONT. Nápověda: slz plan new --help"),
        (["plan", "2030-2031"], "Nové založí slz plan new 2030-2031."),
        (["report", "2030-2031"], "Nové založí slz period new 2030-2031."),
        (["report", "2022-2023", "navíc"], "víc argumentů"),
        (["report", "--dta", "x"], "Volbu --dta neznám; nejbližší je --data."),
        (["report", "2022-2023", "--data"], "Volbě --data chybí hodnota."),
        (["report", "--draft=1", "2022-2023"], "Volba --draft nepřijímá hodnotu."),
        (["report", "2022-2023", "--formats", "htm"], "nejbližší je „html“"),
        (["report", "2022-2023", "--formats", ","], "Zadejte aspoň jeden formát"),
        (["report", "2022-2023", "-p", "draft"], "zapište jako NÁZEV=HODNOTA"),
        (["report", "2022-2023", "-p", "data=x"], "složku s\u00a0daty určuje volba --data."),
        (
            ["report", "2022-2023", "-p", "period=x"],
            "období je argument příkazu a\u00a0stojí za slovem report.",
        ),
        (
            ["plan", "2024-2025", "-p", "horizon=x"],
            "období plánu je argument příkazu a\u00a0stojí za slovem plan.",
        ),
        (["report", "2022-2023", "--draft", "-p", "draft=ne"], "je zadán dvakrát"),
        (["report", "2022-2023", "--as-of", "31. 12."], "není datum ve tvaru RRRR-MM-DD"),
        (["report", "2022-2023", "-p", "perod=x"], "nejbližší je „period“"),
        (["report", "2022-2023", "-p", "draft=asi", "-p", "as_of=x"], "Zadání má 2\u00a0vady"),
        (["report", "2022-23"], "nejbližší je „2022-2023“"),
        (["plan", "2024"], "nejbližší je „2024-2025“"),
        (["plan", "2024-2025", "-p", "follows=2022"], "nejbližší je „2022-2023“"),
        (["report", "2022-2023", "--engine", "jupyter"], "Způsob běhu „jupyter“ neznám"),
        (["verify", "reports", "--engine", "jupyter"], "Způsob běhu „jupyter“ neznám"),
        (
            ["plan", "2024-2025", "--timeout", "0"],
            "volba --timeout (čeká se číslo od 1 do 1\u00a0000\u00a0000).",
        ),
        (["batch", "2022-2023", "--only", "aras"], "nejbližší je „areas“"),
        (["batch", "2022-2023", "--workers", "0"], "Nepřípustná hodnota: volba --workers"),
        (["batch", "2022-2023", "--resume", "--only", "districts"], "nezadávejte je znovu"),
        (["evaluate", "2022-23"], "nejbližší je „2022-2023“"),
        (["evaluate", "2022-2023", "--as-of", "včera"], "není datum"),
        (["evaluate", "2022-2023", "--measure", "I.2", "--json", "-"], "nelze zadat zároveň"),
        (["period", "new"], "Chybí argument OBDOBÍ. Nápověda: slz period new --help"),
        (["period", "nwe"], "Příkaz „nwe“ neznám; nejbližší je „new“."),
        (["period", "new", "2022-2023"], "Období 2022–2023 už v\u00a0datech je"),
        (["data", "sheet", "evidnce", "-o", "a.xlsx"], "nejbližší je „evidence“"),
        (["data", "sheet", "notes", "--period", "2030", "-o", "a.xlsx"], "mají 2022-2023"),
        (["data", "sheet", "evidence", "-o", "a.csv"], "pojmenujte s\u00a0příponou .xlsx"),
        (["data", "fix", "neco.csv"], "nejmenuje jako žádná z\u00a0tabulek dat"),
        (["check", "--data", "/nic/tu/neni"], "neexistuje; opravte volbu --data"),
        (["check", "--data", os.devnull], "není složka; opravte volbu --data"),
    ],
)
def test_what_cannot_be_understood_ends_with_one_czech_message_and_code_2(
    arguments: list[str], message: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_kernel(*_: object, **__: object) -> NoReturn:
        pytest.fail("a kernel was started")

    monkeypatch.setattr("slz_lib.production.edition.run", no_kernel)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Chyba: ")
    assert message in err
    assert "Traceback" not in err
    assert english(err) == []


@pytest.mark.parametrize("group", [[], ["data"], ["forms"], ["comments"], ["period"]])
def test_a_list_of_commands_says_whole_what_each_does(run: Run, group: list[str]) -> None:
    _, out, _ = run(*group, "--help")
    listed = " ".join(out.partition("Příkazy:")[2].split())
    assert "..." not in listed
    assert "například" not in listed
    assert listed.endswith(".")


def test_what_may_be_left_out_has_brackets(run: Run) -> None:
    usages = [run(*words, "--help")[1].splitlines()[0] for words in (["plan"], ["plan", "read"])]
    assert usages == [
        "Použití: slz plan [VOLBY] [HORIZONT]",
        "Použití: slz plan read [VOLBY] SEŠIT",
    ]


def test_without_a_command_the_help_page_is_shown_and_the_code_is_2(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("Použití: slz")


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version") == (0, f"slz {slz_lib.__version__}\n", "")


def test_help_imports_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "matplotlib", "papermill", "nbformat", "pydantic", "rich", "babel"}
    program = "import sys; from slz_lib.cli import main; main(['--help']); print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert heavy.isdisjoint(ended.stdout.split())


def test_check_says_that_the_data_are_in_order(run: Run) -> None:
    code, out, err = run("check", "--data", DATA)
    assert (code, err) == (0, "")
    assert out.startswith("Data jsou v\u00a0pořádku.")


def test_faulty_data_end_with_their_faults_and_code_1(tmp_path: Path, run: Run) -> None:
    code, out, err = run("check", "--data", str(tmp_path))
    assert (code, out) == (DataError.exit_code, "")
    assert err.startswith("Chyba: Data mají ")
    assert "Traceback" not in err


def test_an_interrupted_run_ends_silently_with_code_130(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("slz_lib.dataset.load", interrupted)
    code, out, err = run("check")
    assert (code, out, err) == (INTERRUPTED, "", "")


def test_a_report_says_what_it_wrote_what_it_removed_and_how_long_it_took(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace(tmp_path, notebook(code(TABLE)), name="annual_report")
    monkeypatch.chdir(tmp_path)
    code_, out, err = run(
        "report", "2022-2023", "--data", DATA, "--formats", "html", "--draft", "-p", "as_of=None"
    )
    stem = "reports/2022-2023/zprava-o-naplnovani"
    written = f"{stem}.html\n{stem}.ipynb\n{stem}.manifest.json\n"
    assert (code_, out) == (0, written)
    assert re.fullmatch(r"Hotovo za \d+(,\d)?\u00a0s, 3\u00a0soubory\.\n", err)
    (tmp_path / f"{stem}.pdf").write_bytes(b"old")
    _, out, err = run("report", "2022-2023", "--data", DATA, "--formats", "HTML")
    assert out == written
    assert err.startswith(f"odstraněno: {stem}.pdf\nHotovo za ")
    page = files(tmp_path / "reports")["2022-2023/zprava-o-naplnovani.html"].decode()
    assert "Zkušební zpráva" in page


def test_an_evaluation_is_shown_with_counts_differences_and_claims(
    run: Run, evaluation: Evaluation
) -> None:
    code, out, err = run("evaluate", "2022-2023", "--data", DATA)
    assert (code, err) == (0, "")
    rows = {line.split("  ")[0]: line.split() for line in out.splitlines()}
    for status, number in evaluation.counts.items():
        assert rows[SCALE[str(status)].marked][2] == str(number)
    named = re.findall(r"^ +([IVX]+\.\d+) ", out, re.MULTILINE)
    assert named == list(evaluation.differences["measure_id"])
    refuted = int((~evaluation.claims["holds"]).sum())
    assert len(re.findall("^ +NESOUHLASÍ ", out, re.MULTILINE)) == refuted


def test_the_trace_of_one_measure_is_printed(run: Run) -> None:
    code, out, err = run("evaluate", "2022-2023", "--data", DATA, "--measure", "I.2")
    assert (code, err) == (0, "")
    out = out.replace("\u00a0", " ")
    assert re.search(r"R1-CASTECNE rozhodlo +◐ ČÁSTEČNĚ", out)
    assert re.search(r"I\.2-4 +7 +dílčí analýzy +neplněno", out)
    assert "ke zlepšení" in out


def test_a_measure_that_the_period_does_not_judge_is_refused(run: Run) -> None:
    code, out, err = run("evaluate", "2022-2023", "--data", DATA, "--measure", "I.22")
    assert (code, out) == (2, "")
    told = "Chyba: Opatření „I.22“ tu není; nejbližší je „I.2“."
    assert err.replace("\u00a0", " ").startswith(told)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("report", ["period", "as_of", "draft", "data"]),
        ("plan", ["horizon", "follows", "draft", "data"]),
    ],
)
def test_the_parameters_of_a_notebook_are_listed_and_nothing_is_run(
    command: str, names: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_kernel(*_: object, **__: object) -> NoReturn:
        pytest.fail("a kernel was started")

    monkeypatch.setattr("slz_lib.production.edition.run", no_kernel)
    code_, out, err = run(command, "--help-parameters", "--data", DATA)
    assert (code_, err) == (0, "")
    assert re.findall(r"^  (\w+)$", out, re.MULTILINE) == names
    assert run(command, "2022-2023", "--help-parameters", "--data", DATA) == (0, out, "")
    assert "    typ: text; None = nezadáno\n    výchozí hodnota: None\n" in out
    assert "    typ: ano, nebo ne\n    výchozí hodnota: " in out
    assert "    zadání: složku s\u00a0daty určuje volba --data\n" in out
    assert "    přípustné hodnoty: 2022-2023\n" in out
