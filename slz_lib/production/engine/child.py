"""A child of the engine: runs the cells of one notebook and ends with it."""

from __future__ import annotations

import asyncio
import builtins
import getpass
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
from IPython.core.pylabtools import activate_matplotlib
from matplotlib_inline.backend_inline import configure_inline_support

from slz_lib.production.engine.lifeline import adopt, end_strays, end_with_parent
from slz_lib.production.engine.shell import Messages, Stream, ZMQInteractiveShell, no_input
from slz_lib.production.engine.wire import received, send

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: What pandas itself sets where it is imported in a notebook.
_COLUMNS_IN_NOTEBOOK = 20
#: The backend that shows charts in a notebook.
_INLINE = "module://matplotlib_inline.backend_inline"
#: Events by which another program begins.
_STARTS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notebook runs.

    Attributes:
        folder: the working folder.
        profile: an empty folder in the place of the analyst's own IPython profile, whose start-up
            files must not change a report.
        environment: the parent's variables; the server has those of the day it was started.
        memory: most bytes of address space; no limit when ``None``.
    """

    folder: str
    profile: str
    environment: Mapping[str, str]
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process opens, whoever in it does; gathered until the process ends.

    Attributes:
        paths: absolute paths of files.
        programs: names of the programs that were started; what they read is not known.
    """

    paths: set[str] = field(default_factory=set)
    programs: set[str] = field(default_factory=set)

    @classmethod
    def from_now_on(cls) -> Opened:
        """What is opened from this moment; Python itself reports it, compiled code does not."""
        opened = cls()
        sys.addaudithook(opened.hear)
        return opened

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take note of one event of Python."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            self.paths.add(os.path.abspath(arguments[0]))  # noqa: PTH100 — asks no disk
        elif event in _STARTS:
            # A fork has no arguments.
            self.programs.add(str(arguments[0]) if arguments else event)

    def told(self) -> dict[str, list[str]]:
        """As plain values; files of Python and of the system are left out."""
        own = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in _foreign())
        paths = [path for path in self.paths if not os.path.realpath(path).startswith(own)]
        return {"paths": sorted(paths), "programs": sorted(self.programs)}


def _foreign() -> tuple[str, ...]:
    """Folders whose files are no input: what is in them belongs to the code or to the machine."""
    package = os.path.dirname(sys.modules["slz_lib"].__file__ or "")  # noqa: PTH120
    return package, sys.prefix, sys.base_prefix, "/dev", "/etc", "/proc", "/sys", "/usr"


def keep(connection: Connection, place: Place) -> None:
    """Have a fork of this process run a notebook, and end with it whatever its cells have started.

    Whatever becomes of the notebook's own process, its orphans become children of this one.

    Args:
        connection: the way to the parent.
        place: where the notebook runs.
    """
    multiprocessing.current_process().daemon = False  # one that is may not fork
    process = multiprocessing.get_context("fork").Process(target=serve, args=(connection, place))
    # Being told to stop, once or twice, ends the notebook, never the clearing up after it.
    signal.signal(signal.SIGTERM, lambda *_: process.kill() if process.pid else None)
    end_with_parent(signal.SIGTERM)
    adopt()
    process.start()
    connection.close()
    process.join()
    end_strays()


#: The shell that every fork of this process begins with.
ready_shell = cache(ZMQInteractiveShell.made_ahead)


def serve(connection: Connection, place: Place, inherited: Sequence[Connection] = ()) -> None:
    """Run the cells that come through ``connection``, until it closes.

    A cell comes as its source and id; what it shows goes back as messages of the Jupyter protocol,
    and ``done`` ends it, with whether it succeeded and its number. ``None`` asks for what
    the cells have opened.

    Args:
        connection: the way to the parent.
        place: where the notebook runs.
        inherited: connections of the parent's own that this process is not to hold open.
    """
    for foreign in inherited:
        foreign.close()
    _part_from_parent()
    _move_in(place)
    shell, messages = _begun(connection, place.profile)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    opened = Opened.from_now_on()
    while True:
        try:
            asked = received(connection)
        except EOFError:
            return
        if asked is None:
            send(connection, ("opened", opened.told()))
            continue
        if shell.exit_now:
            return
        source, cell_id = asked
        result = loop.run_until_complete(shell.run(source, cell_id))
        messages.flush()
        number = shell.execution_count - 1
        send(connection, ("done", {"ok": bool(result.success), "execution_count": number}))


def _part_from_parent() -> None:
    """Hear signals as a kernel does, have no terminal, and end with the parent, group and all."""
    # A worker of a batch hears signals in its own way.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.setsid()
    end_with_parent(signal.SIGKILL, group=True)
    multiprocessing.current_process().daemon = False  # cells may start processes
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _move_in(place: Place) -> None:
    """Take over variables, folder and limits of where the notebook runs."""
    os.environ.clear()
    os.environ.update(place.environment)
    os.chdir(place.folder)
    if place.memory is not None:
        _limit(place.memory)
    sys.path.insert(0, "")


def _begun(connection: Connection, profile: str) -> tuple[ZMQInteractiveShell, Messages]:
    """The shell of this process, in the folder ``profile``, and its way to the parent."""
    messages = Messages(connection)
    messages.take_over("stdout", 1)
    messages.take_over("stderr", 2)
    sys.stdout, sys.stderr = Stream("stdout", 1, messages), Stream("stderr", 2, messages)
    builtins.input = getpass.getpass = no_input
    shell = ready_shell()
    shell.begin(messages, profile)
    activate_matplotlib(_INLINE)
    configure_inline_support(shell, _INLINE)  # type: ignore[no-untyped-call]
    # Pandas looks around when it is imported, and took the server for a terminal.
    pd.set_option("display.max_columns", _COLUMNS_IN_NOTEBOOK)
    return shell, messages


def _limit(memory: int) -> None:
    """Let this process have so much address space, or as much as it may ask for."""
    import resource  # not on every system; where it is missing nobody forks

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = sys.maxsize if most == resource.RLIM_INFINITY else most
    wanted = min(memory, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, wanted))
