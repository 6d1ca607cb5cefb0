"""Every count of an area's or a district's brief is a part of one of the region, and they add up.

Areas part the measures, so their counts add up as they are. Evidence can name several districts and
is counted in each, in the region once.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

import slz_lib
from slz_lib.evaluation.responses import named_places
from slz_lib.presentation import Findings
from slz_lib.presentation.briefs import AreaBrief, DistrictBrief
from slz_lib.presentation.briefs.district import REACHES
from slz_lib.presentation.briefs.listings import requests
from slz_lib.vocabulary import AuditCheck, Severity
from tests.properties.adding_up import COUNTED, NONE_IS, column, rows, rows_of
from tests.samples.synthetic_periods import synthetic_periods


def _areas(evaluation: slz_lib.Evaluation) -> list[AreaBrief]:
    return [AreaBrief(evaluation, str(area)) for area in evaluation.dataset.areas["id"]]


@pytest.mark.parametrize("name", COUNTED)
def test_measures_of_areas_are_each_measure_of_the_region_once(
    name: str, area_briefs: list[AreaBrief], evaluation: slz_lib.Evaluation
) -> None:
    stood = Counter(measure for brief in area_briefs for measure in COUNTED[name](brief.evaluation))
    assert stood == Counter(COUNTED[name](evaluation))
    assert bool(stood) is (name not in NONE_IS)


def test_evidence_and_figures_add_up_to_the_report(
    area_briefs: list[AreaBrief], evaluation: slz_lib.Evaluation
) -> None:
    parts = [brief.evaluation for brief in area_briefs]
    assert (
        sum(len(brief.requests) for brief in area_briefs) == requests(evaluation).notna().sum() > 0
    )
    assert sum(part.uncertainty.pieces for part in parts) == evaluation.uncertainty.pieces > 0
    assert sum(len(part.evidence) for part in parts) == len(evaluation.evidence) > 0
    of_no_measure = int(evaluation.observations["measure_id"].isna().sum())
    assert of_no_measure == 2
    figures = sum(len(part.observations) for part in parts)
    assert figures + of_no_measure == len(evaluation.observations)


def test_measures_without_a_status_add_up_in_a_synthetic_unpublished_period(
    dataset: slz_lib.Dataset,
) -> None:
    """In the real period every measure has a status."""
    later = synthetic_periods(dataset, published=False).after
    unknown = later.judgements.index % 4 == 0
    columns = ["published", "decided", "derived", "status"]
    later.judgements.loc[unknown, columns] = pd.NA
    unknown |= later.judgements["derived"].isna()  # of these the evidence decides nothing
    parts = [brief.evaluation for brief in _areas(later)]
    without = [int(part.judgements["status"].isna().sum()) for part in (*parts, later)]
    assert sum(without[:-1]) == without[-1] == unknown.sum()
    for part, number in zip((*parts, later), without, strict=True):
        assert number + part.counts.sum() == part.total


def test_tables_of_area_briefs_have_a_row_for_all_that_is_counted(
    area_briefs: list[AreaBrief],
) -> None:
    for brief in area_briefs:
        assert rows(brief.measures_table) == brief.evaluation.total
        assert rows(brief.steps_table) == rows_of(brief.steps)
        assert rows(brief.audit_table) == len(brief.audit_listed)
        told = [AuditCheck.INDICATOR_NOT_MEASURABLE, AuditCheck.STATUS_AGAINST_COMMENTARY]
        told_elsewhere = sum(brief.audited(str(check)) for check in told)
        assert len(brief.audit) == len(brief.audit_listed) + told_elsewhere


@pytest.mark.parametrize("check", AuditCheck)
def test_findings_on_measures_add_up_by_kind(
    check: AuditCheck, area_briefs: list[AreaBrief], evaluation: slz_lib.Evaluation
) -> None:
    found = evaluation.audit.findings
    of_kind = found[found["check"].eq(str(check))]
    on_measures = int(of_kind["measure_id"].notna().sum())
    assert sum(brief.audited(str(check)) for brief in area_briefs) == on_measures
    told_as_measures = (AuditCheck.INDICATOR_NOT_MEASURABLE, AuditCheck.STATUS_AGAINST_COMMENTARY)
    if check in told_as_measures:
        assert on_measures == of_kind["measure_id"].nunique() == len(of_kind) > 0


def test_findings_of_areas_and_of_no_measure_are_the_whole_audit(
    area_briefs: list[AreaBrief], evaluation: slz_lib.Evaluation
) -> None:
    found = evaluation.audit.findings
    general = found[found["measure_id"].isna()]
    parts = pd.concat([brief.audit for brief in area_briefs])
    for severity in Severity:
        counted = (frame["severity"].eq(str(severity)).sum() for frame in (parts, general))
        assert sum(counted) == Findings(evaluation).findings_of(str(severity)) > 0
    assert len(parts) + len(general) == Findings(evaluation).findings_of()
    assert len(general) == 27


def test_steps_of_areas_are_the_steps_of_the_plan_each_once(
    area_briefs: list[AreaBrief], plan: slz_lib.ActionPlan
) -> None:
    parts = pd.concat([brief.steps for brief in area_briefs if brief.steps is not None])
    assert sorted(parts["id"]) == sorted(plan.steps["id"])
    by_cause = parts["cause"].value_counts().reindex(plan.cause_counts.index, fill_value=0)
    assert by_cause.tolist() == plan.cause_counts.tolist()


def test_every_measure_reaches_every_district_in_one_way_that_its_brief_counts(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    for brief in district_briefs.values():
        assert sorted(brief.reach.index) == sorted(evaluation.judgements["measure_id"])
        assert list(brief.reached) == list(REACHES)
        assert sum(brief.reached.values()) == evaluation.total
        assert rows(brief.region_table) == brief.reached["region"]
        assert rows(brief.elsewhere_table) == brief.reached["elsewhere"]
        *ways, total = column(brief.reach_table, "Počet opatření")
        told = [
            number
            for way, number in brief.reached.items()
            if number or way not in ("unjudged", "dropped")
        ]
        assert (ways, total) == (told, sum(ways))


def test_measures_that_name_no_place_reach_all_districts_alike(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    together = pd.DataFrame({district: brief.reach for district, brief in district_briefs.items()})
    named = set(named_places(evaluation)["measure_id"])
    assert set(together.index[together.isin(["named"]).any(axis="columns")]) == named
    unnamed = together[~together.index.isin(named)]
    assert unnamed.nunique(axis="columns").eq(1).all()
    assert not unnamed.isin(["elsewhere"]).any(axis=None)
    told_apart = together[together.index.isin(named)]
    assert not told_apart.isin(["untold", "silent"]).any(axis=None)


def test_what_was_not_supplied_is_silent_in_every_district(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    assert {brief.reached["silent"] for brief in district_briefs.values()} == {
        (~evaluation.judgements["supplied"]).sum()
    }


def test_evidence_of_districts_is_the_placed_one_with_that_of_several_once(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    stood = Counter(piece for brief in district_briefs.values() for piece in brief.named["id"])
    in_districts = named_places(evaluation).groupby("id")["district_id"].nunique()
    assert stood == Counter(in_districts.to_dict())
    repeated = int((in_districts - 1).sum())
    stated = sum(len(brief.named) for brief in district_briefs.values())
    assert repeated > 0
    assert stated - repeated == len(stood) == evaluation.uncertainty.placed
    for brief in district_briefs.values():
        assert rows(brief.named_table) == len(brief.named)


def test_figures_that_speak_of_a_place_are_told_to_one_district(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    for brief in district_briefs.values():
        assert rows(brief.figures_table) == len(brief.figures)
    told = pd.concat([brief.figures for brief in district_briefs.values()])
    figures = evaluation.observations
    placed = figures["territory"].notna() & figures["territory"].ne("LK")
    assert sorted(told["id"]) == sorted(figures.loc[placed, "id"])


def test_offices_and_partnerships_of_districts_are_those_of_the_region(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    assert sum(brief.record.pou for brief in district_briefs.values()) == 21
    names = [name.split(" (od")[0] for brief in district_briefs.values() for name in brief.partners]
    assert sorted(names) == sorted(evaluation.dataset.partnerships["municipality"])
    with_some = sum(bool(brief.partners) for brief in district_briefs.values())
    assert with_some == evaluation.dataset.partnerships["district_id"].nunique()
