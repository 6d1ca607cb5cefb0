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
from slz_lib.production.comparing import rendering
from slz_lib.production.comparing.documents import review
from slz_lib.production.comparing.pairing import moved, paired
from slz_lib.production.comparing.reviews import Comparison, Event, Review, Section
from slz_lib.production.comparing.words import Fate, wording, words
from tests.commands.golden_review import FOLDER, rendered
from tests.commands.review_sample import (
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
from tests.samples.browsing import NARROW, WIDE, opened, scrolls_sideways, violations
from tests.samples.scales import SCALE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST, SECOND, THIRD = (
    paragraph("Kraj svolal poradu všech obcí."),
    paragraph("Podklady dodalo deset odborů úřadu."),
    paragraph("Další zpráva vyjde za dva roky."),
)
CHAPTER = heading("Shrnutí", "shrnuti")
MARKS = {Fate.KEPT: "{}", Fate.DELETED: "[-{}-]", Fate.INSERTED: "{{+{}+}}"}


def told(review: Review, *sections: Section) -> list[tuple[str, str, Event, str, str]]:
    """Changes in ``sections`` (in all but that of statuses) as plain values with marked words."""
    return [
        (
            change.subject,
            change.where,
            change.event,
            "".join(MARKS[s.fate].format(s.text) for s in change.wording),
            change.note,
        )
        for change in review.differences
        if change.section in (sections or set(Section) - {Section.STATUSES})
    ]


def moves(review: Review) -> list[tuple[str, str, str]]:
    return [line[1:2] + line[3:] for line in told(review, Section.STATUSES)]


@pytest.mark.parametrize("name", ["review.txt", "review.md", "review.html"])
def test_the_golden_review_is_what_the_synthetic_runs_give(name: str) -> None:
    golden = (FOLDER / name).read_text(encoding="utf-8")
    assert rendered()[name] == golden, "run python -m tests.commands.golden_review, read the diff"


def test_a_document_is_not_changed_against_itself() -> None:
    found = review(before(), before())
    assert (found.differences, found.equal) == ((), True)
    assert rendering.text(Comparison((found,))).endswith("\nBeze změny.\n")
    assert "Beze změny." in rendering.markdown(Comparison((found,)))
    assert ">Beze změny.<" in rendering.page(Comparison((found,)))


def test_a_document_that_reads_the_same_is_said_to_differ_in_form_alone() -> None:
    runs = (m.Run(text="web a jiné"), m.Run(text="web a\u00a0jiné", strong=True))
    old, new = (document(CHAPTER, m.Paragraph(text=(run,))) for run in runs)
    found = review(old, new)
    assert (found.differences, found.equal) == ((), False)
    assert "Liší se jen úprava" in rendering.text(Comparison((found,)))


def test_a_moved_status_is_told_once_whoever_states_it() -> None:
    old, new = (
        document(
            CHAPTER,
            statuses(("I.5", "Přehled", status), ("X.1", "Platformy", SCALE["PLNENO"])),
            card("I.5", "Přehled", status, "Stejný.", "1\u00a0úvazek"),
        )
        for status in (SCALE["NEPLNENO"], SCALE["CASTECNE"])
    )
    found = review(old, new)
    assert moves(found) == [
        (
            "I.5\u2002Přehled",
            "[-○\u00a0NEPLNĚNO-]{+◐\u00a0ČÁSTEČNĚ+}",
            "zveřejněný stav",
        )
    ]
    assert [change.chapter for change in found.differences] == ["Shrnutí"]


def test_moved_statuses_stand_in_the_order_of_the_document_whatever_the_ids() -> None:
    numbers = ("I.9", "I.10", "IX.2", "A-4", "1.2.3", "1.2.10", "X.1")
    old, new = (
        document(CHAPTER, statuses(*((number, "—", status) for number in numbers)))
        for status in (SCALE["PLNENO"], SCALE["SPLNENO"])
    )
    found = [where.partition("\u2002")[0] for where, *_ in moves(review(old, new))]
    assert found == list(numbers)


def test_rows_are_paired_by_their_first_cell_whatever_their_order() -> None:
    old = document(CHAPTER, counts(("Bydlení", 2, 0.5), ("Dluhy", 1, 0.25)))
    new = document(CHAPTER, counts(("Dluhy", 4, 0.25), ("Bydlení", 2, 0.5)))
    table = "Tabulka „Počty opatření“"
    assert told(review(old, new)) == [
        (table, "řádek „Dluhy“, sloupec „Počet“", Event.CHANGED, "[-1-]{+4+}", "+3"),
        (table, "pořadí řádků", Event.CHANGED, "", ""),
    ]


def test_a_renamed_row_is_found_by_its_content() -> None:
    old = document(CHAPTER, counts(("Bydlení", 2, 0.5), ("Dluhy", 1, 0.25)))
    new = document(CHAPTER, counts(("Byty", 2, 0.5), ("Dluhy", 1, 0.25)))
    place = "řádek „Byty“, sloupec „Okruh“"
    assert told(review(old, new)) == [
        ("Tabulka „Počty opatření“", place, Event.CHANGED, "[-Bydlení-]{+Byty+}", "")
    ]


def test_a_value_that_a_workbook_alone_shows_is_told() -> None:
    old, new = (document(CHAPTER, counts(("Bydlení", 2, share))) for share in (0.5, 0.5004))
    ((*_, note),) = told(review(old, new), Section.NUMBERS)
    assert note == "čte se „50,0\u00a0%“, v\u00a0sešitu je 0.5004, dříve 0.5"


def test_added_and_removed_columns_are_named() -> None:
    old = counts(("Bydlení", 2, 0.5))
    rows = tuple(row.model_copy(update={"cells": row.cells[:2]}) for row in old.rows)
    new = old.model_copy(update={"columns": old.columns[:2], "rows": rows})
    table = "Tabulka „Počty opatření“"
    for was, now, event in ((old, new, Event.REMOVED), (new, old, Event.ADDED)):
        found = review(document(CHAPTER, was), document(CHAPTER, now))
        assert told(found) == [(table, "sloupec „Podíl“", event, "", "")]


def test_a_chart_drawn_anew_is_told_even_with_the_same_words() -> None:
    drawn = chart(1).model_copy(update={"svg": chart(2).svg})
    assert told(review(document(CHAPTER, chart(1)), document(CHAPTER, drawn))) == [
        ("Graf „Plněna jsou 1 opatření“", "obrázek", Event.CHANGED, "", "je nakreslen jinak")
    ]


def test_a_paragraph_that_stands_elsewhere_is_moved_not_removed_and_added() -> None:
    other = heading("Závěr", "zaver")
    old = document(CHAPTER, FIRST, SECOND, THIRD, other)
    new = document(CHAPTER, SECOND, THIRD, other, FIRST)
    assert told(review(old, new)) == [
        ("", "", Event.MOVED, "Kraj svolal poradu všech obcí.", "dříve v\u00a0kapitole „Shrnutí“")
    ]


def test_a_chapter_that_moved_is_told_once_not_by_each_of_its_parts() -> None:
    one = (heading("Jedna", "jedna"), FIRST)
    two = (heading("Dvě", "dve"), SECOND, THIRD, chart(1))
    assert [line[:4] for line in told(review(document(*one, *two), document(*two, *one)))] == [
        ("Nadpis", "", Event.MOVED, "Jedna")
    ]


def test_headings_are_renamed_added_and_removed() -> None:
    old = document(CHAPTER, heading("Dvě", "dve", 2), heading("Tři", "tri", 2))
    new = document(CHAPTER, heading("Druhá", "dve", 2), heading("Čtyři", "ctyri", 2))
    assert told(review(old, new)) == [
        ("Nadpis", "", Event.CHANGED, "[-Dvě-]{+Druhá+}", ""),
        ("Nadpis", "", Event.REMOVED, "[-Tři-]", ""),
        ("Nadpis", "", Event.ADDED, "{+Čtyři+}", ""),
    ]


def test_an_item_of_a_list_is_compared_as_a_paragraph_is() -> None:
    def listed(*texts: str) -> m.ItemList:
        return m.ItemList(items=tuple(m.ListItem(text=(m.Run(text=t),)) for t in texts))

    old = document(CHAPTER, listed("Určit gestora: 2 opatření.", "Dodat podklady."))
    new = document(CHAPTER, listed("Určit gestora: 3 opatření.", "Dodat podklady."))
    assert told(review(old, new)) == [
        ("", "", Event.CHANGED, "Určit gestora: [-2-]{+3+} opatření.", "")
    ]


def test_a_new_table_does_not_change_the_sentences_that_refer_to_later_ones() -> None:
    first = counts(("Bydlení", 2, 0.5)).model_copy(update={"anchor": "tab-prvni"})
    refers = m.Paragraph(text=(m.Run(text="Uvádí ji "), m.Run(text="", ref="tab-pocty")))
    table = counts(("Bydlení", 2, 0.5))
    found = review(document(CHAPTER, refers, table), document(CHAPTER, first, refers, table))
    assert told(found) == [("Tabulka „Počty opatření“", "", Event.ADDED, "", "1\u00a0řádek")]


def test_facts_of_the_title_are_compared() -> None:
    new = document(CHAPTER, title="Zkušební přehled okruhu")
    new = new.model_copy(update={"title": new.title.model_copy(update={"draft": True})})
    assert told(review(document(CHAPTER), new)) == [
        ("Titulní blok", "název", Event.CHANGED, "Zkušební přehled{+ okruhu+}", ""),
        ("Titulní blok", "návrh", Event.CHANGED, "[-ne-]{+ano+}", ""),
    ]


BLOCKS: list[m.Block] = [
    FIRST,
    SECOND,
    THIRD,
    chart(1),
    heading("Závěr", "zaver"),
    counts(("Bydlení", 2, 0.5)),
    card("I.2", "Mapování", SCALE["PLNENO"], "Obce mapují.", "3"),
]


@given(st.lists(st.sampled_from(BLOCKS), unique_by=str), st.lists(st.sampled_from(BLOCKS)))
def test_documents_are_without_a_change_only_when_they_are_equal(
    old: list[m.Block], new: list[m.Block]
) -> None:
    found = review(document(*old), document(*new))
    assert found.equal is (old == new)
    assert (not found.differences) is found.equal


TYPESET = st.lists(
    st.sampled_from(
        ["kraj", "obec,", "(obec)", "12,5\u00a0%", "–", "úřad;", "„a“.", "I.5", "1\u00a0000"]
    )
)


@given(TYPESET, TYPESET)
def test_both_texts_are_read_in_their_comparison_with_their_words_and_spaces(
    old: list[str], new: list[str]
) -> None:
    found = wording(" ".join(old), " ".join(new))
    for missing, whole in ((Fate.INSERTED, old), (Fate.DELETED, new)):
        read = "".join(s.text for s in found if s.fate is not missing)
        assert words(read) == words(" ".join(whole))
        assert read.split() == " ".join(whole).split()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("řádky 4 až 6 a 8", "řádky 4, 5 a 8", "řádky 4[- až 6-]{+, 5+} a 8"),
        ("Přehled", "Přehled okruhu", "Přehled{+ okruhu+}"),
        ("Dva malé okruhy", "Dva okruhy", "Dva [-malé -]okruhy"),
        ("Okruhy", "Dva okruhy a obce", "[-Okruhy-]{+Dva okruhy a obce+}"),
        ("u 4 (44,4 %)", "u 5 (55,6 %)", "u [-4 (44,4-]{+5 (55,6+} %)"),
    ],
)
def test_a_change_has_its_spaces_and_is_not_torn_apart_by_a_sign(
    old: str, new: str, said: str
) -> None:
    assert "".join(MARKS[s.fate].format(s.text) for s in wording(old, new)) == said


