"""A preview served to a browser on this computer, and to nobody else.

The server listens on the loopback alone. Its address holds a token; a request without it, or one
that calls the computer by another name (a page from elsewhere could), is refused. A browser on
another computer, as with JupyterHub, does not reach it.
"""

from __future__ import annotations

import json
import secrets
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from slz_lib.documents.formats import WRITERS
from slz_lib.errors import DocumentError
from slz_lib.lab.exporting import refusal_page

if TYPE_CHECKING:
    from slz_lib.lab.preview import Preview

_HOST = "127.0.0.1"
#: A browser that has heard nothing for so many seconds asks again.
_PATIENCE = 20.0
_HTML = "text/html; charset=utf-8"
#: What a browser is told of the state.
_TOLD = ("number", "page", "edited", "told", "running")


def serve(preview: Preview, port: int = 0) -> Server:
    """A server of ``preview`` in threads of this process, which must not be forked from now on."""
    server = Server(preview, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Server(ThreadingHTTPServer):
    """The server of one preview.

    Attributes:
        preview: what it serves.
        token: the first part of every path.
    """

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        self.token = secrets.token_urlsafe(24)
        super().__init__((_HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where a browser finds the preview."""
        return f"http://{_HOST}:{self.server_port}/{self.token}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that went away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Stop what is run."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a request."""
        asked = urlsplit(self.path)
        token, _, what = asked.path.lstrip("/").partition("/")
        hosts = {f"{name}:{self.server.server_port}" for name in (_HOST, "localhost")}
        known = secrets.compare_digest(token.encode(), self.server.token.encode())
        if self.headers.get("Host") not in hosts or not known:
            self._send(403, _HTML, refusal_page("Sem nevede adresa náhledu; otevřete jej znovu."))
            return
        preview = self.server.preview
        try:
            match what.split("/"):
                case [""]:
                    frame = files(__package__).joinpath("preview.html").read_text(encoding="utf-8")
                    self._send(200, _HTML, frame.replace("{name}", escape(preview.name)))
                case ["state"]:
                    number = int(parse_qs(asked.query).get("after", ["-1"])[0])
                    state = preview.after(number, _PATIENCE)
                    told = {name: getattr(state, name) for name in _TOLD}
                    self._send(200, "application/json", json.dumps(told))
                case ["faults"]:
                    self._send(200, "application/json", json.dumps(preview.faults()))
                case ["stop"] if self.command == "POST" and preview.stop:
                    preview.stop()
                    self._send(204, _HTML, "")
                case ["page"]:
                    self._send(200, _HTML, preview.page())
                case ["file", form] if form in WRITERS:
                    self._send(200, "application/octet-stream", preview.file(form), form)
                case _:
                    self._send(404, _HTML, refusal_page("Taková část náhledu není."))
        except DocumentError as error:
            self._send(422, _HTML, refusal_page(str(error)))

    def _send(self, status: int, kind: str, body: str | bytes, form: str = "") -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        if form:
            name = f"{self.server.preview.stem}.{form}"
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
