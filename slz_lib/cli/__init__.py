"""The command ``slz``: thin, in Czech; heavy imports wait until a command needs them."""

from slz_lib.cli.program import INTERRUPTED, app, main

__all__ = ["INTERRUPTED", "app", "main"]
