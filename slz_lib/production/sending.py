"""What goes out to a body: its form, a covering letter, a draft of the mail, the deadline."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path, PurePath

import pandas as pd

from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import MEASURES, STEPS, Form
from slz_lib.collection.questions import Questions, asked_period, questions
from slz_lib.dataset import Dataset
from slz_lib.dataset.nearest import bodies_called
from slz_lib.documents.formats import write
from slz_lib.documents.model import (
    Document,
    Fact,
    ItemList,
    ListItem,
    Paragraph,
    Run,
    TitleBlock,
)
from slz_lib.documents.office import in_language, settled
from slz_lib.errors import ParameterError
from slz_lib.evaluation import evaluate
from slz_lib.language import count, counted, enumerate_words, format_date, no_breaks
from slz_lib.planning import draft_plan
from slz_lib.production import calendars
from slz_lib.production.writing import write_folder
from slz_lib.vocabulary import Period

#: The folder of a collection in which its forms are.
FORMS = "formulare"
_LANGUAGE = "cs-CZ"
_KINDS = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".ics": ("text", "calendar"),
}


def asked(dataset: Dataset, period_id: str) -> Questions:
    """What is asked about a period: with the statuses of the last one, and steps that are due.

    Raises:
        ParameterError: the id is no such years.
        EvaluationError: the last period cannot be evaluated.
    """
    period = asked_period(dataset, period_id)
    last = dataset.last_before(period.start)
    statuses = None
    if last is not None:
        judged = evaluate(dataset, last).judgements.set_index("measure_id")
        statuses = judged["status"].fillna(judged["derived"])
    steps = None
    if (plan := dataset.plan_over(period)) is not None:
        steps = draft_plan(evaluate(dataset, dataset.followed_by(plan)), plan).steps
    return questions(dataset, period_id, statuses, steps)


def usual_deadline(period: Period) -> date:
    """The last day of the second month after a period, where nobody says another."""
    return (pd.Timestamp(period.end) + pd.offsets.MonthEnd(2)).date()


def make_forms(
    dataset: Dataset,
    period_id: str,
    folder: Path,
    bodies: Collection[str] = (),
    until: date | None = None,
) -> pd.DataFrame:
    """Formuláře období do složky sběru; co už tam je a je to totéž, zůstane.

    Args:
        dataset: the data.
        period_id: the period asked about.
        folder: folder of the collection; the forms stand in ``formulare``.
        bodies: the bodies, as people call them; all that have a role when none is given.
        until: the day by which to answer; the usual one when not given.

    Returns:
        A row a body, in Czech.

    Raises:
        ParameterError: other forms are there already, and stay as they are; or the day is before
            the period.
    """
    questions = asked(dataset, period_id)
    day = until or usual_deadline(questions.period)
    if day < questions.period.start:
        raise ParameterError(
            f"Den {format_date(day)} předchází období {questions.period.label}; zadejte pozdější."
        )
    ids = bodies_called(dataset.bodies, bodies) if bodies else questions.bodies
    forms = [questions.form(each, day) for each in ids]
    asker = str(dataset.strategy["region"].iloc[0])
    files = {
        f"{form.identity.body}/{name}": content
        for form in forms
        for name, content in form_files(form, asker).items()
    }
    target = folder / FORMS
    there = {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and not path.name.startswith(("~$", ".~"))
    }
    if there != files:
        write_folder(target, files)
    sheets = [(form.sheet(MEASURES), form.sheet(STEPS)) for form in forms]
    return pd.DataFrame(
        {
            "Subjekt": [form.addressed for form in forms],
            "Opatření": [0 if of is None else len(of.rows) for of, _ in sheets],
            "Kroky": [0 if due is None else len(due.rows) for _, due in sheets],
            "Odpovědět do": format_date(day),
        }
    )


def form_files(form: Form, asker: str) -> dict[str, bytes]:
    """The files for one body by their names.

    Args:
        form: what it is asked.
        asker: who asks.
    """
    name = form.identity.form
    files = {
        f"{name}.xlsx": settled(workbook(form), in_language(_LANGUAGE)),
        f"{name}.docx": write("docx", letter(form, asker)),
        f"{name}.ics": calendar(form),
    }
    request = _request(form)
    text = "\n\n".join(
        (
            "Dobrý den,",
            f"{request[0].lower()}{request[1:]} {_extent(form)}",
            "Průvodní dopis a\u00a0termín do kalendáře přikládáme. Děkujeme.",
            asker,
        )
    )
    return files | {f"{name}.eml": mail(f"Žádost o\u00a0podklady: {form.title}", text, files)}


def letter(form: Form, asker: str) -> Document:
    """The covering letter: who asks, what, until when, and how little is enough."""

    def said(text: str) -> tuple[Run, ...]:
        return (Run(text=no_breaks(text)),)

    title = TitleBlock(
        title="Žádost o\u00a0podklady",
        subtitle=f"za období {form.about.label}",
        subject=f"{form.title}.",
        author=asker,
        as_of=form.about.as_of,
        facts=(
            Fact(term="Pro koho", text=said(form.addressed)),
            Fact(term="Sešit", text=said(f"{form.identity.form}.xlsx")),
            Fact(term="Odpověď do", text=said(format_date(form.respond_by))),
        ),
    )
    blocks = (
        Paragraph(text=said(_request(form)), role="lead"),
        Paragraph(
            text=said(
                f"{asker} připravuje zprávu o naplňování {form.strategy} za období "
                f"{form.about.label}. {_extent(form)}"
            )
        ),
        Paragraph(text=said("Jak na to:")),
        ItemList(items=tuple(ListItem(text=said(step)) for step in form.how), ordered=True),
        Paragraph(
            text=said(
                "Odpověď „nebylo nic“ je také odpověď. Když opatření už není vaše, napište to do "
                "poznámky na listu Úvod. Osobní údaje do formuláře nepatří: místo jmen uvádějte "
                "funkce."
            )
        ),
        Paragraph(text=said(f"Děkujeme. {asker}")),
    )
    return Document(title=title, blocks=blocks, origins=("průvodní dopis",) * len(blocks))


def mail(subject: str, text: str, attached: Mapping[str, bytes]) -> bytes:
    """A draft of a mail to whom its sender fills in; mail programs open it as one not yet sent."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["To"] = ""
    message["X-Unsent"] = "1"
    message.set_content(text.replace("\u00a0", " ") + "\n", cte="quoted-printable")
    for name, content in attached.items():
        main, sub = _KINDS[PurePath(name).suffix]
        message.add_attachment(content, main, sub, filename=name)
    message.set_boundary("=_slz_")
    # Python loses spaces where it folds the words of a heading.
    return message.as_bytes(policy=SMTP.clone(max_line_length=900))


