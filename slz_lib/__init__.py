"""Implementation reports and action plans of a social-inclusion strategy.

``load`` the data, ``evaluate`` a period, ``draft_plan`` the next one; the notebooks do the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slz_lib.dataset import Dataset, load
    from slz_lib.evaluation import Evaluation, evaluate
    from slz_lib.evaluation.audit import Audit, audit
    from slz_lib.evaluation.comparison import Comparison, compare, compare_with_previous
    from slz_lib.evaluation.replay import decompose, replay
    from slz_lib.planning import ActionPlan, draft_plan

__all__ = [
    "ActionPlan",
    "Audit",
    "Comparison",
    "Dataset",
    "Evaluation",
    "audit",
    "compare",
    "compare_with_previous",
    "decompose",
    "draft_plan",
    "evaluate",
    "load",
    "replay",
]
__version__ = "0.1.0"

#: Where the public names live; imported on first use, so that ``slz --help`` stays quick.
_HOMES = {
    "slz_lib.dataset": ("Dataset", "load"),
    "slz_lib.evaluation": ("Evaluation", "evaluate"),
    "slz_lib.evaluation.audit": ("Audit", "audit"),
    "slz_lib.evaluation.comparison": ("Comparison", "compare", "compare_with_previous"),
    "slz_lib.evaluation.replay": ("decompose", "replay"),
    "slz_lib.planning": ("ActionPlan", "draft_plan"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    told = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(told, name=name, obj=import_module(__name__))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
