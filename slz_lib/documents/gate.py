"""The gate before publishing: what a document must have to be read by everybody.

All faults are found in one pass and reported together, each with the notebook cell it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from math import isfinite
from urllib.parse import urlsplit

from slz_lib.documents.columns import is_too_wide
from slz_lib.documents.drawing import undrawn
from slz_lib.documents.model import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    ItemList,
    MeasureCard,
    Paragraph,
    Run,
    Table,
    TitleBlock,
    in_workbook_alone,
    text_of,
)
from slz_lib.documents.office import unstorable
from slz_lib.documents.wording import Target, targets
from slz_lib.errors import DocumentError
from slz_lib.language import count, enumerate_words
from slz_lib.typeface import missing_glyphs
from slz_lib.untrusted import shown

OUTSIDE_LINKS = ("https://", "mailto:")
#: How the messages name the title block.
TITLE_ORIGIN = "titulní blok"

#: ``slz-`` begins the ids that pages give to their own parts.
_ANCHOR = re.compile(r"(?!slz-)[A-Za-z][A-Za-z0-9_-]*")
#: What people write where they have nothing to say of a picture.
_EMPTY_ALT = re.compile(
    r"\S+\.(?:png|svg|jpe?g|gif|webp|pdf)"
    r"|(?:alt|obr|obrázek|graf|mapa|fotka|foto|popis|text|todo|image|img|picture|figure|fig|chart|plot)"
    r"[\W\d_]*|\W*|(.)\1*",
    re.IGNORECASE,
)
_NAMED = 5
_TEXT_SHOWN = 40
#: So many characters a cell of a workbook and a string of a PDF hold, an address in a workbook.
_LONGEST, _LONGEST_LINK = 32_767, 2_079
#: So many the title of a file, which stands at the head of every page too.
_LONGEST_TITLE = 255
#: No page is larger.
_LARGEST_MM = 1_000.0
#: A sign that is seen.
_PRINTED = re.compile(r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
#: Word knows no more levels of lists.
_DEEPEST_LIST = 9
#: What a document holds but never prints.
_UNPRINTED = frozenset(
    {"type", "svg", "alt", "href", "subject", "keywords", "language", "code", "colour"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a document from being published.

    Attributes:
        origin: the notebook cell, or the part of the document.
        problem: what was found and what to do, in Czech.
    """

    origin: str
    problem: str


def check(document: Document) -> None:
    """Let ``document`` pass, or refuse it.

    Raises:
        DocumentError: names every fault and the cell it comes from.
    """
    refuse(document.title.title, faults(document))


def refuse(name: str, found: Sequence[Fault]) -> None:
    """Raise one error of all faults ``found`` in the document ``name``; nothing when none is.

    Raises:
        DocumentError: there is at least one fault.
    """
    if found:
        lines = (f"  • {fault.origin}: {fault.problem}" for fault in found)
        number = count(len(found), "vadu", "vady", "vad")
        raise DocumentError("\n".join((f"Dokument „{name}“ nelze vydat, má {number}:", *lines)))


def faults(document: Document) -> tuple[Fault, ...]:
    """Every fault of ``document``, the title block's first, then in the order of the blocks."""
    return (
        *(Fault(TITLE_ORIGIN, problem) for problem in _lacking_title(document.title)),
        *block_faults(document.blocks, document.origins, document.title),
    )


def block_faults(
    blocks: Sequence[Block], origins: Sequence[str], title: TitleBlock | None = None
) -> tuple[Fault, ...]:
    """Every fault of ``blocks``, which come from ``origins``; ``title`` may refer to them."""
    known = targets(block for block in blocks if not in_workbook_alone(block))
    found = [Fault(TITLE_ORIGIN, problem) for problem in _references(title, known)] if title else []
    anchors: dict[str, str] = {}
    depth = 0
    for block, origin in zip(blocks, origins, strict=True):
        problems = [*_lacking(block), *_references(block, known)]
        if isinstance(block, Heading):
            problems.extend(_level(block, depth))
            depth = block.level
        if not isinstance(block, TitleBlock | Paragraph | ItemList):
            problems.extend(_anchor(block.anchor, anchors))
            anchors.setdefault(block.anchor, origin)
        found.extend(Fault(origin, problem) for problem in problems)
    return tuple(found)


