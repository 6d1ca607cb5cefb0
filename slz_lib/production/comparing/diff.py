"""The command ``slz diff``: two places compared and written in one of the forms."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.production.comparing.places import comparison
from slz_lib.untrusted import shown

#: Forms of a review and the modules that write them.
_FORMS = {"text": "text", "markdown": "markdown", "html": "page"}


def reviewed(old: Path, new: Path, form: str) -> str:
    """What changed between the runs at ``old`` and at ``new``: *text*, *markdown* or *html*.

    Raises:
        ParameterError: the form is not known, or the places hold nothing that can be compared.
        DocumentError: a notebook holds no document.
    """
    if form not in _FORMS:
        known = enumerate_words(list(_FORMS))
        raise ParameterError(f"Podobu „{shown(form)}“ neznám; známé jsou {known}.")
    writer = import_module(f"{__package__}.{_FORMS[form]}")
    rendered: str = writer.render(comparison(old, new))
    return rendered
