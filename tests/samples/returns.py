"""Synthetic returns: a form filled in by a seed, then spoiled in one of many ways.

Each kind knows what comes of it: read, with the cells that were typed; or refused, with a word of
the sentence. Where the form cannot be told from the file, more than what was typed is held back.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from msoffcrypto.format.ooxml import OOXMLFile

from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import CAPACITY, IDENTITY, RESPONDENT, Form
from slz_lib.collection.kinds import gathered
from tests.samples.books import Book, Cell, delimited, mail, ods, outlook, xls, xlsx

MEASURES, DETAILS, STEPS, INTRO = "Opatření", "Podrobnosti", "Kroky", "Úvod"
Change = Callable[["Filled"], None]
_NOTE = re.compile(r"komentář u\s+buňky ([A-Z]+)(\d+) listu „(.+)“")


@dataclass
class Filled:
    """A form that somebody filled in.

    Attributes:
        form: the form.
        book: its workbook.
        chance: what decides.
    """

    form: Form
    book: Book
    chance: random.Random

    def put(self, sheet: str, column: str, value: str | float | bool, **more: str) -> None:
        """Type into a row of a table at random."""
        described = next(part for part in self.form.sheets if part.title == sheet)
        names = [each.name for each in described.columns]
        row = 2 + self.chance.randrange(len(described.rows))
        self.book.type(sheet, (row, names.index(column) + 1), value, **more)

    def beside(self, label: str, value: str) -> None:
        """Type beside a label of the first sheet."""
        cells = self.book.sheets[INTRO].items()
        row = next(row for (row, _), cell in cells if cell.value == label)
        self.book.type(INTRO, (row, 2), value)


def issued(form: Form) -> Book:
    """The book of a form as it went out."""
    found = gathered(workbook(form), "form.xlsx")
    book = Book({part.title: {} for part in form.sheets}, dict(found["properties"]))
    for sheet, row, column, kind, value, hidden in found["cells"]:
        stored = float(value) if kind == "number" else value
        book.sheets.setdefault(sheet, {})[row, column] = Cell(stored)
        book.unseen |= {sheet} if hidden else set()
    for place, text in found["outside"]:
        letter, row, sheet = _NOTE.fullmatch(place).groups()  # type: ignore[union-attr]
        book.comments.setdefault(sheet, {})[int(row), ord(letter) - ord("A") + 1] = text
    return book


def filled(form: Form, book: Book, seed: str) -> Filled:
    """The form with some answers."""
    own = Book(
        {title: dict(cells) for title, cells in book.sheets.items()},
        dict(book.properties),
        {title: dict(notes) for title, notes in book.comments.items()},
        unseen=set(book.unseen),
    )
    made = Filled(form, own, random.Random(seed))  # noqa: S311 — it only has to be the same each time
    made.beside(RESPONDENT["role"], "vedoucí oddělení")
    if STEPS in book.sheets:
        made.put(STEPS, "step_state", "probíhá")
        days: list[str | float] = [12, "12,5 dne", "asi 10", "2 hodiny", -3]
        made.put(STEPS, "step_days", made.chance.choice(days))
        capacity = made.chance.choice(["62,5", "půl úvazku", "40 člověkodnů za čtvrtletí"])
        made.beside(RESPONDENT[CAPACITY], capacity)
    for _ in range(made.chance.randrange(1, 6)):
        made.put(MEASURES, "answer", made.chance.choice(["beze změny", "nebylo nic"]))
        made.put(DETAILS, "state", "zavedeno")
        made.put(DETAILS, "value", made.chance.randrange(1, 900))
        made.put(
            DETAILS, "description", f"Zřízeno {made.chance.randrange(9)} míst; č.\u00a0j. 5/24"
        )
    return made


def answer(text: str | float | bool, column: str = "answer", **more: str) -> Change:
    """One more cell, in the sheet that has the column."""
    sheet = MEASURES if column in {"answer", "contact"} else DETAILS
    return lambda made: made.put(sheet, column, text, **more)


def moved(sheet: str, to: Callable[[int, int], tuple[int, int]]) -> Change:
    """The cells of a sheet elsewhere."""
    return lambda made: made.book.move(sheet, to)


def emptied(made: Filled) -> None:
    """Nothing typed."""
    for cells in made.book.sheets.values():
        for at in [at for at, cell in cells.items() if cell.typed]:
            del cells[at]


def everything(made: Filled) -> None:
    """An answer for each measure."""
    for _ in range(400):
        made.put(MEASURES, "answer", "beze změny")


def without_sheet(made: Filled) -> None:
    """A sheet was thrown away."""
    del made.book.sheets[DETAILS]
    made.book.comments.pop(DETAILS, None)


def extra_sheet(made: Filled) -> None:
    """Somebody wrote on a sheet of their own."""
    made.book.sheets["List1"] = {(3, 2): Cell("Ještě: od ledna funguje poradna.", typed=True)}


def reordered(made: Filled) -> None:
    """Sheets in another order."""
    made.book.sheets = dict(reversed(made.book.sheets.items()))


def identity(name: str, value: str) -> Change:
    """Another identity, in both places."""

    def change(made: Filled) -> None:
        made.book.properties[f"slz-{name}"] = value
        cells = made.book.sheets[INTRO]
        row = next(row for (row, _), cell in cells.items() if cell.value == IDENTITY[name])
        cells[row, 2] = Cell(value)

    return change


def sorted_rows(made: Filled) -> None:
    """The rows of details upside down."""
    last = max(row for row, _ in made.book.sheets[DETAILS])
    made.book.move(DETAILS, lambda row, column: (row if row == 1 else last + 2 - row, column))


def deleted_rows(made: Filled) -> None:
    """A row is gone, with what was in it."""
    made.book.sheets[DETAILS] = {
        (row - (row > 2), column): cell
        for (row, column), cell in made.book.sheets[DETAILS].items()
        if row != 2
    }


def added_row(made: Filled) -> None:
    """One more row of a measure that the form has."""
    cells = made.book.sheets[DETAILS]
    row = max(row for row, _ in cells) + 1
    made.book.type(DETAILS, (row, 1), cells[2, 1].value)
    made.book.type(DETAILS, (row, 10), "Nad rámec: zřízena noclehárna.")


def copied_row(made: Filled) -> None:
    """A row copied below the table with all that it had, and one word more."""
    cells = made.book.sheets[DETAILS]
    row = max(row for row, _ in cells) + 1
    for (of, column), cell in list(cells.items()):
        if of == 2:
            made.book.type(DETAILS, (row, column), cell.value)
    made.book.type(DETAILS, (row, 10), "Druhý údaj k témuž kritériu.")


def copied_sheet(made: Filled) -> None:
    """A sheet copied within the book, with all that it had."""
    cells = made.book.sheets[MEASURES]
    made.book.sheets[f"{MEASURES} (2)"] = {
        at: replace(cell, typed=True) for at, cell in cells.items()
    }


def of_another(made: Filled) -> None:
    """A row pasted from the form of another body."""
    row = max(row for row, _ in made.book.sheets[DETAILS]) + 1
    for column, text in ((1, "XX.99"), (3, "cizí kritérium"), (10, "Z\u00a0cizího formuláře.")):
        made.book.type(DETAILS, (row, column), text)


def overwritten(made: Filled) -> None:
    """Somebody corrected what was filled in beforehand."""
    made.book.type(MEASURES, (2, 2), "Naše opatření zní jinak.")


def reworded(made: Filled) -> None:
    """A heading in other words."""
    made.book.type(MEASURES, (1, 8), "Odpověď za období")


def merged(made: Filled) -> None:
    """Cells of two rows are one."""
    cells = made.book.sheets[DETAILS]
    made.book.type(DETAILS, (2, 10), "Platí pro obě kritéria.")
    cells.pop((3, 10), None)
    made.book.merged[DETAILS] = "J2:J3"


def hidden_rows(made: Filled) -> None:
    """Rows that nobody sees."""
    made.put(MEASURES, "answer", "beze změny")
    made.book.unseen_rows |= {2, 3}


def commented(made: Filled) -> None:
    """The answer stands in a comment."""
    made.book.comments.setdefault(DETAILS, {})[2, 4] = "Zavedeno od března."
    made.book.said.append("Zavedeno od března.")


def threaded(made: Filled) -> None:
    """The answer stands in a thread, which older programs see as a comment."""
    made.book.threads[DETAILS] = {(2, 4): "Zavedeno od dubna.", (2, 5): "Jen v\u00a0Jablonci."}
    made.book.comments.setdefault(DETAILS, {})[2, 4] = "[Threaded comment]\nZavedeno od dubna."
    made.book.said += made.book.threads[DETAILS].values()


def boxed(made: Filled) -> None:
    """The answer stands in a text box."""
    made.book.boxes[MEASURES] = ["Vše běží dál.", "Viz přílohu <b>zprávy</b>."]
    made.book.said += made.book.boxes[MEASURES]


def attached(made: Filled) -> None:
    """The answer stands in the body of the mail too."""
    made.book.said.append("Dobrý den,\nu I.2 je to jinak.\n")


def of_1904(made: Filled) -> None:
    """Days are counted from 1904."""
    made.put(DETAILS, "time", 43_951.0, kind="date")
    made.book.since_1904 = True


def part(name: str, content: bytes) -> Change:
    """One more part of the file."""
    return lambda made: made.book.parts.update({name: content})


def bomb(made: Filled) -> None:
    """A part of nothing, a thousand times as large unpacked."""
    made.book.parts["xl/big.bin"] = bytes(140_000_000)


def far(made: Filled) -> None:
    """A cell at the far corner."""
    made.book.type(DETAILS, (1_048_576, 16_384), "sem zabloudila odpověď")


def misled(made: Filled) -> None:
    """The sheet says that it is as large as can be."""
    made.book.dimension = "A1:XFD1048576"


def of_measures(made: Filled) -> Book:
    """The book with only the sheet that a CSV can hold."""
    return Book({"": dict(made.book.sheets[MEASURES])})


def as_csv(separator: str, encoding: str) -> Callable[[Filled], bytes]:
    """Saved as a CSV: one sheet of it."""

    def write(made: Filled) -> bytes:
        made.book = of_measures(made)
        return delimited(made.book, "", separator, encoding)

    return write


def as_xls(made: Filled) -> bytes:
    """Saved for old Excel; this writer knows no comments."""
    made.book.comments.clear()
    return xls(made.book)


def by_mail(made: Filled) -> bytes:
    """Attached to a mail."""
    made.book.said.append("Formulář\n\nDobrý den,\nu I.2 je to jinak.")
    return mail("Dobrý den,\nu I.2 je to jinak.", {"formulář.xlsx": xlsx(made.book)}).as_bytes()


def mail_alone(made: Filled) -> bytes:
    """The mail has the answer and no form."""
    emptied(made)
    made.book.said.append("U všech opatření\n\nbeze změny.")
    return mail("beze změny.", {}, "U všech opatření").as_bytes()


def by_outlook(made: Filled) -> bytes:
    """Attached to a mail that Outlook has saved."""
    made.book.said.append("Formulář\n\nV\u00a0příloze.")
    return outlook("V\u00a0příloze.", {"formulář.xlsx": xlsx(made.book)})


def forwarded(made: Filled) -> bytes:
    """Attached to a mail attached to a mail."""
    made.book.said += ["FW\n\nPřeposílám.", "Formulář\n\nVnitřní zpráva"]
    whole = mail("Přeposílám.", {}, "FW")
    whole.add_attachment(mail("Vnitřní zpráva", {"formulář.xlsx": xlsx(made.book)}))
    return whole.as_bytes()


def locked(made: Filled) -> bytes:
    """Behind a password."""
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook(made.form))).encrypt("heslo", stream)
    return stream.getvalue()


def truncated(made: Filled) -> bytes:
    """The rest did not arrive."""
    return xlsx(made.book)[:-200]


def doubled(made: Filled) -> bytes:
    """A part is there twice."""
    stream = io.BytesIO(xlsx(made.book))
    with zipfile.ZipFile(stream, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so
        archive.writestr("xl/workbook.xml", "")
    return stream.getvalue()


def sheet_of(inside: str) -> Change:
    """Another first sheet altogether."""
    return part("xl/worksheets/sheet1.xml", inside.encode())


@dataclass(frozen=True)
class Kind:
    """One kind of return.

    Attributes:
        change: what was done to the filled form.
        write: how it was saved.
        name: what the file is called.
        refused: a word of the refusal; empty where it is read.
        told: whether the file still tells which form it is.
    """

    change: Change = lambda _: None
    write: Callable[[Filled], bytes] = lambda made: xlsx(made.book)
    name: str = "formulář.xlsx"
    refused: str = ""
    told: bool = True


_ENTITY = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
_MARKUP = "<script>alert(1)</script> {{ 7*7 }} {% x %} \\input{x} `rm -rf /` **x** ${HOME} %s"
_DECOMPOSED = unicodedata.normalize("NFD", "beze změny")
KINDS: dict[str, Kind] = {
    "as it is": Kind(),
    "empty": Kind(emptied),
    "whole": Kind(everything),
    "sheet renamed": Kind(lambda made: made.book.rename(MEASURES, "Opatreni (2)")),
    "sheets reordered": Kind(reordered),
    "sheet added": Kind(extra_sheet),
    "sheet deleted": Kind(without_sheet),
    "sheet hidden": Kind(lambda made: made.book.unseen.add(DETAILS)),
    "of another body": Kind(identity("form", "2024-2025.NIKDO"), told=False),
    "of another period": Kind(identity("form", "2030-2031.ASZ"), told=False),
    "of another schema": Kind(identity("schema", "9"), told=False),
    "without properties": Kind(lambda made: made.book.properties.clear()),
    "identity overwritten": Kind(lambda made: made.beside(IDENTITY["round"], "první")),
    "rows inserted": Kind(moved(DETAILS, lambda row, column: (row + 2 * (row > 2), column))),
    "rows deleted": Kind(deleted_rows),
    "rows sorted": Kind(sorted_rows),
    "row added": Kind(added_row),
    "row copied": Kind(copied_row),
    "columns inserted": Kind(moved(DETAILS, lambda row, column: (row, column + (column > 3)))),
    "columns swapped": Kind(moved(MEASURES, lambda row, column: (row, 10 - column))),
    "moved down": Kind(moved(MEASURES, lambda row, column: (row + 5, column + 2))),
    "sheet copied": Kind(copied_sheet),
    "row of another form": Kind(of_another),
    "given overwritten": Kind(overwritten),
    "heading reworded": Kind(reworded),
    "1.10": Kind(answer(1.1, "value")),
    "merged": Kind(merged),
    "date as text": Kind(answer("1. 5. 2024", "time")),
    "date": Kind(answer(45_413.0, "time", kind="date")),
    "date since 1904": Kind(of_1904),
    "16,5 %": Kind(answer("16,5 %", "value")),
    "0,165": Kind(answer("0,165", "value")),
    "16.5": Kind(answer("16.5", "value")),
    "percent": Kind(answer(0.165, "value", kind="percent")),
    "spaces": Kind(answer("\u00a0beze\u2009 změny\u3000\t\n")),
    "capitals": Kind(answer("BEZE ZMĚNY")),
    "without diacritics": Kind(answer("beze zmeny")),
    "decomposed": Kind(answer(_DECOMPOSED)),
    "error": Kind(answer("#N/A", "value", kind="error")),
    "flag": Kind(answer(True, "value")),
    "uncalculated": Kind(answer("", "value", formula="SUM(A1:A3)")),
    "external": Kind(answer(7, "value", formula="'[1]\\\\server\\x.xlsx'!A1")),
    "like a formula": Kind(answer("=cmd|' /C calc'!A0", "description")),
    "at sign": Kind(answer("@SUM(1+1)*cmd", "link")),
    "markup": Kind(answer(_MARKUP, "description")),
    "endless": Kind(answer("ž" * 40_000, "description")),
    "control signs": Kind(answer("za\x07ve\x1b[31mdeno\x00", "description")),
    "personal": Kind(answer("Jana Nová, 855612/0008, jana@obec.example", "description")),
    "comment": Kind(commented),
    "thread": Kind(threaded),
    "text box": Kind(boxed),
    "hidden rows": Kind(hidden_rows),
    "far corner": Kind(far),
    "false dimension": Kind(misled),
    "beside the table": Kind(lambda made: made.book.type(MEASURES, (2, 14), "viz e-mail")),
    "folders in names": Kind(part("../../etc/passwd", b"x")),
    "macros": Kind(part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), name="formulář.xlsm"),
    "ods": Kind(write=lambda made: ods(made.book), name="formulář.ods"),
    "xls": Kind(write=as_xls, name="formulář.xls"),
    "csv": Kind(write=as_csv(",", "utf-8-sig"), name="f.csv"),
    "csv of Czech Excel": Kind(write=as_csv(";", "cp1250"), name="f.csv"),
    "csv of UTF-16": Kind(write=as_csv("\t", "utf-16"), name="f.txt"),
    "mail": Kind(write=by_mail, name="Re: formulář.eml"),
    "mail alone": Kind(write=mail_alone, name="odpověď.eml"),
    "mail of Outlook": Kind(write=by_outlook, name="zpráva.msg"),
    "mail within a mail": Kind(write=forwarded, name="zpráva.eml"),
    "password": Kind(write=locked, refused="heslem"),
    "truncated": Kind(write=truncated, refused="neúplný"),
    "entities": Kind(part("xl/x.xml", _ENTITY), refused="DOCTYPE"),
    "cut short": Kind(sheet_of("<w><sheetData><row>"), refused="poškozený"),
    "part twice": Kind(write=doubled, refused="dvakrát"),
    "rows without end": Kind(
        sheet_of("<w><sheetData>" + "<row/>" * 1_000_001 + "</sheetData></w>"), refused="velký"
    ),
    "zip bomb": Kind(bomb, refused="po rozbalení"),
    "picture": Kind(write=lambda _: b"\x89PNG\r\n\x1a\n", name="sken.png", refused="čtou se"),
    "of another kind": Kind(write=lambda _: b"%PDF-1.7", name="f.xlsx", refused="čtou se"),
}


def made(form: Form, book: Book, kind: str, seed: str) -> tuple[Filled, bytes]:
    """One return: what was filled in, and the file."""
    found = filled(form, book, seed)
    KINDS[kind].change(found)
    return found, KINDS[kind].write(found)
