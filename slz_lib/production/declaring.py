"""How the type and the default of a parameter are written in the parameters cell.

The cell is parsed and nothing of it is executed, so a type is known by where its name comes from.
Types that would not reach the notebook as they were given are refused.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import cast

from slz_lib import vocabulary
from slz_lib.production.parameter_types import Kind, ParameterType, Scalar, Value

#: Where the types that have to be imported come from.
_HOMES = {"date": "datetime", "Path": "pathlib", "Literal": "typing", "Optional": "typing"}
_VOCABULARY = vocabulary.__name__
_BUILTIN = frozenset({"str", "bool", "int", "float"})
_IMPORTED: Mapping[str, Kind] = {"date": "date", "Path": "path"}


def imports(statements: Sequence[ast.stmt]) -> dict[str, str]:
    """Names that the cell imports: name → module; those given another name (``as``) not.

    The values are written by the classes' own names, which another name would hide.
    """
    return {
        alias.name: statement.module
        for statement in statements
        if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level
        for alias in statement.names
        if alias.asname in (None, alias.name)
    }


def read_type(annotation: ast.expr, imported: Mapping[str, str]) -> ParameterType | None:
    """The type that ``annotation`` names; ``None`` when it is none that a notebook can be given."""
    match annotation:
        case (
            ast.BinOp(left=inner, op=ast.BitOr(), right=ast.Constant(value=None))
            | ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr(), right=inner)
        ):
            return _optional(read_type(inner, imported))
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            known = _is_known("Optional", imported)
            return _optional(read_type(inner, imported)) if known else None
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return _many(read_type(inner, imported))
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            return _choice(inner) if _is_known("Literal", imported) else None
        case ast.Name(id=name):
            return _named(name, imported)
    return None


def _named(name: str, imported: Mapping[str, str]) -> ParameterType | None:
    if name in _BUILTIN:
        return ParameterType(cast("Kind", name))
    if name in _IMPORTED:
        return ParameterType(_IMPORTED[name]) if _is_known(name, imported) else None
    members = _members(name, imported)
    return None if members is None else ParameterType("enum", members=members)


def _choice(inner: ast.expr) -> ParameterType | None:
    items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    texts = [item.value for item in items if isinstance(item, ast.Constant)]
    if len(texts) < len(items) or not all(isinstance(text, str) for text in texts):
        return None
    return ParameterType("choice", choices=tuple(str(text) for text in texts))


def _many(item: ParameterType | None) -> ParameterType | None:
    # A list in a list, or None among the items, has no text that could be typed.
    return None if item is None or item.many or item.optional else replace(item, many=True)


def _is_known(name: str, imported: Mapping[str, str]) -> bool:
    return imported.get(name) == _HOMES[name]


def _optional(inner: ParameterType | None) -> ParameterType | None:
    # The text None could be either.
    if inner is None or "None" in inner.choices:
        return None
    return replace(inner, optional=True)


def _members(name: str, imported: Mapping[str, str]) -> type[StrEnum] | None:
    found = getattr(vocabulary, name, None) if imported.get(name) == _VOCABULARY else None
    return found if isinstance(found, type) and issubclass(found, StrEnum) else None


def read_default(expression: ast.expr, imported: Mapping[str, str]) -> Value:
    """The value that ``expression`` writes: a constant, a day, a path, a member, a list of them.

    Raises:
        ValueError: it is an expression of another kind.
    """
    if isinstance(expression, ast.List):
        return [_scalar(item, imported) for item in expression.elts]
    return _scalar(expression, imported)


def _scalar(expression: ast.expr, imported: Mapping[str, str]) -> Scalar:
    match expression:
        case ast.Call(func=ast.Name(id="date"), args=arguments, keywords=[]) if (
            _is_known("date", imported) and len(arguments) == 3
        ):
            return date(*(ast.literal_eval(argument) for argument in arguments))
        case ast.Call(
            func=ast.Name(id="Path"), args=[ast.Constant(value=str(text))], keywords=[]
        ) if _is_known("Path", imported):
            return Path(text)
        case ast.Attribute(value=ast.Name(id=name), attr=member):
            members = _members(name, imported)
            if members is None or member not in members.__members__:
                raise ValueError(expression)
            return members[member]
    value = ast.literal_eval(expression)
    if value is None or isinstance(value, str | bool | int | float):
        return cast("Scalar", value)
    raise ValueError(expression)
