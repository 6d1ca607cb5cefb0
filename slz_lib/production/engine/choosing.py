"""The engine that a command is asked to use."""

from __future__ import annotations

from slz_lib.production.choosing import chosen
from slz_lib.production.engine import ENGINES


def known_engine(name: str | None) -> str | None:
    """The engine called ``name``; ``None``, for the usual one, where none is named.

    Raises:
        ParameterError: it is none of :data:`slz_lib.production.engine.ENGINES`.
    """
    if name is None:
        return None
    return chosen([name], ENGINES, noun="Způsob běhu", plural="Známé způsoby", one="způsob běhu")[0]
