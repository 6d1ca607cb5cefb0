"""The shell of a child: IPython whose outputs are messages of the Jupyter protocol."""

from __future__ import annotations

import asyncio
import atexit
import builtins
import io
import os
import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from ipykernel.compiler import XCachingCompiler
from IPython.core.autocall import ZMQExitAutocall
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.page import as_hook
from IPython.core.payloadpage import page
from IPython.utils.path import get_home_dir
from traitlets import Any as AnyTrait, Instance, Type
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


class Publisher(DisplayPublisher):
    """Sends what a cell displays."""

    messages: Any = AnyTrait()

    def publish(  # type: ignore[override]  # upstream has positional leftovers
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """Send a display, or the update of an earlier one."""
        kind = "update_display_data" if update else "display_data"
        content = {"data": _plain(data), "metadata": metadata or {}, "transient": transient or {}}
        self.messages.send(kind, content)

    def clear_output(self, wait: bool = False) -> None:
        """Send the wish to clear what the cell has shown."""
        self.messages.send("clear_output", {"wait": wait})


class Result(DisplayHook):
    """Sends the value of a cell's last expression."""

    messages: Any = AnyTrait()
    _content: dict[str, Any] | None = None

    def write_output_prompt(self) -> None:
        """Begin the message."""
        self._content = {"execution_count": self.prompt_count}

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Put the value's forms into the message."""
        self._content = {
            **(self._content or {}),
            "data": _plain(format_dict),
            "metadata": md_dict or {},
        }

    def finish_displayhook(self) -> None:
        """Send the message, unless the value has no form."""
        content, self._content = self._content, None
        if content and content.get("data"):
            self.messages.send("execute_result", content)


class ZMQInteractiveShell(InteractiveShell):
    """An IPython shell whose outputs are messages.

    Its name is that of a kernel's shell: by it pandas and others know that they are in a notebook.
    """

    messages: Any = AnyTrait()
    display_pub_class = Type(Publisher)
    displayhook_class = Type(Result)
    # Cells have the names that a kernel gives them, which stand in errors and warnings.
    compiler_class = Type(XCachingCompiler)
    exiter = Instance(ZMQExitAutocall, args=())
    keepkernel_on_exit: bool | None = None
    #: What the last failed cell sent, as the reply of a kernel repeats it.
    failure: dict[str, Any] | None = None

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
        for sender in (self, self.display_pub, self.displayhook):
            sender.set_trait("messages", messages)
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

    def ask_exit(self) -> None:
        """End before the next cell, as a kernel does after ``exit()``."""
        self.exit_now = not self.keepkernel_on_exit

    def init_hooks(self) -> None:
        """Show help in no pager: a kernel hands it to a front end, which is not here."""
        super().init_hooks()  # type: ignore[no-untyped-call]
        self.set_hook("show_in_pager", as_hook(page), 99)  # type: ignore[no-untyped-call]

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

    def _showtraceback(
        self, etype: type[BaseException], evalue: BaseException, stb: list[str]
    ) -> None:
        self.failure = {"ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        self.messages.send("error", self.failure)


def no_input(*_: object, **__: object) -> NoReturn:
    """Refuse to wait for input, as a kernel without a front end does."""
    raise StdinNotImplementedError(_NO_INPUT)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle as JSON holds it: bytes in base64, as a kernel sends pictures."""
    return {
        mime: f"{b64encode(value).decode('ascii')}\n" if isinstance(value, bytes) else value
        for mime, value in data.items()
    }
