"""The writer of Word documents: real styles, numbered captions, fields, alt texts, bookmarks."""

from slz_lib.documents.docx.writer import render

__all__ = ["render"]