def faults_alone(block: Block) -> Iterator[str]:
    """What is wrong with ``block`` whatever else its document has."""
    yield from _lacking_title(block) if isinstance(block, TitleBlock) else _lacking(block)
    yield from _outside(block)
    if not isinstance(block, TitleBlock | Paragraph | ItemList):
        yield from _anchor(block.anchor, {})


def _level(heading: Heading, depth: int) -> Iterator[str]:
    words = text_of(heading.text)
    if depth == 0 and heading.level != 1:
        yield f"první nadpis „{words}“ má {heading.level}. úroveň; začněte první (#)."
    elif heading.level > depth + 1:
        yield (
            f"nadpis „{words}“ má {heading.level}. úroveň hned po {depth}.; "
            f"použijte {depth + 1}. úroveň."
        )


def _anchor(anchor: str, taken: dict[str, str]) -> Iterator[str]:
    if not _ANCHOR.fullmatch(anchor):
        yield (
            f"kotva „{anchor}“ není použitelná; pište písmena bez háčků a čárek, číslice "
            "a pomlčky, na začátku písmeno."
        )
    if anchor in taken:
        yield (
            f"kotva „{anchor}“ už patří jinému místu ({taken[anchor]}); zvolte jinou, "
            "u nadpisu zápisem {#kotva}."
        )


def _references(block: Block, known: dict[str, Target]) -> Iterator[str]:
    """Links of ``block`` that lead nowhere, or where a document must not lead."""
    parts = tuple(block.parts())
    leading = [part.ref for part in parts if isinstance(part, Run | Cell) and part.ref is not None]
    if isinstance(block, Figure) and block.table is not None:
        leading.append(block.table)
    for anchor in dict.fromkeys(leading):
        if anchor not in known:
            yield f"odkaz vede na kotvu „{anchor}“, která v dokumentu není; opravte ji."
    if isinstance(block, Figure) and block.table in known and known[block.table].kind != "table":
        yield f"obrázek se odvolává na data v „{block.table}“, to však není tabulka."
    yield from _outside(block)


def _outside(block: Block) -> Iterator[str]:
    """Links of ``block`` to where a document must not lead."""
    for run in block.parts():
        if isinstance(run, Run) and run.href is not None and not run.href.startswith(OUTSIDE_LINKS):
            yield f"odkaz „{run.text}“ vede na „{run.href}“; povolené jsou jen https: a mailto:."
        elif isinstance(run, Run) and run.href is not None and not _whole(run.href):
            yield (
                f"odkaz „{shown(run.text)}“ vede na „{shown(run.href)}“, což není úplná adresa "
                f"(https://server/…, mailto:jmeno@server) do {_LONGEST_LINK} znaků; opravte ji."
            )


def _whole(href: str) -> bool:
    """Whether programs of all formats can follow ``href``."""
    try:
        parts = urlsplit(href)
        place = parts.hostname if parts.scheme == "https" else "@" in parts.path.strip("@")
        return bool(place) and (parts.port or 1) > 0 and len(href) <= _LONGEST_LINK
    except ValueError:
        return False


def _lacking(block: Block) -> Iterator[str]:
    """What ``block`` of a document's body lacks."""
    match block:
        case TitleBlock():
            yield "titulní blok smí být jen jeden a na začátku; tento odstraňte."
        case Heading() if not _words(block.text):
            yield "nadpis nemá žádná slova; doplňte je, nebo jej odstraňte."
        case Paragraph() if not _words(block.text):
            yield "odstavec nemá žádná slova; doplňte je, nebo jej odstraňte."
        case ItemList():
            yield from _list(block)
            if _depth(block) > _DEEPEST_LIST:
                yield f"seznam má víc než {_DEEPEST_LIST} úrovní, které zná Word; zploštěte jej."
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case MeasureCard():
            yield from _card(block)
    if in_workbook_alone(block):
        yield from _unprintable(block, unstorable, "které do sešitu uložit nelze")
    else:
        yield from _unprintable(block)


