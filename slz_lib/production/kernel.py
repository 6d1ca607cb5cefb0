"""The kernel's process as a run needs it: quiet on the terminal, and gone with its own."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class QuietKernelManager(AsyncKernelManager):
    """Starts a kernel whose own remarks do not reach the terminal.

    What a cell prints or raises comes through the kernel's messages; on the process's error stream
    there are only warnings and tracebacks of the kernel itself, in English. Neither stream is the
    command's own, which processes that a cell leaves behind would hold open.
    """

    # The parent is asynchronous where the grandparent is not, and upstream overrides it likewise.
    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel with ``options`` of the process."""
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super().start_kernel(**nowhere, **options)

    # The same as above.
    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        """Stop the kernel and, where processes have groups, all that its cells have started."""
        group = getattr(self.provisioner, "pgid", None)
        if now and group and hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        await super().shutdown_kernel(now=now, restart=restart)
