"""The one tree of errors that a user of the package can meet.

Every message is a Czech sentence for the analyst: where, what was found, what to do.
The command line prints it without a traceback and exits with ``exit_code``.
"""

from __future__ import annotations

from typing import ClassVar

#: Exit code of a command that was stopped from the keyboard, which is no error.
INTERRUPTED = 130


class SlzError(Exception):
    """Anything the package refuses; carries a Czech sentence for the user."""

    exit_code: ClassVar[int] = 1


class DataError(SlzError):
    """The tables in ``data/`` do not hold together; lists every fault found."""


class ParameterError(SlzError):
    """A parameter has an unknown name, a wrong type or a value the data do not know."""

    exit_code: ClassVar[int] = 2


class EvaluationError(SlzError):
    """The rules cannot be applied to the evidence."""


class DocumentError(SlzError):
    """A document is not fit to be published; lists every fault found."""


class ExecutionError(SlzError):
    """A notebook cell failed; names the notebook, the cell and the cause."""


class OutputError(SlzError):
    """An output cannot be written: no room, no right, no such folder."""
