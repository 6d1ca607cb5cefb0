"""Messages between a notebook and its parent: JSON, for what a cell sends must not run there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_client.jsonutil import json_default

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: A text may have half of a sign; who stores it refuses it.
_CODING = "utf-8", "surrogatepass"


def send(connection: Connection, value: object) -> None:
    """Send a value that JSON holds, as a kernel would write it.

    Raises:
        TypeError: JSON does not hold it.
    """
    text = json.dumps(value, ensure_ascii=False, default=json_default)
    connection.send_bytes(text.encode(*_CODING))


def received(connection: Connection) -> Any:
    """The next value.

    Raises:
        EOFError: nobody sends any more.
        ValueError: it is no JSON.
    """
    return json.loads(connection.recv_bytes().decode(*_CODING))
