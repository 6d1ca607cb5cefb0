"""What a prose cell is lent of the notebook it stands in: words, figures and what shows them.

Whoever writes prose need not be trusted with the machine: a template reads values, reads tables
without changing them, and calls the library's tables and charts. Nothing else that a notebook has
is there for it: no interpreter, no file, no path, no function of another library.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta
from enum import Enum
from numbers import Number
from types import BuiltinMethodType, FunctionType, MethodType, ModuleType, SimpleNamespace
from typing import Any

import jinja2
import numpy as np
import pandas as pd
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from pandas.api.extensions import ExtensionArray

from slz_lib.dataset.nearest import hint
from slz_lib.errors import DocumentError
from slz_lib.presentation.arguments import misfit

_PACKAGE, _SHOWING = "slz_lib", "slz_lib.presentation"
#: Parts of the package that read and write files.
_FILING = ("slz_lib.production", "slz_lib.cli")
_TABLES = (pd.DataFrame, pd.Series, pd.Index)
_ARRAYS = (np.ndarray, np.generic, ExtensionArray)
_PLAIN = (Collection, Number, date, time, timedelta, SimpleNamespace, type(None), type(pd.NA))
#: What reads a table; none of these writes a file, calls a function or, with the guard of
#: :meth:`Sandbox.call`, changes the table.
_READING = """
    all any at between columns count cumsum diff dropna drop_duplicates duplicated empty eq fillna
    ge get gt head iat idxmax idxmin iloc index isin isna item items iterrows itertuples keys le
    loc lt max mean median min name ndim ne nlargest notna nsmallest nunique reset_index round
    set_index shape size sort_index sort_values squeeze std sum tail to_dict to_list tolist unique
    value_counts values
"""
#: So many rows of a table are offered by their names.
_MOST_ROWS = 100
_OF_TABLES = frozenset(_READING.split())
_OF_ARRAYS = frozenset({"item", "size", "tolist"})
#: Of Jinja's own filters those that shape values; the rest make HTML or show the inside of things.
_FILTERS = """
    abs batch capitalize count d default dictsort first float groupby int items join last length
    list lower map max min reject rejectattr replace reverse round select selectattr slice sort sum
    title trim truncate unique upper
"""


def is_lent(value: object) -> bool:
    """Whether a template may see ``value``."""
    match value:
        case type():
            return issubclass(value, Enum) and _is_own(value.__module__)
        case ModuleType():
            return value.__name__.startswith(_SHOWING)
        case MethodType():
            return _is_own(value.__module__)
        case FunctionType():
            return value.__module__.startswith(_SHOWING)
    return isinstance(value, _PLAIN + _TABLES + _ARRAYS) or _is_own(type(value).__module__)


def _is_own(module: str) -> bool:
    return module.partition(".")[0] == _PACKAGE and not module.startswith(_FILING)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which a template sees what it is lent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=Unknown, **options)
        self.globals = {"range": safe_range, "namespace": Namespace}
        self.filters = {name: FILTERS[name] for name in _FILTERS.split()}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether the attribute ``attr`` of ``obj``, which is ``value``, may be seen."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, ModuleType):
            return is_lent(obj) and attr in getattr(obj, "__all__", ())
        if isinstance(obj, _TABLES):
            return attr in _OF_TABLES or is_lent(value)  # a column is called as it is called
        if isinstance(obj, _ARRAYS):
            return attr in _OF_ARRAYS
        if isinstance(obj, type | SimpleNamespace) or _is_own(type(obj).__module__):
            return is_lent(obj) and is_lent(value)
        known = isinstance(obj, _PLAIN) or type(obj).__module__.startswith("jinja2.")
        return known and super().is_safe_attribute(obj, attr, value)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The item or attribute ``argument`` of ``obj``."""
        found = super().getitem(obj, argument)
        # Attributes are items too, and have been asked for above.
        seen = isinstance(found, jinja2.Undefined | MethodType | BuiltinMethodType)
        return found if seen or is_lent(found) else self.unsafe_undefined(obj, str(argument))

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The value of a call.

        Raises:
            SecurityError: it would change a table.
        """
        if "inplace" in kwargs:
            raise SecurityError("tabulku nelze z\u00a0textu měnit (inplace)")
        try:
            return super().call(context, obj, *args, **kwargs)
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            told = misfit(obj, args, kwargs) if _is_own(getattr(obj, "__module__", "")) else None
            if told is None:
                raise
            raise DocumentError(told) from error


class Unknown(jinja2.StrictUndefined):
    """A name that is not there, reported in Czech."""

    __slots__ = ()

    #: The names that stand in sight, asked for when one is missing.
    known: Callable[[], list[str]] = list
    #: The names of the notebook whose objects have an attribute of a name, asked for likewise.
    owners: Callable[[str], list[str]] = list

    @property
    def _undefined_message(self) -> str:
        of, name = self._undefined_obj, str(self._undefined_name)
        if of is jinja2.utils.missing and (owners := self.owners(name)):
            return (
                f"jméno „{name}“ tu samo není; má je {owners[0]}: pište {owners[0]}.{name}, nebo "
                f"{owners[0]} doplňte za %%prose na první řádek buňky"
            )
        near = hint(name, self.known() if of is jinja2.utils.missing else offered(of))
        return f"jméno „{name}“ tu není nebo se z\u00a0textu volat nesmí{near}"


class Borrowing(jinja2.runtime.Context):
    """Names of a template that are looked up, when met, on the objects that lend them."""

    lenders: tuple[object, ...] = ()

    def resolve_or_missing(self, key: str) -> Any:
        """The value of the name ``key``."""
        for lender in self.lenders:
            # An attribute without a default stands among the fields alone.
            fields = getattr(type(lender), "__dataclass_fields__", {})
            if not key.startswith("_") and (key in fields or hasattr(type(lender), key)):
                value = getattr(lender, key)
                return value if is_lent(value) else self.environment.undefined(name=key)
        return super().resolve_or_missing(key)


def of_notebook(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Of the names in a shell those that the notebook has given."""
    of_shell = ("In", "Out")
    return {n: v for n, v in variables.items() if not n.startswith("_") and n not in of_shell}


