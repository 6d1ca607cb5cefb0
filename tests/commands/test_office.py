"""Commands that close a period and begin a plan show what they change, and change it once."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.dataset.opening import plan_opening
from tests.commands.conftest import Run
from tests.commands.sample import files

pytestmark = pytest.mark.thorough

PERIOD = "2024-2025"


def test_silence_is_recorded_once_of_what_has_no_answer_and_makes_the_period_the_newest(
    run: Run, data: Path
) -> None:
    run("period", "new", PERIOD)
    run("plan", "new", "2026-2027")
    empty = slz_lib.load(data)
    assert (empty.newest_period(), empty.newest_horizon()) == ("2022-2023", PERIOD)
    assert slz_lib.evaluate(empty).period.id == "2022-2023"
    evidence = data / "periods" / PERIOD / "evidence.csv"
    header = evidence.read_text(encoding="utf-8")
    answer = "I.3-1,I.3,1,KULK,analýza,partial,some,Liberec,,synteza,vlastni-cteni,synteza\n"
    evidence.write_text(header + answer, encoding="utf-8")
    before = files(data)
    shown = run("period", "silence", PERIOD, "--dry-run")
    assert files(data) == before
    assert run("period", "silence", PERIOD) == shown
    code, out, err = shown
    assert (code, err) == (0, "")
    assert out.startswith("periods/2024-2025/evidence.csv: přidáno 108\n  + I.1-1: ")
    filled = slz_lib.load(data)
    assert (filled.newest_period(), filled.newest_horizon()) == (PERIOD, "2026-2027")
    rows = filled.evidence.query("period_id == @PERIOD").set_index("measure_id")
    assert list(rows.index) == list(filled.measures["id"])
    assert rows["state"].drop("I.3").eq("nothing_supplied").all()
    assert rows["state"]["I.3"] == "partial"
    assert run("period", "silence", PERIOD) == (0, "Nic se nezměnilo: data už takto jsou.\n", "")


def test_only_a_judged_period_is_published_and_only_by_one_resolution(run: Run, data: Path) -> None:
    def publish(number: str = "123/26/ZK", day: str = "2026-06-30") -> tuple[int, str, str]:
        return run("period", "publish", PERIOD, "--resolution", number, "--date", day)

    run("period", "new", PERIOD)
    before = files(data)
    code, _, err = publish()
    assert (code, files(data)) == (1, before)
    assert "nelze zveřejnit, stav nemá 109\u00a0opatření: I.1, I.2, " in err
    assert "slz period silence 2024-2025; kde si podklady odporují, rozhodněte" in err
    run("period", "silence", PERIOD)
    assert "předchází konci období" in publish(day="2025-06-30")[2]
    code, out, _ = publish()
    assert code == 0
    assert "resolution (prázdné) → „123/26/ZK“; resolved (prázdné) → „2026-06-30“" in out
    assert "  ~ I.1: status (prázdné) → „NEPLNENO“; published (prázdné) → „NEPLNĚNO“\n" in out
    published = slz_lib.evaluate(slz_lib.load(data), PERIOD).judgements["published"]
    assert published.eq("NEPLNENO").all()
    after = files(data)
    assert publish()[:2] == (0, "Nic se nezměnilo: data už takto jsou.\n")
    assert "už bylo zveřejněno usnesením 123/26/ZK" in publish("7/26/ZK")[2]
    assert files(data) == after


def test_a_change_of_several_tables_that_was_killed_is_finished_by_the_next_command(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ("period", "publish", PERIOD, "--resolution", "1/26/ZK", "--date", "2026-06-30")
    run("period", "new", PERIOD)
    run("period", "silence", PERIOD)
    whole = Path(copytree(data, data.parent / "whole"))
    assert main([*order, "--data", str(whole)]) == 0
    moved: list[Path] = []
    move = Path.replace

    def killed(part: Path, place: Path) -> Path:
        if moved and part.parent.name == PERIOD:
            raise KeyboardInterrupt
        moved.append(place)
        return move(part, place)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        assert run(*order)[0] == 130
    assert len(moved) == 1
    assert files(data) != files(whole)
    code, _, err = run("check")
    assert code == 1
    assert "data/.zmena: změna dat nebyla zapsána celá; zopakujte příkaz" in err
    code, out, _ = run(*order)
    assert (code, out) == (0, "Nic se nezměnilo: data už takto jsou.\n")
    assert files(data) == files(whole)
    assert run("check")[0] == 0


def test_an_imported_period_has_nothing_to_publish(run: Run) -> None:
    order = ["period", "publish", "2022-2023", "--resolution", "1/24/ZK", "--date", "2024-06-30"]
    code, _, err = run(*order)
    assert (code, err.count("\n")) == (2, 1)
    assert "převzaty ze zveřejněné zprávy" in err


def test_a_plan_takes_over_what_the_last_one_proposed_and_says_so(run: Run, data: Path) -> None:
    before = files(data)
    code, out, err = run("plan", "new", "2026-2027")
    assert (code, out) == (0, f"{data / 'plans' / '2026-2027'}\n")
    assert "navazuje na období 2022–2023" in err
    read = slz_lib.load(data)
    assert {name: files(data)[name] for name in before} == before
    for table in (read.merges, read.funding):
        last, new = (table[table["horizon_id"].eq(name)] for name in (PERIOD, "2026-2027"))
        assert list(last["measure_id"]) == list(new["measure_id"])
        assert list(last["source_id"]) == list(new["source_id"])
        mark = "návrh převzatý z\u00a0plánu 2024–2025, k\u00a0posouzení; původně: "
        assert list(mark + last["source_place"]) == list(new["source_place"])
    code, _, err = run("plan", "new", "2026-2027")
    assert (code, err) == (
        2,
        "Chyba: Plánovací období 2026–2027 už v\u00a0datech je; nic se nezměnilo.\n",
    )


def test_what_is_taken_over_twice_names_its_origin_once(dataset: slz_lib.Dataset) -> None:
    once = plan_opening(dataset, "2026-2027").tables["merges"]["source_place"]
    assert once.str.count("původně").eq(1).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2025-2026"], "se překrývá s\u00a0obdobím 2024–2025"),
        (["2022"], "nekončí žádné vyhodnocené období"),
        (["2026-2027", "--follows", "2023"], "Nové založí slz period new 2023."),
        (["2026–2027"], "není rok ani rozpětí let"),
    ],
)
def test_a_plan_that_cannot_follow_is_refused(
    arguments: list[str], message: str, run: Run, data: Path
) -> None:
    before = files(data)
    code, out, err = run("plan", "new", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert files(data) == before
