"""The way into the foreman's process, which imports nothing where it is only named."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING

from slz_lib.production.quickly import without_grammar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from slz_lib.production.batch.values import Request


def enter(
    connection: Connection, request: Request, environment: Mapping[str, str], folder: str
) -> None:
    """Do the whole batch, see :func:`slz_lib.production.batch.foreman.oversee`."""
    gc.disable()  # until all is ready, see warming: what is loaded before stays
    with without_grammar():
        from slz_lib.production.batch.foreman import oversee

    oversee(connection, request, environment, folder)
