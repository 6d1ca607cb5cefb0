"""Exports from JupyterLab's menu: files named as editions are, refusals as a page in Czech.

An extension of Jupyter's server, which answers in place of its own for our formats. A notebook that
its launcher or menu makes begins as the starter does.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from slz_lib.errors import ParameterError
from slz_lib.lab.starting import starter
from slz_lib.production.catalogue import file_stem
from slz_lib.production.execution import read_notebook
from slz_lib.production.parameters import declared

if TYPE_CHECKING:
    from nbformat import NotebookNode


def exported_stem(notebook: NotebookNode, name: str) -> str:
    """What files of the notebook called ``name`` are called without suffix."""
    try:
        given = {each.name: each.default for each in declared(notebook, name).values()}
    except ParameterError:  # the document is whole without them
        return name
    return file_stem(name, given)


def refusal_page(message: str) -> str:
    """A page that says why a document was refused; each fault of ``message`` is an item."""
    head, *faults = message.split("\n  • ")
    page = files(__package__).joinpath("refusal.html").read_text(encoding="utf-8")
    items = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    return page.replace("{head}", escape(head)).replace("{faults}", items)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """How Jupyter's server finds the extension."""
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Answer for our formats, fill new notebooks (called by Jupyter's server)."""
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from jupyter_server.utils import url_path_join

    from slz_lib.documents.exporters import RefusedNotebookError

    class ExportHandler(NbconvertFileHandler):
        """Sends a document, or the page that says what to mend."""

        def set_attachment_header(self, filename: str) -> None:
            name = PurePath(filename)
            manager: Any = self.contents_manager  # the one of files, as everywhere here
            path = Path(manager._get_os_path(self.path_kwargs["path"].strip("/")))  # noqa: SLF001
            super().set_attachment_header(
                f"{exported_stem(read_notebook(path), name.stem)}{name.suffix}"
            )

        def write_error(self, status_code: int, **told: Any) -> None:
            cause = getattr((told.get("exc_info") or (None, None))[1], "__cause__", None)
            if not isinstance(cause, RefusedNotebookError):
                super().write_error(status_code, **told)
                return
            self.set_status(422)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(refusal_page(str(cause)))

    def fill(*, model: dict[str, Any], path: str, contents_manager: Any) -> None:
        new = model["type"] == "notebook" and not model["content"]["cells"]
        if new and not Path(contents_manager._get_os_path(path)).exists():  # noqa: SLF001
            model["content"] = json.loads(starter("../" * path.strip("/").count("/")))

    server.contents_manager.register_pre_save_hook(fill)
    base = server.web_app.settings["base_url"]
    pattern = url_path_join(base, rf"/nbconvert/(?P<format>slz_\w+){path_regex}")
    server.web_app.add_handlers(".*$", [(pattern, ExportHandler)])
