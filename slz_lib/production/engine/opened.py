"""The files that a notebook opens, so that the manifest can name them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from slz_lib.tracking import is_loading

#: Events of Python by which another program begins.
_STARTS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
)


@dataclass(frozen=True, slots=True)
class Opened:
    """Files opened by a process, whoever in it opened them; gathered until the process ends.

    Attributes:
        seen: absolute path of each file, with whether anything but ``load`` has opened it.
        programs: names of the programs that were started; what they read is not known.
    """

    seen: dict[str, bool] = field(default_factory=dict)
    programs: dict[str, None] = field(default_factory=dict)

    @classmethod
    def from_now_on(cls) -> Opened:
        """Files opened from this moment; Python itself reports them, compiled code does not."""
        opened = cls()
        sys.addaudithook(opened.hear)
        return opened

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take note of one event of Python."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            path = os.path.abspath(arguments[0])  # noqa: PTH100 — asks no disk
            self.seen[path] = self.seen.get(path, False) or not is_loading()
        elif event in _STARTS:
            # A fork has no arguments.
            self.programs[str(arguments[0]) if arguments else event] = None

    def record(self) -> dict[str, object]:
        """As plain values; files of Python and of the system are left out.

        ``opened``: every file; ``apart``: those that not only ``load`` has opened; ``programs``:
        whether any was started.
        """
        own = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in _foreign().values())
        paths = sorted(path for path in self.seen if not os.path.realpath(path).startswith(own))
        return {
            "opened": paths,
            "apart": [path for path in paths if self.seen[path]],
            "programs": bool(self.programs),
        }


def _foreign() -> Mapping[str, str]:
    """Folders whose files are no input: what is in them belongs to the code or to the machine."""
    package = os.path.dirname(sys.modules["slz_lib"].__file__ or "")  # noqa: PTH120
    system = {name: f"/{name}" for name in ("dev", "etc", "proc", "sys", "usr")}
    return system | {"package": package, "environment": sys.prefix, "python": sys.base_prefix}
