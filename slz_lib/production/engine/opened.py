"""The files that a notebook opens, so that the manifest can name them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Metadata of an executed notebook under which the engine says what it has opened.
OPENED = "slz_opened"
#: Events of Python by which a file is opened or a folder listed.
_OPENS = frozenset({"open", "os.listdir", "os.scandir"})
#: Events by which another program begins.
_STARTS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a process opens, whoever in it does; gathered until the process ends.

    Attributes:
        paths: absolute paths of files and of listed folders.
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
        if event in _OPENS and isinstance(arguments[0], str | os.PathLike):
            self.paths.add(os.path.abspath(arguments[0]))  # noqa: PTH100 — asks no disk
        elif event in _STARTS:
            # A fork has no arguments.
            self.programs.add(str(arguments[0]) if arguments else event)

    def told(self) -> dict[str, list[str]]:
        """As plain values; files of Python and of the system are left out."""
        own = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in _foreign().values())
        paths = [path for path in self.paths if not os.path.realpath(path).startswith(own)]
        return {"paths": sorted(paths), "programs": sorted(self.programs)}


def _foreign() -> Mapping[str, str]:
    """Folders whose files are no input: what is in them belongs to the code or to the machine."""
    package = os.path.dirname(sys.modules["slz_lib"].__file__ or "")  # noqa: PTH120
    system = {name: f"/{name}" for name in ("dev", "etc", "proc", "sys", "usr")}
    return system | {"package": package, "environment": sys.prefix, "python": sys.base_prefix}
