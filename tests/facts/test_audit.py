"""The audit finds what does not hold together in a period, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.audit import Audit, audit
from slz_lib.evaluation.audit.counts import Move, moves, stated_counts
from slz_lib.vocabulary import AuditCheck, Severity

PERIOD = "2022-2023"
NB = "\u00a0"
#: What a made-up record cites; nothing in these tests is written anywhere.
CITED = {"source_id": "vlastni-cteni", "source_place": "syntetický záznam"}
Finding = dict[str, Any]


@pytest.fixture(scope="session")
def real(evaluation: Evaluation) -> Audit:
    """The audit of the real period."""
    return audit(evaluation)


def subjects(found: Audit, check: AuditCheck) -> list[str]:
    findings = found.findings
    return list(findings.loc[findings["check"].eq(str(check)), "subject"])


def finding(found: Audit, check: AuditCheck, subject: str) -> Finding:
    """The one finding of this name, its texts with plain spaces."""
    findings = found.findings
    rows = findings[findings["check"].eq(str(check)) & findings["subject"].eq(subject)]
    (row,) = rows.to_dict("records")
    return {
        str(name): value.replace(NB, " ") if isinstance(value, str) else value
        for name, value in row.items()
    }


def audited(dataset: slz_lib.Dataset, as_of: str | None = None) -> Audit:
    return audit(slz_lib.evaluate(dataset, PERIOD, as_of=as_of))


def changed(
    dataset: slz_lib.Dataset, table: str, where: dict[str, str], **values: object
) -> slz_lib.Dataset:
    """A synthetic copy of the data: the rows of ``table`` where columns have values, changed."""
    frame = getattr(dataset, table).copy()
    chosen = pd.Series(data=True, index=frame.index)
    for column, value in where.items():
        chosen &= frame[column].eq(value)
    assert chosen.any()
    for column, content in values.items():
        frame.loc[chosen, column] = content
    return replace(dataset, **{table: frame})


def without(
    dataset: slz_lib.Dataset, table: str, drop: Callable[[pd.DataFrame], pd.Series]
) -> slz_lib.Dataset:
    """A synthetic copy of the data without some rows of ``table``."""
    frame = getattr(dataset, table)
    return replace(dataset, **{table: frame[~drop(frame)].reset_index(drop=True)})


def added(dataset: slz_lib.Dataset, table: str, *rows: dict[str, object]) -> slz_lib.Dataset:
    """A synthetic copy of the data with more rows in ``table``; what is not given is empty."""
    frame = getattr(dataset, table)
    more = pd.DataFrame(list(rows), columns=frame.columns).astype(frame.dtypes)
    return replace(dataset, **{table: pd.concat([frame, more], ignore_index=True)})


REAL = {
    AuditCheck.CLAIM_DIFFERS: ["T-4", "T-5", "T-6"],
    AuditCheck.SUM_DIFFERS: ["T-7, T-6, T-5, T-4"],
    AuditCheck.SHARE_OF_OTHER_COUNT: ["T-3"],
    AuditCheck.CELLS_SWAPPED: ["V.6"],
    AuditCheck.DONE_ONLY_ANNOUNCED: ["XIII.2"],
    AuditCheck.FULFILLED_IN_PREPARATION: ["X.1", "X.2"],
    AuditCheck.UNFULFILLED_WITH_ACTIVITY: ["II.7", "III.7", "VII.4"],
    AuditCheck.STATUS_WITHOUT_EVIDENCE: ["VI.12"],
    AuditCheck.STATUS_AGAINST_DEADLINE: [],
    AuditCheck.EVIDENCE_DISAGREES: ["II.4"],
    AuditCheck.DEADLINE_PASSED: ["VII.2", "XIII.3"],
    AuditCheck.LEAD_MISSING: ["IV.7", "IV.9", "VI.3"],
    AuditCheck.LEAD_UNIT_UNKNOWN: ["II.8", "III.5", "VIII.1"],
    AuditCheck.INDICATOR_MISSING: ["VI.9", "VII.7"],
    AuditCheck.SPELLINGS_OF_BODY: [
        *("LK", "KULK", "KULK-OSV", "KULK-OZ", "KULK-KRIZ", "KULK-VZ", "KULK-ODBORY", "MMR"),
        *("ASZ", "UP", "CPIC", "NNO", "CVT", "DRAK", "PAKT", "PPP", "SVP", "ZDRAV-ZARIZENI"),
        *("ZDRAV-POJISTOVNY", "RSK", "PS-RSK", "PLATFORMA-NAKAP"),
    ],
}


@pytest.mark.parametrize("check", REAL, ids=str)
def test_the_real_period_has_exactly_these_findings(real: Audit, check: AuditCheck) -> None:
    assert subjects(real, check) == REAL[check]


def test_every_difference_of_statuses_is_one_finding_of_the_kind_that_fits_it(
    real: Audit, evaluation: Evaluation
) -> None:
    kinds = [
        AuditCheck.DONE_ONLY_ANNOUNCED,
        AuditCheck.FULFILLED_IN_PREPARATION,
        AuditCheck.UNFULFILLED_WITH_ACTIVITY,
        AuditCheck.STATUS_WITHOUT_EVIDENCE,
        AuditCheck.STATUS_AGAINST_COMMENTARY,
    ]
    found = [subject for kind in kinds for subject in subjects(real, kind)]
    assert sorted(found) == sorted(evaluation.differences["measure_id"])


def test_findings_stand_in_the_order_of_rules_and_measures_under_names_of_their_own(
    real: Audit, evaluation: Evaluation
) -> None:
    findings = real.findings
    rules = {rule: place for place, rule in enumerate(real.rules["id"])}
    measures = {m: place for place, m in enumerate(evaluation.judgements["measure_id"])}
    keys = [
        (rules[check], measures.get(measure, -1))
        for check, measure in zip(findings["check"], findings["measure_id"], strict=True)
    ]
    assert keys == sorted(keys)
    assert not findings.duplicated(["check", "subject"]).any()


def test_kinds_are_counted_also_where_nothing_was_found(real: Audit) -> None:
    kinds = real.by_kind.set_index("check")
    assert list(kinds.index) == [str(check) for check in AuditCheck]
    assert kinds["findings"].sum() == len(real.findings)
    assert kinds.loc["status_against_deadline", "findings"] == 0
    assert kinds["acknowledged"].sum() == 0
    assert set(kinds["severity"]) == {str(severity) for severity in Severity}


def test_every_finding_says_where_what_and_why(real: Audit) -> None:
    told = real.findings[["place", "claim", "explanation", "severity", "label"]]
    assert told.notna().all(axis=None)
    assert real.findings["explanation"].str.fullmatch(r"[A-ZČŘŠŽÚ].*\.").all()
    assert not real.findings["explanation"].str.contains(r"\bnan\b|<NA>|\.\.|\s{2}").any()


def test_a_count_too_high_by_what_the_sum_is_too_high_may_have_been_counted_twice(
    real: Audit,
) -> None:
    row = finding(real, AuditCheck.CLAIM_DIFFERS, "T-4")
    assert (row["claim"], row["recomputed"], row["place"]) == (
        "Neplněno bylo 20 opatření.",
        "18 opatření",
        "Shrnutí",
    )
    assert row["explanation"] == (
        "Souhrn uvádí o 2 opatření více než tabulky. Rozdíl 2 opatření žádný jiný stupeň "
        "nevyrovnává; právě o tolik součet uvedených počtů (111) přesahuje počet všech opatření "
        "(109). Souhrn tedy mohl některá opatření počítat dvakrát, nebo vznikl z jiné podoby "
        "tabulek. Podíl uvedený vedle (T-3) přitom odpovídá tabulkám, ne tomuto počtu."
    )


@pytest.mark.parametrize(
    ("claim", "told"),
    [("T-5", "U stupně PLNĚNO naopak uvádí o 1 méně (T-6)"), ("T-6", "uvádí o 1 více (T-5)")],
)
def test_one_more_here_and_one_less_beside_may_be_one_measure_moved(
    real: Audit, claim: str, told: str
) -> None:
    words = str(finding(real, AuditCheck.CLAIM_DIFFERS, claim)["explanation"])
    assert told in words
    assert words.endswith(
        "1 opatření mohlo být po sepsání souhrnu přeřazeno ze stupně ČÁSTEČNĚ do stupně PLNĚNO."
    )


def test_the_sum_of_the_stated_counts_is_told_by_its_parts(real: Audit) -> None:
    row = finding(real, AuditCheck.SUM_DIFFERS, "T-7, T-6, T-5, T-4")
    assert row["claim"] == "1 + 21 + 69 + 20 = 111 opatření"
    assert row["recomputed"] == "109 opatření"
    assert "PLNĚNO o 1 méně, ČÁSTEČNĚ o 1 více, NEPLNĚNO o 2 více" in row["explanation"]


def test_the_share_follows_from_the_tables_and_not_from_the_count_beside_it(real: Audit) -> None:
    row = finding(real, AuditCheck.SHARE_OF_OTHER_COUNT, "T-3")
    assert row["recomputed"] == "18,3 %"
    assert "stojí počet 20 opatření (T-4), který dává 18,3 %" in row["explanation"]
    assert "Podíl odpovídá tabulkám (16,5 %, 18 ze 109)" in row["explanation"]


def test_swapped_cells_do_not_explain_the_headline(real: Audit) -> None:
    row = finding(real, AuditCheck.CELLS_SWAPPED, "V.6")
    assert row["explanation"] == (
        "Kdo stavy sčítá z buněk stavu, opatření přehlédne a ve stavu ČÁSTEČNĚ mu vyjde 67 místo "
        "68 opatření; rozdíl v údaji souhrnu (T-5) to však nevysvětluje."
    )


def test_a_status_announced_ahead_is_told_with_its_deadline(real: Audit) -> None:
    row = finding(real, AuditCheck.DONE_ONLY_ANNOUNCED, "XIII.2")
    assert (row["claim"], row["recomputed"], row["evidence"]) == ("SPLNĚNO", "NEPLNĚNO", "XIII.2-1")
    assert "uplyne až po dni, k němuž se stavy uvádějí" in row["explanation"]


def test_evidence_that_disagrees_is_named_by_line_and_reporter(real: Audit) -> None:
    row = finding(real, AuditCheck.EVIDENCE_DISAGREES, "II.4")
    assert row["place"] == "data/periods/2022-2023/evidence.csv, řádky 27, 28"
    assert row["claim"] == "„grantový kalendář“: OSV – plněno, ORREP – neplněno"


def test_spellings_are_counted_in_the_cells_of_measures(real: Audit) -> None:
    row = finding(real, AuditCheck.SPELLINGS_OF_BODY, "NNO")
    assert row["claim"] == "„NNO“, „NN“"
    assert row["explanation"] == (
        "Gestor a spolupráce: „NNO“ (62 opatření), „NN“ (1 opatření: VI.11). "
        "Kdo sčítá podle zápisu, dostane 2 různé subjekty."
    )


def test_spellings_that_differ_only_in_case_are_one(real: Audit, dataset: slz_lib.Dataset) -> None:
    forms = dataset.bodies.set_index("id")["published_forms"]
    assert forms["OBCE"] == "obce;Obce"
    assert "OBCE" not in subjects(real, AuditCheck.SPELLINGS_OF_BODY)


def test_done_for_good_with_a_continuous_deadline_is_a_finding(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "decisions", {"measure_id": "I.2"}, status="SPLNENO")
    found = audited(synthetic)
    assert subjects(found, AuditCheck.STATUS_AGAINST_DEADLINE) == ["I.2"]
    row = finding(found, AuditCheck.STATUS_AGAINST_DEADLINE, "I.2")
    assert row["claim"] == "SPLNĚNO, termín průběžně do 12/2027"


def test_done_for_good_on_partial_evidence_is_not_only_announced(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "evidence", {"id": "XIII.2-1"}, state="partial")
    found = audited(synthetic)
    assert subjects(found, AuditCheck.DONE_ONLY_ANNOUNCED) == []
    assert "XIII.2" in subjects(found, AuditCheck.STATUS_AGAINST_COMMENTARY)


def test_fulfilled_without_anything_active_is_a_finding(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "evidence", {"measure_id": "IV.2"}, state="not_done")
    row = finding(audited(synthetic), AuditCheck.FULFILLED_IN_PREPARATION, "IV.2")
    assert row["explanation"].startswith("Podle podkladů se žádné kritérium neplní")


def test_a_status_without_any_record_of_evidence_is_a_finding(dataset: slz_lib.Dataset) -> None:
    synthetic = without(dataset, "evidence", lambda table: table["measure_id"].eq("I.2"))
    row = finding(audited(synthetic), AuditCheck.STATUS_WITHOUT_EVIDENCE, "I.2")
    told = {name for name, value in row.items() if isinstance(value, str)}
    assert told.isdisjoint({"recomputed", "evidence"})
    assert row["explanation"] == "Podklad k opatření nikdo nedodal. Oč se stav opírá, není známo."


def test_opposite_words_on_two_criteria_are_no_disagreement(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "evidence", {"id": "II.4-2"}, criterion="jiné kritérium")
    assert subjects(audited(synthetic), AuditCheck.EVIDENCE_DISAGREES) == []


def test_a_measure_without_any_row_of_a_lead_has_no_lead(dataset: slz_lib.Dataset) -> None:
    synthetic = without(
        dataset,
        "measure_bodies",
        lambda table: table["measure_id"].eq("I.2") & table["role"].eq("lead"),
    )
    row = finding(audited(synthetic), AuditCheck.LEAD_MISSING, "I.2")
    assert row["claim"] == "gestor není uveden"


def indicator(**values: object) -> dict[str, object]:
    return {"measure_id": "I.2", "order": 1, "name": "počet", "kind": "count", **CITED, **values}


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, "podklady neuvádějí hodnotu za období a není určena cílová hodnota."),
        ({"target": 5.0}, "podklady neuvádějí hodnotu za období."),
        ({"target": 5.0, "series": "synteticka-rada"}, "podklady neuvádějí hodnotu za období."),
        ({"series": "dluhove-poradenstvi-alokace-lk"}, "není určena cílová hodnota."),
        ({"target": 5.0, "series": "dluhove-poradenstvi-alokace-lk"}, None),
        ({"kind": "product"}, None),
    ],
)
def test_a_number_is_measured_by_a_value_and_a_target(
    dataset: slz_lib.Dataset, values: dict[str, object], lacks: str | None
) -> None:
    empty = replace(dataset, indicators=dataset.indicators.iloc[:0])
    assert subjects(audited(empty), AuditCheck.INDICATOR_NOT_MEASURABLE) == []
    found = audited(added(empty, "indicators", indicator(**values)))
    if lacks is None:
        assert subjects(found, AuditCheck.INDICATOR_NOT_MEASURABLE) == []
    else:
        row = finding(found, AuditCheck.INDICATOR_NOT_MEASURABLE, "I.2")
        assert row["explanation"] == f"Indikátor je počet, změřit jím plnění však nelze: {lacks}"


def test_a_headline_that_the_tables_bear_out_has_no_finding(dataset: slz_lib.Dataset) -> None:
    synthetic = dataset
    for claim, value in {"T-4": 18.0, "T-5": 68.0, "T-6": 22.0}.items():
        synthetic = changed(synthetic, "claims", {"id": claim}, value=value)
    found = audited(synthetic)
    for check in (
        AuditCheck.CLAIM_DIFFERS,
        AuditCheck.SUM_DIFFERS,
        AuditCheck.SHARE_OF_OTHER_COUNT,
    ):
        assert subjects(found, check) == []


def test_counts_add_up_to_nothing_where_one_of_them_is_not_stated(dataset: slz_lib.Dataset) -> None:
    synthetic = without(dataset, "claims", lambda table: table["id"].eq("T-7"))
    found = audited(synthetic)
    assert subjects(found, AuditCheck.SUM_DIFFERS) == []
    words = str(finding(found, AuditCheck.CLAIM_DIFFERS, "T-4")["explanation"])
    assert "žádný jiný stupeň nevyrovnává. Souhrn tedy mohl" in words


def test_a_count_too_low_may_have_left_measures_out(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "claims", {"id": "T-4"}, value=15.0)
    words = str(finding(audited(synthetic), AuditCheck.CLAIM_DIFFERS, "T-4")["explanation"])
    assert "právě o tolik součet uvedených počtů (106) nedosahuje počtu všech opatření" in words
    assert "mohl některá opatření vynechat" in words


def test_the_headline_may_come_of_overlooking_the_swapped_cells(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "claims", {"id": "T-5"}, value=67.0)
    words = str(finding(audited(synthetic), AuditCheck.CELLS_SWAPPED, "V.6")["explanation"])
    assert words.endswith("67 místo 68 opatření; právě tolik uvádí souhrn (T-5).")


def test_a_wrong_share_may_follow_from_the_wrong_count_beside_it(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "claims", {"id": "T-3"}, value=18.0)
    found = audited(synthetic)
    assert subjects(found, AuditCheck.SHARE_OF_OTHER_COUNT) == []
    row = finding(found, AuditCheck.CLAIM_DIFFERS, "T-3")
    assert row["recomputed"] == "16,5 %"
    assert row["explanation"] == (
        "Souhrn uvádí o 1,5 p. b. více než tabulky. Podíl odpovídá počtu uvedenému vedle (T-4)."
    )


def test_a_wrong_number_of_areas_is_told_by_how_much(dataset: slz_lib.Dataset) -> None:
    synthetic = changed(dataset, "claims", {"id": "T-2"}, value=12.0)
    row = finding(audited(synthetic), AuditCheck.CLAIM_DIFFERS, "T-2")
    assert row["recomputed"] == "13 okruhů"
    assert row["explanation"] == "Souhrn uvádí o 1 okruh méně než tabulky."


@pytest.mark.parametrize(
    ("stated", "paired", "left"),
    [
        ((1, 22, 68, 18), [], {}),
        ((1, 21, 69, 18), [Move("CASTECNE", "PLNENO", 1)], {}),
        ((1, 21, 69, 20), [Move("CASTECNE", "PLNENO", 1)], {"NEPLNENO": 2}),
        ((1, 20, 69, 19), [Move("CASTECNE", "PLNENO", 1), Move("NEPLNENO", "PLNENO", 1)], {}),
        ((3, 22, 68, 17), [Move("SPLNENO", "NEPLNENO", 1)], {"SPLNENO": 1}),
        ((1, 22, 60, 18), [], {"CASTECNE": -8}),
    ],
)
def test_surpluses_are_balanced_by_the_nearest_deficits(
    evaluation: Evaluation,
    stated: tuple[int, ...],
    paired: list[Move],
    left: dict[str, int],
) -> None:
    statuses = ["SPLNENO", "PLNENO", "CASTECNE", "NEPLNENO"]
    values = dict(zip(statuses, map(float, stated), strict=True))
    claims = evaluation.claims.assign(value=evaluation.claims["status"].map(values))
    found, unbalanced = moves(stated_counts(claims))
    assert found == paired
    assert {status: number for status, number in unbalanced.items() if number} == left


ACKNOWLEDGED: dict[str, object] = {
    "period_id": PERIOD,
    "check": "cells_swapped",
    "subject": "V.6",
    "reason": "syntetický důvod",
    "role": "syntetická funkce",
    **CITED,
}


def test_an_acknowledged_finding_stays_listed_with_its_reason(
    dataset: slz_lib.Dataset, real: Audit
) -> None:
    found = audited(added(dataset, "acknowledgements", ACKNOWLEDGED))
    row = finding(found, AuditCheck.CELLS_SWAPPED, "V.6")
    assert (row["acknowledged"], row["reason"], row["role"]) == (
        True,
        "syntetický důvod",
        "syntetická funkce",
    )
    assert len(found.findings) == len(real.findings)
    assert found.findings["acknowledged"].sum() == 1
    kinds = found.by_kind.set_index("check")["acknowledged"]
    assert kinds[kinds.gt(0)].to_dict() == {"cells_swapped": 1}


def test_all_acknowledgements_of_what_was_not_found_are_refused_by_line(
    dataset: slz_lib.Dataset,
) -> None:
    synthetic = added(
        dataset,
        "acknowledgements",
        {**ACKNOWLEDGED, "subject": "V.7"},
        ACKNOWLEDGED,
        {**ACKNOWLEDGED, "check": "lead_missing"},
    )
    with pytest.raises(EvaluationError) as refused:
        audited(synthetic)
    first, second = str(refused.value).replace(NB, " ").splitlines()
    assert first == (
        "data/periods/2022-2023/acknowledgements.csv, řádek 2: audit nemá zjištění "
        "„cells_swapped“, které by se týkalo „V.7“; opravte je, nebo řádek smažte."
    )
    assert "řádek 4: audit nemá zjištění „lead_missing“" in second


def test_a_period_that_nobody_has_judged_yet_has_findings_on_its_set_up_alone(
    dataset: slz_lib.Dataset,
) -> None:
    opened = replace(
        dataset,
        decisions=dataset.decisions.assign(
            status=pd.Series(pd.NA, index=dataset.decisions.index, dtype="str"),
            cells_swapped=False,
        ),
        **{name: getattr(dataset, name).iloc[:0] for name in ("evidence", "claims")},
    )
    found = set(audited(opened).findings["check"])
    assert found == {
        "deadline_passed",
        "lead_missing",
        "lead_unit_unknown",
        "indicator_missing",
        "indicator_not_measurable",
        "spellings_of_body",
    }


def test_an_acknowledged_finding_may_be_missing_under_rules_that_are_only_tried(
    dataset: slz_lib.Dataset,
) -> None:
    """Tried rules may bear the name of the version that they were made from."""
    announced = {**ACKNOWLEDGED, "check": "status_against_commentary", "subject": "IV.6"}
    recorded = slz_lib.evaluate(added(dataset, "acknowledgements", announced), PERIOD)
    assert "IV.6" in subjects(recorded.audit, AuditCheck.STATUS_AGAINST_COMMENTARY)
    conditions = recorded.rule_set.conditions
    reach = conditions["quantity"].eq("reach")
    tried = replace(
        recorded.rule_set, conditions=conditions.assign(value=conditions["value"].mask(reach, 1.0))
    )
    replayed = slz_lib.replay(recorded, tried)
    assert replayed.rule_set.version == recorded.rule_set.version
    assert "IV.6" not in subjects(replayed.audit, AuditCheck.STATUS_AGAINST_COMMENTARY)


def test_an_evaluation_keeps_its_audit(evaluation: Evaluation, real: Audit) -> None:
    assert evaluation.audit is evaluation.audit
    pd.testing.assert_frame_equal(evaluation.audit.findings, real.findings)
    assert repr(real).startswith("<Audit 2022-2023: ")
