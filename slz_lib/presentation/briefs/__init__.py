"""Briefs: what a period says to anybody, to the assembly, to one area, one body, one district."""

from slz_lib.presentation.briefs.area import AreaBrief
from slz_lib.presentation.briefs.body import BodyBrief
from slz_lib.presentation.briefs.brochure import Brochure
from slz_lib.presentation.briefs.council import CouncilBrief
from slz_lib.presentation.briefs.district import DistrictBrief

__all__ = ["AreaBrief", "BodyBrief", "Brochure", "CouncilBrief", "DistrictBrief"]
