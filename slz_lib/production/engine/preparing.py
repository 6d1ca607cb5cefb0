"""Imported by the warm server: gets everything ready that a notebook would wait for."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

#: What every notebook uses; nothing that may change between two runs, such as data, is among it.
USED = (
    "slz_lib.presentation.briefs",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
)


def prepare() -> None:
    """Import what is used, and let libraries look around once and not in every child."""
    # Nothing of what is imported is ever given back; looking for it takes a fifth of the time.
    gc.disable()
    for name in USED:
        import_module(name)
    from matplotlib.backends.registry import backend_registry

    from slz_lib.production.engine.child import ready_shell

    ready_shell()
    # Matplotlib asks every installed package for backends when the first one is chosen.
    backend_registry.list_all()  # type: ignore[no-untyped-call]
    gc.freeze()
    gc.enable()


# What stops the server is told in a sentence by whoever asks it for a child.
sys.excepthook = lambda *_: None
prepare()
