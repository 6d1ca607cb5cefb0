"""Questions that are noted as one read: a pure function of a watched value and plain arguments."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from slz_lib.tracking.recorder import current, while_loading
from slz_lib.tracking.steps import Step
from slz_lib.tracking.tracked import Tracked, follow, tracked

P = ParamSpec("P")
R = TypeVar("R")

#: A query of another package, such as one of a notebook, is not known when its answer is checked.
_PACKAGE = "slz_lib."
#: Between a module and its function; no attribute has it in its name.
_SEPARATOR = ":"
_MARK = "_is_query"


def query(function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: what the function computes of its first argument is noted as one read.

    The function is pure. Its first argument is a value of a watched class; the others are texts,
    numbers, flags, days or lists of them. With other arguments the function runs as it is, and
    what it reads is noted.
    """
    name = f"{function.__module__}{_SEPARATOR}{function.__qualname__}"
    parameters = signature(function)
    first = next(iter(parameters.parameters))

    def usual(key: str, value: object) -> bool:
        return key == first or value is parameters.parameters[key].default

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        subject = args[0] if args else kwargs.get(first)
        if not isinstance(subject, Tracked):
            return function(*args, **kwargs)
        given: dict[str, Any] = dict(parameters.bind(*args, **kwargs).arguments)
        # What is left out and what is said to be as usual is one question.
        others = {key: value for key, value in given.items() if not usual(key, value)}
        step = Step.asking(name, others)
        if step is None:
            return function(*args, **kwargs)
        answer: Callable[..., R] = function
        result: R = follow(subject, step, lambda plain: answer(plain, **others))
        return result

    setattr(asked, _MARK, True)
    return asked


def found_query(name: str) -> Callable[..., Any] | None:
    """The query of this name (``module:function``); ``None`` where there is none."""
    module, separator, function = name.partition(_SEPARATOR)
    if not separator or not module.startswith(_PACKAGE):
        return None
    try:
        found: Any = getattr(import_module(module), function, None)
    except ImportError:
        return None
    return found if getattr(found, _MARK, False) else None


def loader(function: Callable[[str | Path], R]) -> Callable[[str | Path], R]:
    """Decorator of ``load``: what it returns is tracked while somebody records."""

    @wraps(function)
    def loaded(path: str | Path) -> R:
        recorder = current()
        if recorder is None:
            return function(path)
        with while_loading():
            found = function(path)
        if recorder.watches(Path(path)):
            return tracked(found, (), recorder)
        recorder.gave = True  # nobody sees what is done to its tables
        return found

    return loaded
