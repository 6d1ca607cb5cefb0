"""What a reader sees: tables, charts, cards and prose, all made of one evaluation or plan."""

import slz_lib.documents.html  # noqa: F401 — with it blocks can show themselves
from slz_lib.documents.model import Content
from slz_lib.presentation import charts, tables
from slz_lib.presentation.cards import measure_cards
from slz_lib.presentation.findings import Findings
from slz_lib.presentation.framing import Col, figure, table, title_block
from slz_lib.presentation.plan_findings import PlanFindings
from slz_lib.presentation.prose import load_ipython_extension, prose

__all__ = [
    "Col",
    "Content",
    "Findings",
    "PlanFindings",
    "charts",
    "figure",
    "load_ipython_extension",
    "measure_cards",
    "prose",
    "table",
    "tables",
    "title_block",
]
