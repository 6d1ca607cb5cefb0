"""The command ``slz diff``: the runs that two places hold, compared and written in one form."""

from __future__ import annotations

from pathlib import Path

from slz_lib.errors import ParameterError, SlzError
from slz_lib.language import count, enumerate_words
from slz_lib.production.comparing import rendering
from slz_lib.production.comparing.changes import Comparison, Review
from slz_lib.production.comparing.issued import paths_below
from slz_lib.production.comparing.runs import run_in, run_review
from slz_lib.untrusted import shown, shown_path

_SUFFIX = ".ipynb"
#: Forms of a review and what writes them.
_FORMS = {"text": rendering.text, "markdown": rendering.markdown, "html": rendering.page}


def reviewed(old: Path, new: Path, form: str) -> str:
    """What changed between the runs at ``old`` and at ``new``: *text*, *markdown* or *html*.

    Raises:
        ParameterError: the form is not known, or the places hold nothing that can be compared.
        DocumentError: a notebook holds no document.
    """
    if form not in _FORMS:
        known = enumerate_words(list(_FORMS))
        raise ParameterError(f"Podobu „{shown(form)}“ neznám; známé jsou {known}.")
    return _FORMS[form](comparison(old, new))


def comparison(old: Path, new: Path) -> Comparison:
    """What changed between the runs at ``old`` and those at ``new``.

    Args:
        old: an executed notebook of an edition, or a folder of such.
        new: the same of a later run.

    Raises:
        ParameterError: there is nothing to compare, a file is no executed notebook, or two files
            are of different editions; names every fault.
        DocumentError: a notebook holds no document.
    """
    for place in (old, new):
        if not place.exists():
            raise ParameterError(f"„{shown_path(place)}“ není soubor ani složka.")
    folders = [place.is_dir() for place in (old, new)]
    if all(folders):
        return _of_folders(old, new)
    if any(folders):
        raise ParameterError("Porovnávají se dva notebooky, nebo dvě složky; zadejte obojí stejné.")
    return Comparison((run_review(run_in(old), run_in(new), old.stem),))


def _of_folders(old: Path, new: Path) -> Comparison:
    before, after = _editions(old), _editions(new)
    common = [name for name in before if name in after]
    if not common:
        raise ParameterError(
            f"„{shown_path(old)}“ a\u00a0„{shown_path(new)}“ nemají společnou žádnou edici."
        )
    reviews: list[Review] = []
    faults: list[SlzError] = []
    for name in common:
        try:
            runs = run_in(before[name], old), run_in(after[name], new)
            reviews.append(run_review(*runs, name))
        except SlzError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        number = count(len(faults), "edici", "edice", "edic")
        lines = (f"  • {fault}" for fault in faults)
        raise ParameterError("\n".join((f"Porovnat nelze {number}:", *lines)))
    return Comparison(
        tuple(reviews),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def _editions(folder: Path) -> dict[str, Path]:
    """The notebooks in ``folder`` by their path without suffix, the whole region before its parts.

    Raises:
        ParameterError: there is none, or the folder cannot be looked into.
    """
    paths = sorted(paths_below(folder, _SUFFIX), key=lambda path: (len(path.parts), path))
    if not paths:
        raise ParameterError(f"Ve složce „{shown_path(folder)}“ není žádný notebook (.ipynb).")
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}
