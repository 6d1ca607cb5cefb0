"""What a notebook reads of the data, noted while it runs.

Nobody declares what an edition depends on: analysts change the prose, and with it what is read.
Between :func:`start_recording` and :meth:`Recorder.reads` the dataset that ``load`` returns, and
whatever is made of it, notes each of its tables and figures that somebody asks for. Where nothing
is recorded, nothing is any different.
"""

from slz_lib.tracking.queries import found_query, loader, query
from slz_lib.tracking.recorder import (
    Failure,
    Recorder,
    is_loading,
    nothing_was_given,
    recording,
    start_recording,
)
from slz_lib.tracking.steps import Step, parsed, read_text
from slz_lib.tracking.tracked import Tracked, is_watched, noted_names, watched

__all__ = [
    "Failure",
    "Recorder",
    "Step",
    "Tracked",
    "found_query",
    "is_loading",
    "is_watched",
    "loader",
    "noted_names",
    "nothing_was_given",
    "parsed",
    "query",
    "read_text",
    "recording",
    "start_recording",
    "watched",
]
