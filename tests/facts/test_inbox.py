"""An inbox: what stands of all that came, what is asked again, how far each body is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import slz_lib
from slz_lib.collection import inbox
from slz_lib.collection.forms import CAPACITY, INTRO, RESPONDENT, Form
from slz_lib.collection.inbox import Collected, collected
from slz_lib.collection.questions import questions
from slz_lib.collection.returned import Refusal
from tests.samples.replies import Reply

LEAD, MANY = "2024-2025.ASZ", "2024-2025.ZDRAV-ZARIZENI"
Collect = Callable[..., Collected]


@pytest.fixture(scope="module")
def forms(dataset: slz_lib.Dataset) -> dict[str, Form]:
    """The forms of a body that leads a step, which is not due, and of many bodies in one."""
    step = {"id": "I.1/1", "measure_id": "I.1", "step": "Zřídit poradnu", "lead": "ASZ"}
    later = pd.to_datetime(["2027-06-30"])
    steps = pd.DataFrame([step]).assign(deadline=later, effort=25.0)
    asked = questions(dataset, "2024-2025", None, steps)
    found = [asked.form(body, date(2026, 1, 31)) for body in ("ASZ", "ZDRAV-ZARIZENI")]
    return {form.identity.form: form for form in found}


@pytest.fixture
def collect(
    dataset: slz_lib.Dataset, forms: dict[str, Form], monkeypatch: pytest.MonkeyPatch
) -> Collect:
    """What comes of replies, named in their order, and of refused files."""

    def run(
        *replies: Reply, refused: tuple[Refusal, ...] = (), sources: pd.DataFrame | None = None
    ) -> Collected:
        read: list[Any] = [
            ([reply.returned(f"{at}.xlsx")], []) for at, reply in enumerate(replies, start=1)
        ]
        monkeypatch.setattr(inbox, "_read", lambda *_: [*read, ([], [*refused])])
        known = dataset if sources is None else replace(dataset, sources=sources)
        return collected(Path(), forms.values(), known)

    return run


def state(found: Collected, form: str = LEAD) -> str:
    return str(found.assignments.set_index("form")["state"][form])


def filled(form: Form, *but: int) -> Reply:
    """Every measure answered by one cell, but for those rows."""
    made = Reply(form)
    for row in range(len(form.sheets[1].rows)):
        if row not in but:
            made.say("answer", row, "beze změny")
    return made


def test_nothing_came(collect: Collect) -> None:
    found = collect()
    assert found.staged.empty
    assert found.quarantined.empty
    assert set(found.assignments["state"]) == {"sent"}
    assert found.assignments["remind"].all()
    assert not found.again


def test_a_whole_return_is_returned_and_asks_nothing(
    collect: Collect, forms: dict[str, Form]
) -> None:
    found = collect(filled(forms[LEAD]))
    row = found.assignments.set_index("form").loc[LEAD]
    assert (row["state"], row["answered"], row["percent"], row["open"]) == ("returned", 15, 100, 0)
    assert not row["remind"]
    assert not found.again
    assert found.files["outcome"].tolist() == ["read"]


def test_a_blank_form_is_told_and_asked_again(collect: Collect, forms: dict[str, Form]) -> None:
    found = collect(Reply(forms[LEAD]))
    assert found.files["outcome"].tolist() == ["blank"]
    assert state(found) == "sent"


def test_the_same_form_twice_counts_once(collect: Collect, forms: dict[str, Form]) -> None:
    found = collect(filled(forms[LEAD]), filled(forms[LEAD]))
    assert found.files["outcome"].tolist() == ["read", "copy"]
    assert "1.xlsx" in found.files["why"].iloc[1]
    assert len(found.staged) == 15


def test_the_same_answers_in_another_file_count_once(
    collect: Collect, forms: dict[str, Form]
) -> None:
    second = filled(forms[LEAD], 0)
    second.say("contact", 1, "vedoucí")
    found = collect(filled(forms[LEAD]), second)
    assert len(found.staged) == 16
    assert len(found.quarantined) == 14
    assert not found.quarantined["ask"].any()
    assert state(found) == "returned"


def test_what_a_body_can_do_is_asked_until_it_is_a_number_and_may_stay_unsaid(
    collect: Collect, forms: dict[str, Form]
) -> None:
    item = RESPONDENT[CAPACITY]
    assert item not in set(forms[MANY].sheets[0].rows["item"])
    assert collect(filled(forms[LEAD])).again == {}
    reply = filled(forms[LEAD])
    reply.introduce(item, "půl úvazku")
    found = collect(reply)
    assert state(found) == "asked_again"
    (again,) = found.again.values()
    assert [sheet.name for sheet in again.sheets] == [INTRO]
    told = again.sheets[0].rows.set_index("item")["told"]
    assert told[told.ne("")].index.tolist() == [item]
    assert "napsali jste „půl úvazku“" in told[item]
    mended = Reply(again)
    mended.introduce(item, "12,5 člověkodne")
    second = collect(reply, mended)
    said = second.staged[second.staged["field"].eq(CAPACITY)]
    assert said[["value", "round"]].to_numpy().tolist() == [["12.5", 2]]
    assert second.quarantined["why"].str.endswith("Opraveno ve\u00a02. kole.").all()
    assert state(second) == "returned"
    reply.introduce(item, "−5")
    refused = collect(reply).quarantined
    assert refused["why"].str.contains("je záporný").all()


def test_two_answers_of_one_round_are_a_dispute_until_a_later_one_decides(
    collect: Collect, forms: dict[str, Form]
) -> None:
    other = filled(forms[LEAD], *range(1, 15))
    other.say("answer", 0, "nebylo nic")
    first = collect(filled(forms[LEAD]), other)
    assert first.quarantined["value"].tolist() == ["beze změny", "nebylo nic"]
    assert first.quarantined["ask"].all()
    assert first.quarantined["why"].str.contains("„beze změny“ a\u00a0„nebylo nic“").all()
    (again,) = first.again.values()
    decided = Reply(again)
    decided.say("answer", 0, "nebylo nic")
    second = collect(filled(forms[LEAD]), other, decided)
    measure = again.sheets[1].rows["measure_id"].iloc[0]
    answer = second.staged[second.staged["measure_id"].eq(measure)]
    assert answer[["value", "file", "round"]].to_numpy().tolist() == [["nothing", "3.xlsx", 2]]
    assert not second.quarantined["ask"].any()
    assert state(second) == "returned"


def test_the_next_round_asks_only_what_is_wrong_or_missing_and_tells_what_was_mended(
    collect: Collect, forms: dict[str, Form]
) -> None:
    made = filled(forms[LEAD], 0, 1)
    made.say("answer", 1, "změna, viz podrobnosti")
    wrong = made.say("state", 9, "jaksi")
    first = collect(made)
    (again,) = first.again.values()
    assert again.identity.round == 2
    assert again.sheets[1].rows["told"].tolist() == ["Odpověď chybí. Vyberte jednu z\u00a0nabídky."]
    told = again.sheet("details").rows["told"].tolist()  # type: ignore[union-attr]
    assert sorted(text[:20] for text in told) == ["Odpověď je „změna“, ", "Stav: napsali jste „"]
    assert state(first) == "asked_again"

    reply = Reply(again)
    reply.say("answer", 0, "nebylo nic")
    reply.say("state", 0, "plněno")
    reply.say("state", 1, "zase jaksi")
    second = collect(made, reply)
    assert second.files["outcome"].tolist() == ["partly", "partly"]
    by_cell = second.quarantined.set_index("cell")
    assert by_cell["why"][wrong].endswith("Znovu chybně ve\u00a02. kole.")
    assert second.quarantined["ask"].sum() == 1
    assert (
        second.quarantined.loc[second.quarantined["ask"], "why"]
        .str.contains("Opakuje se z\u00a01. kola")
        .all()
    )
    (third,) = second.again.values()
    assert [len(part.rows) for part in third.sheets[1:]] == [1]

    last = Reply(third)
    last.say("state", 0, "neplněno")
    whole = collect(made, reply, last)
    assert state(whole) == "returned"
    assert whole.quarantined["why"].str.contains("Opraveno ve\u00a03. kole").any()


def test_respondents_of_one_body_are_apart(collect: Collect, forms: dict[str, Form]) -> None:
    replies = []
    for place, answer in (("Liberec", "beze změny"), ("Nový Bor", "nebylo nic")):
        made = Reply(forms[MANY])
        made.introduce(RESPONDENT["place"], place)
        made.say("answer", 0, answer)
        replies.append(made)
    found = collect(*replies)
    answers = found.staged[found.staged["field"].eq("answer")]
    assert answers[["place", "value"]].to_numpy().tolist() == [
        ["Liberec", "unchanged"],
        ["Nový Bor", "nothing"],
    ]
    assert found.quarantined.empty
    assert len(found.again) == 2
    texts = [
        form.sheets[0].rows.set_index("item")["value"][RESPONDENT["place"]]
        for form in found.again.values()
    ]
    assert texts == ["Liberec", "Nový Bor"]

    again = Reply(next(iter(found.again.values())))
    again.say("answer", 0, "beze změny")
    later = collect(*replies, again)
    assert set(later.staged.loc[later.staged["file"].eq("3.xlsx"), "place"]) == {"Liberec"}
    assert later.quarantined.empty


def test_what_data_have_is_accepted_and_a_later_return_opens_it_again(
    collect: Collect, forms: dict[str, Form], dataset: slz_lib.Dataset
) -> None:
    first = filled(forms[LEAD])
    digest = first.returned("1.xlsx").digest
    sources = dataset.sources.assign(
        sha256=dataset.sources["id"].where(dataset.sources.index > 0, digest)
    )
    assert state(collect(first, sources=sources)) == "accepted"
    later = filled(forms[LEAD], *range(1, 15))
    assert state(collect(first, later, sources=sources)) == "reopened"


def test_whoever_has_questions_left_is_reminded_though_the_rest_is_accepted(
    collect: Collect, forms: dict[str, Form], dataset: slz_lib.Dataset
) -> None:
    half = filled(forms[LEAD], 0, 1)
    digest = half.returned("1.xlsx").digest
    sources = dataset.sources.assign(
        sha256=dataset.sources["id"].where(dataset.sources.index > 0, digest)
    )
    found = collect(half, sources=sources)
    body = found.assignments.set_index("form").loc[LEAD]
    assert (body["state"], bool(body["remind"])) == ("accepted", True)
    assert body["open"] > 0


def test_files_that_are_no_returns_are_listed(collect: Collect) -> None:
    found = collect(
        refused=(
            Refusal("a.pdf", "1", "Soubor nelze přečíst."),
            Refusal("b.pdf", "1", "Soubor nelze přečíst."),
            Refusal("~$b", "", "Nečte se.", passed=True),
        )
    )
    assert found.files[["file", "outcome"]].to_numpy().tolist() == [
        ["a.pdf", "refused"],
        ["b.pdf", "copy"],
        ["~$b", "passed"],
    ]


def test_files_of_one_name_are_told_apart_by_their_folders(
    dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    for folder, text in (("a", "jedna"), ("b", "dvě"), ("c", "dvě")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "f.csv").write_text(text, encoding="utf-8")
    found = collected(tmp_path, [], dataset)
    assert found.files[["file", "outcome"]].to_numpy().tolist() == [
        *(["a/f.csv", "unknown"], ["b/f.csv", "unknown"], ["c/f.csv", "copy"])
    ]


def test_a_form_of_another_period_is_kept_whole(collect: Collect, forms: dict[str, Form]) -> None:
    made = filled(forms[LEAD])
    made.properties["slz-form"] = "2030-2031.ASZ"
    found = collect(made)
    assert found.files["outcome"].tolist() == ["unknown"]
    assert set(found.quarantined["value"]) == {"beze změny"}
    assert state(found) == "sent"
