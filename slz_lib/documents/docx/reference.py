"""The reference document: the look of every Word file, as Word itself keeps it.

``reference.docx`` lies beside this module. Opened in Word or LibreOffice, its styles, lists and
settings can be given another look; its text is a sample and goes nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime, time
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from lxml import etree

from slz_lib.documents.docx.markup import Element, Style, colour, q, sign_of, status_style, w
from slz_lib.documents.model import Mark, TitleBlock
from slz_lib.documents.office import settled, storable
from slz_lib.errors import DocumentError
from slz_lib.palette import INK

FILE = Path(__file__).with_name("reference.docx")

#: What a new file takes over; pictures, links, headers and whatever else the sample has stay.
_TAKEN_OVER = frozenset(
    {
        KIND.STYLES,
        KIND.NUMBERING,
        KIND.SETTINGS,
        KIND.FONT_TABLE,
        KIND.THEME,
        KIND.OFFICE_DOCUMENT,
        KIND.CORE_PROPERTIES,
        KIND.EXTENDED_PROPERTIES,
    }
)
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_STYLED = [q(tag) for tag in ("pStyle", "rStyle", "tblStyle")]


def reference_document(title: TitleBlock, marks: Iterable[Mark] = ()) -> WordFile:
    """An empty document with the look of the reference and the properties that ``title`` gives.

    Each status that it shows, by its mark, has a style of its own.
    """
    file = docx.Document(str(FILE))
    for relations in (file.part.package.rels, file.part.rels):
        for ident, relation in list(relations.items()):
            if relation.reltype not in _TAKEN_OVER:
                del relations[ident]
    body = file.element.body
    for child in list(body):
        body.remove(child)
    # What the lists of the sample count by is not wanted, what the styles count by is.
    numbering, used = file.part.numbering_part.element, set(_numberings(file.styles.element))
    for number in numbering.findall(q("num")):
        if number.get(q("numId")) not in used:
            numbering.remove(number)
    _add_status_styles(file, marks)
    _set_language(file, title.language)
    _set_properties(file, title)
    return file


def _add_status_styles(file: WordFile, marks: Iterable[Mark]) -> None:
    """Styles of the statuses, in the look that the scale of the data gives them."""
    for mark in marks:
        line = colour(INK if mark.light else mark.colour)
        look = w(
            "rPr",
            w("b"),
            w("bCs"),
            w("color", val=colour(mark.letters)),
            w("bdr", val="single", sz=4, space=0, color=line),
            w("shd", val="clear", color="auto", fill=colour(mark.colour)),
        )
        name, ident = status_style(mark), f"Status{mark.code.title()}"
        face = deepcopy(_style(file, Style.SIGN).find(q("rPr")))
        for named, called, based, worn in (
            (name, ident, None, look),
            (sign_of(name), f"{ident}Sign", w("basedOn", val=ident), face),
        ):
            parts = (w("name", val=named), based, w("uiPriority", val=1), worn)
            file.styles.element.append(
                w("style", *parts, type="character", styleId=called, customStyle=1)
            )


def numbering_of(file: WordFile, style: str) -> str:
    """The id of the numbering that the list style ``style`` counts by.

    Raises:
        DocumentError: the reference document has no such style, or it does not count.
    """
    for ident in _numberings(_style(file, style)):
        return ident
    raise DocumentError(_lacking(style))


def _style(file: WordFile, name: str) -> Element:
    styles: Iterable[Element] = file.styles.element.iter(q("style"))
    for element in styles:
        if _name(element) == name.casefold():
            return element
    raise DocumentError(_lacking(name))


def file_bytes(file: WordFile) -> bytes:
    """The file as bytes that depend on nothing but its content; its styles are found by name.

    Raises:
        DocumentError: the reference document lacks a style that is used.
    """
    styles = file.styles.element.iter(q("style"))
    idents = {_name(style): style.get(q("styleId"), "") for style in styles}
    margins = [r for r in file.part.rels.values() if r.reltype in {KIND.HEADER, KIND.FOOTER}]
    for root in (file.element, *(relation.target_part.element for relation in margins)):
        for element in root.iter(*_STYLED):
            name = element.get(q("val"), "")
            if name.casefold() not in idents:
                raise DocumentError(_lacking(name))
            element.set(q("val"), idents[name.casefold()])
    file.element.attrib.pop(_IGNORABLE, None)  # it names prefixes that the clean-up takes away
    etree.cleanup_namespaces(file.element, keep_ns_prefixes=["w", "r"])
    raw = io.BytesIO()
    file.save(raw)
    return settled(raw.getvalue())


def _numberings(root: Element) -> list[str]:
    return [number.get(q("val"), "") for number in root.iter(q("numId"))]


def _name(style: Element) -> str:
    name = style.find(q("name"))
    return "" if name is None else name.get(q("val"), "").casefold()


def _lacking(style: str) -> str:
    return (
        f"Dokument Word nelze vytvořit: v\u00a0souboru {FILE.name} chybí styl „{style}“ nebo jeho"
        " číslování; vraťte je tam."
    )


def _set_language(file: WordFile, language: str) -> None:
    defaults = file.styles.element.iterfind(f".//{q('rPrDefault')}//{q('lang')}")
    for element in (*defaults, *file.settings.element.iter(q("themeFontLang"))):
        for script in ("val", "eastAsia", "bidi"):
            element.set(q(script), language)


def _set_properties(file: WordFile, title: TitleBlock) -> None:
    properties = file.core_properties
    moment = datetime.combine(title.as_of, time(), tzinfo=UTC)
    properties.title = storable(title.title)[:255]
    properties.subject = storable(title.subject)[:255]
    properties.author = storable(title.author)[:255]
    properties.keywords = storable(", ".join(title.keywords))[:255]
    properties.language = title.language
    properties.last_modified_by = storable(title.author)[:255]
    properties.created = properties.modified = moment
    properties.comments = ""
    properties.revision = 1
