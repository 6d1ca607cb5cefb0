"""What an issued edition says: its abbreviations, and where its lines must not end."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html

import slz_lib
from slz_lib.documents.model import Document, Table, words_of
from slz_lib.language import no_breaks

_CAPITALS = re.compile(r"(?<![\w./])[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]{2,}\+?(?!\w)")
_READ = (
    "//body//text()[not(ancestor::svg or ancestor::code or ancestor::script or ancestor::style)]"
)


def unexplained(document: Document, dataset: slz_lib.Dataset) -> set[str]:
    """Capitals that an edition prints and does not explain, but for codes and names of the data."""
    tables = [b for b in document.blocks if isinstance(b, Table) and b.explains]
    told = " ".join(row.cells[0].text for table in tables for row in table.rows)
    named = [
        *dataset.areas["id"],
        *dataset.statuses["label"],
        *dataset.evaluation_rules["id"],
        *dataset.evidence["reporter"],
    ]
    known = set(re.findall(r"\w+\+?", " ".join([told, *named])))
    return set(_CAPITALS.findall(words_of((document.title, *document.blocks)))) - known


def loose_ends(page: Path) -> list[str]:
    """Texts of a page whose lines may end with a preposition, a number or an abbreviation."""
    texts = [str(text).strip() for text in lxml.html.parse(str(page)).xpath(_READ)]
    return [text for text in texts if no_breaks(text) != text]