def _lacking_title(title: TitleBlock) -> Iterator[str]:
    """What the document's title block lacks."""
    required = {
        "název (title)": title.title,
        "předmět (subject)": title.subject,
        "autor (author)": title.author,
        "jazyk (language)": title.language,
    }
    for field, text in required.items():
        if not text.strip():
            yield f"chybí {field}; doplňte jej."
    if len(title.title) > _LONGEST_TITLE or "\n" in title.title:
        yield (
            f"název (title) má {len(title.title)} znaků nebo víc řádků; "
            f"zkraťte jej na {_LONGEST_TITLE} v\u00a0jednom řádku, zbytek patří do podtitulu."
        )
    yield from _unprintable(title)


def _list(items: ItemList) -> Iterator[str]:
    if not items.items:
        yield "seznam nemá žádnou položku; doplňte ji, nebo jej odstraňte."
    for number, item in enumerate(items.items, start=1):
        if not _words(item.text):
            yield f"{number}. položka seznamu nemá žádná slova; doplňte je, nebo ji odstraňte."
        for child in item.children:
            if isinstance(child, ItemList):
                yield from _list(child)


def _depth(items: ItemList) -> int:
    inner = (child for item in items.items for child in item.children)
    return 1 + max((_depth(child) for child in inner if isinstance(child, ItemList)), default=0)


def _table(table: Table) -> Iterator[str]:
    name = f"tabulka „{table.caption.strip() or table.anchor}“"
    if not table.caption.strip():
        yield f"{name} nemá titulek; doplňte caption."
    if not table.columns:
        yield f"{name} nemá sloupce; doplňte columns."
    if not table.rows:
        yield f"{name} nemá řádky; prázdnou tabulku nahraďte větou."
    for number, column in enumerate(table.columns, start=1):
        if not column.title.strip():
            yield f"{name} nemá v záhlaví název {number}. sloupce; doplňte jej."
    if problem := oversized(table):
        yield problem
    yield from _rows(table, name)


def oversized(table: Table) -> str | None:
    """What to say of a table that is too wide for a page; ``None`` where it fits."""
    if table.workbook_only or not is_too_wide(table):
        return None
    return (
        f"tabulka „{table.caption}“ ({count(len(table.columns), 'sloupec', 'sloupce', 'sloupců')}) "
        "se na šířku stránky nevejde; vyberte méně sloupců, zaměňte je s\u00a0řádky (df.T), nebo "
        "ji nechte jen do sešitu: workbook_only=True."
    )


def _rows(table: Table, name: str) -> Iterator[str]:
    width = len(table.columns)
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) != width:
            yield (
                f"{name} má v {number}. řádku {count(len(row.cells), 'buňku', 'buňky', 'buněk')} "
                f"a v záhlaví {count(width, 'sloupec', 'sloupce', 'sloupců')}; srovnejte počty."
            )
    cells = [
        (f"{number}. řádek, {place}. sloupec", cell)
        for number, row in enumerate(table.rows, start=1)
        for place, cell in enumerate(row.cells, start=1)
    ]
    empty = [at for at, cell in cells if not _PRINTED.search(cell.text)]
    infinite = [at for at, c in cells if isinstance(c.value, float) and not isfinite(c.value)]
    if empty:
        yield f"{name} má prázdné buňky ({'; '.join(_some(empty))}); napište do nich —."
    if infinite:
        yield (
            f"{name} má místo čísla nekonečno nebo NaN ({'; '.join(_some(infinite))}); "
            "nahraďte je hodnotou None."
        )


