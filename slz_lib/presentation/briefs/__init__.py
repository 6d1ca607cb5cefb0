"""Briefs: what a period says to one area, one body, one district (ORP)."""

from slz_lib.presentation.briefs.area import AreaBrief
from slz_lib.presentation.briefs.body import BodyBrief
from slz_lib.presentation.briefs.orp import OrpBrief

__all__ = ["AreaBrief", "BodyBrief", "OrpBrief"]