def test_words_that_repeat_without_end_are_replaced_as_a_whole() -> None:
    """Looking for what they have in common takes a minute."""
    found = wording("a b " * 950, "b b a " * 600)
    assert [s.fate for s in found] == [Fate.DELETED, Fate.INSERTED]


def test_rows_of_one_name_are_paired_with_their_like_however_many_there_are() -> None:
    rows = [("—", number, 0.5) for number in range(300)]
    old = document(CHAPTER, counts(*rows))
    moved_last = document(CHAPTER, counts(*rows[1:], rows[0]))
    assert [line[1] for line in told(review(old, moved_last))] == ["pořadí řádků"]
    changed = document(CHAPTER, counts(*(("—", number + 1000, 0.5) for number in range(300))))
    assert len(told(review(old, changed), Section.NUMBERS)) == 300


@given(st.permutations(range(7)))
def test_what_did_not_move_stands_in_the_old_order(order: list[int]) -> None:
    pairs = paired(range(7), order, lambda number: number)
    rest = [i for i in order if i not in moved(pairs)]
    assert rest == sorted(rest)
    assert (moved(pairs) == set()) is (list(order) == sorted(order))


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
        card(HOSTILE, HOSTILE, SCALE["PLNENO"], HOSTILE, "1"),
        title=HOSTILE,
    )
    new = document(
        heading(f"# {HOSTILE} nový", "nadpis"),
        paragraph(HOSTILE),
        counts((HOSTILE, 2, 0.5)).model_copy(update={"caption": f"{HOSTILE} jinak"}),
        card(HOSTILE, HOSTILE, SCALE["SPLNENO"], f"{HOSTILE} víc", "2"),
        title=f"{HOSTILE} !",
    )
    return Comparison((review(old, new, HOSTILE),), (f"1. {HOSTILE}",), (f"- {HOSTILE}",))