def _some(named: list[str]) -> list[str]:
    """The first of ``named`` and how many more there are."""
    rest = len(named) - _NAMED
    return [*named[:_NAMED], *([f"dalších {rest}"] if rest > 0 else [])]


def _figure(figure: Figure) -> Iterator[str]:
    name = f"obrázek „{figure.caption.strip() or figure.anchor}“"
    alt = figure.alt.strip()
    if not figure.caption.strip():
        yield f"{name} nemá titulek; doplňte caption."
    if not alt:
        yield f"{name} nemá textovou náhradu; doplňte alt, co by o něm řekl člověk."
    elif _EMPTY_ALT.fullmatch(alt):
        yield f"{name} má místo textové náhrady jen „{alt}“; v alt popište, co je vidět."
    elif _bare(alt) == _bare(figure.caption):
        yield f"{name} má v textové náhradě jen titulek; v alt popište, co je vidět."
    if signs := unstorable(alt):
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in signs)
        yield f"{name} má v textové náhradě znaky, které nelze uložit ({codes}); vypusťte je."
    if len(alt) > _LONGEST:
        yield _too_long(alt)
    if not all(0 < side <= _LARGEST_MM for side in (figure.width_mm, figure.height_mm)):
        yield f"{name} nemá rozměry obrázku na stránce; nakreslete jej voláním figure(...)."
    parts = undrawn(figure.svg)
    if parts is None:
        yield f"{name} nemá čitelné SVG; nakreslete jej znovu voláním figure(...)."
    elif parts:
        yield (
            f"{name} má v SVG, co všechny formáty nenakreslí ({', '.join(sorted(parts))}); "
            "nakreslete jej voláním figure(...)."
        )


def _card(card: MeasureCard) -> Iterator[str]:
    name = f"karta opatření „{card.number.strip() or card.anchor}“"
    required = {"číslo": card.number, "název": card.title, "znění": card.designation}
    missing = [word for word, text in required.items() if not text.strip()]
    if missing:
        yield f"{name} nemá {enumerate_words(missing)}; doplňte v datech."
    if not card.status_label.strip():
        yield f"{name} nemá slovo stavu; bez stavu patří —."


def _unprintable(
    block: Block,
    lacking: Callable[[str], str] = missing_glyphs,
    why: str = "které písmo dokumentů nemá",
) -> Iterator[str]:
    """What the typeface of print has no sign for: it would be a box, and PDF/UA refuses it."""
    for text in _printed(block):
        if len(text) > _LONGEST and (
            isinstance(block, Table) or max(map(len, text.split()), default=0) > _LONGEST
        ):
            yield _too_long(text)
    faulty = [text for text in _printed(block) if lacking(text)]
    if not faulty:
        return
    signs = lacking("".join(faulty))
    first = faulty[0][:_TEXT_SHOWN] + "…" * (len(faulty[0]) > _TEXT_SHOWN)
    for hidden in filterfalse(str.isprintable, signs):
        first = first.replace(hidden, "\ufffd")
    named = [f"„{sign}“ (U+{ord(sign):04X})" for sign in signs if sign.isprintable()]
    named += [f"U+{ord(sign):04X}" for sign in filterfalse(str.isprintable, signs)]
    yield f"text „{first}“ má znaky, {why}: {', '.join(_some(named))}; nahraďte je."


def _too_long(text: str) -> str:
    return f"text „{shown(text)}“ má {len(text)} znaků; zkraťte jej na {_LONGEST}."


def _printed(block: Block) -> Iterator[str]:
    """Every text of ``block`` that is printed."""
    for part in block.parts():
        for name, held in part:
            if name not in _UNPRINTED:
                texts = held if isinstance(held, tuple) else (held,)
                yield from (text for text in texts if isinstance(text, str))


def _words(inline: Inline) -> bool:
    return any(run.ref for run in inline) or any(sign.isalnum() for sign in text_of(inline))


def _bare(text: str) -> str:
    """``text`` without signs, spaces and letter case, to compare two wordings."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
