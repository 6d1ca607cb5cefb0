"""Tables and charts of a narrowed evaluation: they say of what whole they are a part."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from slz_lib.documents.markdown import slug
from slz_lib.documents.model import Content, Figure, Paragraph, Table
from slz_lib.evaluation.period import Selection
from slz_lib.language import no_breaks
from slz_lib.presentation.framing import words


def telling_selection(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, what it shows of a narrowed evaluation being named as such.

    Its anchor is another than that of the whole, so that both can stand in one document. A sentence
    stands for what would show nothing.
    """

    @wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        selections = (getattr(value, "selection", None) for value in (*args, *kwargs.values()))
        selection = next((one for one in selections if isinstance(one, Selection)), None)
        return found if selection is None else _named(found, selection)

    return told


def _named(found: Any, selection: Selection) -> Any:
    if isinstance(found, Table | Figure) and not selection.part:
        told = f"Výběru ({', '.join(selection.words)}) neodpovídá žádné opatření."
        return Paragraph(text=words(told))
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