def calendar(form: Form) -> bytes:
    """The deadline as an event of a calendar, with a reminder a week before."""
    return calendars.calendar(
        [
            calendars.Day(
                uid=f"{form.identity.form}.{form.identity.round}",
                day=form.respond_by,
                summary=f"Odevzdat: {form.title}",
                reminder="Za týden končí lhůta pro odpověď.",
            )
        ]
    )


def _request(form: Form) -> str:
    return (
        f"Prosíme o odpověď do {format_date(form.respond_by)} v přiloženém sešitu. "
        "U každého opatření stačí vyplnit jednu buňku."
    )


def _extent(form: Form) -> str:
    """How much is asked, by roles; steps too."""
    rows = {sheet.name: sheet.rows for sheet in form.sheets}
    roles = rows[MEASURES]["role"].tolist() if MEASURES in rows else []
    told = [
        f"{words} u {counted(roles.count(role), 'opatreni')}"
        for role, words in (("gestor", "jste gestorem"), ("spolupráce", "spolupracujete"))
        if role in roles
    ]
    text = enumerate_words(told)
    sentences = [f"{text[0].upper()}{text[1:]}."] if told else []
    if STEPS in rows:
        steps = count(len(rows[STEPS]), "krok", "kroky", "kroků")
        sentences.append(f"Ptáme se také na {steps} plánu.")
    return " ".join(sentences)
