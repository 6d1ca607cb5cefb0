"""What came back to a folder, as files: answers, what goes back, whom to remind."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from slz_lib.collection.assignments import Receipt, State
from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import RESPONDENT, Form
from slz_lib.collection.inbox import Collected, collected
from slz_lib.collection.sentences import SENTENCES
from slz_lib.dataset import Dataset
from slz_lib.dataset.sheets.writing import begun, fit, height, lines
from slz_lib.documents.office import settled
from slz_lib.errors import ParameterError
from slz_lib.language import count, format_date
from slz_lib.production.calendars import first_day
from slz_lib.production.sending import FORMS, asked, calendar, mail, usual_deadline
from slz_lib.production.writing import write_files
from slz_lib.untrusted import shown
from slz_lib.vocabulary import labels

RECEIVED = "prijem"
#: Sheets of the overview by table.
_SHEETS = {
    "assignments": "Subjekty",
    "files": "Soubory",
    "quarantined": "K posouzení",
    "warnings": "Upozornění",
    "staged": "Převzato",
}
#: Widths of columns, columns that only programs need, and signs that a cell takes.
_WIDTHS = {"why": 60, "file": 30, "value": 30, "typed": 30, "criterion": 26, "body": 20}
_WIDTHS |= {"respondent": 20}
_WIDTHS |= dict.fromkeys(("round", "cell", "measure_id", "ask", "staged", "quarantined"), 10)
_MACHINES = ["digest", "form", "row", "organisation"]
_LONGEST = 32_767
#: So many files are told of on the terminal; the overview has all.
_LISTED = 20


def receive(
    inbox: Path,
    folder: Path,
    dataset: Dataset,
    until: date | None = None,
) -> Collected:
    """Read an inbox and write what came of it beside the forms of a collection.

    Args:
        inbox: folder with what came back.
        folder: folder of the collection, as ``slz forms make`` has made it.
        dataset: the data.
        until: the day by which to answer again; that of the forms when not given.

    Raises:
        ParameterError: there is no such inbox, or no forms.
        OutputError: the files cannot be written; what was there before stays.
    """
    target = folder / RECEIVED
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(inbox)):
        raise ParameterError(
            f"Výstup „{shown(str(target))}“ by ležel mezi vrácenými "
            "soubory; dejte je do jiné složky."
        )
    forms, issued, found = inbox_of(inbox, folder, dataset, until)
    asker = str(dataset.strategy["region"].iloc[0])
    files = _files(found, forms, issued, asker)
    before = [path for path in target.rglob("*") if path.is_file()] if target.is_dir() else []
    write_files(target, files, [path.relative_to(target).as_posix() for path in before])
    return found


def inbox_of(
    inbox: Path,
    folder: Path,
    dataset: Dataset,
    until: date | None = None,
) -> tuple[dict[str, Form], dict[str, bytes], Collected]:
    """The forms of a collection and their workbooks as issued, by id, and what came back of them.

    Arguments and errors are those of :func:`receive`; nothing is written.
    """
    if not inbox.is_dir():
        raise ParameterError(f"Složka „{shown(str(inbox))}“ s\u00a0vrácenými soubory tu není.")
    issued = {path.stem: path.read_bytes() for path in sorted((folder / FORMS).glob("*/*.xlsx"))}
    periods = {name.partition(".")[0] for name in issued}
    if len(periods) != 1:
        raise ParameterError(
            f"Ve složce „{shown(str(folder / FORMS))}“ nejsou formuláře jednoho období; "
            "vytvoří je slz forms make."
        )
    questions = asked(dataset, periods.pop())
    told = map(first_day, (path.read_bytes() for path in (folder / FORMS).glob("*/*.ics")))
    day = until or max(filter(None, told), default=usual_deadline(questions.period))
    forms = [questions.form(body, day) for body in questions.bodies]
    found = collected(inbox, forms, dataset, issued)
    return {form.identity.form: form for form in forms}, issued, found


def _files(
    found: Collected, forms: Mapping[str, Form], issued: Mapping[str, bytes], asker: str
) -> dict[str, bytes]:
    """The files of the folder."""
    files: dict[str, bytes] = {}
    for name, form in found.again.items():
        files[f"vratit/{name}.xlsx"] = content = settled(workbook(form))
        text = (
            "děkujeme za odpověď. V\u00a0přiloženém sešitu se ptáme už jen na to, co zbývá doplnit "
            f"nebo opravit: {_questions(form)}. U\u00a0každé otázky stojí, co s\u00a0ní. Prosíme o "
            f"odpověď do {format_date(form.respond_by)}."
        )
        files |= _reminder(name, form, text, content, asker)
    waiting = found.assignments[found.assignments["state"].eq(State.SENT)]
    for name in waiting["form"]:
        form = forms[name]
        text = (
            f"odpověď za období {form.about.label} jsme od vás zatím nedostali. Formulář "
            f"přikládáme znovu; u\u00a0každého opatření stačí jedna buňka. Prosíme o odpověď do "
            f"{format_date(form.respond_by)}."
        )
        files |= _reminder(name, form, text, issued[name], asker)
    parts = [part for form in forms.values() for part in form.sheets[1:]]
    fields = {column.name: column.heading for part in parts for column in part.columns}
    return files | {"prehled.xlsx": _overview(found, RESPONDENT | fields)}


def _reminder(name: str, form: Form, text: str, content: bytes, asker: str) -> dict[str, bytes]:
    attached = {f"{name}.xlsx": content, f"{name}.ics": calendar(form)}
    whole = f"Dobrý den,\n\n{text}\n\nDěkujeme. {asker}"
    subject = f"Připomínka: {form.title}"
    return {
        f"pripomenout/{name}.ics": attached[f"{name}.ics"],
        f"pripomenout/{name}.eml": mail(subject, whole, attached),
    }


def _questions(form: Form) -> str:
    rows = sum(int(part.rows["told"].ne("").sum()) for part in form.sheets if "told" in part.rows)
    return count(rows, "otázku", "otázky", "otázek")


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    """All cells as text; a flag is *ano* or empty."""
    flags = {
        name: table[name].map({True: "ano", False: ""})
        for name in ("ask", "remind")
        if name in table
    }
    return table.assign(**flags).astype("object").fillna("").astype("str")


def _overview(found: Collected, fields: Mapping[str, str]) -> bytes:
    """The tables as a workbook for people; nothing in it is a formula, whatever was typed."""
    words = {"outcome": labels(Receipt), "state": labels(State), "field": fields}
    book, stream = begun("Co se sešlo")
    head, cell = (
        book.add_format({"bold": True, "bottom": 2}),
        book.add_format({"valign": "top", "text_wrap": True}),
    )
    for name, title in _SHEETS.items():
        table = _texts(getattr(found, name)).drop(columns=_MACHINES, errors="ignore")
        sheet = book.add_worksheet(title)
        tall = [1] * (len(table) + 1)
        for at, column in enumerate(map(str, table)):
            width = _WIDTHS.get(column, 15)
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, SENTENCES[f"column {column}"], head)
            for row, text in enumerate(table[column], start=1):
                spoken = words.get(column, {}).get(text, text)[:_LONGEST]
                sheet.write_string(row, at, spoken, cell)
                tall[row] = max(tall[row], lines(spoken, width))
        # LibreOffice does not find the heights of rows by itself.
        for row, needed in enumerate(tall):
            sheet.set_row(row, height(needed))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        fit(sheet)
    book.close()
    return settled(stream.getvalue())


def told(found: Collected) -> Iterator[str]:
    """What a run has found, in Czech lines."""
    files, bodies = found.files, found.assignments
    yield f"Soubory: {len(files)}{_by(files['outcome'], labels(Receipt))}."
    cells = {
        "převzato": len(found.staged),
        "k\u00a0posouzení": len(found.quarantined),
        "upozornění": len(found.warnings),
    }
    yield f"Údaje: {', '.join(f'{word} {number}' for word, number in cells.items())}."
    remind = int(bodies["remind"].sum())
    yield f"Subjekty: {len(bodies)}{_by(bodies['state'], labels(State))}; připomenout {remind}."
    quiet = files["why"].eq("") | files["outcome"].isin([Receipt.PASSED, Receipt.COPY])
    loud = files.loc[~quiet, ["file", "why"]]
    for name, why in loud.head(_LISTED).itertuples(index=False):
        yield f"{name}: {why}"
    if len(loud) > _LISTED:
        more = len(loud) - _LISTED
        yield f"… a\u00a0další soubory: {more}; všechny jsou v\u00a0prehled.xlsx na listu Soubory."


def _by(codes: pd.Series, words: Mapping[str, str]) -> str:
    numbers = codes.value_counts()
    told = [f"{word} {numbers[code]}" for code, word in words.items() if code in numbers]
    return f" ({', '.join(told)})" if told else ""
