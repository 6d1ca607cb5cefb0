"""What changed between two runs, on synthetic documents: every kind of difference, every form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from slz_lib.documents import model as m
from slz_lib.production.review import markdown, page, text
from slz_lib.production.review.comparing import compare
from slz_lib.production.review.pairing import moved
from slz_lib.production.review.values import Change, Comparison, Fate, Kind, Review, Section
from slz_lib.production.review.visible import visible
from slz_lib.production.review.words import compared, words
from slz_lib.vocabulary import Status
from tests.browsing import NARROW, WIDE, opened, scrolls_sideways, violations
from tests.production.golden_review import FOLDER, rendered
from tests.production.review_sample import (
    after,
    before,
    card,
    chart,
    counts,
    document,
    heading,
    paragraph,
    statuses,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST, SECOND, THIRD = (
    paragraph("Kraj svolal poradu všech obcí."),
    paragraph("Podklady dodalo deset odborů úřadu."),
    paragraph("Další zpráva vyjde za dva roky."),
)
CHAPTER = heading("Shrnutí", "shrnuti")


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, Kind, str, str]]:
    """Changes as block, place, kind, marked words and note."""
    marks = {Fate.KEPT: "{}", Fate.DELETED: "[-{}-]", Fate.INSERTED: "{{+{}+}}"}
    return [
        (
            change.subject,
            change.where,
            change.kind,
            "".join(marks[s.fate].format(s.text) for s in change.wording),
            change.note,
        )
        for change in changes
    ]


def of(review: Review, fate: Fate) -> set[str]:
    return {s.text for _, c in review.sections for e in c for s in e.wording if s.fate is fate}


@pytest.mark.parametrize("name", ["review.txt", "review.md", "review.html"])
def test_the_golden_review_is_what_the_synthetic_runs_give(name: str) -> None:
    golden = (FOLDER / name).read_text(encoding="utf-8")
    assert rendered()[name] == golden, "run python -m tests.production.golden_review, read the diff"


def test_a_document_is_not_changed_against_itself() -> None:
    review = compare(before(), before())
    assert review.changes == 0
    assert text.render(Comparison((review,))).endswith("\nBeze změny.\n")
    assert "Beze změny." in markdown.render(Comparison((review,)))
    assert ">Beze změny.<" in page.render(Comparison((review,)))


def test_a_moved_status_is_told_once_whoever_states_it() -> None:
    old, new = (
        document(
            CHAPTER,
            statuses(("I.5", "Přehled", status), ("X.1", "Platformy", Status.PLNENO)),
            card("I.5", "Přehled", status, "Stejný.", "1\u00a0úvazek"),
        )
        for status in (Status.NEPLNENO, Status.CASTECNE)
    )
    review = compare(old, new)
    assert [(s.number, s.which, s.old, s.new, s.chapter) for s in review.statuses] == [
        ("I.5", "Zveřejněný stav", "NEPLNENO", "CASTECNE", "Shrnutí")
    ]
    assert review.changes == 1


def test_moved_statuses_stand_in_the_order_of_the_strategy() -> None:
    numbers = ("X.1", "IX.2", "I.10", "I.9", "XIII.1", "IV.1")
    old, new = (
        document(CHAPTER, statuses(*((number, "—", status) for number in numbers)))
        for status in (Status.PLNENO, Status.SPLNENO)
    )
    moves = compare(old, new).statuses
    assert [move.number for move in moves] == ["I.9", "I.10", "IV.1", "IX.2", "X.1", "XIII.1"]


def test_rows_are_paired_by_their_first_cell_whatever_their_order() -> None:
    old = document(CHAPTER, counts(("Bydlení", 2, 0.5), ("Dluhy", 1, 0.25)))
    new = document(CHAPTER, counts(("Dluhy", 4, 0.25), ("Bydlení", 2, 0.5)))
    review = compare(old, new)
    table = "Tabulka „Počty opatření“"
    place = "řádek „Dluhy“, sloupec „Počet“"
    assert told(review.numbers) == [(table, place, Kind.CHANGED, "[-1-]{+4+}", "+3")]
    assert told(review.rest) == [(table, "pořadí řádků", Kind.CHANGED, "", "")]


def test_a_renamed_row_is_found_by_its_content() -> None:
    old = document(CHAPTER, counts(("Bydlení", 2, 0.5), ("Dluhy", 1, 0.25)))
    new = document(CHAPTER, counts(("Byty", 2, 0.5), ("Dluhy", 1, 0.25)))
    assert told(compare(old, new).rest) == [
        (
            "Tabulka „Počty opatření“",
            "řádek „Byty“, sloupec „Okruh“",
            Kind.CHANGED,
            "[-Bydlení-]{+Byty+}",
            "",
        )
    ]


def test_a_value_that_a_workbook_alone_shows_is_told() -> None:
    old, new = (document(CHAPTER, counts(("Bydlení", 2, share))) for share in (0.5, 0.5004))
    (change,) = compare(old, new).numbers
    assert (change.kind, change.note) == (
        Kind.FORM,
        "čte se „50,0\u00a0%“, v\u00a0sešitu 0,5 → 0,5004",
    )


def test_added_and_removed_columns_are_named() -> None:
    old = counts(("Bydlení", 2, 0.5))
    rows = tuple(row.model_copy(update={"cells": row.cells[:2]}) for row in old.rows)
    new = old.model_copy(update={"columns": old.columns[:2], "rows": rows})
    assert told(compare(document(CHAPTER, old), document(CHAPTER, new)).rest) == [
        ("Tabulka „Počty opatření“", "sloupec „Podíl“", Kind.REMOVED, "", "")
    ]


def test_a_chart_drawn_anew_is_told_even_with_the_same_words() -> None:
    drawn = chart(1).model_copy(update={"svg": chart(2).svg})
    review = compare(document(CHAPTER, chart(1)), document(CHAPTER, drawn))
    assert told(review.charts) == [
        ("Graf „Plněna jsou 1 opatření“", "obrázek", Kind.CHANGED, "", "je nakreslen jinak")
    ]
    assert review.changes == 1


def test_a_paragraph_that_stands_elsewhere_is_moved_not_removed_and_added() -> None:
    other = heading("Závěr", "zaver")
    old = document(CHAPTER, FIRST, SECOND, THIRD, other)
    new = document(CHAPTER, SECOND, THIRD, other, FIRST)
    review = compare(old, new)
    assert told(review.prose) == [
        (
            "",
            "",
            Kind.MOVED,
            "Kraj svolal poradu všech obcí.",
            "dříve v\u00a0kapitole „Shrnutí“",
        )
    ]
    assert review.changes == 1


def test_a_chapter_that_moved_is_told_once_not_by_each_of_its_parts() -> None:
    one = (heading("Jedna", "jedna"), FIRST)
    two = (heading("Dvě", "dve"), SECOND, THIRD, chart(1))
    review = compare(document(*one, *two), document(*two, *one))
    assert told(review.rest) == [("Nadpis", "", Kind.MOVED, "Jedna", "stojí na jiném místě")]
    assert review.changes == 1


def test_headings_are_renamed_added_removed_and_levelled() -> None:
    old = document(CHAPTER, heading("Dvě", "dve", 2), heading("Tři", "tri", 2))
    new = document(CHAPTER, heading("Druhá", "dve", 3), heading("Čtyři", "ctyri", 2))
    assert told(compare(old, new).rest) == [
        ("Nadpis", "", Kind.CHANGED, "[-Dvě-]{+Druhá+}", ""),
        ("Nadpis", "", Kind.FORM, "Druhá", "2.\u00a0úroveň → 3.\u00a0úroveň"),
        ("Nadpis", "", Kind.REMOVED, "[-Tři-]", ""),
        ("Nadpis", "", Kind.ADDED, "{+Čtyři+}", ""),
    ]


def test_an_item_of_a_list_is_compared_as_a_paragraph_is() -> None:
    def listed(*texts: str) -> m.ItemList:
        return m.ItemList(items=tuple(m.ListItem(text=(m.Run(text=t),)) for t in texts))

    old = document(CHAPTER, listed("Určit gestora: 2 opatření.", "Dodat podklady."))
    new = document(CHAPTER, listed("Určit gestora: 3 opatření.", "Dodat podklady."))
    assert told(compare(old, new).prose) == [
        ("", "", Kind.CHANGED, "Určit gestora: [-2-]{+3+} opatření.", "")
    ]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        (
            m.Run(text="web", href="https://a.example"),
            m.Run(text="web", href="https://b.example"),
            "odkaz vede na „https://b.example“, dříve na „https://a.example“",
        ),
        (m.Run(text="web"), m.Run(text="web", strong=True), "jiné zvýraznění"),
        (m.Run(text="a b"), m.Run(text="a\u00a0b"), "jiné mezery"),
    ],
)
def test_what_cannot_be_read_is_told_too(old: m.Run, new: m.Run, note: str) -> None:
    review = compare(
        document(CHAPTER, m.Paragraph(text=(old,))), document(CHAPTER, m.Paragraph(text=(new,)))
    )
    assert [(change.kind, change.note) for change in review.rest] == [(Kind.FORM, note)]
    assert review.changes == 1


def test_a_new_table_does_not_change_the_sentences_that_refer_to_later_ones() -> None:
    first = counts(("Bydlení", 2, 0.5)).model_copy(update={"anchor": "tab-prvni"})
    refers = m.Paragraph(text=(m.Run(text="Uvádí ji "), m.Run(text="", ref="tab-pocty")))
    table = counts(("Bydlení", 2, 0.5))
    review = compare(document(CHAPTER, refers, table), document(CHAPTER, first, refers, table))
    assert told(review.rest) == [("Tabulka „Počty opatření“", "", Kind.ADDED, "", "1\u00a0řádek")]
    assert review.changes == 1


def test_facts_of_the_title_are_compared() -> None:
    old = document(CHAPTER)
    new = document(CHAPTER, title="Zkušební přehled okruhu")
    new = new.model_copy(update={"title": new.title.model_copy(update={"draft": True})})
    assert told(compare(old, new).rest) == [
        ("Titulní blok", "název", Kind.CHANGED, "Zkušební přehled {+okruhu+}", ""),
        ("Titulní blok", "návrh", Kind.CHANGED, "[-ne-]{+ano+}", ""),
    ]


def test_the_order_of_parts_alone_is_a_change() -> None:
    review = compare(document(CHAPTER, chart(1), FIRST), document(CHAPTER, FIRST, chart(1)))
    assert review.changes == 1


BLOCKS: list[m.Block] = [
    FIRST,
    SECOND,
    THIRD,
    chart(1),
    heading("Závěr", "zaver"),
    counts(("Bydlení", 2, 0.5)),
    card("I.2", "Mapování", Status.PLNENO, "Obce mapují.", "3"),
]


@given(st.lists(st.sampled_from(BLOCKS), unique_by=str), st.lists(st.sampled_from(BLOCKS)))
def test_documents_are_without_a_change_only_when_they_are_equal(
    old: list[m.Block], new: list[m.Block]
) -> None:
    assert (compare(document(*old), document(*new)).changes == 0) is (old == new)


WORDS = st.lists(st.sampled_from(["kraj", "obec", "12,5", "1\u00a0000", "–", ",", ".", "(", "I.5"]))


@given(WORDS, WORDS)
def test_the_words_of_both_texts_come_out_of_their_comparison(
    old: list[str], new: list[str]
) -> None:
    wording = compared(" ".join(old), " ".join(new))
    for missing, whole in ((Fate.INSERTED, old), (Fate.DELETED, new)):
        said = [word for s in wording if s.fate is not missing for word in words(s.text)]
        assert said == [word for text_ in whole for word in words(text_)]


TYPESET = st.lists(
    st.sampled_from(["kraj", "obec,", "(obec)", "12,5\u00a0%", "–", "úřad;", "„a“."])
)


@given(TYPESET, TYPESET)
def test_both_texts_are_read_in_their_comparison_with_their_spaces(
    old: list[str], new: list[str]
) -> None:
    wording = compared(" ".join(old), " ".join(new))
    for missing, whole in ((Fate.INSERTED, old), (Fate.DELETED, new)):
        read = "".join(s.text for s in wording if s.fate is not missing)
        assert read.split() == " ".join(whole).split()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("řádky 4 až 6 a 8", "řádky 4, 5 a 8", "řádky 4[- až 6-]{+, 5+} a 8"),
        ("okruhy IX, XII a XIII.", "okruhy IX a XII.", "okruhy IX[-,-]{+ a+} XII[- a XIII-]."),
        ("PLNĚNO 1 a jiné", "PLNĚNO 1, jiné", "PLNĚNO 1[- a-]{+,+} jiné"),
        ("Přehled", "Přehled okruhu", "Přehled {+okruhu+}"),
        ("Dva malé okruhy", "Dva okruhy", "Dva [-malé-] okruhy"),
        ("Okruhy", "Dva okruhy a obce", "[-Okruhy-]{+Dva okruhy a obce+}"),
    ],
)
def test_a_mark_takes_the_spaces_that_only_its_words_have(old: str, new: str, said: str) -> None:
    marks = {Fate.KEPT: "{}", Fate.DELETED: "[-{}-]", Fate.INSERTED: "{{+{}+}}"}
    assert "".join(marks[s.fate].format(s.text) for s in compared(old, new)) == said


def test_words_that_repeat_without_end_are_replaced_as_a_whole() -> None:
    """Looking for what they have in common takes a minute."""
    wording = compared("a b " * 950, "b b a " * 600)
    assert [s.fate for s in wording] == [Fate.DELETED, Fate.INSERTED]


def test_rows_of_one_name_are_paired_with_their_like_however_many_there_are() -> None:
    rows = [("—", number, 0.5) for number in range(300)]
    old = document(CHAPTER, counts(*rows))
    moved_last = document(CHAPTER, counts(*rows[1:], rows[0]))
    assert [change.where for change in compare(old, moved_last).rest] == ["pořadí řádků"]
    changed = document(CHAPTER, counts(*(("—", number + 1000, 0.5) for number in range(300))))
    assert len(compare(old, changed).numbers) == 300


def lines(count: int, first: int, of: str = "ř.\u00a0{}, {}") -> m.Document:
    """A table whose rows refer to lines that follow one another from ``first`` on."""
    rows = [
        m.Row(cells=(m.Cell(text=f"I.{n}"), m.Cell(text=of.format(first + n, first + n + 1))))
        for n in range(count)
    ]
    columns = (m.Column(title="Opatření"), m.Column(title="Podklady"))
    table = m.Table(anchor="tab-t", caption="Podklady", columns=columns, rows=tuple(rows))
    return document(CHAPTER, table)


def test_numbers_that_all_moved_on_alike_are_told_once() -> None:
    review = compare(lines(1234, 50), lines(1234, 48))
    assert told(review.rest) == [
        (
            "Tabulka „Podklady“",
            "sloupec „Podklady“",
            Kind.CHANGED,
            "",
            (
                "řádků, v\u00a0nichž jsou jen čísla o\u00a02 nižší: 1\u00a0234 "
                "(první „I.0“, poslední „I.1233“)"
            ),
        )
    ]
    assert review.changes == 1


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        (lines(9, 5), lines(9, 6), 9),
        (lines(12, 5), lines(12, 6, "řádek {}, {}"), 12),
        (lines(12, 5, "{}\u00a0úvazku"), lines(12, 6, "{}\u00a0úvazku"), 12),
    ],
)
def test_few_rows_other_words_and_figures_are_told_one_by_one(
    old: m.Document, new: m.Document, number: int
) -> None:
    review = compare(old, new)
    assert len({change.where for change in (*review.numbers, *review.rest)}) == number


def test_a_sign_alone_does_not_tear_two_changes_apart() -> None:
    assert [(s.fate, s.text) for s in compared("u 4 (44,4 %)", "u 5 (55,6 %)")] == [
        (Fate.KEPT, "u "),
        (Fate.DELETED, "4 (44,4"),
        (Fate.INSERTED, "5 (55,6"),
        (Fate.KEPT, " %)"),
    ]


@given(st.permutations(range(7)))
def test_what_did_not_move_stands_in_the_old_order(order: list[int]) -> None:
    rest = [i for i in order if i not in moved(order)]
    assert rest == sorted(rest)
    assert (moved(order) == set()) is (list(order) == sorted(order))


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert) ![a](b) "
    "`c` *d* _e_ # f | g ~~h~~ &amp; \\* www.example.org {+lež+} \x1b[31m\x07\u202e\u200b"
)


def hostile() -> Comparison:
    """A comparison whose every text comes from an unfriendly notebook."""
    table = counts((HOSTILE, 1, 0.5)).model_copy(update={"caption": HOSTILE})
    old = document(
        heading(HOSTILE, "nadpis"),
        table,
        card(HOSTILE, HOSTILE, Status.PLNENO, HOSTILE, "1"),
        title=HOSTILE,
    )
    new = document(
        heading(f"# {HOSTILE} nový", "nadpis"),
        paragraph(HOSTILE),
        counts((HOSTILE, 2, 0.5)).model_copy(update={"caption": f"{HOSTILE} jinak"}),
        card(HOSTILE, HOSTILE, Status.SPLNENO, f"{HOSTILE} víc", "2"),
        title=f"{HOSTILE} !",
    )
    review = compare(old, new, HOSTILE)
    return Comparison((review,), (f"1. {HOSTILE}",), (f"- {HOSTILE}",))


def test_nothing_steers_the_terminal_and_nothing_hides() -> None:
    shown = text.render(hostile())
    assert "\\u001b[31m\\u0007\\u202e\\u200b" in shown
    assert all(sign.isprintable() or sign in "\n\u00a0\u2002" for sign in shown)


def test_marks_in_a_text_are_told_from_those_of_the_review() -> None:
    shown = text.render(hostile())
    assert "\\{+lež\\+}" in shown
    assert re.search(r"(?<!\\)\{\+lež", shown) is None


def test_markup_of_a_text_is_not_markup_of_the_markdown() -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(markdown.render(hostile()))
    tree: Any = lxml.html.fromstring(f"<div>{html}</div>")
    tags = {str(element.tag) for element in tree.iter()}
    assert tags <= {"div", "h1", "h2", "h3", "h4", "p", "ul", "li", "strong", "del", "ins", "br"}
    assert HOSTILE.partition("\x1b")[0].strip() in " ".join(tree.text_content().split())
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_markup_of_a_text_is_not_markup_of_the_page() -> None:
    html = page.render(hostile())
    tree: Any = lxml.html.fromstring(html)
    assert tree.xpath("//script | //img | //@onerror | //a[starts-with(@href, 'java')]") == []
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    tree: Any = lxml.html.fromstring(page.render(hostile()))
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert tree.xpath("//@src | //link") == []
    assert tree.get("lang") == "cs"


def test_spaces_and_letters_stay_as_they_are() -> None:
    assert visible("K\u00a031.\u00a012. – „Žluťoučký“ ● I\u2002Okruh") == (
        "K\u00a031.\u00a012. – „Žluťoučký“ ● I\u2002Okruh"
    )


def several() -> Comparison:
    """Two editions with a change, one without, and one on each side alone."""
    changed = [compare(before(), after(), name) for name in ("okruhy/okruh-I", "orp/orp-5105")]
    return Comparison((*changed, compare(before(), before(), "plan")), ("stara",), ("nova",))


def test_of_several_editions_the_unchanged_and_the_lone_are_only_named() -> None:
    shown = text.render(several())
    assert shown.startswith(
        "Co se změnilo\n\nBeze změny:\n  plan\n\nJen v\u00a0první složce:\n  stara\n\n"
        "Jen ve druhé složce:\n  nova\n\n=== Zkušební přehled (okruhy/okruh-I)\n"
    )
    assert shown.count("===") == 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("which", ["one", "several", "hostile"])
def test_the_page_breaks_no_rule_of_accessibility_and_does_not_scroll_sideways(
    which: str, width: int, browser: Browser, tmp_path: Path
) -> None:
    one = Comparison((compare(before(), after(), "prehled"),))
    shown = {"one": one, "several": several(), "hostile": hostile()}[which]
    file = tmp_path / "zmena.html"
    file.write_text(page.render(shown), encoding="utf-8", newline="\n")
    opened_page = opened(browser, file, width)
    assert violations(opened_page) == ""
    assert not scrolls_sideways(opened_page)
    opened_page.close()


def test_a_section_names_what_it_holds() -> None:
    review = compare(before(), after())
    assert [section for section, changes in review.sections if changes] == list(Section)
    assert "Tato věta v\u00a0druhém běhu nebude." in of(review, Fate.DELETED)
