"""The analyst's workplace in JupyterLab: what its kernel knows besides Python and our tables.

The kernel „SLZ“ loads this package as an extension of IPython; what the workplace offers in cells
is registered here, a module each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make a kernel the workplace's (called by IPython)."""
    from slz_lib import presentation
    from slz_lib.lab import completion, recording, remarks, slips

    presentation.load_ipython_extension(shell)
    # A cell with %load_ext run once more would print that, and no export bears what is printed.
    loaded: set[str] = getattr(shell.extension_manager, "loaded", set())
    shell.events.register("pre_run_cell", lambda _: loaded.discard(presentation.__name__))
    slips.register(shell)
    completion.register(shell, remarks.register(shell).anchors)
    recording.register(shell)
