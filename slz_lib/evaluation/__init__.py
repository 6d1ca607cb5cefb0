"""Rules applied to evidence; the published status beside the derived one, never replaced by it."""

from slz_lib.evaluation.evaluation import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
