"""Comments of reviewers: those of all copies of a draft, each with its place, none told twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from slz_lib.collection.draft_places import Places
from slz_lib.collection.drafts import MARK, THING, Draft
from slz_lib.language import count
from slz_lib.untrusted import cut, shown
from slz_lib.vocabulary import CommentKind

#: Between authors of one comment, and between names of files.
JOIN = "; "
#: As a reply stands in the text of its comment, with the name of who wrote it.
REPLY = re.compile(r"odpověď \[([^\]]+)\]: ")
#: Characters of the draft's own text that a row quotes.
_QUOTED = 600
#: As reviewers mark what they insist on.
_ESSENTIAL = re.compile(r"\s*(?:zásadní(?:\s+připomínka)?|Z)\s*[:–-]", re.IGNORECASE)
_ASKS = {
    "anchor": "Komentář nemá v\u00a0souboru kotvu; vyberte místo.",
    "text": "Odstavec v\u00a0návrhu není, nebo je jich takových víc; vyberte místo.",
}
_PAGE = re.compile(r"\t\d+$|\s\d+/\d+$")
_SOLVED = "\n(v\u00a0dokumentu označeno jako vyřešené)"
#: Of what one copy has: the paragraph, and for a move the one to which it goes; replies apart.
_TYPES = {
    "at": "int64",
    "author": "str",
    "quoted": "str",
    "text": "str",
    "more": "str",
    "proposal": "str",
    "target": "Int64",
    "marks": "int64",
}
_SAME = ["place", "paragraph", "quoted", "text", "proposal"]


@dataclass(frozen=True, slots=True, eq=False)
class ReadComments:
    """Připomínky přečtené z\u00a0kopií jednoho návrhu.

    Attributes:
        rows: ``place`` (bookmark, empty where it is asked), ``asks`` (what to fill in), ``quoted``,
            ``text``, ``proposal``, ``kind``, ``author`` (as the file has it), ``files``, ``marks``
            (comments and changes of all files that the row tells); a row a comment, those that
            ask first, then in the order of the draft.
        headings: bookmark → words of the place, all of the draft.
        marks: comments and changes of all files; as many as the rows tell.
        unmarked: name of a file → paragraphs that are not the draft's, where no change says so.
        restyled: name of a file → tracked changes of the look, which are no comments.
    """

    rows: pd.DataFrame
    headings: dict[str, str]
    marks: int
    unmarked: Mapping[str, int]
    restyled: Mapping[str, int]

    @property
    def authors(self) -> list[str]:
        """Names that stand in the files, in their order; each has to become a role."""
        replying = self.rows["text"].str.findall(rf"\n{REPLY.pattern}").explode().dropna()
        writing = self.rows["author"].str.split(JOIN).explode()
        return list(dict.fromkeys([*writing, *replying]))

    @property
    def lines(self) -> list[str]:
        """What was read, in lines."""
        asked = int(self.rows["place"].eq("").sum())
        told = [count(len(self.rows), "připomínka", "připomínky", "připomínek")]
        if len(self.rows) < self.marks:
            told[0] += f" z\u00a0{self.marks} komentářů a\u00a0změn v\u00a0souborech"
        if asked:
            told.append(f"{asked} bez místa; vyberte je v\u00a0prvních řádcích")
        for name, number in self.unmarked.items():
            paragraphs = count(number, "odstavec", "odstavce", "odstavců")
            told.append(
                f"{shown(name)}: jiný text bez sledování změn ({paragraphs}); jako změny jej ukáže "
                "slz comments redline a\u00a0její dokument lze přečíst s\u00a0ostatními kopiemi"
            )
        told += [
            f"{shown(name)}: sledované změny vzhledu ({number}) připomínkami nejsou; projděte je "
            "v\u00a0souboru"
            for name, number in self.restyled.items()
        ]
        return told


def read_comments(draft: Draft, copies: Sequence[Draft]) -> ReadComments:
    """The comments of all copies; the same one of several is told once, with all its authors.

    Args:
        draft: the draft as it went round.
        copies: as it came back.
    """
    places = Places.of(draft)
    found = [_rows(copy, places) for copy in copies]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*_COLUMNS])
    # What one file has twice, is twice.
    rows["twin"] = rows.groupby(["files", *_SAME], sort=False).cumcount()
    order = {place: at for at, place in enumerate(["", *places.headings])}
    merged = rows.groupby([*_SAME, "twin"], sort=False, as_index=False).agg(
        at=("at", "min"),
        asks=("asks", "first"),
        more=("more", lambda values: "".join(dict.fromkeys(values))),
        kind=("kind", "min"),  # essential, if it is so for one of them
        author=("author", _joined),
        files=("files", _joined),
        marks=("marks", "sum"),
    )
    merged["text"] += merged["more"]
    merged = merged.assign(order=merged["place"].map(order)).sort_values(
        ["order", "at"], kind="stable", ignore_index=True
    )
    return ReadComments(
        merged[["place", "asks", *_COLUMNS[2:]]],
        dict(places.headings),
        sum(copy.marks for copy in copies),
        {copy.name: number for copy in copies if (number := _unmarked(draft, copy))},
        {copy.name: copy.restyled for copy in copies if copy.restyled},
    )


def _unmarked(draft: Draft, copy: Draft) -> int:
    """How many paragraphs of a copy are not the draft's, or of the draft not the copy's."""
    # Numbers of pages, in tables of contents and beneath, are renewed by whatever saves the file.
    sent, returned = (
        {" ".join(_PAGE.sub("", text).split()) for text in each.paragraphs["original"]} - {""}
        for each in (draft, copy)
    )
    return max(len(sent - returned), len(returned - sent))


_COLUMNS = ("place", "asks", "quoted", "text", "proposal", "kind", "author", "files", "marks")


def _author(name: str, copy: Draft) -> str:
    """A name as it stands in lists of them."""
    told = " ".join(re.sub(r"[;\[\]]", ",", name).split())
    return told or f"neuvedený autor ({copy.name})".replace(";", ",")


def _quoted(text: str) -> str:
    return cut(" ".join(text.split()), _QUOTED)


def _joined(values: pd.Series) -> str:
    return JOIN.join(dict.fromkeys(values))


def _rows(copy: Draft, places: Places) -> pd.DataFrame:
    """The comments and changes of one copy, a row each."""
    rows = pd.concat([_threads(copy), _proposals(copy)], ignore_index=True)
    beside = rows["target"] - 1  # what is moved bears the place that it comes from
    asked = pd.concat([rows["at"], beside.dropna().astype("int64")])
    placed = places.found(copy, asked[asked.between(0, len(copy.paragraphs) - 1)].tolist())
    place = rows["at"].map(placed)
    where = beside.map(placed).map(places.headings).fillna("jinam")
    moved = rows["target"].notna()
    rows["proposal"] = rows["proposal"].where(~moved, rows["proposal"] + " k\u00a0místu: " + where)
    texts = copy.paragraphs["original"].where(
        copy.paragraphs["original"].str.strip() != "", copy.paragraphs["final"]
    )
    paragraph = rows["at"].map(texts).fillna("").map(_quoted)
    return rows.assign(
        place=place.fillna(""),
        asks=rows["at"]
        .ge(0)
        .map({True: _ASKS["text"], False: _ASKS["anchor"]})
        .mask(place.notna(), ""),
        paragraph=paragraph,
        quoted=rows["quoted"]
        .map(lambda text: cut(text, _QUOTED))
        .where(rows["proposal"].eq(""), paragraph),
        kind=rows["text"].map(
            lambda text: str(
                CommentKind.ESSENTIAL if _ESSENTIAL.match(text) else CommentKind.RECOMMENDING
            )
        ),
        author=rows["author"].map(lambda name: _author(name, copy)),
        files=copy.name.replace(";", ","),
    )


def _threads(copy: Draft) -> pd.DataFrame:
    """Comments, each with the replies that it got."""
    comments = copy.comments
    first: list[int] = []
    for row, parent in enumerate(comments["parent"]):
        first.append(row if parent < 0 else first[parent])
    thread = pd.Series(first, index=comments.index, dtype="int64")
    begins = comments["parent"].lt(0)
    begun, replies = comments[begins], comments[~begins]
    authors = replies["author"].map(lambda name: _author(name, copy)).astype("str")
    told = "\nodpověď [" + authors + "]: " + replies["text"].astype("str")
    replied = told.groupby(thread).agg("".join).reindex(begun.index, fill_value="")
    return pd.DataFrame(
        {
            "at": begun["paragraph"],
            "author": begun["author"],
            "quoted": begun["quoted"],
            "text": begun["text"].replace("", "(komentář bez textu)"),
            "more": begun["resolved"].map({True: _SOLVED, False: ""}).astype("str") + replied,
            "proposal": "",
            "target": None,
            "marks": thread.value_counts().reindex(begun.index),
        }
    ).astype(_TYPES)


def _proposals(copy: Draft) -> pd.DataFrame:
    """Tracked changes as proposals of another wording: one for all that stand together."""
    changes = copy.changes
    sides = changes[changes["move"].ne("")].groupby("move")["kind"].nunique()
    moved = changes["move"].isin(sides[sides > 1].index)
    group = changes["stretch"].astype("object").mask(moved, changes["move"])

    def joined(kind: str) -> pd.Series:
        texts = changes["text"].astype("str").where(changes["kind"].eq(kind), "")
        return texts.groupby(group, sort=False).agg("".join)

    old, new = joined("moveFrom") + joined("del"), joined("moveTo") + joined("ins")
    # A proposal stands where text is taken from.
    taken_first = changes["kind"].ne("moveFrom").sort_values(kind="stable").index
    first = (
        changes.assign(moved=moved)
        .loc[taken_first]
        .groupby(group, sort=False)
        .first()
        .reindex(old.index)
    )
    proposals = [
        f"přesunout {_shown(gone)}" if moves else _proposal(_shown(gone), _shown(come), before)
        for gone, come, before, moves in zip(old, new, first["before"], first["moved"], strict=True)
    ]
    goes_to = changes.loc[moved & changes["kind"].eq("moveTo"), "paragraph"]
    return pd.DataFrame(
        {
            "at": first["paragraph"],
            "author": first["author"],
            "quoted": "",
            "text": "",
            "more": "",
            "proposal": pd.Series(proposals, index=old.index),
            "target": goes_to.groupby(group, sort=False).first().reindex(old.index),
            "marks": changes.groupby(group, sort=False).size().reindex(old.index),
        }
    ).astype(_TYPES)


def _proposal(old: str, new: str, before: str) -> str:
    if old and new:
        return f"{old} → {new}"
    if old:
        return f"vypustit {old}"
    where = f"za „{before.strip()}“" if before.strip() else "na začátek odstavce"
    return f"{where} vložit {new or '(prázdné)'}"


def _shown(text: str) -> str:
    """Words of a change in quotes; the mark of a paragraph only where there is nothing else."""
    words = text.replace(MARK, "\n").replace(THING, "").strip()
    if words:
        return f"„{words}“"
    if THING in text:
        return "obrázek, vzorec nebo jinou věc bez textu"
    return "konec odstavce nebo řádek tabulky" if MARK in text else "„ “" if text else ""
