"""Arguments that do not fit the function of the library that they are given to, told in Czech."""

from __future__ import annotations

import builtins
import inspect
import re
from collections import abc
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd

import slz_lib
from slz_lib import vocabulary
from slz_lib.dataset.nearest import hint
from slz_lib.errors import DocumentError, SlzError
from slz_lib.language import count, enumerate_words, plural
from slz_lib.untrusted import shown

_P = ParamSpec("_P")
_R = TypeVar("_R")
#: Stands for an argument whose value nobody knows any more.
UNSEEN = object()
_GATHERING = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def told(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """``call``, which an analyst's cell calls, with whatever it cannot do said in a sentence."""

    @wraps(call)
    def calling(*placed: _P.args, **named: _P.kwargs) -> _R:
        try:
            return call(*placed, **named)
        except SlzError:
            raise
        # What pandas and matplotlib raise of their own input is of any kind.
        except Exception as error:
            said = shown(" ".join(f"{type(error).__name__}: {error}".split()))
            raise DocumentError(
                misfit(call, placed, named)
                or f"Volání {call.__name__}(…) selhalo ({said}); zkontrolujte, co dostalo."
            ) from error

    return calling


def misfit(
    called: Callable[..., Any], placed: Sequence[object], named: Mapping[str, object]
) -> str | None:
    """The first thing that does not fit of a call of ours, as a sentence; ``None`` when all does.

    Arguments are ``placed`` or ``named``.
    """
    try:
        parameters = inspect.signature(called).parameters
    except (TypeError, ValueError):  # written in C
        return None
    name = f"Volání {getattr(called, '__name__', '')}(…)"
    kinds = {parameter.kind for parameter in parameters.values()}
    known = [each for each, parameter in parameters.items() if parameter.kind not in _GATHERING]
    for each in named:
        if each not in known and inspect.Parameter.VAR_KEYWORD not in kinds:
            listed = f"Zná: {', '.join(known)}." if known else "Nezná žádný."
            return f"{name} nezná argument „{each}“{hint(each, known)}. {listed}"
    by_place = [k for k in known if parameters[k].kind is not inspect.Parameter.KEYWORD_ONLY]
    if len(placed) > len(by_place) and inspect.Parameter.VAR_POSITIONAL not in kinds:
        most = count(len(by_place), "argument", "argumenty", "argumentů")
        rest = ", ".join(f"{each}=…" for each in known if each not in {*by_place, *named})
        advice = f"další pište jménem ({rest})" if rest else "ostatní vypusťte"
        return f"{name} bere beze jména nejvýš {most}; {advice}."
    given = {**dict(zip(by_place, placed, strict=False)), **named}
    missing = [
        f"„{each}“"
        for each in known
        if each not in given and parameters[each].default is inspect.Parameter.empty
    ]
    if missing:
        noun = plural(len(missing), "argument", "argumenty", "argumenty")
        return f"{name} potřebuje ještě {noun} {enumerate_words(missing)}; doplňte."
    for each, value in given.items():
        wanted = _kinds(parameters[each].annotation, called) if each in parameters else ()
        if wanted and value is not UNSEEN and not isinstance(value, wanted):
            return (
                f"{name} čeká v\u00a0argumentu „{each}“ druh "
                f"{enumerate_words([kind.__name__ for kind in wanted], 'nebo')}, "
                f"dostalo {type(value).__name__}."
            )
    return None


def _kinds(annotation: object, called: Callable[..., Any]) -> tuple[type, ...]:
    """The classes that an annotation names; none where it names what is no plain class."""
    homes = (builtins, abc, pd, vocabulary, slz_lib, inspect.getmodule(called))
    kinds = []
    for part in re.sub(r"\[.*?\]+", "", str(annotation)).split("|"):
        name = part.strip().rpartition(".")[2]
        found = next((getattr(home, name) for home in homes if hasattr(home, name)), None)
        if name == "None":
            found = type(None)
        if not isinstance(found, type) or name == "Any":
            return ()
        kinds.append(found)
    return tuple(kinds)
