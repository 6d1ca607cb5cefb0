"""What the analyst's Markdown becomes."""

from __future__ import annotations

import pytest

from slz_lib.documents import model as m
from slz_lib.documents.markdown import blocks, read, slug
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
    "a <!-- b\nc --> d": (Run(text="a\u00a0d"),),
    "a  \nb\\\nc<br>d": (Run(text="a\nb\nc\nd"),),
    "5 \\$ a 6 \\$, 3 < 5, &lt;b>": (Run(text="5 $ a\u00a06 $, 3 < 5, <b>"),),
    "na https://a.cz/b_c.": (
        Run(text="na "),
        Run(text="https://a.cz/b_c", href="https://a.cz/b_c"),
        Run(text="."),
    ),
    "(www.a.cz), a@b.cz": (
        Run(text="("),
        Run(text="www.a.cz", href="https://www.a.cz"),
        Run(text="), "),
        Run(text="a@b.cz", href="mailto:a@b.cz"),
    ),
    "[a][b]\n\n[b]: https://a.cz": (Run(text="a", href="https://a.cz"),),
    "```\n$a$  {{ b }}\n  <c>\n```": (Run(text="$a$  {{ b }}\n  <c>", code=True),),
    "`v  kraji`": (Run(text="v  kraji", code=True),),
    "první\ndruhý": (Run(text="první druhý"),),
}


@pytest.mark.parametrize("text", RUNS)
def test_forms_links_html_code_and_lines_become_runs(text: str) -> None:
    assert runs(text) == RUNS[text]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "http://example.cz", "file:///etc/passwd", "x.md"],
)
def test_a_link_that_is_not_allowed_is_refused_with_its_line(address: str) -> None:
    with pytest.raises(DocumentError, match=r"^Řádek 2: odkaz „kraj“ vede na"):
        blocks(f"Viz\n[kraj]({address}).")


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
            m.ListItem(
                text=(Run(text="druhá"),), children=(m.Paragraph(text=(Run(text="ještě"),)),)
            ),
        )
    )


def test_spaces_that_must_not_break_are_set_also_before_another_form() -> None:
    assert runs("v kraji a v **obci** i v [](#tab-a) k 31. 12. 2023")[0].text == (
        "v\u00a0kraji a\u00a0v\u00a0"
    )
    assert m.text_of(runs("v [](#tab-a), 31. 12. 2023")) == "v\u00a0, 31.\u00a012.\u00a02023"


def test_what_follows_a_nested_list_stays_behind_it_and_a_list_counts_from_its_number() -> None:
    block = only("31. prosince\n    - vnořený\n\n    pokračování")
    assert isinstance(block, m.ItemList)
    assert block.start == 31
    nested, after = block.items[0].children
    assert isinstance(nested, m.ItemList)
    assert after == m.Paragraph(text=(Run(text="pokračování"),))


#: What JupyterLab shows and no document has: each is told by its line and its words.
REFUSED = {
    "![mapa](mapa.png)": "obrázek „mapa“",
    "![mapa](attachment:mapa.png)": "obrázek „mapa“",
    '<img src="mapa.png">': "obrázek „<img",
    "| Obec | Počet |\n|--|--:|\n| Liberec | 1 |": 'table(pd.DataFrame({"Obec": [...], "Počet"',
    "<div>x</div>": "HTML „<div>x</div>“",
    "a <script>x</script>": "HTML „<script>“",
    "<!-- a": "komentář „<!-- a“ nemá konec",
    "a <!-- b": "komentář „<!-- b“ nemá konec",
    "$x^2$": "vzorec „$x^2$“",
    "$$\nx\n$$": "vzorec „$$ x $$“",
    r"\\(x\\)": "vzorec",
    "a[^1]": "poznámku pod čarou „[^1]“",
    "~~a~~": "přeškrtnutý text „~~a~~“",
    "~a~": "přeškrtnutý text „~a~“",
    "{{ a | opatreni }}": "výraz „{{ a | opatreni }}“",
    "- [ ] a": "zaškrtávací bod „[ ] a“",
    "---": "vodorovnou čáru",
    "    a": "odsazený text „a“",
    "```mermaid\na\n```": "diagram mermaid",
    "> - a": "seznam nesmí stát v\u00a0citátu",
    "- # A": "nadpis nesmí stát v\u00a0seznamu",
    "- > a": "citát nesmí stát v\u00a0seznamu",
    "40000. a": "„40000.“",
    "http://a.cz": "vede na „http://a.cz“",
    '[a](https://a.cz "b")': "popisek „b“",
    "[](https://a.cz)": "nemá slova",
    "###### Hluboko": "6. úroveň",
    "A<br>\n===": "zalomený řádek",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_document_has_is_refused_with_its_line(text: str) -> None:
    _, (slip, *more) = read(f"Věta `$a$`\nna dva řádky.\n\n{text}")
    assert (slip.line, more) == (4, [])
    assert REFUSED[text] in slip.problem


def test_lines_are_those_that_the_analyst_edits_where_these_are_known() -> None:
    text = "a\n\n~b~\n\n~c~"
    _, slips = read(text, source="%%prose\n\na\n~b~\n\n~{{ x }}~")
    assert [slip.line for slip in slips] == [4, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("## Nadpis {#č ž}", "kotvu „{#č ž}“ dokument nezná"),
        ("## Nadpis {.unnumbered}", "kotvu „{.unnumbered}“ dokument nezná"),
        ("{.xyz} Úvod", "úlohu odstavce „{.xyz}“ dokument nezná; zná {.lead} a\u00a0{.quiet}."),
        ("<http://a.cz>", "vede na „http://a.cz“"),
    ],
)
def test_braces_that_mean_nothing_and_links_are_told_once(text: str, told: str) -> None:
    (slip,) = read(text)[1]
    assert told in slip.problem
