"""The warm server: it has imported what every notebook uses, and forks whoever is asked for."""

from __future__ import annotations

import multiprocessing
from functools import cache
from multiprocessing.context import ForkContext, ForkServerContext

#: What every notebook uses; nothing that may change between two runs, such as data, is among it.
PRELOADED = (
    "__main__",
    "slz_lib.production.engine.child",
    "slz_lib.production.engine.preparing",
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
#: How a child can be started: by the server, or as a fork of a process that has no threads.
Context = ForkServerContext | ForkContext


@cache
def server() -> ForkServerContext:
    """The server's context; the server starts with the first child, or with :func:`warm`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def warm() -> None:
    """Start the server now, so that it imports while the parent does something else."""
    from multiprocessing import forkserver

    server()
    forkserver.ensure_running()
