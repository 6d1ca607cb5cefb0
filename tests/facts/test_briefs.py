"""Briefs of areas, bodies and districts: facts of the real data, and that they add up."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import slz_lib
from slz_lib.documents.gate import block_faults
from slz_lib.documents.model import MeasureCard, Table
from slz_lib.evaluation.evaluation import narrowed
from slz_lib.presentation import tables
from slz_lib.presentation.briefs import AreaBrief, BodyBrief, DistrictBrief
from slz_lib.presentation.briefs.listings import requests
from slz_lib.presentation.phrases import statuses_listed, statuses_shared
from slz_lib.vocabulary import Cause


def test_all_measures_narrowed_are_the_period_itself(evaluation: slz_lib.Evaluation) -> None:
    whole = narrowed(evaluation, evaluation.judgements["measure_id"])
    pd.testing.assert_frame_equal(whole.judgements, evaluation.judgements)
    pd.testing.assert_frame_equal(whole.criteria, evaluation.criteria)
    pd.testing.assert_frame_equal(whole.evidence, evaluation.evidence)
    pd.testing.assert_frame_equal(whole.dataset.measures, evaluation.dataset.measures)


def test_a_narrowed_period_keeps_each_judgement(area_briefs: list[AreaBrief]) -> None:
    region = area_briefs[0].region.judgements
    together = pd.concat([brief.evaluation.judgements for brief in area_briefs])
    together = together.set_index("measure_id").loc[region["measure_id"]].reset_index()
    pd.testing.assert_frame_equal(together, region, check_like=True)


def test_what_is_asked_of_measures_is_what_the_report_lists(
    evaluation: slz_lib.Evaluation,
) -> None:
    asked = requests(evaluation).dropna()
    judged = evaluation.judgements.set_index("measure_id")
    for words, flags in {
        "dodat podklad": ~judged["supplied"],
        "navrhnout nový termín": judged["overdue"],
        "určit gestora": judged["lead_missing"],
        "posoudit stav": ~judged["agrees"],
    }.items():
        assert asked.str.contains(words).sum() == flags.sum(), words


def test_statuses_that_no_measure_has_are_left_out_of_the_sentence(
    area_briefs: list[AreaBrief],
) -> None:
    second = next(brief for brief in area_briefs if brief.part == "II").evaluation
    told = statuses_shared(second.counts, second.total, scale=second.scale)
    assert told.replace("\u00a0", " ") == (
        "z nich bylo částečně plněno 7 (77,8 %) a neplněna 2 (22,2 %)"
    )
    none = second.counts * 0
    assert not statuses_shared(none, 0, scale=second.scale)
    assert statuses_listed(none, second.scale) == ""


def test_an_area_is_told_with_the_cards_of_its_measures(area_briefs: list[AreaBrief]) -> None:
    third = area_briefs[2]
    assert (third.part, third.evaluation.total, third.shortened) == ("III", 8, False)
    cards = [card.number for card in third.cards.blocks if isinstance(card, MeasureCard)]
    assert cards == [f"III.{number}" for number in range(1, 9)]


def test_a_large_area_has_cards_of_measures_of_which_something_is_asked(
    area_briefs: list[AreaBrief],
) -> None:
    large = next(brief for brief in area_briefs if brief.part == "VI")
    assert large.shortened
    assert len(large.cards.blocks) == len(large.requests) < large.evaluation.total


def test_roles_and_answers_of_bodies_are_the_table_of_responses(
    body_briefs: dict[str, BodyBrief], evaluation: slz_lib.Evaluation
) -> None:
    found = pd.DataFrame(
        {
            body: {
                "measures": len(brief.measures),
                "lead": brief.led.total,
                "cooperating": brief.joined.total,
                "reported": len(brief.reported),
            }
            for body, brief in body_briefs.items()
        }
    ).T
    expected = evaluation.uncertainty.by_body[list(found.columns)]
    pd.testing.assert_frame_equal(found, expected, check_names=False, check_dtype=False)


def test_many_steps_are_told_by_cause_and_deadline_the_soonest_first(
    body_briefs: dict[str, BodyBrief], plan: slz_lib.ActionPlan
) -> None:
    named = plan.steps["cooperating"].str.split(";").map(lambda joined: "OBCE" in joined)
    mine = plan.steps[named]
    day = (
        mine["deadline"].dt.strftime("%Y-%m-%d").astype("object").fillna("None")
    )  # without a place
    groups = mine.groupby([day, "cause"])["measure_id"].agg(", ".join).reset_index()
    told = body_briefs["OBCE"].joined_steps_table
    assert told is not None
    shown = [(str(row.cells[3].value), row.cells[2].text) for row in told.rows]
    expected = zip(groups["deadline"], groups["measure_id"], strict=True)
    assert sorted(shown) == sorted(expected)
    days = [day for day, _ in shown]
    assert days == sorted(days)
    assert len(mine) > len(told.rows) > 1


def test_steps_that_another_leads_are_listed_with_their_lead(
    body_briefs: dict[str, BodyBrief],
) -> None:
    brief = body_briefs["KHS"]
    told = brief.joined_steps_table
    assert told is not None
    assert [column.title for column in told.columns] == ["Opatření", "Krok", "Gestor", "Termín"]
    assert [row.cells[0].text for row in told.rows] == ["II.8", "II.8"]


def test_a_body_is_told_who_is_to_have_its_units_assigned(
    body_briefs: dict[str, BodyBrief], plan: slz_lib.ActionPlan
) -> None:
    steps = plan.steps[plan.steps["cause"].eq(str(Cause.LEAD_MISSING))].set_index("measure_id")
    office = body_briefs["KULK"]
    assert (len(office.unit_open), set(steps.loc[office.unit_open, "lead"])) == (3, {"KULK-OSV"})
    assert office.unit_steps_led_by == [body_briefs["KULK-OSV"].full_name]
    assert [body for body, brief in body_briefs.items() if brief.unit_steps_led_by] == ["KULK"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("KULK", "Krajský úřad Libereckého kraje (KÚ LK)"),
        ("UP", "Úřad práce (ÚP)"),
        ("PAKT", "Pakt zaměstnanosti Libereckého kraje"),
        ("KULK-TISK", "tiskové oddělení"),
        ("CIC", "CIC, o. p. s."),
        ("CPIC", "CPIC LK (SÚZ MV ČR)"),
        ("KULK-OK", "odbor OK"),
        ("KULK-INF", "odbor informatiky"),
        ("LEKARI", "lékaři"),
    ],
)
def test_a_name_has_its_abbreviation_only_where_that_says_something(
    body: str, name: str, body_briefs: dict[str, BodyBrief]
) -> None:
    assert body_briefs[body].full_name == name


def test_numbers_lead_to_the_cards_that_the_document_has(
    area_briefs: list[AreaBrief],
    body_briefs: dict[str, BodyBrief],
    district_briefs: dict[str, DistrictBrief],
) -> None:
    for brief in area_briefs:
        cards = {card.anchor for card in brief.cards.blocks if isinstance(card, MeasureCard)}
        assert _leads_to(brief.measures_table) == cards
        assert _leads_to(brief.steps_table) <= cards
        assert _leads_to(brief.audit_table) <= cards
    assert _leads_to(area_briefs[0].steps_table)
    office, liberec = body_briefs["KULK-OSV"], district_briefs["ORP-5105"]
    for table in (
        office.led_table,
        office.joined_table,
        office.joined_steps_table,
        office.evidence_table,
        liberec.named_table,
        liberec.region_table,
    ):
        assert _leads_to(table) == set()


def _leads_to(table: Table | None) -> set[str]:
    assert table is not None
    return {cell.ref for row in table.rows for cell in row.cells if cell.ref is not None}


def test_findings_of_the_audit_stand_in_the_order_of_the_measures(
    area_briefs: list[AreaBrief],
) -> None:
    unordered = 0
    for brief in area_briefs:
        order = list(brief.evaluation.judgements["measure_id"])
        told = [row.cells[0].text for row in brief.audit_table.rows]
        assert told == sorted(told, key=order.index), brief.part
        found = list(brief.audit_listed["measure_id"])
        assert sorted(told) == sorted(found)
        unordered += found != told
    assert unordered


def test_many_pieces_of_evidence_are_told_by_their_measures(
    body_briefs: dict[str, BodyBrief],
) -> None:
    towns, office = body_briefs["OBCE"], body_briefs["KULK-OSV"]
    assert (len(towns.own_pieces), towns.evidence_listed) == (35, False)
    assert (len(office.own_pieces), office.evidence_listed) == (19, True)
    assert not body_briefs["MAS"].evidence_listed
    note = office.evidence_table.notes[0].replace("\u00a0", " ")
    assert note.endswith("zápisem komentáře zveřejněné zprávy s poznámkami zpracovatele.")


def test_evidence_of_districts_is_the_table_of_responses(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    by_district = evaluation.uncertainty.by_district
    for district, brief in district_briefs.items():
        assert len(brief.named) == by_district.loc[district, "evidence"], district
        assert brief.reached["named"] == by_district.loc[district, "measures"], district
        assert len(brief.partners) == by_district.loc[district, "partnerships"], district


def test_only_what_is_fulfilled_in_the_whole_region_counts_and_says_nothing_of_a_district(
    district_briefs: dict[str, DistrictBrief], evaluation: slz_lib.Evaluation
) -> None:
    """Recomputed from the rows: 51 measures have some evidence of the whole region, 21 such."""
    rows = evaluation.evidence[evaluation.evidence["decisive"]]
    rows = rows[rows["state"].isin(["done", "fulfilled"]) & rows["reach"].eq("region")]
    region = set(rows["measure_id"])
    for brief in district_briefs.values():
        assert set(brief.numbers("region")) == region - set(brief.numbers("named"))
        meanings = [row.cells[1].text.replace("\u00a0", " ") for row in brief.reach_table.rows]
        assert meanings[1:3] == ["zda i zde, zveřejněná zpráva neříká"] * 2


def test_the_own_row_among_the_districts_says_so_in_words(evaluation: slz_lib.Evaluation) -> None:
    plain = [row.cells for row in tables.district_response_table(evaluation).rows]
    marked = [row.cells for row in tables.district_response_table(evaluation, "ORP-5105").rows]
    assert [cells[1:] for cells in marked] == [cells[1:] for cells in plain]
    different = {
        before[0].text: after[0].text
        for before, after in zip(plain, marked, strict=True)
        if before != after
    }
    assert different == {"Liberec": "▸\u00a0Liberec (tento obvod)"}


@pytest.mark.parametrize(("own", "place"), [("ORP-5105", 1), ("ORP-6000", 9), ("ORP-6189", 198)])
def test_among_many_districts_the_own_one_stands_with_its_neighbours_and_the_region(
    evaluation: slz_lib.Evaluation, own: str, place: int
) -> None:
    few = evaluation.dataset.districts
    more = pd.concat([few] * 19, ignore_index=True)
    more = more.assign(
        id=[f"ORP-6{number:03}" for number in range(190)],
        name=[f"Obvod {number:03}" for number in range(190)],
    )
    dataset = replace(evaluation.dataset, districts=pd.concat([few, more], ignore_index=True))
    many = replace(evaluation, dataset=dataset)
    told = tables.district_response_table(many, own)
    assert block_faults((told,), ("buňka 1",)) == ()
    assert len(told.rows) == 10
    assert [row.cells[0].text for row in told.rows if "tento obvod" in row.cells[0].text]
    ranks = [int(str(row.cells[1].value)) for row in told.rows[:-1]]
    assert ranks == sorted(ranks, reverse=True)
    region = [cell.value for cell in told.rows[-1].cells[1:]]
    named = evaluation.uncertainty
    assert (region[2], region[4]) == (named.placed, len(evaluation.dataset.partnerships))
    assert max(ranks) <= int(str(region[0])) <= named.by_district["measures"].sum()
    assert f"tento je {place}. z 200." in told.notes[0].replace("\u00a0", " ")
    assert len(tables.district_response_table(many).rows) == 200


def test_liberec_is_told_with_its_partnership(district_briefs: dict[str, DistrictBrief]) -> None:
    brief = district_briefs["ORP-5105"]
    assert (brief.record.name, brief.record.municipalities) == ("Liberec", 28)
    assert brief.partners == ["Liberec (od roku\u00a02016)"]
    assert len(brief.reach_table.rows) == 7
