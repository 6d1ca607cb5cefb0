"""Comments as a workbook, a row each: empty for who writes them there, read for who places them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from slz_lib.collection.comments import JOIN, REPLY, ReadComments
from slz_lib.collection.form_workbook import tables_after
from slz_lib.collection.forms import FormColumn, FormSheet
from slz_lib.collection.returned import Returned
from slz_lib.dataset import Dataset
from slz_lib.dataset.cells import unfit
from slz_lib.dataset.changing import Change, stated
from slz_lib.dataset.faults import Fault, FaultyDataError
from slz_lib.dataset.opening import source
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.dataset.schemas.description import LONGEST_TEXT
from slz_lib.dataset.sheets.writing import LISTS
from slz_lib.language import plain
from slz_lib.untrusted import printable
from slz_lib.vocabulary import CommentKind, labels, named_safely

COMMENTS, PEOPLE = "Připomínky", "Autoři"
_TITLE = "Připomínky k\u00a0návrhu"
_INSTRUCTIONS = (
    "Na listu Připomínky je řádek pro každou připomínku; řádky můžete přidávat.",
    "Místo a druh vyberte ze seznamu (Alt + šipka dolů). Vyplňte text, nebo navrhněte jiné znění.",
    "Na listu Autoři uveďte funkci a organizaci, nikoli jméno; jména se nikam nepřenášejí.",
    "Záhlaví listů neměňte.",
)
_PLACE = re.compile(r"(.+) \[([A-Za-z_]\w*)\]")
#: What follows a comment in its text and may grow from round to round.
_MORE = re.compile(r" / (?:odpověď \(|\(v dokumentu označeno).*")
_KINDS, _USUAL = labels(CommentKind), str(CommentKind.RECOMMENDING)
#: Room for *(pokračování)* and for roles that are longer than names.
_PIECE = LONGEST_TEXT - 200
_SAME = ["place", "quoted", "text", "proposal"]
_LOST = "buňka je mimo sloupce formuláře nebo v\u00a0ní je chyba; přeneste ji, nebo smažte"
#: Columns that do not enter data.
_ONLY_HERE = frozenset({"author", "files", "marks", "asks"})


def comment_form(headings: Mapping[str, str], read: ReadComments | None = None) -> bytes:
    """A workbook for comments; the same content gives the same bytes.

    Args:
        headings: bookmark → words of every place of the draft.
        read: comments that were read in copies; without them the form is empty, for one author.
    """
    rows = pd.DataFrame() if read is None else read.rows
    authors = [""] if read is None else read.authors
    people = pd.DataFrame({"author": authors, "role": "", "organisation": ""}, dtype="str")
    columns = _columns(headings, given=read is not None)
    return tables_after(
        _introduce,
        _TITLE,
        (
            FormSheet("comments", COMMENTS, columns, _shown(rows, columns), ("place",), grows=True),
            FormSheet("people", PEOPLE, _PEOPLE, people, ("author",), grows=True),
        ),
        {},
    )


def _introduce(book: Any, sheet: Any, _: object) -> None:
    sheet.write_string(0, 0, _TITLE, book.add_format({"bold": True}))
    sheet.write_column(1, 0, _INSTRUCTIONS)
    sheet.protect()


def _columns(headings: Mapping[str, str], *, given: bool) -> tuple[FormColumn, ...]:
    places = tuple(f"{words} [{place}]" for place, words in headings.items())
    asks = FormColumn("asks", "Co doplnit", True, width=22)
    read = (
        FormColumn("author", "Autor", True, width=18, advice="Jak jej uvádí soubor."),
        FormColumn("files", "Soubor", True, width=18),
        FormColumn("marks", "Značek v\u00a0souborech", True, width=10),
    )
    return (
        *((asks,) if given else ()),
        FormColumn("place", "Místo v\u00a0návrhu", False, places, width=28),
        FormColumn("quoted", "K\u00a0textu", width=36, advice="Text návrhu, jehož se týká."),
        FormColumn("text", "Připomínka", width=46),
        FormColumn("proposal", "Navržené znění", width=46),
        FormColumn("why", "Odůvodnění", width=30),
        FormColumn("kind", "Druh", False, tuple(_KINDS.values()), width=16),
        *(read if given else ()),
    )


_PEOPLE = (
    FormColumn("author", "Autor", True, width=30, advice="V\u00a0prázdném formuláři nechte být."),
    FormColumn("role", "Funkce", width=36, advice="Například vedoucí odboru; nikoli jméno."),
    FormColumn("organisation", "Organizace", width=36),
)
_ALL = (*_columns({}, given=True), *_PEOPLE)
_HEADINGS = {column.name: column.heading for column in _ALL}
#: Headings as they are looked for.
_FOUND = {plain(heading): name for name, heading in _HEADINGS.items()}


def _shown(rows: pd.DataFrame, columns: Sequence[FormColumn]) -> pd.DataFrame:
    """Rows in the words of the sheet; a text that is too long for one goes on in the next."""
    if rows.empty:
        return pd.DataFrame(columns=[column.name for column in columns], dtype="str")
    options = {column.name: column.options for column in columns}
    places = {_PLACE.fullmatch(each)[2]: each for each in options["place"]}  # type: ignore[index]
    told = rows.assign(
        place=rows["place"].map(places).fillna(""), kind=rows["kind"].map(_KINDS), why=""
    ).astype("str")
    for name in ("text", "proposal"):  # of which a row has one
        told[name] = told[name].map(
            lambda text: [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)] or [""]
        )
        told = told.explode(name)
    goes_on = told.index.duplicated()
    told["marks"] = told["marks"].mask(goes_on, "0")
    told["text"] = told["text"].mask(goes_on, "(pokračování) " + told["text"])
    return told.reindex(columns=[*options]).reset_index(drop=True)


def accepted_comments(
    returned: Sequence[Returned], dataset: Dataset, period: str, number: int
) -> Change:
    """Comments of workbooks as a change of the period's table; those that it has keep their ids.

    Args:
        returned: workbooks of :func:`comment_form`, as they came back.
        dataset: the data.
        period: id of the period.
        number: the round of comments.

    Raises:
        FaultyDataError: something is missing or cannot be told; every such cell.
        ParameterError: the data do not know the period.
    """
    dataset.period(period)
    faults: list[Fault] = []
    rows = pd.concat([_rows(each, faults) for each in returned], ignore_index=True)
    if faults:
        raise FaultyDataError(faults)
    described = BY_NAME["comments"]
    before = stated(dataset.root, described, period)
    if rows.empty:  # whoever has no comment returns an empty form
        return Change(described, period, before, before)
    measures = {
        re.sub(r"\W", "_", f"m-{named_safely(ident)}"): ident for ident in dataset.measures["id"]
    }
    rows = rows.assign(
        round=str(number), measure_id=rows["place"].map(measures), source_id=source(dataset)
    )
    both = pd.concat([before.assign(file=""), rows], ignore_index=True)
    keyed = (
        both[_SAME].astype("object").fillna("").apply(lambda texts: texts.str.split().str.join(" "))
    )
    keyed["text"] = keyed["text"].str.replace(_MORE, "", regex=True)
    keyed["twin"] = both["file"].groupby([both["file"], *map(keyed.get, _SAME)]).cumcount()
    group = keyed.groupby([*_SAME, "twin"], sort=False).ngroup()
    after = both.groupby(group, sort=False).first()  # of each cell what stood first
    after["text"] = both.groupby(group, sort=False)["text"].last()  # with the newest replies
    people = both.groupby(group, sort=False)[["author", "organisation"]].agg(list)
    pairs = [_united(*lists) for lists in people.itertuples(index=False)]
    after[["author", "organisation"]] = pd.DataFrame(pairs, index=after.index, dtype="str")
    numbers = pd.to_numeric(after["id"].str.removeprefix("p"))
    last = 0 if numbers.isna().all() else int(numbers.max())
    new = (last + numbers.isna().cumsum()).astype("str").str.zfill(3)
    after["id"] = after["id"].fillna("p" + new)
    return Change(described, period, before, after.reset_index(drop=True).replace("", None))


def _united(authors: list[str], organisations: list[str]) -> tuple[str, str]:
    """Authors and their organisations, each pair once."""
    pairs = [
        pair
        for each in zip(authors, organisations, strict=True)
        for pair in zip(*(text.split(JOIN) for text in each), strict=False)
    ]
    first, second = zip(*dict.fromkeys(pairs), strict=True)
    return JOIN.join(first), JOIN.join(second)


def _rows(each: Returned, faults: list[Fault]) -> pd.DataFrame:
    """The comments of one workbook as rows of the table; what is wrong goes to ``faults``."""
    rows, people = (_sheet(each, title, faults) for title in (COMMENTS, PEOPLE))
    faults += _outside(each)
    for name in ("role", "organisation"):
        advice = "doplňte; jméno do dat nepatří"
        faults += _told(each, PEOPLE, people, people[name].eq(""), name, advice)
    known = people.set_index("author")[["role", "organisation"]].replace(";", ",", regex=True)
    roles: dict[str, list[str]] = dict(zip(known.index, known.to_numpy().tolist(), strict=True))
    alone = next(iter(roles), "")  # who writes into an empty form need not repeat it in each row
    place = rows["place"].str.extract(_PLACE)
    names = rows["author"].where(rows["author"].ne(""), alone).str.split(JOIN)
    replying = rows["text"].str.findall(REPLY)
    kind = rows["kind"].map({word: code for code, word in _KINDS.items()} | {"": _USUAL})
    strangers = pd.Series(
        [
            not roles.keys() >= {*some, *others}
            for some, others in zip(names, replying, strict=True)
        ],
        index=rows.index,
    )
    for where, name, advice in (
        (place[1].isna(), "place", "vyberte ze seznamu"),
        (kind.isna(), "kind", "vyberte ze seznamu"),
        (strangers.astype("bool"), "author", f"na listu „{PEOPLE}“ chybí řádek autora"),
        (rows["text"].eq("") & rows["proposal"].eq(""), "text", "čeká se text, nebo návrh znění"),
    ):
        faults += _told(each, COMMENTS, rows, where, name, advice)
    said = rows["text"] + (" Odůvodnění: " + rows["why"]).where(rows["why"].ne(""), "")
    nobody = ["", ""]

    def of_authors(at: int) -> pd.Series:
        return names.map(lambda of: JOIN.join(roles.get(name, nobody)[at] for name in of))

    return pd.DataFrame(
        {
            "file": each.digest,
            "author": of_authors(0),
            "organisation": of_authors(1),
            "kind": kind,
            "place": place[1],
            "heading": place[0],
            "quoted": rows["quoted"],
            "text": said.map(
                lambda text: REPLY.sub(
                    lambda found: f"odpověď ({roles.get(found[1], nobody)[0]}): ", text
                )
            ),
            "proposal": rows["proposal"],
            "source_place": [f"připomínky {each.digest[:12]}, řádek {row}" for row in rows.index],
        },
        dtype="object",
    )


def _told(
    each: Returned, sheet: str, rows: pd.DataFrame, where: pd.Series, name: str, advice: str
) -> list[Fault]:
    """A fault for every row that ``where`` marks."""
    place = f"{each.name}, list „{sheet}“, řádek {{}}, sloupec {_HEADINGS[name]}"
    return [Fault(place.format(row), advice, value=rows[name][row]) for row in rows.index[where]]


def _outside(each: Returned) -> list[Fault]:
    """Texts that stand in no row, but for those that the workbook came with."""
    if not each.cells["sheet"].isin([COMMENTS, PEOPLE]).any():
        return []  # none of ours, which is told
    notes = {column.note for column in _ALL}
    beside = each.outside[~each.outside["text"].str.strip().isin(notes)]
    cells = each.cells[~each.cells["sheet"].isin([COMMENTS, PEOPLE, LISTS])]
    cells = cells[~cells["value"].isin([_TITLE, *_INSTRUCTIONS])]
    places = [*beside["place"], *("list „" + cells["sheet"] + "“, buňka " + cells["cell"])]
    texts = [*beside["text"], *cells["value"]]
    advice = "text nestojí v řádku připomínky; přeneste jej do něj a odsud smažte"
    return [
        Fault(f"{each.name}, {place}", advice, value=text)
        for place, text in zip(places, texts, strict=True)
    ]


def _sheet(each: Returned, title: str, faults: list[Fault]) -> pd.DataFrame:
    """The filled rows of a sheet, by their numbers: texts under the names of its columns."""
    cells = each.cells[each.cells["sheet"].eq(title)]
    heads = (
        cells[cells["row"].eq(1)]
        .set_index("column")["value"]
        .map(lambda text: _FOUND.get(plain(text)))
        .dropna()
    )
    below = cells.assign(name=cells["column"].map(heads))[cells["row"].gt(1)]
    if heads.empty:
        faults.append(Fault(each.name, f"chybí list „{title}“ se záhlavím formuláře"))
    lost = below[below["name"].isna() | below["kind"].eq("error")]
    told = [(*found, _LOST) for found in lost[["cell", "value"]].itertuples(index=False)]
    brought = below.loc[~below["name"].isin(_ONLY_HERE), ["cell", "value"]]
    told += [(cell, text, unfit(_tidy(text))) for cell, text in brought.itertuples(index=False)]
    for cell, text, advice in told:
        if advice:
            faults.append(Fault(f"{each.name}, list „{title}“, buňka {cell}", advice, value=text))
    table_ = below.dropna(subset="name").pivot_table(
        index="row", columns="name", values="value", aggfunc="first", sort=True
    )
    return table_.reindex(columns=[*_HEADINGS]).astype("object").fillna("").map(_tidy)


def _tidy(text: str) -> str:
    """A text as a table may hold it: lines after one another, no sign that is not seen."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return printable(" / ".join(filter(None, lines)))
