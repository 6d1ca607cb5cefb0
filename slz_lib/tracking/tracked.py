"""Values that note what is read of them.

A tracked value stands before the plain one. It is of the same class, so nobody need know of it;
what it is asked for the plain value computes, as it would have done anyway. Only the question is
noted: reading ``evaluation.audit`` is one read, and what the audit itself looks at is none.

What is asked in any other way than by a public attribute or a query (a method, ``replace``, a
function that takes the whole value) reads public attributes in the end, and these are noted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from slz_lib.tracking.recorder import Failure
from slz_lib.tracking.steps import Step

if TYPE_CHECKING:
    from slz_lib.tracking.recorder import Recorder

T = TypeVar("T")

#: The mark of a watched class: names of its attributes that say nothing of the data.
_MARK = "_unnoted"


def watched(*, unnoted: tuple[str, ...] = ()) -> Callable[[type[T]], type[T]]:
    """Class decorator: what is read of its values is noted while somebody records.

    Args:
        unnoted: attributes that say nothing of the data.
    """

    def mark(kind: type[T]) -> type[T]:
        setattr(kind, _MARK, unnoted)
        return kind

    return mark


def is_watched(value: object) -> bool:
    """Whether ``value`` is read attribute by attribute, not as one."""
    return hasattr(type(value), _MARK)


class Tracked:
    """A value that notes what is read of it; :func:`tracked` makes it."""

    __slots__ = ()

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """A plain value: ``dataclasses.replace`` makes one of its own out of what it has read."""
        return _plain_class(cls)(*args, **kwargs)

    def __getattribute__(self, name: str) -> Any:
        kind = _plain_class(type(self))
        if name in getattr(kind, _MARK):
            return getattr(_state(self).plain, name)
        if name not in noted_names(kind):
            return object.__getattribute__(self, name)
        return follow(self, Step(name), lambda plain: getattr(plain, name))

    def __reduce_ex__(self, _: Any) -> Any:
        """Copies are plain, and all of the value was read for them."""
        _read_whole(self)
        return _itself, (_state(self).plain,)


class _State:
    """What a tracked value knows besides the plain one: how it was reached and who takes notes."""

    __slots__ = ("plain", "recorder", "steps")

    def __init__(self, plain: Any, steps: tuple[Step, ...], recorder: Recorder) -> None:
        self.plain = plain
        self.steps = steps
        self.recorder = recorder


def tracked(plain: T, steps: tuple[Step, ...], recorder: Recorder) -> T:
    """``plain``, a value of a watched class, with notes taken of what is read of it.

    Args:
        plain: the value.
        steps: the way to it from the loaded dataset.
        recorder: who takes the notes.
    """
    # One value is one however it was reached: ``plan.evaluation`` is the evaluation it was drafted
    # from. The plain one is kept along, so that its id is not given to another.
    known = recorder.values.get(id(plain))
    if known is None:
        kind: Any = type(plain)
        made: T = object.__new__(_tracked_class(kind))
        object.__setattr__(made, "_state", _State(plain, steps, recorder))
        known = recorder.values[id(plain)] = (plain, made)
    return cast("T", known[1])


def follow(value: Tracked, step: Step, compute: Callable[[Any], Any]) -> Any:
    """What ``compute`` finds of the plain value; the step to it is noted.

    A result of a watched class is tracked in its turn.
    """
    state = _state(value)
    steps = (*state.steps, step)
    try:
        answer = compute(state.plain)
    except Exception as error:
        # A failure is an answer too: a cell may catch it.
        state.recorder.note(steps, Failure(type(error).__name__, str(error)))
        raise
    state.recorder.note(steps, answer)
    if is_watched(answer):
        return tracked(answer, steps, state.recorder)
    state.recorder.gave = True
    return answer


def _itself(plain: T) -> T:
    return plain


def _read_whole(value: Any) -> None:
    for field in fields(value):
        part = getattr(value, field.name)
        if isinstance(part, Tracked):
            _read_whole(part)


def _state(value: Tracked) -> _State:
    state: _State = object.__getattribute__(value, "_state")
    return state


@cache
def _tracked_class(plain: type) -> type:
    return type(plain.__name__, (Tracked, plain), {"__slots__": ("_state",)})


def _plain_class(kind: type) -> type:
    return kind.__mro__[2]


@cache
def noted_names(kind: type) -> frozenset[str]:
    """What is noted of the values of a watched class: fields and public properties."""
    computed = {
        name
        for base in kind.__mro__
        for name, found in vars(base).items()
        if isinstance(found, property | cached_property)
    }
    public = {name for name in computed if not name.startswith("_")}
    return frozenset(public | {field.name for field in fields(kind)}) - set(getattr(kind, _MARK))
