"""The national Action Plan is issued from its data alone, in its own words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import slz_lib
from slz_lib.production.catalogue import FORMATS, KINDS, PLAN, REPORT, editions
from tests.conftest import ROOT
from tests.samples.issuing import issue
from tests.strategies.test_city import empty_chapters

# Not traced, which would take half as long again: others run the same lines.
pytestmark = [pytest.mark.thorough, pytest.mark.no_cover]

DATA = ROOT / "tests/strategies/national/data"
PERIODS = ("2017-2018", "2019-2020")
#: Words of another strategy, and what a reader must never see.
FOREIGN = re.compile(
    r"Libere|\bORP\b|\bkraj(?!sk)\w*|\bokru[hz]\w*|zastupitelstv|brožur[ay] ke|\bNone\b|\bnan\b"
    r"|DOPLŇTE|Dalších 1 |„převažují“",
    re.IGNORECASE,
)
#: What the text of a page is not.
_HIDDEN = re.compile(r"<(style|script|svg|head)\b.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h\d|li|tr|td|th|div|section|dt|dd|figcaption|caption)\b[^>]*>")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All editions of both periods, the report of the second one and the plan in every format."""
    out, dataset = tmp_path_factory.mktemp("national"), slz_lib.load(DATA)
    for period in PERIODS:
        for edition in editions(dataset, period, list(KINDS), ("html",), {}):
            whole = edition.publication in (REPORT, PLAN) and edition.name.startswith(PERIODS[1])
            issue(replace(edition, formats=FORMATS) if whole else edition, DATA, out)
    return out


def lines(page: Path) -> list[str]:
    """What a page says, block by block."""
    text = _BLOCK.sub("\n", _HIDDEN.sub("", page.read_text("utf-8")))
    plain = re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ").replace("\u2060", "")
    return [line.strip() for line in plain.split("\n") if line.strip()]


def test_every_edition_is_there(issued: Path) -> None:
    names = sorted(str(page.relative_to(issued)) for page in issued.rglob("*.html"))
    areas = sorted(pd.read_csv(DATA / "strategy/measures.csv", dtype="str")["area_id"].unique())
    bodies = pd.read_csv(DATA / "strategy/measure_bodies.csv", dtype="str")["body_id"].dropna()
    assert names == sorted(
        [
            "2019-2020/akcni-plan.html",
            "2019-2020/priloha-planu.html",
            *(
                f"{period}/{name}.html"
                for period in PERIODS
                for name in (
                    "zprava-o-naplnovani",
                    "technicka-priloha",
                    "informace-k-rozhodnuti",
                    "brozura",
                    *(f"okruhy/okruh-{area}" for area in areas),
                    *(f"subjekty/subjekt-{body.lower()}" for body in bodies.unique()),
                )
            ),
        ]
    )
    for name in ("zprava-o-naplnovani", "akcni-plan"):
        for suffix in ("docx", "pdf", "xlsx"):
            assert (issued / PERIODS[1] / f"{name}.{suffix}").stat().st_size > 5_000


def test_no_edition_speaks_of_another_strategy(issued: Path) -> None:
    told = {
        f"{page.name}: {line}"
        for page in issued.rglob("*.html")
        for line in lines(page)
        if FOREIGN.search(line)
    }
    assert not told


def test_no_heading_stands_over_nothing(issued: Path) -> None:
    for page in issued.rglob("*.html"):
        text = _HIDDEN.sub("", page.read_text("utf-8")).partition("<main")[2]
        assert empty_chapters(text) == [], page.name


def test_the_report_counts_what_the_tables_say(issued: Path) -> None:
    statuses = pd.read_csv(DATA / f"periods/{PERIODS[0]}/decisions.csv")["status"].value_counts()
    told = lines(issued / PERIODS[0] / "zprava-o-naplnovani.html")
    total = statuses.sum()
    said = [
        f"{word} {statuses[code]} ({100 * statuses[code] / total:.1f} %)".replace(".", ",")
        for code, word in (
            ("SPLNENO", "byla splněna"),
            ("PLNI_SE", "plněno"),
            ("NESPLNENO", "nesplněno"),
        )
    ]
    counted = f"{said[0]}, {said[1]} a {said[2]}"
    assert f"Akční plán má {total} opatření. K 31. 12. 2018 z nich {counted}." in told
    assert "Akční plán schválila vláda usnesením č. 1067/2016. Skládá se z těchto částí:" in told
    assert "V každém tématu, které nějaké opatření má, je aspoň jedno opatření" in " ".join(told)
    assert "Cíle akčního plánu" in told


def test_the_plan_is_called_otherwise_than_the_strategy(issued: Path) -> None:
    told = lines(issued / "2019-2020/akcni-plan.html")
    assert any(
        line.startswith("Prováděcí plán k Akčnímu plánu ke Strategii boje proti") for line in told
    )
    assert not [line for line in told if line.startswith(("Téma 6", "Téma 7"))]


def test_the_comparison_counts_what_both_periods_have(issued: Path) -> None:
    dataset = slz_lib.load(DATA)
    before, after = (slz_lib.evaluate(dataset, period).judgements for period in PERIODS)
    ranks = {"SPLNENO": 0, "PLNI_SE": 1, "NESPLNENO": 2}
    both = before.merge(after, on="measure_id").dropna(subset=["derived_x", "derived_y"])
    both = both[~both["silent_x"] & ~both["silent_y"]]
    moved = both["derived_x"].map(ranks) - both["derived_y"].map(ranks)
    better, same, worse = (moved > 0).sum(), (moved == 0).sum(), (moved < 0).sum()
    told = " ".join(lines(issued / PERIODS[1] / "zprava-o-naplnovani.html"))
    share = f"{100 * better / len(both):.1f} %".replace(".", ",")
    assert (
        f"Stav se zlepšil u {better} ze {len(both)} opatření ({share}), zhoršil u {worse} "
        f"a nezměnil u {same}"
    ) in told
