"""The parameters that a notebook declares, and values checked against them.

A notebook declares them in the cell tagged ``parameters``, one a line::

    as_of: str | None = None  # den, k němuž se posuzují termíny

Types: ``str``, ``bool``, ``int``, ``float``, ``date``, ``Path``, ``Literal[...]`` of texts, an enum
of ``slz_lib.vocabulary``, ``list[...]`` of any of them, and any of them ``| None``; what is no
built-in type, the cell imports. It is parsed here and not by papermill, whose pattern passes over
``X | None``; nothing of it is executed.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slz_lib.dataset.faults import shown
from slz_lib.dataset.nearest import nearest
from slz_lib.errors import ParameterError
from slz_lib.language import count, enumerate_words
from slz_lib.production.declaring import imports, read_default, read_type
from slz_lib.production.parameter_types import ParameterType, Value

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["TAG", "Parameter", "Value", "checked", "declared"]

TAG = "parameters"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a notebook.

    Attributes:
        name: the variable's name.
        type: what it may hold.
        default: the value in the notebook.
        help: the comment at the end of the line.
    """

    name: str
    type: ParameterType
    default: Value
    help: str

    @property
    def expected(self) -> str:
        """What values it takes, in Czech, as messages say it."""
        return self.type.expected

    def coerce(self, given: object) -> Value:
        """``given`` (a value, or the text of one) as the notebook's value.

        Raises:
            ValueError: it is no value of this parameter.
        """
        return self.type.coerce(given)


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
    imported = imports(tree.body)
    return {
        parameter.name: parameter
        for statement in tree.body
        for parameter in _declaration(statement, comments, imported, name)
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
    statement: ast.stmt, comments: Mapping[int, str], imported: Mapping[str, str], notebook: str
) -> Iterator[Parameter]:
    """The parameter that ``statement`` declares; imports (of ``Literal``) declare none."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value
        ):
            where = f"Notebook „{notebook}“:"
            if name in imported:
                raise ParameterError(
                    f"{where} parametr „{name}“ se jmenuje stejně jako to, co buňka importuje; "
                    "přejmenujte ho."
                )
            kind = read_type(annotation, imported)
            if kind is None:
                raise ParameterError(
                    f"{where} parametr „{name}“ má neznámý typ „{shown(ast.unparse(annotation))}“; "
                    "použijte str, bool, int, float, date, Path, Literal textů nebo výčet "
                    "z\u00a0slz_lib.vocabulary (co není vestavěné, importujte pod vlastním jménem "
                    "příkazem from … import …), případně jejich list."
                )
            try:
                default = read_default(value, imported)
            except (TypeError, ValueError) as error:
                raise ParameterError(
                    f"{where} výchozí hodnota parametru „{name}“ musí být prostá "
                    f"hodnota, ne výraz „{shown(ast.unparse(value))}“."
                ) from error
            if not kind.fits(default):
                raise ParameterError(
                    f"{where} výchozí hodnota „{shown(ast.unparse(value))}“ parametru „{name}“ "
                    f"není typu „{shown(ast.unparse(annotation))}“; opravte ji."
                )
            line = statement.end_lineno or statement.lineno
            yield Parameter(name, kind, default, comments.get(line, ""))
        case _:
            raise ParameterError(
                f"Notebook „{notebook}“: řádek „{shown(ast.unparse(statement))}“ buňky s parametry "
                "není zápis parametru „název: typ = hodnota“."
            )


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
            if meanings and name in meanings:
                for text in _texts(values[name]):
                    meanings[name](text)
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


def _texts(value: Value) -> list[str]:
    """The texts in which ``value`` may mean something: of every item; none of ``None``."""
    items = value if isinstance(value, list) else [value]
    return [str(item) for item in items if item is not None]


def _unknown(name: str, parameters: Mapping[str, Parameter], notebook: str) -> str:
    near = nearest(name, list(parameters))
    if near is not None:
        advice = f"nejbližší je „{near}“"
    elif parameters:
        advice = f"zná {enumerate_words(list(parameters))}"
    else:
        advice = "nemá žádné"
    return f"Parametr „{shown(name)}“ notebook „{notebook}“ nezná; {advice}."