def lent(names: Mapping[str, Any]) -> dict[str, Any]:
    """Of ``names`` those that a template may see."""
    return {name: value for name, value in names.items() if is_lent(value)}


def offered(value: object) -> list[str]:
    """What may stand after ``value`` and a dot in a template; computes none of it."""
    match value:
        case ModuleType():
            return list(value.__all__)
        case pd.DataFrame():
            return [*map(str, value.columns), *sorted(_OF_TABLES)]
        case pd.Series() | pd.Index():
            rows = value.index[:_MOST_ROWS] if isinstance(value, pd.Series) else ()
            return [*filter(str.isidentifier, map(str, rows)), *sorted(_OF_TABLES)]
        case Mapping():
            return [*map(str, value), "items", "keys", "values", "get"]
        case SimpleNamespace():
            return list(vars(value))
    fields = getattr(type(value), "__dataclass_fields__", getattr(type(value), "_fields", ()))
    inside = {name for name in fields if is_lent(getattr(value, name, None))}
    own = {
        name
        for name in (dir(type(value)) if _is_own(type(value).__module__) else ())
        if name not in fields and not isinstance(getattr(type(value), name), type)
    }
    return sorted(name for name in inside | own if not name.startswith("_"))


def in_sight(names: Mapping[str, Any], lenders: Collection[object]) -> list[str]:
    """The names that a template may begin with: those of its lenders, then of the notebook."""
    borrowed = (name for lender in lenders for name in offered(lender))
    return list(dict.fromkeys((*borrowed, *lent(names))))


def owners_of(attribute: str, names: Mapping[str, Any]) -> list[str]:
    """The names of objects of ours that have an ``attribute``; the latest first."""
    return [
        name
        for name, value in reversed(lent(names).items())
        if _is_own(type(value).__module__) and attribute in offered(value)
    ]


def unwritable(value: object) -> str:
    """Why a value cannot stand in a sentence, as advice; empty where it can."""
    if isinstance(value, FunctionType | MethodType | BuiltinMethodType | type):
        return "za jméno funkce patří závorky, například {{ tables.area_table(evaluation) }}"
    if isinstance(value, _TABLES) or (isinstance(value, _ARRAYS) and value.ndim):
        return "vyberte z\u00a0tabulky jednu hodnotu, nebo ukažte tabulku dokumentu"
    if isinstance(value, str | Number | date | time | timedelta | type(None) | type(pd.NA)):
        return ""
    if isinstance(value, Mapping):
        return "vyberte jednu hodnotu"
    if isinstance(value, Collection):
        return "seznam vypíše filtr vyjmenuj"
    written = type(value).__str__ is not object.__str__
    return "" if written else "za tečku doplňte, co z\u00a0ní (nabídne klávesa Tab)"
