"""What a ``%%prose`` cell does with figures, blocks and untrusted words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from slz_lib.documents.model import Cell, Column, Heading, Paragraph, Row, Table, text_of
from slz_lib.errors import DocumentError
from slz_lib.presentation.prose import prose


def words(template: str, **names: object) -> str:
    """The text of the only paragraph that ``template`` gives."""
    (block,) = prose(template, names).blocks
    assert isinstance(block, Paragraph)
    return text_of(block.text)


TABLE = Table(
    anchor="tab-x",
    caption="Syntetická tabulka",
    columns=(Column(title="a"),),
    rows=(Row(cells=(Cell(text="1"),)),),
)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1\u00a0okruh"), (3, "3\u00a0okruhy"), (5, "5\u00a0okruhů"), (0, "0\u00a0okruhů")],
)
def test_a_filter_gives_the_noun_its_form(number: int, shown: str) -> None:
    assert words("{{ n | okruhy }}", n=number) == shown


def test_a_number_is_shown_in_czech_and_with_its_whole() -> None:
    assert words("{{ 1234.5 }}") == "1\u00a0234,5"
    assert words("{{ 12 | ze(50) }}") == "12\u00a0z\u00a050 (24,0\u00a0%)"


def test_a_year_has_no_thousands_space() -> None:
    assert words("{{ 2027 | rok }}") == "2027"


def test_a_status_code_becomes_sign_and_word() -> None:
    assert words("{{ 'NEPLNENO' | stav }}") == "○\u00a0NEPLNĚNO"


def test_an_unknown_value_is_a_dash() -> None:
    assert words("{{ nic }}", nic=None) == "—"


@pytest.mark.parametrize(
    "hostile",
    [
        "**tučně**",
        "[odkaz](https://example.org)",
        "# nadpis",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "`kód`",
        "\ue0000\ue001",
    ],
)
def test_a_value_never_acts_as_markdown_template_or_place(hostile: str) -> None:
    template = "{{ value }}"
    shown = words("Text: " + template, value=hostile)
    assert shown == "Text: " + hostile.replace("\ue000", "").replace("\ue001", "")


def test_a_block_alone_in_a_paragraph_stands_in_its_place() -> None:
    blocks = prose("Před.\n\n{{ t }}\n\nZa.", {"t": TABLE}).blocks
    assert [block.type for block in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[1] == TABLE


def test_a_block_in_a_sentence_is_parted_from_it() -> None:
    blocks = prose("Tabulka {{ t }} uprostřed.", {"t": TABLE}).blocks
    assert [block.type for block in blocks] == ["paragraph", "table", "paragraph"]


def test_a_loop_repeats_headings_with_their_anchors() -> None:
    template = "{% for o in okruhy %}\n## Okruh {{ o.id }} {#okruh-{{ o.id }}}\n\n{% endfor %}"
    okruhy = [SimpleNamespace(id="I"), SimpleNamespace(id="II")]
    blocks = prose(template, {"okruhy": okruhy}).blocks
    assert [b.anchor for b in blocks if isinstance(b, Heading)] == ["okruh-I", "okruh-II"]


def test_a_lender_gives_names_that_come_first() -> None:
    lender = type("Lender", (), {"pocet": 3})()
    blocks = prose("{{ pocet | cislo }}", {"pocet": 7}, [lender]).blocks
    assert isinstance(blocks[0], Paragraph)
    assert text_of(blocks[0].text) == "3"


def test_an_unknown_name_is_refused_and_named() -> None:
    with pytest.raises(DocumentError, match="neznamy"):
        prose("{{ neznamy }}", {})


def test_a_broken_template_is_refused_with_its_line() -> None:
    with pytest.raises(DocumentError, match="řádku 2"):
        prose("První řádek.\n{{ 1 + }}", {})


def test_a_template_cannot_reach_the_interpreter() -> None:
    with pytest.raises(DocumentError):
        prose("{{ ''.__class__.__mro__[1].__subclasses__() }}", {})
