"""What the analyst's Markdown becomes."""

from __future__ import annotations

import pytest

from slz_lib.documents import model as m
from slz_lib.documents.markdown import blocks, slug
from slz_lib.errors import DocumentError


def only(text: str) -> m.Block:
    found = blocks(text)
    assert len(found) == 1
    return found[0]


def runs(text: str) -> m.Inline:
    block = only(text)
    assert isinstance(block, m.Paragraph)
    return block.text


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_heading_keeps_the_level_it_is_written_with(level: int) -> None:
    assert only(f"{'#' * level} Shrnutí") == m.Heading(
        level=level, text=(m.Run(text="Shrnutí"),), anchor="shrnuti"
    )


def test_a_heading_takes_its_anchor_from_the_suffix() -> None:
    assert only("## Okruh **X** {#okruh-X}") == m.Heading(
        level=2,
        text=(m.Run(text="Okruh "), m.Run(text="X", strong=True)),
        anchor="okruh-X",
    )


def test_a_suffix_after_bold_words_leaves_no_empty_run() -> None:
    heading = only("## **Okruh** {#okruh}")
    assert isinstance(heading, m.Heading)
    assert heading.text == (m.Run(text="Okruh", strong=True),)


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Příliš žluťoučký kůň", "prilis-zlutoucky-kun"),
        ("Kde to\u00a0vázne?", "kde-to-vazne"),
        ("2022–2023", "oddil-2022-2023"),
        ("—", "oddil"),
    ],
)
def test_a_slug_is_ascii_and_begins_with_a_letter(words: str, anchor: str) -> None:
    assert slug(words) == anchor


def test_forms_of_text_nest() -> None:
    assert runs("a ***b*** *c* `d`") == (
        m.Run(text="a\u00a0"),
        m.Run(text="b", strong=True, emphasis=True),
        m.Run(text=" "),
        m.Run(text="c", emphasis=True),
        m.Run(text=" "),
        m.Run(text="d", code=True),
    )


@pytest.mark.parametrize("address", ["https://www.kraj-lbc.cz/", "mailto:osv@example.cz"])
def test_a_link_leads_outside_over_https_or_to_a_mailbox(address: str) -> None:
    assert runs(f"[kraj]({address})") == (m.Run(text="kraj", href=address),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://example.cz",
        "file:///etc/passwd",
        "x.md",
    ],
)
def test_any_other_link_stays_the_text_that_was_written(address: str) -> None:
    assert runs(f"[kraj]({address})") == (m.Run(text=f"[kraj]({address})"),)


def test_a_link_to_an_anchor_is_a_cross_reference() -> None:
    assert runs("viz [tabulku](#tab-stavy)") == (
        m.Run(text="viz "),
        m.Run(text="tabulku", ref="tab-stavy"),
    )


def test_an_empty_link_lets_the_label_stand() -> None:
    assert runs("viz [](#tab-stavy)")[-1] == m.Run(text="", ref="tab-stavy")


def test_html_is_text() -> None:
    assert runs("a <script>x</script>") == (m.Run(text="a\u00a0<script>x</script>"),)
    assert runs("<div>x</div>") == (m.Run(text="<div>x</div>"),)


def test_a_quotation_is_a_finding() -> None:
    assert only("> Souhrn nesedí.") == m.Paragraph(
        role="finding", text=(m.Run(text="Souhrn nesedí."),)
    )


@pytest.mark.parametrize("role", ["lead", "quiet"])
def test_a_marker_gives_a_paragraph_its_role(role: str) -> None:
    block = only(f"{{.{role}}} **Plněno** bylo.")
    assert isinstance(block, m.Paragraph)
    assert block.role == role
    assert m.text_of(block.text) == "Plněno bylo."


def test_lists_nest_and_keep_their_kind() -> None:
    inner = m.ItemList(ordered=True, items=(m.ListItem(text=(m.Run(text="vnořená"),)),))
    assert only("- první\n  1. vnořená\n- druhá\n\n  ještě") == m.ItemList(
        items=(
            m.ListItem(text=(m.Run(text="první"),), children=(inner,)),
            m.ListItem(text=(m.Run(text="druhá"), m.Run(text=" "), m.Run(text="ještě"))),
        )
    )


def test_spaces_that_must_not_break_are_set_also_before_another_form() -> None:
    assert runs("v kraji a v **obci** i v [](#tab-a) k 31. 12. 2023")[0].text == (
        "v\u00a0kraji a\u00a0v\u00a0"
    )
    assert m.text_of(runs("v [](#tab-a), 31. 12. 2023")) == "v\u00a0, 31.\u00a012.\u00a02023"


def test_code_is_left_as_it_is() -> None:
    assert runs("`v  kraji`") == (m.Run(text="v  kraji", code=True),)


def test_lines_of_a_paragraph_join_by_a_space() -> None:
    assert runs("první\ndruhý") == (m.Run(text="první druhý"),)


def test_indented_prose_is_no_program_text() -> None:
    assert runs("    odsazený odstavec") == (m.Run(text="odsazený odstavec"),)


def test_pictures_and_too_deep_headings_are_refused_together() -> None:
    with pytest.raises(DocumentError) as refused:
        blocks("![mapa](https://example.cz/mapa.png)\n\n###### Hluboko")
    assert "figure(...)" in str(refused.value)
    assert "6. úroveň" in str(refused.value)
