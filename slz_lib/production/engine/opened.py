"""The files that a notebook opens, so that the manifest can name them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Opened:
    """Files opened by a process, whoever in it opened them; gathered until the process ends.

    Attributes:
        seen: absolute path of each file.
    """

    seen: dict[str, None] = field(default_factory=dict)

    @classmethod
    def from_now_on(cls) -> Opened:
        """Files opened from this moment; Python itself reports them, compiled code does not."""
        opened = cls()
        sys.addaudithook(opened.hear)
        return opened

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take note of one event of Python."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            self.seen[os.path.abspath(arguments[0])] = None  # noqa: PTH100 — asks no disk

    def paths(self) -> list[str]:
        """The files in the order of their names; those of Python and of the system left out."""
        own = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in _foreign().values())
        return sorted(path for path in self.seen if not os.path.realpath(path).startswith(own))


def _foreign() -> Mapping[str, str]:
    """Folders whose files are no input: what is in them belongs to the code or to the machine."""
    package = os.path.dirname(sys.modules["slz_lib"].__file__ or "")  # noqa: PTH120
    system = {name: f"/{name}" for name in ("dev", "etc", "proc", "sys", "usr")}
    return system | {"package": package, "environment": sys.prefix, "python": sys.base_prefix}
