"""Tables and charts of a narrowed evaluation: they say of what whole they are a part."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from slz_lib.documents.markdown import slug
from slz_lib.documents.model import Content, Figure, Paragraph, Run, Table
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.period import Selection
from slz_lib.language import no_breaks

_P = ParamSpec("_P")
_R = TypeVar("_R", bound=Table | Figure | Content)


def telling_selection(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """``function`` of an evaluation; what it shows of a narrowed one is named as such.

    Its anchor is another than that of the whole, so that both can stand in one document. A sentence
    stands for what would show nothing.
    """

    @wraps(function)
    def naming(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        found = function(*args, **kwargs)
        given = (*args, *kwargs.values())
        selection = next((one.selection for one in given if isinstance(one, Evaluation)), None)
        return found if selection is None else _named(found, selection)

    return naming


def _named(found: Any, selection: Selection) -> Any:
    if isinstance(found, Table | Figure) and not selection.part:
        told = f"Výběru ({', '.join(selection.words)}) neodpovídá žádné opatření."
        return Paragraph(text=(Run(text=no_breaks(told)),))
    suffix = "-" + slug(" ".join(selection.words))
    said = no_breaks(f"Výběr: {selection}.")
    match found:
        case Content():
            return Content(blocks=tuple(_named(block, selection) for block in found.blocks))
        case Table():
            changed = {"anchor": found.anchor + suffix, "notes": (*found.notes, said)}
            return found.model_copy(update=changed)
        case Figure():
            of_figure: dict[str, object] = {
                "anchor": found.anchor + suffix,
                "subtitle": "; ".join(filter(None, (found.subtitle, f"v{said[1:-1]}"))),
                "alt": f"{found.alt} {said}",
                "table": found.table and found.table + suffix,
            }
            return found.model_copy(update=of_figure)
    return found
