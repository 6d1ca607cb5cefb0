"""The writer of workbooks: cover, contents, one table a sheet; numbers as numbers, text as text."""

from slz_lib.documents.xlsx.writer import render

__all__ = ["render"]
