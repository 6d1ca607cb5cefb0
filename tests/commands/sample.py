"""Small notebooks and a workplace for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import v4

from slz_lib.production.batch.agenda import seen_by
from slz_lib.production.catalogue import FORMATS, Edition, Publication, meanings
from slz_lib.production.edition import deliver, make, prepare
from slz_lib.production.inputs import inputs
from slz_lib.production.workplace import Workplace
from slz_lib.production.writing import Delivered, require_writable

if TYPE_CHECKING:
    from nbformat import NotebookNode

    import slz_lib

PARAMETERS = """\
period: str = "2022-2023"  # vyhodnocované období
as_of: str | None = None  # den, k němuž se posuzují termíny
draft: bool = False  # označit výstup jako návrh
data: str = "../data"  # složka s daty
"""
TITLE = """\
from datetime import date
from slz_lib.documents import model as m
m.Content.of(m.TitleBlock(
    title="Zkušební zpráva", subtitle=period, subject="Zkouška.", author="Liberecký kraj",
    as_of=date(2023, 12, 31), draft=draft,
))
"""
TABLE = """\
m.Content.of(m.Table(
    anchor="tab-a", caption="Opatření", columns=(m.Column(title="Opatření"),),
    rows=(m.Row(cells=(m.Cell(text="Bydlení"),)),),
))
"""
PROSE = "# Shrnutí\n\nZkušební věta."


def code(source: str, *tags: str) -> NotebookNode:
    cell: NotebookNode = v4.new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    return cell


def notebook(*cells: NotebookNode, parameters: str = PARAMETERS) -> NotebookNode:
    """Parameters, a title block, a heading with a sentence, and ``cells``."""
    front = (code(parameters, "parameters"), code(TITLE), v4.new_markdown_cell(PROSE))
    made: NotebookNode = v4.new_notebook(cells=[*front, *cells])
    return made


def workplace(root: Path, content: NotebookNode, name: str = "zkouska") -> Workplace:
    """A workplace in the folder ``root`` with one notebook."""
    for folder in ("notebooks", "data"):
        (root / folder).mkdir(parents=True)
    nbformat.write(content, root / "notebooks" / f"{name}.ipynb")
    return Workplace(root / "notebooks", root / "data", root / "reports")


def edition(*formats: str, **parameters: object) -> Edition:
    """The edition of that notebook; in all formats when none is named."""
    publication = Publication(notebook="zkouska", subject="period", stem="zprava")
    return Edition(publication, {"period": "2022-2023", **parameters}, formats or FORMATS)


def of_period(
    publication: Publication, subject: str, *formats: str, **parameters: object
) -> Edition:
    """The edition of a real notebook for one period or horizon."""
    return Edition(publication, {publication.subject: subject, **parameters}, formats or FORMATS)


def produce(
    edition: Edition, place: Workplace, dataset: slz_lib.Dataset | None = None
) -> Delivered:
    """Issue one edition without a batch; its period and parameters are those of ``dataset``."""
    known = None if dataset is None else meanings(edition.publication, dataset)
    prepared = prepare(edition, place, known)
    require_writable((place.reports / edition.name).parent)
    given = None if dataset is None else seen_by(inputs(place), dataset)(edition)
    return deliver(make(prepared, place, given=given), place.reports)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``: path → bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
