"""Imported by the warm server: lets libraries look around once, not in every child."""

from __future__ import annotations

from matplotlib.backends.registry import backend_registry

#: Matplotlib asks every installed package for backends when the first one is chosen.
BACKENDS = tuple(backend_registry.list_all())  # type: ignore[no-untyped-call]
