"""The parameters that a notebook declares, and values checked against them.

A notebook declares them in the cell tagged ``parameters``, one a line::

    as_of: str | None = None  # den, k němuž se posuzují termíny

Types: ``str``, ``bool``, ``int``, ``Literal[...]`` of texts, and any of them ``| None``. The cell
is parsed here and not by papermill, whose pattern passes over ``X | None``; nothing of it is
executed.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from slz_lib.dataset.faults import shown
from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import count, enumerate_words

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "parameters"

#: What may be handed to a notebook: values that papermill writes as Python literals.
Value = str | bool | int | None

Kind = Literal["str", "bool", "int", "choice"]

_TRUE = frozenset({"ano", "true", "1"})
_FALSE = frozenset({"ne", "false", "0"})
_EXPECTED = {
    "bool": "ano, nebo ne",
    "int": "celé číslo",
    "str": "text",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a notebook.

    Attributes:
        name: the variable's name.
        kind: its type; ``choice`` is a ``Literal`` of texts.
        optional: whether ``None`` is a value.
        choices: the texts of a ``choice``.
        default: the value in the notebook.
        help: the comment at the end of the line.
    """

    name: str
    kind: Kind
    optional: bool
    choices: tuple[str, ...]
    default: Value
    help: str

    @property
    def expected(self) -> str:
        """What values it takes, in Czech, as messages say it."""
        if self.kind == "choice":
            return enumerate_words([f"„{choice}“" for choice in self.choices], last="nebo")
        return _EXPECTED[self.kind]

    def coerce(self, given: object) -> Value:
        """``given`` (a value, or the text of one) as the notebook's value.

        Raises:
            ValueError: it is no value of this parameter.
        """
        if given is None or given == "None":
            if not self.optional:
                raise ValueError(given)
            return None
        match self.kind:
            case "bool":
                return _truth(given)
            case "int":
                return _whole(given)
            case _:
                if not isinstance(given, str) or (self.choices and given not in self.choices):
                    raise ValueError(given)
                return given


def _truth(given: object) -> bool:
    word = str(given).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(given)


def _whole(given: object) -> int:
    if isinstance(given, int | str) and not isinstance(given, bool):
        return int(given)
    raise ValueError(given)


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
    except SyntaxError as error:
        raise ParameterError(
            f"Notebook „{name}“: buňka s parametry není platný Python "
            f"(řádek {error.lineno}); opravte ji."
        ) from error
    comments = _comments(cell.source)
    return {
        parameter.name: parameter
        for statement in tree.body
        for parameter in _declaration(statement, comments, name)
    }


def _comments(source: str) -> dict[int, str]:
    """Comments by the line they stand on."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _declaration(
    statement: ast.stmt, comments: Mapping[int, str], notebook: str
) -> Iterator[Parameter]:
    """The parameter that ``statement`` declares; imports (of ``Literal``) declare none."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value
        ):
            kind, optional, choices = _kind(annotation)
            if kind is None:
                raise ParameterError(
                    f"Notebook „{notebook}“: parametr „{name}“ má neznámý typ "
                    f"„{ast.unparse(annotation)}“; použijte str, bool, int nebo Literal."
                )
            try:
                default = cast("Value", ast.literal_eval(value))
            except ValueError as error:
                raise ParameterError(
                    f"Notebook „{notebook}“: výchozí hodnota parametru „{name}“ musí být prostá "
                    f"hodnota, ne výraz „{ast.unparse(value)}“."
                ) from error
            line = statement.end_lineno or statement.lineno
            yield Parameter(name, kind, optional, choices, default, comments.get(line, ""))
        case _:
            raise ParameterError(
                f"Notebook „{notebook}“: řádek „{shown(ast.unparse(statement))}“ buňky s parametry "
                "není zápis parametru „název: typ = hodnota“."
            )


def _kind(annotation: ast.expr) -> tuple[Kind | None, bool, tuple[str, ...]]:
    """Type, whether ``None`` belongs to it, and the choices of an annotation."""
    match annotation:
        case ast.BinOp(left=inner, op=ast.BitOr(), right=ast.Constant(value=None)):
            kind, _, choices = _kind(inner)
            return kind, True, choices
        case ast.Name(id="str" | "bool" | "int" as name):
            return cast("Kind", name), False, ()
        case ast.Subscript(value=ast.Name(id="Literal"), slice=inner):
            items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            texts = [i.value for i in items if isinstance(i, ast.Constant)]
            if len(texts) == len(items) and all(isinstance(text, str) for text in texts):
                return "choice", False, tuple(str(text) for text in texts)
    return None, False, ()


def checked(
    parameters: Mapping[str, Parameter],
    given: Mapping[str, object],
    notebook: str,
    meanings: Mapping[str, Callable[[str], object]] | None = None,
) -> dict[str, Value]:
    """The given values as the notebook takes them.

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
            values[name] = parameters[name].coerce(value)
            if meanings and name in meanings and values[name] is not None:
                meanings[name](str(values[name]))
        except ParameterError as error:
            faults.append(str(error))
        except ValueError:
            faults.append(
                f"Parametr „{name}“ nemůže mít hodnotu „{shown(str(value))}“; "
                f"čeká se {parameters[name].expected}."
            )
    if len(faults) > 1:
        head = f"Zadání má {count(len(faults), 'vadu', 'vady', 'vad')}:"
        raise ParameterError("\n".join((head, *(f"  • {fault}" for fault in faults))))
    if faults:
        raise ParameterError(faults[0])
    return values


def _unknown(name: str, parameters: Mapping[str, Parameter], notebook: str) -> str:
    near = nearest(name, list(parameters))
    if near is not None:
        advice = f"nejbližší je „{near}“"
    elif parameters:
        advice = f"zná {enumerate_words(list(parameters))}"
    else:
        advice = "nemá žádné"
    return f"Parametr „{shown(name)}“ notebook „{notebook}“ nezná; {advice}."
