"""The reference document: an empty file with the report's styles, lists, settings, properties.

It starts from the package skeleton that python-docx carries; everything in it that is visible is
replaced by what the modules here declare, so there is no binary template to trust.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from slz_lib.documents.archive import settled
from slz_lib.documents.characters import storable
from slz_lib.documents.docx.character_styles import CODE_FACE
from slz_lib.documents.docx.markup import Element, twips, w
from slz_lib.documents.docx.styles import FACE, styles
from slz_lib.documents.model import TitleBlock

#: Number ids of the two list styles; ordered lists count on from the next one.
BULLETS, NUMBERS = 1, 2
_LEVELS = 9
_OFFICE = "http://schemas.microsoft.com/office/word"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_UNUSED = ("/stylesWithEffects", "/customXml", "/webSettings", "/thumbnail")


def _level(level: int, kind: str, text: str, style: str | None) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("pStyle", val=style) if style else None,
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=twips(6) * (level + 1), hanging=twips(6))),
        ilvl=level,
    )


def _numbering() -> list[Element]:
    bullets = [
        _level(level, "bullet", "•–"[level % 2], "ListBullet" if level == 0 else None)
        for level in range(_LEVELS)
    ]
    numbers = [
        _level(
            level,
            "lowerLetter" if level % 2 else "decimal",
            f"%{level + 1}{')' if level % 2 else '.'}",
            "ListNumber" if level == 0 else None,
        )
        for level in range(_LEVELS)
    ]
    return [
        w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *bullets, abstractNumId=0),
        w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *numbers, abstractNumId=1),
        w("num", w("abstractNumId", val=0), numId=BULLETS),
        w("num", w("abstractNumId", val=1), numId=NUMBERS),
    ]


def restarted(number: int, level: int) -> Element:
    """A numbering ``number`` for one ordered list that starts from 1 at ``level``."""
    again = w("lvlOverride", w("startOverride", val=1), ilvl=level)
    return w("num", w("abstractNumId", val=1), again, numId=number)


def _settings(language: str) -> list[Element]:
    """Settings in the schema's order; fields are complete, so none is refreshed on opening."""
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    scheme = {name: name for name in (f"accent{n}" for n in range(1, 7))}
    return [
        w("zoom", percent=100),
        w("defaultTabStop", val=twips(12.5)),
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            *(
                w("compatSetting", name=name, uri=_OFFICE, val=value)
                for name, value in compatibility.items()
            ),
        ),
        w("themeFontLang", val=language, eastAsia=language, bidi=language),
        w(
            "clrSchemeMapping",
            bg1="light1",
            t1="dark1",
            bg2="light2",
            t2="dark2",
            **scheme,
            hyperlink="hyperlink",
            followedHyperlink="followedHyperlink",
        ),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    ]


def _fonts() -> list[Element]:
    """Faces with the substitutes for machines that lack them."""
    substitutes = {
        FACE: ("Liberation Sans", "swiss", "variable"),
        "Segoe UI Symbol": ("DejaVu Sans", "swiss", "variable"),
        CODE_FACE: ("Courier New", "modern", "fixed"),
    }
    return [
        w(
            "font",
            w("altName", val=other),
            w("family", val=family),
            w("pitch", val=pitch),
            name=face,
        )
        for face, (other, family, pitch) in substitutes.items()
    ]


def _replace(parent: Element, children: list[Element]) -> None:
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _xml(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _replace_part(owner: Part | OpcPackage, kind: str, content: bytes) -> None:
    """Put ``content`` in the place of the part that python-docx keeps as bytes."""
    relation = next(found for found in owner.rels.values() if found.reltype == kind)
    old = relation.target_part
    new = Part(old.partname, old.content_type, content, old.package)
    owner.rels.add_relationship(kind, new, relation.rId)


def _app_properties() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={"ep": space})
    etree.SubElement(root, f"{{{space}}}Application").text = "slz_lib"
    return _xml(root)


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


def reference_document(title: TitleBlock) -> WordFile:
    """An empty document with the report's styles and the properties that ``title`` gives."""
    file = docx.Document()
    for owner in (file.part.rels, file.part.package.rels):
        for ident, relation in list(owner.items()):
            if relation.reltype.endswith(_UNUSED):
                del owner[ident]
    _replace(file.styles.element, styles(title.language))
    _replace(file.part.numbering_part.element, _numbering())
    _replace(file.settings.element, _settings(title.language))
    fonts = w("fonts", *_fonts())
    _replace_part(file.part, RELATIONSHIP_TYPE.FONT_TABLE, _xml(fonts))
    _replace_part(file.part.package, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, _app_properties())
    _set_properties(file, title)
    return file


def file_bytes(file: WordFile) -> bytes:
    """The file as bytes that depend on nothing but its content."""
    numbering = file.part.numbering_part.element
    for root in (file.element, file.styles.element, numbering, file.settings.element):
        root.attrib.pop(_IGNORABLE, None)  # it names prefixes that the clean-up takes away
        etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    raw = io.BytesIO()
    file.save(raw)
    return settled(raw.getvalue())
