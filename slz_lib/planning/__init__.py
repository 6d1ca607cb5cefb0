"""The action plan drafted from an evaluation; rules of drafting are data."""

from slz_lib.planning.drafting import draft_plan
from slz_lib.planning.merging import merge_candidates
from slz_lib.planning.plan import ActionPlan

__all__ = ["ActionPlan", "draft_plan", "merge_candidates"]
