"""The tables of ``data/``: one loader, one frozen value that holds them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slz_lib.dataset.dataset import Dataset
    from slz_lib.dataset.loading import load

__all__ = ["Dataset", "load"]

#: Imported on first use: commands that read no table do not wait for pandas.
_HOMES = {"Dataset": "slz_lib.dataset.dataset", "load": "slz_lib.dataset.loading"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
