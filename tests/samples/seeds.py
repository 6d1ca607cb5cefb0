"""On how much made-up data a law is tried."""

from __future__ import annotations

import os


def tries(usual: int, at_a_desk: int) -> int:
    """As often as ``SLZ_SEEDS`` says; else the usual number, and fewer at a desk."""
    return int(os.environ.get("SLZ_SEEDS", usual if "CI" in os.environ else at_a_desk))
