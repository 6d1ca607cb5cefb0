"""The command ``slz``: thin, in Czech; heavy imports wait until a command needs them."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from slz_lib.errors import INTERRUPTED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code.

    Whatever happens ends in one Czech sentence on the error stream, without a traceback. Being
    interrupted is silent.

    Args:
        arguments: words after the program's name; those of this process when not given.
    """
    try:
        # Importing takes a while too, in which somebody may change their mind.
        from slz_lib.cli.ending import ended, settle
        from slz_lib.cli.program import carry_out

        if arguments is None:
            settle()
        return ended(carry_out, list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        if arguments is None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the interpreter's end is left
