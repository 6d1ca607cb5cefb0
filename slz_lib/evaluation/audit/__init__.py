"""The audit of a published period: where its claims, statuses and set-up do not hold together.

What each check looks for is told in its module: ``claims`` (the summary), ``conflicts`` (statuses
against evidence, evidence against itself), ``setup`` (deadlines, leads, indicators, spellings of
bodies).
"""

from slz_lib.evaluation.audit.auditing import Audit, audit

__all__ = ["Audit", "audit"]
