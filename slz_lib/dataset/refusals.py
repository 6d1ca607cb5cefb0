"""The words of :mod:`slz_lib.refusals`, under an earlier name."""

from slz_lib.refusals import cause

__all__ = ["cause"]
