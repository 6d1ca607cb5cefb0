"""What people type, as data spell it; or why it cannot be read and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import slz_lib
from slz_lib.collection.forms import PERSON_DAYS
from slz_lib.collection.sentences import SENTENCES
from slz_lib.collection.values import Words, value, words_of

CASES = yaml.safe_load(Path(__file__).with_name("typed_values.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words(dataset: slz_lib.Dataset) -> Words:
    """The words of the real data."""
    return words_of(dataset)


@pytest.mark.parametrize("case", CASES, ids=[case["typed"] for case in CASES])
def test_a_typed_cell(case: dict[str, Any], words: Words) -> None:
    name, kind = case["column"], case.get("kind", "text")
    found = value(name, name in ("value", *PERSON_DAYS), kind, case["cell"], words)
    assert found.text == case.get("value", "")
    assert case.get("why", "") in found.why.replace("\u00a0", " ")
    assert bool(found.why) == ("why" in case)
    assert dict(found.more) == case.get("more", {})
    assert case.get("remark", "") in " ".join(found.remarks).replace("\u00a0", " ")
    assert bool(found.remarks) == ("remark" in case)


def test_an_endless_text_is_quarantined_with_how_long_it_may_be(words: Words) -> None:
    found = value("description", False, "text", "ž" * 40_000, words)
    assert "do 4\u00a0000 znaků, tento jich má 40\u00a0000" in found.why


def test_every_sentence_is_whole() -> None:
    sentences = {name: text for name, text in SENTENCES.items() if not name.startswith("column ")}
    assert all(text.endswith(".") for text in sentences.values())
    assert all(text[0].isupper() or text[0] in "„{" for text in sentences.values())
