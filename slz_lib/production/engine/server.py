"""The warm server and its children, as the parent sees them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slz_lib.production.engine.child import Place, serve
from slz_lib.production.engine.context import own_modules, server
from slz_lib.production.writing import scratch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess, ForkServerProcess
    from pathlib import Path

    from slz_lib.production.engine.context import Context

#: Seconds that a child has to end by itself when its notebook is over.
_PATIENCE = 5.0


class ChildTimeoutError(Exception):
    """A cell took longer than it may; the child was killed."""


class ChildDiedError(Exception):
    """The child ended within a cell: a fault of compiled code, ``os._exit``, no memory."""

    def __init__(self, exit_code: int | None) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


@dataclass(frozen=True, slots=True)
class Child:
    """A running child."""

    process: ForkServerProcess | ForkProcess
    connection: Connection

    def kill(self) -> None:
        """End the child at once, and what its cells have started."""
        with suppress(ProcessLookupError):  # it leads no group yet, or is gone
            assert self.process.pid
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def opened(self) -> dict[str, Any]:
        """What the notebook has opened so far, as :meth:`Opened.told` tells it.

        Raises:
            ChildDiedError: the child is gone.
        """
        try:
            self.connection.send(None)
            kind, content = self.connection.recv()
        except (EOFError, OSError) as error:
            self.process.join(_PATIENCE)
            raise ChildDiedError(self.process.exitcode) from error
        assert kind == "opened"
        return dict(content)

    def run(
        self, source: str, cell_id: str, timeout: float | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Run a cell; what it sends, as type and content, the last one being ``done``.

        Raises:
            ChildTimeoutError: it took more than ``timeout`` seconds.
            ChildDiedError: the child is gone.
        """
        end = None if timeout is None else time.monotonic() + timeout
        try:
            self.connection.send((source, cell_id))
            while True:
                left = None if end is None else max(end - time.monotonic(), 0)
                if not self.connection.poll(left):
                    self.kill()
                    raise ChildTimeoutError
                kind, content = self.connection.recv()
                yield kind, content
                if kind == "done":
                    return
        except (EOFError, OSError) as error:
            self.process.join(_PATIENCE)
            raise ChildDiedError(self.process.exitcode) from error


@contextmanager
def child(
    folder: Path | str,
    memory: int | None = None,
    context: Context | None = None,
) -> Iterator[Child]:
    """A child for one notebook, in the working folder ``folder``; it is gone afterwards.

    Args:
        folder: the working folder.
        memory: most bytes of address space of the child; no limit when ``None``.
        context: how it is started; by the warm server when not given.
    """
    context = context or server()
    with scratch() as profile:
        here, there = context.Pipe()
        place = Place(os.fspath(folder), str(profile), dict(os.environ), memory)
        # A fork has our end too, and would wait for itself to close it.
        inherited = [here] if context.get_start_method() == "fork" else []
        process = context.Process(target=serve, args=(there, place, inherited), daemon=True)
        with own_modules():
            process.start()
        there.close()
        running = Child(process, here)
        try:
            yield running
        except BaseException:
            running.kill()  # what goes wrong here does not wait for a cell to end
            raise
        finally:
            here.close()
            process.join(_PATIENCE)
            if process.is_alive():
                running.kill()
                process.join()
            process.close()
