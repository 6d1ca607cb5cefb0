"""The parameters that a notebook declares, and values checked against them.

A notebook declares them in the cell tagged ``parameters``, one a line::

    as_of: str | None = None  # den, k němuž se posuzují termíny

The cell is parsed and nothing of it is executed. An annotation is looked up among those that are
known here: a type whose values papermill writes into a notebook as they were given.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, FiniteFloat, TypeAdapter, ValidationError

from slz_lib.dataset.nearest import hint
from slz_lib.errors import ParameterError
from slz_lib.language import count, enumerate_words
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "parameters"
#: What may be handed to a notebook.
Value = str | bool | int | float | None

_NONE = "None"
_TRUTHS: Mapping[object, bool] = MappingProxyType({"ano": True, "ne": False})


def _truth(given: object) -> object:
    return _TRUTHS.get(given.casefold(), given) if isinstance(given, str) else given


def _with_point(given: object) -> object:
    return given.replace(",", ".") if isinstance(given, str) else given


#: The types by their annotations, each with how help pages and messages call it.
_TYPES: Mapping[str, tuple[str, Any]] = MappingProxyType(
    {
        "str": ("text", str),
        "bool": ("ano, nebo ne", Annotated[bool, BeforeValidator(_truth)]),
        "int": ("celé číslo", int),
        "float": ("číslo", Annotated[FiniteFloat, BeforeValidator(_with_point)]),
    }
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a notebook.

    Attributes:
        name: the variable's name.
        kind: the annotation of its values.
        optional: whether ``None`` is a value.
        default: the value in the notebook.
        help: the comment at the end of the line.
    """

    name: str
    kind: str
    optional: bool
    default: Value
    help: str

    @property
    def expected(self) -> str:
        """What values it takes, in Czech, as help pages and messages say it."""
        return _TYPES[self.kind][0]

    def read(self, given: object) -> Value:
        """``given`` (a value, or the text of one) as the notebook's value.

        The text ``None`` is ``None`` where that is a value.

        Raises:
            ParameterError: it is no value of this parameter.
        """
        if self.optional and (given is None or given == _NONE):
            return None
        try:
            # A text is read; any other value has to be of the type already: True is no number.
            strict = not isinstance(given, str)
            value: Value = TypeAdapter(_TYPES[self.kind][1]).validate_python(given, strict=strict)
        except ValidationError as error:
            raise ParameterError(
                f"Parametr „{self.name}“ nemůže mít hodnotu „{shown(str(given))}“; "
                f"čeká se {self.expected}."
            ) from error
        return value


def typed(value: Value) -> str | None:
    """``value`` as it is typed; :meth:`Parameter.read` reads it back."""
    if isinstance(value, bool):
        return "ano" if value else "ne"
    return None if value is None else str(value)


def declared(notebook: NotebookNode, name: str) -> dict[str, Parameter]:
    """The parameters of the notebook called ``name``; empty when it has no such cell.

    Raises:
        ParameterError: a line of the cell is no declaration, or its type is not known.
    """
    tagged = (cell for cell in notebook.cells if TAG in cell.metadata.get("tags", []))
    cell = next((cell for cell in tagged if cell.cell_type == "code"), None)
    if cell is None:
        return {}
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = f" (řádek {error.lineno})" if isinstance(error, SyntaxError) else ""
        raise ParameterError(
            f"Notebook „{name}“: buňka s parametry není platný Python{place}; opravte ji."
        ) from error
    comments = _comments(cell.source)
    try:
        found = [_declaration(statement, comments) for statement in tree.body]
    except ParameterError as error:
        raise ParameterError(f"Notebook „{name}“: {error}") from error
    return {parameter.name: parameter for parameter in found if parameter is not None}


def _comments(source: str) -> dict[int, str]:
    """Comments by the line they stand on."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _declaration(statement: ast.stmt, comments: Mapping[int, str]) -> Parameter | None:
    """The parameter that ``statement`` declares; a text that stands alone declares none."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return None
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value
        ):
            pass
        case _:
            raise ParameterError(
                f"řádek „{shown(ast.unparse(statement))}“ buňky s\u00a0parametry není zápis "
                "parametru „název: typ = hodnota“."
            )
    try:
        default = ast.literal_eval(value)
    except (TypeError, ValueError) as error:
        raise ParameterError(
            f"výchozí hodnota parametru „{name}“ musí být prostá hodnota, "
            f"ne výraz „{shown(ast.unparse(value))}“."
        ) from error
    line = statement.end_lineno or statement.lineno
    parameter = Parameter(name, *_type(name, annotation), default, comments.get(line, ""))
    with suppress(ParameterError):
        if parameter.read(default) == default:  # no text that is only read as a value
            return parameter
    raise ParameterError(
        f"výchozí hodnota „{shown(ast.unparse(value))}“ parametru „{name}“ není typu "
        f"„{shown(ast.unparse(annotation))}“; opravte ji."
    )


def _type(name: str, annotation: ast.expr) -> tuple[str, bool]:
    """Kind and whether ``None`` is a value, as :class:`Parameter` has them.

    Raises:
        ParameterError: the type is not among those that are known.
    """
    inner, optional = annotation, False
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            inner, optional = left, True
    match inner:
        case ast.Name(id=kind) if kind in _TYPES:
            return kind, optional
    raise ParameterError(
        f"parametr „{name}“ má neznámý typ „{shown(ast.unparse(annotation))}“; použijte "
        f"{enumerate_words(list(_TYPES), last='nebo')}, případně s\u00a0| None."
    )


def checked(
    parameters: Mapping[str, Parameter],
    given: Mapping[str, object],
    notebook: str,
    meanings: Mapping[str, Callable[[str], object]] | None = None,
) -> dict[str, Value]:
    """The given values as the notebook takes them, in the order in which it declares them.

    So an edition is the same in whichever order somebody states its values.

    Args:
        parameters: as :func:`declared` returns.
        given: name → value or text of it, as a command or a call states them.
        notebook: how messages name the notebook.
        meanings: name → what reads the value's text and raises ``ParameterError`` when it means
            nothing (a period that the data do not know, a day that is no date).

    Raises:
        ParameterError: lists every unknown name and every value of a wrong type or meaning.
    """
    values: dict[str, Value] = {}
    faults: list[str] = []
    for name, value in given.items():
        if name not in parameters:
            faults.append(_unknown(name, parameters, notebook))
            continue
        try:
            values[name] = read = parameters[name].read(value)
            if meanings and name in meanings and read is not None:
                meanings[name](str(read))
        except ParameterError as error:
            faults.append(str(error))
    if len(faults) > 1:
        head = f"Zadání má {count(len(faults), 'vadu', 'vady', 'vad')}:"
        raise ParameterError("\n".join((head, *(f"  • {fault}" for fault in faults))))
    if faults:
        raise ParameterError(faults[0])
    return {name: values[name] for name in parameters if name in values}


def _unknown(name: str, parameters: Mapping[str, Parameter], notebook: str) -> str:
    known = list(parameters)
    near = hint(name, known) or (f"; zná {enumerate_words(known)}" if known else "; nemá žádné")
    return f"Parametr „{shown(name)}“ notebook „{notebook}“ nezná{near}."
