"""How comments on a draft were settled: a document with the changes of the text that prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from slz_lib.collection.draft_places import Places
from slz_lib.documents import gate
from slz_lib.documents.formats import write
from slz_lib.documents.model import (
    Content,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    TitleBlock,
)
from slz_lib.documents.wording import explained, settled
from slz_lib.evaluation import Evaluation
from slz_lib.language import enumerate_words, no_breaks
from slz_lib.presentation.framing import Col, table, title_block
from slz_lib.presentation.tables.comments import (
    COUNTED,
    comments_of,
    comments_said,
    settlement_table,
)
from slz_lib.production.comparing.words import Fate, Stretch, opcodes, wording
from slz_lib.production.writing import write_file
from slz_lib.untrusted import cut
from slz_lib.vocabulary import CommentKind, Outcome

#: Changed words are told by words, whatever their colour.
_MARKS = {Fate.DELETED: "[vypuštěno: {}]", Fate.INSERTED: "[vloženo: {}]"}
#: Words around a change that are quoted, and signs of one proof.
_AROUND, _LONGEST = 6, 1_500
#: Where a mark touches a word or another mark.
_APART = re.compile(r"(?<=\])(?=[\w\[])|(?<=[^\s(„])(?=\[v)")
UNPROVED = "neprokázáno: text na tomto místě se nezměnil"
_ELSEWHERE = "jinde na témže místě: "


def settlement(evaluation: Evaluation, before: Places, after: Places) -> Content:
    """The settlement of the comments of a period as a document.

    Args:
        evaluation: of the period.
        before: the draft as it went round.
        after: as it is now.
    """
    comments = comments_of(evaluation)
    order = {place: at for at, place in enumerate(before.headings)}
    comments = comments.assign(at=comments["place"].map(order)).sort_values(
        ["at", "id"], kind="stable", ignore_index=True
    )
    refused = comments["outcome"].eq(Outcome.REFUSED) & comments["kind"].eq(CommentKind.ESSENTIAL)
    followed = comments["outcome"].isin([Outcome.ACCEPTED, Outcome.IN_PART])
    title = title_block(
        evaluation,
        title="Vypořádání připomínek k\u00a0návrhu",
        subtitle=f"Období {evaluation.period.label}",
    )
    said = comments_said(comments) or "K\u00a0návrhu nepřišla žádná připomínka."
    blocks: list[Paragraph | Heading | Table] = [
        _heading("Výsledek vypořádání", "vysledek", 1),
        _paragraph(said, "lead"),
    ]
    if refused.any():
        but = ("Druh", "Výsledek", "Co se změnilo")
        blocks += [_heading(_TO_DECIDE, "zasadni"), _paragraph(_DECIDED)]
        blocks.append(_listed(comments[refused], "zasadni", _TO_DECIDE, _REFUSED, but))
    if (left := comments["outcome"].isna()).any():
        but = ("Výsledek", "Důvod", "Co se změnilo")
        blocks.append(_heading(_LEFT, "otevrene"))
        blocks.append(_listed(comments[left], "otevrene", _LEFT, _OPEN, but))
    if followed.any():
        proofs = _proof_table(comments[followed], before, after)
        blocks += [_heading("Co dokládá změny v\u00a0textu", "doklady"), *proofs]
    if len(comments):
        # The broad one comes last, so that no page before it is left half empty.
        blocks += [_heading(_BY_PLACE, "vse"), _listed(comments, "vse", _BY_PLACE, _ALL)]
    return Content.of(title, *blocks)


def _listed(
    comments: pd.DataFrame, anchor: str, heading: str, caption: str, but: tuple[str, ...] = ()
) -> Table:
    return settlement_table(
        comments, anchor=f"tab-{anchor}", caption=caption, sheet=heading[:31], but=but
    )


_REFUSED = "Zásadní připomínky, které nejsou akceptovány"
_OPEN, _ALL = "Dosud nevypořádané připomínky", "Připomínky a\u00a0jejich vypořádání"
_TO_DECIDE = "Zásadní připomínky k\u00a0rozhodnutí"
_LEFT, _BY_PLACE = "Co není vypořádáno", "Vypořádání podle míst návrhu"
_DECIDED = "Předkládají se k\u00a0rozhodnutí s\u00a0důvodem, proč nejsou akceptovány."


def _proof_table(
    comments: pd.DataFrame, before: Places, after: Places
) -> Iterator[Paragraph | Table]:
    rows = comments.set_index("id", drop=False)
    proofs = pd.Series(
        {
            ident: proof(before.paragraphs.get(place, ()), after.paragraphs.get(place, ()), quoted)
            for ident, place, quoted in zip(
                rows["id"], rows["place"], rows["quoted"].fillna(""), strict=True
            )
        }
    )
    if unproved := proofs.index[proofs.eq("")].tolist():
        said = "Text na místě těchto akceptovaných připomínek se nezměnil: "
        yield _paragraph(f"{said}{enumerate_words(unproved)}.", "finding")
    yield table(
        [
            Col("Č.", rows["id"], 0.8),
            Col("Místo", rows["heading"], 1.7),
            Col("Co se podle vypořádání změnilo", rows["effect"], 2.5),
            Col("Rozdíl obou znění", proofs.replace("", UNPROVED), 6.0),
        ],
        anchor="tab-doklady",
        caption="Rozdíl znění u\u00a0akceptovaných připomínek",
        sheet="Doklady",
        notes=["Porovnáno je rozeslané a nynější znění téhož místa; … znamená vynechaná slova."],
        counted=COUNTED,
    )


def proof(before: Sequence[str], after: Sequence[str], quoted: str) -> str:
    """What differs in two texts of one place; empty where nothing does.

    Args:
        before: paragraphs of the place as they were.
        after: as they are.
        quoted: the text that a comment was about; its own paragraph is told alone, if it changed.
    """
    about = " ".join(quoted.rstrip("…").split())
    own = {at for at, text in enumerate(before) if about and about in text}
    found: list[tuple[bool, str]] = []
    for tag, i, j, k, m in opcodes(before, after):
        if tag == "equal":
            continue
        even = j - i == m - k
        pairs = zip(before[i:j], after[k:m], strict=True) if even else [
            (" ".join(before[i:j]), " ".join(after[k:m]))
        ]  # fmt: skip
        for at, (old, new) in enumerate(pairs):
            told = _APART.sub(" ", "".join(_marked(wording(old, new))))
            mine = i + at in own if even else not own.isdisjoint(range(i, j))
            found.append((mine, told.strip()))
    own_told = [told for mine, told in found if mine]
    if own_told or not found:
        return cut(" | ".join(own_told), _LONGEST)
    lead = _ELSEWHERE if own else ""
    return cut(lead + " | ".join(told for _, told in found), _LONGEST)


def _marked(stretches: Sequence[Stretch]) -> Iterator[str]:
    last = len(stretches) - 1
    for at, stretch in enumerate(stretches):
        if stretch.fate in _MARKS:
            begin, end = (" " * side.isspace() for side in (stretch.text[:1], stretch.text[-1:]))
            yield f"{begin}{_MARKS[stretch.fate].format(stretch.text.strip())}{end}"
            continue
        words = stretch.text.split(" ")
        most = _AROUND if at in (0, last) else 2 * _AROUND
        if len(words) <= most:
            yield stretch.text
        else:
            first = [] if at == 0 else words[:_AROUND]
            yield " ".join([*first, "…", *([] if at == last else words[-_AROUND:])])


def _paragraph(text: str, role: Literal["body", "lead", "finding"] = "body") -> Paragraph:
    return Paragraph(text=(Run(text=no_breaks(text)),), role=role)


def _heading(text: str, anchor: str, level: int = 2) -> Heading:
    return Heading(level=level, text=(Run(text=text),), anchor=anchor)


def write_content(content: Content, path: Path) -> Path:
    """Write ``content``, a title block and what follows it; the suffix says in which format.

    Raises:
        DocumentError: the content is not fit to be published; lists every fault.
        OutputError: the file cannot be written; an older one stays as it was.
    """
    title, *_ = content.blocks
    assert isinstance(title, TitleBlock)
    numbered = enumerate(content.blocks, start=1)
    parts = explained([(f"{number}. část obsahu", block) for number, block in numbered])[1:]
    document = Document(
        title=title,
        blocks=settled([block for _, block in parts]),
        origins=tuple(origin for origin, _ in parts),
    )
    gate.check(document)
    write_file(path, write(path.suffix.removeprefix("."), document))
    return path
