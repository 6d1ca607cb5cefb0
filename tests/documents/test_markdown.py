"""What the analyst's Markdown becomes."""

from __future__ import annotations

import pytest

from slz_lib.documents import model as m
from slz_lib.documents.markdown import blocks, slug
from slz_lib.documents.model import Run
from slz_lib.errors import DocumentError


def only(text: str) -> m.Block:
    (found,) = blocks(text)
    return found


def runs(text: str) -> m.Inline:
    block = only(text)
    assert isinstance(block, m.Paragraph)
    return block.text


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_heading_keeps_the_level_it_is_written_with(level: int) -> None:
    assert only(f"{'#' * level} Shrnutí") == m.Heading(
        level=level, text=(Run(text="Shrnutí"),), anchor="shrnuti"
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Okruh **X**", (Run(text="Okruh "), Run(text="X", strong=True))),
        ("**Okruh**", (Run(text="Okruh", strong=True),)),
    ],
)
def test_a_heading_takes_its_anchor_from_the_suffix(words: str, text: m.Inline) -> None:
    assert only(f"## {words} {{#okruh-X}}") == m.Heading(level=2, text=text, anchor="okruh-X")


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


#: What is written, and what it becomes.
RUNS: dict[str, tuple[Run, ...]] = {
    "a ***b*** *c* `d`": (
        Run(text="a\u00a0"),
        Run(text="b", strong=True, emphasis=True),
        Run(text=" "),
        Run(text="c", emphasis=True),
        Run(text=" "),
        Run(text="d", code=True),
    ),
    "[a](https://www.kraj-lbc.cz/)": (Run(text="a", href="https://www.kraj-lbc.cz/"),),
    "[a](mailto:osv@example.cz)": (Run(text="a", href="mailto:osv@example.cz"),),
    "viz [tabulku](#tab-a)": (Run(text="viz "), Run(text="tabulku", ref="tab-a")),
    "viz [](#tab-a)": (Run(text="viz "), Run(text="", ref="tab-a")),
    "a <script>x</script>": (Run(text="a\u00a0<script>x</script>"),),
    "<div>x</div>": (Run(text="<div>x</div>"),),
    "`v  kraji`": (Run(text="v  kraji", code=True),),
    "první\ndruhý": (Run(text="první druhý"),),
    "    odsazený odstavec": (Run(text="odsazený odstavec"),),
}


@pytest.mark.parametrize("text", RUNS)
def test_forms_links_html_code_and_lines_become_runs(text: str) -> None:
    assert runs(text) == RUNS[text]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "http://example.cz", "file:///etc/passwd", "x.md"],
)
def test_a_link_that_is_not_allowed_stays_the_text_that_was_written(address: str) -> None:
    assert runs(f"[kraj]({address})") == (Run(text=f"[kraj]({address})"),)


@pytest.mark.parametrize(
    ("text", "role"),
    [("> Plněno.", "finding"), ("{.lead} **Plněno**.", "lead"), ("{.quiet} Plněno.", "quiet")],
)
def test_a_quotation_or_a_marker_gives_a_paragraph_its_role(text: str, role: str) -> None:
    block = only(text)
    assert isinstance(block, m.Paragraph)
    assert (block.role, m.text_of(block.text)) == (role, "Plněno.")


def test_lists_nest_and_keep_their_kind() -> None:
    inner = m.ItemList(ordered=True, items=(m.ListItem(text=(Run(text="vnořená"),)),))
    assert only("- první\n  1. vnořená\n- druhá\n\n  ještě") == m.ItemList(
        items=(
            m.ListItem(text=(Run(text="první"),), children=(inner,)),
            m.ListItem(text=(Run(text="druhá"), Run(text=" "), Run(text="ještě"))),
        )
    )


def test_spaces_that_must_not_break_are_set_also_before_another_form() -> None:
    assert runs("v kraji a v **obci** i v [](#tab-a) k 31. 12. 2023")[0].text == (
        "v\u00a0kraji a\u00a0v\u00a0"
    )
    assert m.text_of(runs("v [](#tab-a), 31. 12. 2023")) == "v\u00a0, 31.\u00a012.\u00a02023"


def test_pictures_and_too_deep_headings_are_refused_together() -> None:
    with pytest.raises(DocumentError) as refused:
        blocks("![mapa](https://example.cz/mapa.png)\n\n###### Hluboko")
    assert "figure(...)" in str(refused.value)
    assert "6. úroveň" in str(refused.value)
