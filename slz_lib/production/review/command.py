"""The command ``slz diff``: two places compared and written in one of the forms."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from slz_lib.dataset.faults import shown
from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import enumerate_words
from slz_lib.production.review.editions import comparison

#: Forms of a review and the modules that write them.
FORMS = {
    "text": "slz_lib.production.review.text",
    "markdown": "slz_lib.production.review.markdown",
    "html": "slz_lib.production.review.page",
}


def reviewed(old: Path, new: Path, form: str) -> str:
    """What changed between the runs at ``old`` and at ``new``, in one of :data:`FORMS`.

    Raises:
        ParameterError: the form is not known, or the places hold nothing that can be compared.
        DocumentError: a notebook holds no document.
    """
    if form not in FORMS:
        near = nearest(form, list(FORMS))
        known = enumerate_words(list(FORMS))
        advice = f"nejbližší je „{near}“" if near else f"známé jsou {known}"
        raise ParameterError(f"Formát „{shown(form)}“ neznám; {advice}.")
    rendered: str = import_module(FORMS[form]).render(comparison(old, new))
    return rendered