def test_nothing_steers_the_terminal_and_nothing_hides() -> None:
    shown = rendering.text(hostile())
    assert "\\u001b[31m\\u0007\\u202e\\u200b" in shown
    assert all(sign.isprintable() or sign in "\n\u00a0\u2002" for sign in shown)


def test_marks_in_a_text_are_told_from_those_of_the_review() -> None:
    shown = rendering.text(hostile())
    assert "\\{+lež\\+}" in shown
    assert re.search(r"(?<!\\)\{\+lež", shown) is None


def test_markup_of_a_text_is_not_markup_of_the_markdown() -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(rendering.markdown(hostile()))
    tree: Any = lxml.html.fromstring(f"<div>{html}</div>")
    tags = {str(element.tag) for element in tree.iter()}
    assert tags <= {"div", "h1", "h2", "h3", "h4", "p", "ul", "li", "del", "ins", "br"}
    assert HOSTILE.partition("\x1b")[0].strip() in " ".join(tree.text_content().split())
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_markup_of_a_text_is_not_markup_of_the_page_which_loads_and_runs_nothing() -> None:
    html = rendering.page(hostile())
    tree: Any = lxml.html.fromstring(html)
    assert tree.xpath("//script | //img | //@onerror | //a[starts-with(@href, 'java')]") == []
    assert tree.xpath("//@src | //link") == []
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "\x1b" not in html
    assert "\u202e" not in html
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


def several() -> Comparison:
    """Two editions with a change, one without, and one on each side alone."""
    changed = [review(before(), after(), name) for name in ("okruhy/okruh-I", "orp/orp-5105")]
    return Comparison((*changed, review(before(), before(), "plan")), ("stara",), ("nova",))


def test_of_several_editions_the_unchanged_and_the_lone_are_only_named() -> None:
    shown = rendering.text(several())
    assert shown.startswith(
        "Co se změnilo\n\nBeze změny\n==========\n  plan\n\nJen v\u00a0první složce\n"
        "==================\n  stara\n\nJen ve druhé složce\n===================\n  nova\n\n"
        "Zkušební přehled (okruhy/okruh-I)\n====="
    )
    assert shown.count("Zkušební přehled (") == 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("shown", [several(), hostile()], ids=["several", "hostile"])
def test_the_page_breaks_no_rule_of_accessibility_and_does_not_scroll_sideways(
    shown: Comparison, width: int, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "zmena.html"
    file.write_text(rendering.page(shown), encoding="utf-8", newline="\n")
    opened_page = opened(browser, file, width)
    assert violations(opened_page) == ""
    assert not scrolls_sideways(opened_page)
    opened_page.close()
