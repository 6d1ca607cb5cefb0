"""Grafy: funkce vyhodnocení nebo plánu, které vracejí obrázek dokumentu."""

from slz_lib.presentation.charts.alignment import alignment_chart
from slz_lib.presentation.charts.breakdowns import (
    areas_by_status,
    deadlines_by_status,
    leads_by_status,
)
from slz_lib.presentation.charts.decisions import decisions_chart
from slz_lib.presentation.charts.gantt import gantt, gantt_of_area, gantt_of_priorities
from slz_lib.presentation.charts.goals import goals_chart
from slz_lib.presentation.charts.load import load_chart
from slz_lib.presentation.charts.overview import (
    bounds_chart,
    published_and_derived,
    status_overview,
)
from slz_lib.presentation.charts.series import series_chart_of, series_measures
from slz_lib.presentation.charts.territory import has_map, territory_map
from slz_lib.presentation.charts.transitions import transitions_chart
from slz_lib.presentation.charts.values import bars, tiles

__all__ = [
    "alignment_chart",
    "areas_by_status",
    "bars",
    "bounds_chart",
    "deadlines_by_status",
    "decisions_chart",
    "gantt",
    "gantt_of_area",
    "gantt_of_priorities",
    "goals_chart",
    "has_map",
    "leads_by_status",
    "load_chart",
    "published_and_derived",
    "series_chart_of",
    "series_measures",
    "status_overview",
    "territory_map",
    "tiles",
    "transitions_chart",
]
