"""What a ``%%prose`` cell does with figures, blocks and untrusted words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import slz_lib
from slz_lib.documents.model import Cell, Column, Heading, Paragraph, Row, Table, text_of
from slz_lib.errors import DocumentError
from slz_lib.presentation import Findings, tables
from slz_lib.presentation.prose import prose
from slz_lib.production.comparing.settling import write_content
from tests.samples.scales import SCALE


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
    [(1, "1\u00a0krok"), (3, "3\u00a0kroky"), (5, "5\u00a0kroků"), (0, "0\u00a0kroků")],
)
def test_a_filter_gives_the_noun_its_form(number: int, shown: str) -> None:
    assert words("{{ n | kroky }}", n=number) == shown


def test_a_number_is_shown_in_czech_and_with_its_whole() -> None:
    assert words("{{ 1234.5 }}") == "1\u00a0234,5"
    assert words("{{ 12 | ze(50) }}") == "12\u00a0z\u00a050\u00a0opatření (24,0\u00a0%)"


def test_a_year_has_no_thousands_space() -> None:
    assert words("{{ 2027 | rok }}") == "2027"


def test_a_status_code_becomes_sign_and_word() -> None:
    assert words("{{ 'NEPLNENO' | stav }}", scale=SCALE) == "○\u00a0NEPLNĚNO"


def test_where_no_scale_is_lent_a_status_code_is_refused_in_czech() -> None:
    with pytest.raises(DocumentError, match="stupnice tu není; uveďte za %%prose vyhodnocení"):
        words("{{ 'NEPLNENO' | stav }}")


def test_an_unknown_value_is_a_dash() -> None:
    assert words("{{ nic }}", nic=None) == "—"


@pytest.mark.parametrize(
    "hostile",
    [
        "**tučně**",
        "[odkaz](https://example.org)",
        "# nadpis",
        "- odrážka",
        "31. 12. 2023",
        "1) první",
        "> citát",
        "nadpis\n---",
        "&lt;b&gt;",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "`kód`",
        "{.lead} text",
        "\ue0000\ue001",
    ],
)
def test_a_value_never_acts_as_markdown_template_or_place(hostile: str) -> None:
    shown = words("{{ value }}", value=hostile)
    plain = hostile.replace("\n", " ").replace("\ue000", "").replace("\ue001", "")
    assert shown.replace("\u00a0", " ") == plain


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (pd.NA, "—"),
        (pd.NaT, "—"),
        (float("nan"), "—"),
        (np.int64(12345), "12\u00a0345"),
        (True, "ano"),
        (pd.Timestamp("2023-12-31"), "31.\u00a012.\u00a02023"),
    ],
)
def test_a_value_of_pandas_is_shown_in_czech(value: object, shown: str) -> None:
    assert words("{{ value }}", value=value) == shown


def test_a_block_alone_in_a_paragraph_stands_in_its_place() -> None:
    blocks = prose("Před.\n\n{{ t }}\n\nZa.", {"t": TABLE}).blocks
    assert [block.type for block in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[1] == TABLE


def test_a_block_in_a_sentence_is_parted_from_it() -> None:
    blocks = prose("Tabulka {{ t }} uprostřed.", {"t": TABLE}).blocks
    assert [block.type for block in blocks] == ["paragraph", "table", "paragraph"]


def test_a_loop_repeats_headings_with_their_anchors() -> None:
    template = "{% for o in okruhy %}\n## Okruh {{ o.id }} {#okruh-{{ o.id }}}\n\n{% endfor %}"
    okruhy = [{"id": "I"}, {"id": "II"}]
    blocks = prose(template, {"okruhy": okruhy}).blocks
    assert [b.anchor for b in blocks if isinstance(b, Heading)] == ["okruh-I", "okruh-II"]


def test_a_lender_gives_names_that_come_first() -> None:
    lender = type("Lender", (), {"pocet": 3})()
    blocks = prose("{{ pocet | cislo }}", {"pocet": 7}, [lender]).blocks
    assert isinstance(blocks[0], Paragraph)
    assert text_of(blocks[0].text) == "3"


def test_a_reference_made_of_values_says_them_and_leads_only_to_an_anchor() -> None:
    (block,) = prose("{{ kotva | odkaz(slova) }}", {"kotva": "tab-x", "slova": "[zlá](#y)"}).blocks
    assert isinstance(block, Paragraph)
    assert [(run.text, run.ref) for run in block.text] == [("[zlá](#y)", "tab-x")]
    with pytest.raises(DocumentError, match="není kotva"):
        prose("{{ kotva | odkaz }}", {"kotva": "x) [zlá](https://example.org"})


def test_an_unknown_name_is_refused_and_named_with_its_line() -> None:
    with pytest.raises(DocumentError, match=r"Řádek 2 textu: .*„neznamy“ tu není"):
        prose("První.\n{{ neznamy }}", {})


def test_an_unknown_filter_is_refused_with_the_nearest() -> None:
    with pytest.raises(DocumentError, match="„kroku“; nejbližší je „kroky“"):
        prose("{{ 5 | kroku }}", {})


def test_a_broken_template_is_refused_with_its_line() -> None:
    with pytest.raises(DocumentError, match=r"^Řádek 2 "):
        prose("První řádek.\n{{ 1 + }}", {})


@pytest.mark.parametrize("expression", ["1 / 0", "'X' | stav", "'a' | cislo"])
def test_an_expression_that_fails_says_on_which_line(expression: str) -> None:
    with pytest.raises(DocumentError, match=r"^Řádek 1 "):
        prose("{{ " + expression + " }}", {})


REFUSED = [
    "''.__class__.__mro__[1].__subclasses__()",
    "get_ipython().system('touch canary')",
    "open('canary', 'w').write('x')",
    "slz_lib.load('data')",
    "pd.read_csv('/etc/passwd')",
    "write_content(frame, 'canary')",
    "Findings(evaluation)",
    "dataset.root",
    "(dataset.root / 'canary').write_text('x')",
    "evaluation.dataset.root.parent",
    "dataset._tables",
    "['x', folder][1]",
    "lipsum()",
    "frame.to_csv('canary')",
    "frame.query('a > 0')",
    "frame.drop(frame.index, inplace=True)",
    "frame.sort_values('a', inplace=True)",
    "frame.insert(0, 'b', 1)",
    "frame.a.map(range)",
    "frame.values.tofile('canary')",
    "frame.loc.obj",
    "frame | map('string')",
    "tables.pd",
]


@pytest.mark.parametrize("expression", REFUSED)
def test_a_template_sees_what_it_is_lent_and_no_more(
    expression: str,
    evaluation: slz_lib.Evaluation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = InteractiveShell()
    frame = pd.DataFrame({"a": [2, 1]})
    names = {
        **shell.user_ns,
        "get_ipython": shell.get_ipython,
        "open": open,
        "slz_lib": slz_lib,
        "pd": pd,
        "write_content": write_content,
        "Findings": Findings,
        "tables": tables,
        "evaluation": evaluation,
        "dataset": evaluation.dataset,
        "folder": tmp_path,
        "frame": frame,
    }
    with pytest.raises(DocumentError) as caught:
        prose("První řádek.\n{{ " + expression + " }}", names, [evaluation])
    assert str(caught.value).startswith("Řádek 2 textu: ")
    assert "\n" not in str(caught.value)
    assert list(frame.columns) == ["a"]
    assert list(frame["a"]) == [2, 1]
    assert list(tmp_path.iterdir()) == []


def test_a_lender_lends_no_path(evaluation: slz_lib.Evaluation) -> None:
    with pytest.raises(DocumentError, match="„root“ tu není"):
        prose("{{ root }}", {}, [evaluation.dataset])


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("frame.a.sum()", "3"),
        ("frame.loc[frame.a.gt(1)] | length", "1"),
        ("(frame.sort_values('a').itertuples() | list)[0].a", "1"),
        ("frame.a.to_list() | join(', ')", "2, 1"),
        ("'NEPLNENO' | stav", "○\u00a0NEPLNĚNO"),
        ("{'a': 1}.get('a')", "1"),
        ("as_of.year | rok", "2023"),
    ],
)
def test_a_template_reads_tables_and_values(expression: str, shown: str) -> None:
    frame = pd.DataFrame({"a": [2, 1]})
    names = {"frame": frame, "scale": SCALE, "as_of": date(2023, 12, 31)}
    assert words("{{ " + expression + " }}", **names) == shown


def test_a_template_may_call_the_librarys_tables(evaluation: slz_lib.Evaluation) -> None:
    names = {"tables": tables, "evaluation": evaluation}
    (block,) = prose("{{ tables.status_table(evaluation) }}", names).blocks
    assert block.type == "table"
