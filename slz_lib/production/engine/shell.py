"""The shell of a child: that of a Jupyter kernel, whose messages go to the parent."""

from __future__ import annotations

import asyncio
import atexit
import builtins
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn, Self

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from IPython.core.error import StdinNotImplementedError
from IPython.utils.path import get_home_dir
from jupyter_client.session import Session
from traitlets import Type
from traitlets.config import Config

from slz_lib.production.engine.wire import send
from slz_lib.production.writing import scratch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from IPython.core.interactiveshell import ExecutionResult

#: What a kernel says where a cell asks for input and nobody is there to type it.
_NO_INPUT = "raw_input was called, but this frontend does not support input requests."


class Messages:
    """The way back to the parent; what happened first is sent first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._caught: dict[str, tuple[int, int]] = {}

    def send(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message after everything that was written before it."""
        self.flush()
        send(self._connection, (kind, content))

    def write(self, name: str, text: str) -> None:
        """Send what was written on the stream ``name``."""
        if text:
            self._drain()
            send(self._connection, ("stream", {"name": name, "text": text}))

    def flush(self) -> None:
        """Send what is left in the streams, of this process and of those that it has started."""
        sys.stdout.flush()
        sys.stderr.flush()
        self._drain()

    def take_over(self, name: str, descriptor: int) -> None:
        """Catch what other processes and compiled code write to ``descriptor``.

        Into a file and not a pipe, which would stop a process that writes more than it holds.
        """
        caught = os.memfd_create(name)
        os.dup2(caught, descriptor)
        self._caught[name] = (caught, 0)

    def _drain(self) -> None:
        for name, (caught, done) in self._caught.items():
            size = os.fstat(caught).st_size
            if size > done:
                text = os.pread(caught, size - done, done).decode("utf-8", "replace")
                self._caught[name] = (caught, size)
                send(self._connection, ("stream", {"name": name, "text": text}))


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook."""

    encoding = "UTF-8"

    def __init__(self, name: str, descriptor: int, messages: Messages) -> None:
        super().__init__()
        self.name = name
        self._descriptor = descriptor
        self._messages = messages
        self._parts: list[str] = []

    def write(self, text: str, /) -> int:
        """Keep ``text`` until the next flush."""
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        text = "".join(self._parts)
        self._parts.clear()
        self._messages.write(self.name, text)

    def writable(self) -> bool:
        """Whether it can be written: always."""
        return True

    def fileno(self) -> int:
        """The descriptor that other processes inherit."""
        return self._descriptor


class _Outbox(Session):
    """Hands to the parent what a kernel would send to its front ends."""

    messages: Messages

    def send(  # of what upstream takes, no more is meant for a parent
        self,
        stream: object,  # noqa: ARG002
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        *_: object,
        **__: object,
    ) -> None:
        """Send a message, made ready or as its type and content."""
        if isinstance(msg_or_type, dict):
            self.messages.send(msg_or_type["msg_type"], msg_or_type["content"])
        else:
            self.messages.send(msg_or_type, content or {})


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """A kernel's shell without its kernel.

    Its name stays: by it pandas and others know that they are in a notebook.
    """

    # Cells have the names that a kernel gives them, which stand in errors and warnings.
    compiler_class = Type(XCachingCompiler)

    @classmethod
    def made_ahead(cls) -> Self:
        """A shell for the forks of this process, in which nobody notices it."""
        main, known = sys.modules["__main__"], set(vars(builtins))
        # The database of past commands would be a file shared by all.
        config = Config({"HistoryManager": {"enabled": False}})
        with scratch() as profile:
            made = cls(ipython_dir=str(profile), config=config)
        sys.modules["__main__"] = main
        for name in set(vars(builtins)) - known:
            delattr(builtins, name)
        atexit.unregister(made.atexit_operations)
        return made

    def begin(self, messages: Messages, profile: str) -> None:
        """Become the shell of this process; all that was seen of another one is seen anew."""
        for kind in self._walk_mro():
            kind._instance = self  # type: ignore[assignment]  # noqa: SLF001 — as instance() does
        self.kernel = SimpleNamespace(eventloop=None)
        outbox = _Outbox()
        outbox.messages = messages
        for sender in (self.display_pub, self.displayhook):
            sender.set_trait("session", outbox)
        self.ipython_dir = profile
        self.init_profile_dir(None)  # type: ignore[no-untyped-call]
        self.starting_dir, self.home_dir = os.getcwd(), get_home_dir()  # noqa: PTH109 — a text
        self.user_ns["_dh"][:] = [Path.cwd()]
        self.raw_input_original = input
        self.init_builtins()  # type: ignore[no-untyped-call]
        self.save_sys_module_state()  # type: ignore[no-untyped-call]
        self.init_sys_modules()  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Let ``%matplotlib`` have its way: there is no window whose events are to be heard."""

    def init_virtualenv(self) -> None:
        """Leave the path alone: an environment that happens to be active is not this one."""

    async def run(self, source: str, cell_id: str) -> ExecutionResult:
        """Run a cell in the running loop, as a kernel does: what it leaves in the loop goes on."""
        options = {"store_history": True, "cell_id": cell_id}
        try:
            plain = self.transform_cell(source)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 — whatever it is, running the cell tells it
            plain = source
        if self.should_run_async(source, transformed_cell=plain):
            result = await self.run_cell_async(source, transformed_cell=plain, **options)
        else:
            result = self.run_cell(source, **options)  # type: ignore[no-untyped-call]
        await asyncio.sleep(0)
        return result


def no_input(*_: object, **__: object) -> NoReturn:
    """Refuse to wait for input, as a kernel without a front end does."""
    raise StdinNotImplementedError(_NO_INPUT)
