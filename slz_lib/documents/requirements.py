"""What each block must have by itself, told as Czech sentences about what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import filterfalse

from slz_lib.documents.drawing import readable
from slz_lib.documents.model import (
    Block,
    Figure,
    Heading,
    Inline,
    ItemList,
    MeasureCard,
    Paragraph,
    Table,
    TitleBlock,
    text_of,
)
from slz_lib.language import count, enumerate_words
from slz_lib.typeface import missing_glyphs
from slz_lib.vocabulary import Status

_STATUS_CODES = frozenset(Status)
_FILE_NAME = re.compile(r"\S+\.(?:png|svg|jpe?g|gif|webp|pdf)", re.IGNORECASE)
_CELLS_NAMED = _SIGNS_NAMED = 5
_TEXT_SHOWN = 40
#: What a document holds but never prints.
_UNPRINTED = frozenset({"type", "svg", "alt", "href", "subject", "keywords", "language"})


def lacking(block: Block) -> Iterator[str]:
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
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case MeasureCard():
            yield from _card(block)
    if not (isinstance(block, Table) and block.workbook_only):
        yield from _unprintable(block)


def lacking_title(title: TitleBlock) -> Iterator[str]:
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
    yield from _unprintable(title)


def _list(items: ItemList) -> Iterator[str]:
    if not items.items:
        yield "seznam nemá žádnou položku; doplňte ji, nebo jej odstraňte."
    for number, item in enumerate(items.items, start=1):
        if not _words(item.text):
            yield f"{number}. položka seznamu nemá žádná slova; doplňte je, nebo ji odstraňte."
        for child in item.children:
            yield from _list(child)


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
    yield from _rows(table, name)


def _rows(table: Table, name: str) -> Iterator[str]:
    width = len(table.columns)
    empty: list[str] = []
    for number, row in enumerate(table.rows, start=1):
        if len(row.cells) != width:
            yield (
                f"{name} má v {number}. řádku {count(len(row.cells), 'buňku', 'buňky', 'buněk')} "
                f"a v záhlaví {count(width, 'sloupec', 'sloupce', 'sloupců')}; srovnejte počty."
            )
        for place, cell in enumerate(row.cells, start=1):
            if not cell.text.strip():
                empty.append(f"{number}. řádek, {place}. sloupec")
            yield from _status(cell.status, name)
    if empty:
        rest = len(empty) - _CELLS_NAMED
        more = [f"dalších {rest}"] if rest > 0 else []
        places = "; ".join(empty[:_CELLS_NAMED] + more)
        yield f"{name} má prázdné buňky ({places}); napište do nich —."


def _figure(figure: Figure) -> Iterator[str]:
    name = f"obrázek „{figure.caption.strip() or figure.anchor}“"
    alt = figure.alt.strip()
    if not figure.caption.strip():
        yield f"{name} nemá titulek; doplňte caption."
    if not alt:
        yield f"{name} nemá textovou náhradu; doplňte alt, co by o něm řekl člověk."
    elif _FILE_NAME.fullmatch(alt):
        yield f"{name} má místo textové náhrady jméno souboru; v alt popište, co je vidět."
    elif _bare(alt) == _bare(figure.caption):
        yield f"{name} má v textové náhradě jen titulek; v alt popište, co je vidět."
    if not readable(figure.svg):
        yield f"{name} nemá čitelné SVG; nakreslete jej znovu voláním figure(...)."


def _card(card: MeasureCard) -> Iterator[str]:
    name = f"karta opatření „{card.number.strip() or card.anchor}“"
    required = {"číslo": card.number, "název": card.title, "znění": card.designation}
    missing = [word for word, text in required.items() if not text.strip()]
    if missing:
        yield f"{name} nemá {enumerate_words(missing)}; doplňte v datech."
    if not card.status_label.strip():
        yield f"{name} nemá slovo stavu; bez stavu patří —."
    yield from _status(card.status, name)


def _status(code: str | None, name: str) -> Iterator[str]:
    if code is not None and code not in _STATUS_CODES:
        known = enumerate_words(list(Status))
        yield f"{name} má neznámý kód stavu „{code}“; známé jsou {known}."


def _unprintable(block: Block) -> Iterator[str]:
    """What the typeface of print has no sign for: it would be a box, and PDF/UA refuses it."""
    faulty = [text for text in _printed(block) if missing_glyphs(text)]
    if not faulty:
        return
    signs = missing_glyphs("".join(faulty))
    first = faulty[0][:_TEXT_SHOWN] + "…" * (len(faulty[0]) > _TEXT_SHOWN)
    for hidden in filterfalse(str.isprintable, signs):
        first = first.replace(hidden, "\ufffd")
    named = [f"„{sign}“ (U+{ord(sign):04X})" for sign in signs if sign.isprintable()]
    named += [f"U+{ord(sign):04X}" for sign in filterfalse(str.isprintable, signs)]
    rest = len(named) - _SIGNS_NAMED
    more = [f"dalších {rest}"] if rest > 0 else []
    yield (
        f"text „{first}“ má znaky, které písmo dokumentů nemá: "
        f"{', '.join(named[:_SIGNS_NAMED] + more)}; nahraďte je."
    )


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
