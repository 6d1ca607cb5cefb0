"""What Tab offers in a prose cell: names, attributes, filters and anchors that prose may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from IPython.core.completer import (
    CompletionContext,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)

from slz_lib.presentation.filters import FILTERS
from slz_lib.presentation.lending import Sandbox, in_sight, lent, of_notebook, offered

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_MAGIC = re.compile(r"\s*%%prose\b(.*)\n")
#: The expression that the cursor stands in, if any, after what opens it.
_OPEN = re.compile(r"(?:\{\{|\{%)((?:(?!\}\}|%\}).)*)\Z", re.DOTALL)
_ANCHOR = re.compile(r"""(\]\(#|["'])([\w-]*)\Z""")
_FILTER = re.compile(r"\|\s*(\w*)\Z")
_DOTTED = re.compile(r"([\w.]+)\.(\w*)\Z")
_NAME = re.compile(r"\w*\Z")
#: Names that the template gives itself, and what a loop goes through.
_GIVEN = re.compile(r"\{%-?\s*(?:set|for)\s+(\w+)(?:\s+in\s+([\w.]+))?")


def register(shell: InteractiveShell, anchors: Callable[[], Iterable[str]]) -> None:
    """Have Tab complete prose in a shell; ``anchors`` tells what can be referred to."""

    @context_matcher()  # type: ignore[untyped-decorator]
    def prose_matcher(context: CompletionContext) -> SimpleMatcherResult:
        lines = context.full_text.split("\n")[: context.cursor_line]
        before = "\n".join((*lines, context.text_until_cursor))
        kind, written, known = offers(before, shell.user_ns, anchors)
        return SimpleMatcherResult(
            completions=[
                SimpleCompletion(text=word, type=kind) for word in known if word.startswith(written)
            ],
            matched_fragment=written,
            suppress=_MAGIC.match(before) is not None,
            ordered=True,
        )

    shell.Completer.custom_matchers.append(prose_matcher)


def offers(
    before: str, variables: Mapping[str, Any], anchors: Callable[[], Iterable[str]]
) -> tuple[str, str, Iterable[str]]:
    """The kind of a word, what is written of it, and all that may stand there.

    Args:
        before: the cell up to the cursor.
        variables: the names of the notebook.
        anchors: tells what can be referred to.
    """
    magic, anchor, opened = _MAGIC.match(before), _ANCHOR.search(before), _OPEN.search(before)
    if magic is None:
        return "", "", ()
    if anchor and (opened or anchor[1] == "](#"):
        return "kotva", anchor[2], anchors()
    if opened is None:
        return "", "", ()
    names = of_notebook(variables)
    lenders = [names[lender] for lender in magic[1].split() if lender in names]
    given = dict(_GIVEN.findall(before))
    if found := _FILTER.search(opened[1]):
        return "filtr", found[1], FILTERS
    if found := _DOTTED.search(opened[1]):
        return "vlastnost", found[2], offered(_value(found[1], names, lenders, given))
    found = _NAME.search(opened[1])
    return "jméno", found[0] if found else "", dict.fromkeys((*given, *in_sight(names, lenders)))


def _value(
    path: str, names: Mapping[str, Any], lenders: list[object], given: Mapping[str, str]
) -> object:
    """What a dotted name stands for in a template; of a name that a loop gives, its first value."""
    first, *rest = path.split(".")
    if given.get(first):
        through = _value(given[first], names, lenders, {})
        value = next(iter(through), None) if isinstance(through, Iterable) else None
    else:
        lender = next((each for each in lenders if first in offered(each)), None)
        value = lent(names).get(first) if lender is None else getattr(lender, first)
    for name in rest:
        value = Sandbox().getattr(value, name)
    return value
