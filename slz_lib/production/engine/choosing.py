"""The engine that a command is asked to use."""

from __future__ import annotations

from slz_lib.errors import ParameterError
from slz_lib.production.choosing import chosen
from slz_lib.production.engine import ENGINES, NBCLIENT, SLZ, can_fork


def known_engine(name: str | None) -> str | None:
    """The engine called ``name``; ``None``, for the usual one, where none is named.

    Raises:
        ParameterError: it is none of :data:`slz_lib.production.engine.ENGINES`, or it does not run
            on this system.
    """
    if name is None:
        return None
    (known,) = chosen(
        [name], ENGINES, noun="Způsob běhu", plural="Známé způsoby", one="způsob běhu"
    )
    if known == SLZ and not can_fork():
        raise ParameterError(f"Způsob běhu {SLZ} na tomto systému nejde; použijte {NBCLIENT}.")
    return known
