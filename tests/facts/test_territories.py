"""Another territory is other data: a synthetic city of 22 districts, and one without any."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

import slz_lib
from slz_lib.dataset import Dataset
from slz_lib.presentation import charts, tables
from slz_lib.presentation.briefs import DistrictBrief
from slz_lib.production.catalogue import editions
from tests.samples.evidence import typed

PERIOD = "2022-2023"
#: Synthetic words: term, number, gender, then the cases.
WORDS = """
territory singular neuter město města městu město městě městem
district singular feminine část části části část části částí
district plural feminine části částí částem části částech částmi
district_title singular feminine čtvrť čtvrti čtvrti čtvrť čtvrti čtvrtí
district_title plural feminine čtvrti čtvrtí čtvrtím čtvrti čtvrtích čtvrtěmi
"""


def of_districts(dataset: Dataset, number: int) -> Dataset:
    """The dataset as that of a synthetic city: districts without municipalities or map."""
    ids = [f"MC-{place:02}" for place in range(1, number + 1)]
    named = [{"id": one, "name": one.replace("MC-", "Syntéza ")} for one in ids]
    cases = dataset.words.loc[:, "term":"instrumental"].columns
    rows = [dict(zip(cases, line.split(), strict=True)) for line in WORDS.strip().splitlines()]
    home = ids[0] if ids else None
    return replace(
        dataset,
        districts=typed("districts", named),
        words=typed("words", rows),
        partnerships=dataset.partnerships.head(0),
        places=dataset.places.assign(district_id=pd.Series(home, dataset.places.index, "str")),
    )


def test_a_city_is_told_in_its_own_words(dataset: Dataset) -> None:
    city = of_districts(dataset, 22)
    judged = slz_lib.evaluate(city, PERIOD)
    brief = DistrictBrief(judged, "MC-02")
    assert brief.title == "Čtvrť Syntéza 02"
    assert brief.county == {}
    told = brief.reach_table.model_dump_json()
    assert "Podklad jmenuje místo v\u00a0části" in told
    assert "týká se jí jmenovitě" in told
    assert "v\u00a0celém městě" in told
    assert "jen místa v\u00a0jiných částech" in told
    assert judged.terms.reaches["some"] == "některé části"
    listed = tables.territory_table(judged)
    assert [column.title for column in listed.columns] == ["Čtvrť"]
    assert len(tables.district_response_table(judged, "MC-02").rows) == 10
    assert not charts.has_map(city)
    made = [edition.name for edition in editions(city, PERIOD, ["districts"], ("html",), {})]
    assert made[0] == f"{PERIOD}/mc/mc-01"
    assert len(made) == 22


def test_a_strategy_without_districts_has_no_briefs_of_them_and_no_map(dataset: Dataset) -> None:
    bare = of_districts(dataset, 0)
    judged = slz_lib.evaluate(bare, PERIOD)
    assert judged.terms.reaches["some"] == "některá místa"
    assert judged.uncertainty.by_district.empty
    assert judged.criteria["municipalities"].isna().all()
    assert not charts.has_map(bare)
    assert not list(editions(bare, PERIOD, ["districts"], ("html",), {}))
