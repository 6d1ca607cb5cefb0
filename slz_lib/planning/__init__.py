"""The action plan drafted from an evaluation; rules of drafting are data."""

from slz_lib.planning.plan import ActionPlan, draft_plan

__all__ = ["ActionPlan", "draft_plan"]
