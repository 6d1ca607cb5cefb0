"""A change of the data makes just those editions again that show it, with the real notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slz_lib.production.batch.asking import asked
from slz_lib.production.batch.running import run_batch
from slz_lib.production.batch.values import Request, Summary
from slz_lib.production.workplace import Workplace
from tests.conftest import ROOT
from tests.production.sample import files

PERIOD = "2022-2023"
EVIDENCE = Path("periods") / PERIOD / "evidence.csv"
#: Words of one piece of evidence, which names one municipality of one district.
WORDS, DISTRICT = "minimální zájem zaměstnavatelů", f"{PERIOD}/orp/orp-5102"


def request(place: Workplace, *, force: bool = False) -> Request:
    return asked(place, PERIOD, only="areas,orp", formats="html", workers=2, force=force)


def run(place: Workplace, *, force: bool = False) -> Summary:
    summary = run_batch(request(place, force=force), lambda _: None)
    assert not summary.failed
    return summary


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The real notebooks and a copy of the real data, with the briefs of areas and ORP issued."""
    root = tmp_path_factory.mktemp("mezipamet")
    shutil.copytree(ROOT / "data", root / "data")
    made = Workplace(ROOT / "notebooks", root / "data", root / "reports")
    assert len(run(made).done) == 13 + 10
    return made


def change(place: Workplace, old: str, new: str) -> None:
    table = place.data / EVIDENCE
    text = table.read_text(encoding="utf-8")
    assert text.count(old) == 1
    table.write_text(text.replace(old, new), encoding="utf-8")


def pages(reports: Path) -> dict[str, bytes]:
    return {name: content for name, content in files(reports).items() if name.endswith(".html")}


def test_a_change_makes_what_shows_it_again_and_nothing_that_should_have_been_is_left(
    place: Workplace, tmp_path: Path
) -> None:
    assert not run(place).done
    before = pages(place.reports)
    # Another place changes what every district is compared by.
    change(place, "počet skupin,fulfilled,some,Frýdlantsko,", "počet skupin,fulfilled,some,Turnov,")
    moved = set(run(place).done)
    between = pages(place.reports)
    # Other words on one municipality are a matter of its district alone.
    change(place, WORDS, "mizivý zájem zaměstnavatelů")
    assert list(run(place).done) == [DISTRICT]
    assert "mizivý" in (place.reports / f"{DISTRICT}.html").read_text(encoding="utf-8")
    # What was not made again, the first time or the second, is what it would be.
    whole = Workplace(place.notebooks, place.data, tmp_path / "znovu")
    run(whole, force=True)
    assert pages(place.reports) == pages(whole.reports)
    changed = {name.removesuffix(".html") for name in between if between[name] != before[name]}
    assert len(changed) >= 10
    assert changed <= moved
