"""The kernel's process as a run needs it: quiet on the terminal."""

from __future__ import annotations

import subprocess
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class QuietKernelManager(AsyncKernelManager):
    """Starts a kernel whose own remarks do not reach the terminal.

    What a cell prints or raises comes through the kernel's messages; on the process's error stream
    there are only warnings and tracebacks of the kernel itself, in English.
    """

    # The parent is asynchronous where the grandparent is not, and upstream overrides it likewise.
    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel with ``options`` of the process."""
        await super().start_kernel(stderr=subprocess.DEVNULL, **options)
