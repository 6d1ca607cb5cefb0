"""Cells of a returned form find their question, however the form was moved about; else are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import slz_lib
from slz_lib.collection.contradictions import contradictions
from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import CAPACITY, RESPONDENT, Form, stamped
from slz_lib.collection.identifying import identified
from slz_lib.collection.intake import Intake, Issued, taken
from slz_lib.collection.questions import questions
from slz_lib.collection.values import Words, words_of
from tests.samples.replies import Reply, lost

DETAILS, MEASURES, INTRO = "Podrobnosti", "Opatření", "Úvod"


@pytest.fixture(scope="module")
def words(dataset: slz_lib.Dataset) -> Words:
    """The words of the real data."""
    return words_of(dataset)


@pytest.fixture(scope="module")
def forms(dataset: slz_lib.Dataset) -> dict[str, Form]:
    """Forms of three bodies, by body."""
    asked = questions(dataset, "2024-2025")
    bodies = ("KULK-OSMTS", "KULK-ORREP", "ZDRAV-ZARIZENI")
    return {body: asked.form(body, date(2026, 1, 31)) for body in bodies}


def test_a_form_of_an_earlier_layout_is_read_to_the_last_cell(
    dataset: slz_lib.Dataset, words: Words
) -> None:
    step = {"id": "I.2/1", "measure_id": "I.2", "step": "Zřídit poradnu", "lead": "KULK-OSV"}
    steps = pd.DataFrame([step]).assign(deadline=pd.to_datetime(["2025-06-30"]), effort=25.0)
    new = questions(dataset, "2024-2025", None, steps).form("KULK-OSV", date(2026, 1, 31))
    intro, *others, part = new.sheets
    columns = [each for each in part.columns if each.name not in ("step_assumed", "step_days")]
    rows = part.rows[[each.name for each in columns]]
    items = intro.rows[intro.rows["item"].ne(RESPONDENT[CAPACITY])]
    sent = (replace(intro, rows=items), *others, replace(part, columns=tuple(columns), rows=rows))
    old = stamped(replace(new, sheets=sent), 1)
    reply = Reply(old)
    reply.say("step_state", 0, "splněn")
    reply.say("step_note", 0, "Zřízena v\u00a0březnu.")
    returned, issued = reply.returned(), Issued.of(new, workbook(old))
    identity, _ = identified(returned, {new.identity.form: new})
    found = taken(returned, identity, issued, words)
    assert not lost(returned, issued, found)
    assert found.quarantined.empty
    assert {(row["sheet"], row["cell"]) for row in found.staged.to_dict("records")} == reply.typed


def one(found: Intake, field: str) -> dict[str, str]:
    """The only staged row of a field."""
    (row,) = found.staged[found.staged["field"].eq(field)].to_dict("records")
    return {str(name): str(value) for name, value in row.items()}


def swapped(row: int, column: int) -> tuple[int, int]:
    return row, {8: 9, 9: 8}.get(column, column)


def without(*titles: str) -> Callable[[Reply], None]:
    def change(made: Reply) -> None:
        for title in titles:
            del made.cells[title]

    return change


def renamed(made: Reply) -> None:
    made.cells["Naše odpovědi"] = made.cells.pop(DETAILS)


def reordered(made: Reply) -> None:
    made.cells = dict(reversed(made.cells.items()))


def moved(to: Callable[[int, int], tuple[int, int]]) -> Callable[[Reply], None]:
    return lambda made: made.move(DETAILS, to)


MOVES: dict[str, Callable[[Reply], None]] = {
    "a sheet was renamed": renamed,
    "sheets were put in another order": reordered,
    "a sheet was thrown away": without(MEASURES),
    "the header row moved down": moved(lambda row, column: (row + 7, column)),
    "a column was inserted": moved(lambda row, column: (row, column + (column > 2))),
    "columns were swapped": moved(lambda row, at: (row, {7: 8, 8: 7}.get(at, at))),
    "rows were sorted": moved(lambda row, column: (row if row == 1 else 90 - row, column)),
    "a row was inserted": moved(lambda row, column: (row + (row > 3), column)),
    "the properties were lost": lambda made: made.properties.clear(),
    "the first sheet was lost": without(INTRO),
    "only the table is left": without(INTRO, MEASURES),
}


@pytest.mark.parametrize("move", MOVES)
def test_an_answer_is_found_after(move: str, forms: dict[str, Form], words: Words) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.say("state", 9, "plněno")
    made.say("value", 9, "12", "number")
    MOVES[move](made)
    found = made.intake(words)
    about = {"measure_id": "V.3", "criterion": "počet vzdělávacích aktivit"}
    assert one(found, "state").items() >= {**about, "value": "fulfilled"}.items()
    assert one(found, "value").items() >= {**about, "value": "12", "typed": "12"}.items()
    assert found.quarantined.empty


def test_reworded_headings_and_criteria_are_known_and_kept_as_proposals(
    forms: dict[str, Form], words: Words
) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.put(DETAILS, (1, 4), "Stav:")
    made.put(DETAILS, (10, 3), "počet přípravných tříd v kraji")
    made.say("state", 8, "plněno")
    found = made.intake(words)
    assert one(found, "state")["criterion"] == "počet přípravných tříd"
    assert found.quarantined["cell"].tolist() == ["C10", "D1"]
    assert not found.quarantined["ask"].any()


def test_a_column_under_a_foreign_heading_is_quarantined(
    forms: dict[str, Form], words: Words
) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.put(DETAILS, (1, 20), "Vzkaz")
    made.put(DETAILS, (4, 20), "zavolejte nám")
    found = made.intake(words)
    assert found.staged.empty
    assert found.quarantined["why"].str.contains("není nadpis žádného sloupce").tolist() == [
        False,
        True,
    ]


def test_rows_are_told_by_what_they_are_about(forms: dict[str, Form], words: Words) -> None:
    made = Reply(forms["KULK-OSMTS"])
    last = max(row for row, _ in made.cells[DETAILS]) + 1
    for at, (measure, criterion, state) in enumerate(
        (("V.3", "nové kritérium", "plněno"), ("", "", "neplněno"), ("Q.9", "x", "plněno"))
    ):
        for column, text in ((1, measure), (3, criterion), (4, state)):
            if text:
                made.put(DETAILS, (last + at, column), text)
    found = made.intake(words)
    assert one(found, "state")["criterion"] == one(found, "criterion")["value"] == "nové kritérium"
    why = found.quarantined["why"].str
    nameless = why.startswith("Řádek neříká")
    foreign = why.startswith("„Q.9“ v\u00a0tomto formuláři není")
    assert set(found.quarantined.loc[nameless, "value"]) == {"neplněno"}
    assert set(found.quarantined.loc[foreign, "value"]) == {"Q.9", "x", "plněno"}
    lost_rows = found.quarantined[nameless | foreign]
    assert lost_rows.loc[lost_rows["ask"], "value"].tolist() == ["neplněno", "plněno"]


def test_ids_that_excel_took_for_numbers_and_days_are_told_by_what_stands_beside(
    forms: dict[str, Form], words: Words
) -> None:
    """Synthetic ids: *1.1* and *1.10* are one number, *2.5* is a day."""
    form = forms["KULK-ORREP"]
    ids = dict(zip(form.sheets[1].rows["measure_id"], ["1.1", "1.10", "2.5", "2.6"], strict=False))
    sheets = [
        replace(part, rows=part.rows.assign(measure_id=part.rows["measure_id"].replace(ids)))
        for part in form.sheets[1:]
    ]
    form = replace(form, sheets=(form.sheets[0], *sheets))
    made = Reply(form)
    made.put(MEASURES, (3, 1), "1.1", "number")
    made.put(MEASURES, (4, 1), "2024-05-02", "date")
    made.say("answer", 1, "beze změny")
    made.say("answer", 2, "nebylo nic")
    found = made.intake(words)
    answers = found.staged.set_index("measure_id")["value"]
    assert answers.to_dict() == {"1.10": "unchanged", "2.5": "nothing"}
    assert found.quarantined["why"].str.endswith("Není třeba nic dělat.").all()


def test_what_was_given_and_what_stands_outside_is_quarantined(
    forms: dict[str, Form], words: Words
) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.put(MEASURES, (2, 2), "Naše opatření zní jinak")
    made.put("Úvod", (60, 1), "volně")
    made.cells["List1"] = {}
    made.put("List1", (3, 3), "a ještě něco")
    made.outside.append("platí i pro Tanvald")
    found = made.intake(words)
    assert found.staged.empty
    assert set(found.quarantined["value"]) == {
        *("Naše opatření zní jinak", "volně", "a ještě něco", "platí i pro Tanvald")
    }
    told = " ".join(found.quarantined["why"])
    assert "Změna předvyplněného textu" in told
    assert "komentář u buňky A2" in told


def test_a_form_of_many_that_does_not_say_whose_it_is_is_told(
    forms: dict[str, Form], words: Words
) -> None:
    made = Reply(forms["ZDRAV-ZARIZENI"])
    made.say("answer", 0, "beze změny")
    assert "víc subjektů" in made.intake(words).warnings["why"].item()
    made.introduce(RESPONDENT["organisation"], "Nemocnice (syntetická)")
    assert made.intake(words).warnings.empty


def test_what_no_question_asks_is_told(forms: dict[str, Form], words: Words) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.introduce(RESPONDENT["remark"], "Všude beze změny.")
    assert "do dat nepřenáší" in made.intake(words).warnings["why"].item()


def test_a_form_that_does_not_say_which_it_is_goes_by_its_texts(
    dataset: slz_lib.Dataset,
) -> None:
    """All that the shorter form has stands in the longer one; still it is not the shorter."""
    asked = questions(dataset, "2024-2025")
    longer, shorter = (asked.form(body, date(2026, 1, 31)) for body in ("LK", "MPSV"))
    made = Reply(longer)
    made.properties.clear()
    made.cells = {"List1": made.cells[MEASURES]}
    made.put("List1", (2, 8), "beze změny")
    known = {form.identity.form: form for form in (longer, shorter)}
    identity, why = identified(made.returned(), known)
    assert identity is not None
    assert identity.body == "LK"
    assert "Zkontrolujte, čí" in why.replace("\u00a0", " ")


def test_hidden_cells_are_read_and_told(forms: dict[str, Form], words: Words) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.put(DETAILS, (2, 4), "plněno", hidden=True)
    found = made.intake(words)
    assert one(found, "state")["value"] == "fulfilled"
    assert "skrytém" in found.warnings["why"].item()


def test_who_answers_is_read_from_the_first_sheet(forms: dict[str, Form], words: Words) -> None:
    made = Reply(forms["ZDRAV-ZARIZENI"])
    made.introduce(RESPONDENT["place"], "nový bor")
    made.introduce(RESPONDENT["organisation"], "Nemocnice (syntetická)")
    made.say("answer", 0, "beze změny")
    found = made.intake(words)
    assert (
        one(found, "answer").items()
        >= {"place": "Nový Bor", "organisation": "Nemocnice (syntetická)"}.items()
    )


def test_what_the_identity_of_a_file_says_is_checked(forms: dict[str, Form]) -> None:
    known = {form.identity.form: form for form in forms.values()}
    for other in ("2024-2025.KULK-ORREP", "2030-2031.KULK-OSMTS"):
        made = Reply(forms["KULK-OSMTS"])
        made.properties["slz-form"] = other
        identity, why = identified(made.returned(), known)
        assert (identity, "Vlastnosti souboru říkají" in why) == (None, True)
    for field, value, told in (
        ("form", "2030-2031.KULK-OSMTS", "se teď nesbírá; nejbližší je"),
        ("schema", "9", "má verzi „9“, čte se verze „1“"),
        ("form", "2024-2025.KULK-ORREP", "předvyplněný je ale pro „2024-2025.KULK-OSMTS“"),
    ):
        made = Reply(forms["KULK-OSMTS"])
        del made.cells[INTRO]
        made.properties[f"slz-{field}"] = value
        identity, why = identified(made.returned(), known)
        assert identity is None
        assert told in why.replace("\u00a0", " ")


def test_the_law_tells_of_a_lost_and_of_a_doubled_cell(
    forms: dict[str, Form], words: Words
) -> None:
    made = Reply(forms["KULK-OSMTS"])
    made.say("state", 3, "plněno")
    made.say("state", 4, "jaksi")
    found, issued = made.intake(words), Issued.of(made.form)
    held = found.quarantined
    for other in (
        replace(found, staged=found.staged.iloc[:0]),
        replace(found, quarantined=held.iloc[:0]),
        replace(found, quarantined=pd.concat([held, held])),
        replace(found, quarantined=held.assign(cell="Z99")),
    ):
        assert lost(made.returned(), issued, other)


CONTRADICTIONS = {
    "the words deny the state": (
        {"state": "plněno", "description": "Zatím není."},
        "popis to ale popírá",
    ),
    "words of the data are coded otherwise": (
        {"state": "plněno", "description": "Jde o částečné pokrytí."},
        "zapisuje jako „plněno částečně“",
    ),
    "no change beside details": ({"answer": "beze změny", "state": "plněno"}, "změna není"),
    "a figure of a silent measure": ({"value": "12"}, "chybí stav i odpověď"),
    "reach wider than the places": (
        {"state": "plněno", "reach": "celý kraj", "places": "Liberec"},
        "širší",
    ),
    "a figure a hundred times the last one": (
        {"state": "plněno", "value": "2200", "unit": "%"},
        "od posledního známého (54)",
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_contradiction_is_told_at_its_cell(
    case: str, forms: dict[str, Form], words: Words, dataset: slz_lib.Dataset
) -> None:
    answers, told = CONTRADICTIONS[case]
    made = Reply(forms["KULK-OSMTS"])
    cells = {made.say(name, 2, text) for name, text in answers.items()}
    found = contradictions(made.intake(words).staged.assign(party=""), dataset)
    assert found["why"].str.replace("\u00a0", " ").str.contains(told, regex=False).tolist() == [
        True
    ]
    assert set(found["cell"]) <= cells


def test_answers_that_agree_are_not_contradicted(
    forms: dict[str, Form], words: Words, dataset: slz_lib.Dataset
) -> None:
    made = Reply(forms["KULK-OSMTS"])
    for name, text in (
        *(("answer", "změna, viz podrobnosti"), ("state", "plněno"), ("reach", "některé obce")),
        *(("places", "Liberec"), ("value", "20"), ("unit", "%"), ("description", "Běží dál.")),
    ):
        made.say(name, 2, text)
    assert contradictions(made.intake(words).staged.assign(party=""), dataset).empty
    nothing = pd.DataFrame(columns=[*made.intake(words).staged.columns, "party"])
    assert contradictions(nothing, dataset).empty
