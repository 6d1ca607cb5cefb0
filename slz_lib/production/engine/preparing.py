"""Imported by the warm server: gets everything ready that a notebook would wait for."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

#: What every notebook uses; nothing that may change between two runs, such as data, is among it.
USED = (
    "slz_lib.production.engine.child",
    "slz_lib.dataset.loading",
    "slz_lib.evaluation",
    "slz_lib.evaluation.comparison",
    "slz_lib.planning",
    "slz_lib.presentation",
    "slz_lib.presentation.briefs",
    "slz_lib.documents.html",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    # What a shell imports when it starts.
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.crashhandler",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.magics._table",
    "IPython.core.oinspect",
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
