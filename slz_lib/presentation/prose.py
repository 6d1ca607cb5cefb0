"""The ``%%prose`` cell: Markdown whose figures come from the evaluation.

A cell is a Jinja template in a sandbox. ``{{ unfulfilled | opatreni }}`` prints a figure with
its noun; ``{{ terms.territory | pad(6, "celý") | v }}`` a word of the strategy in its case, with
an adjective that agrees and a preposition (*v celém kraji*); ``{{ okruh.cards }}`` standing alone
in a paragraph puts the library's tables, charts or cards there; ``{% for okruh in areas %}``
repeats what follows. Values are data: their characters never act as Markdown or as a template.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from numbers import Number
from types import CodeType, TracebackType
from typing import Any

import jinja2
import pandas as pd
from IPython.core.inputtransformer2 import leading_empty_lines, leading_indent
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import display
from jinja2.exceptions import SecurityError

from slz_lib.dataset.nearest import hint
from slz_lib.documents.markdown import blocks as markdown_blocks
from slz_lib.documents.model import Block, Content, Paragraph, Shown, text_of
from slz_lib.errors import DocumentError, ParameterError, SlzError
from slz_lib.language import format_date, format_number
from slz_lib.presentation.braces import badly_written, require_paired
from slz_lib.presentation.charts.own import use_house_style
from slz_lib.presentation.filters import FILTERS, Markdown, escaped, guarded
from slz_lib.presentation.lending import (
    Borrowing,
    Sandbox,
    Unknown,
    in_sight,
    is_lent,
    lent,
    of_notebook,
    owners_of,
    unwritable,
)
from slz_lib.presentation.phrases import lowered

#: Private-use signs around the number of a block that stands in the prose.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BRACE = "\ue002"  # a value's {, which must not begin a role or an anchor of our Markdown
#: Line ends would begin a paragraph, a list or a heading; a value must not mark a place.
_ONE_LINE = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", _OPEN: None, _CLOSE: None, _BRACE: None, "{": _BRACE}
)
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class _Places:
    """The blocks that a template puts into the text, by number."""

    def __init__(self) -> None:
        self.contents: list[tuple[Block, ...]] = []

    def finalize(self, value: Any) -> str:
        """What Jinja prints for the value of an expression."""
        if isinstance(value, Shown):
            shown = value.blocks if isinstance(value, Content) else (value,)
            self.contents.append(shown)  # type: ignore[arg-type]  # Shown is a block or a content
            return f"\n\n{_OPEN}{len(self.contents) - 1}{_CLOSE}\n\n"
        if isinstance(value, Markdown | jinja2.Undefined):
            return str(value)
        if not is_lent(value):
            raise SecurityError(f"hodnotu druhu {type(value).__name__} text ukázat nesmí")
        advice = unwritable(value)
        if advice:
            raise DocumentError(f"hodnotu druhu {type(value).__name__} nelze vypsat; {advice}")
        return escaped(_plain(value))


def _plain(value: Any) -> str:
    """A value in Czech, on one line, without the signs that mark places."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "—"
    match value:
        case bool():
            return "ano" if value else "ne"
        case date():
            return format_date(value)
        case Number():
            return format_number(float(value))  # type: ignore[arg-type]
        case _:
            return str(value).translate(_ONE_LINE)


def prose(
    template: str, names: Mapping[str, Any], lenders: Sequence[object] = (), *, first_line: int = 1
) -> Content:
    """Text s výrazy jako bloky dokumentu.

    Args:
        template: Markdown with expressions.
        names: what the expressions may name; of it they see what is lent to prose, see
            :mod:`slz_lib.presentation.lending`.
        lenders: objects whose public attributes are names too, and come first.
        first_line: the line of its cell on which the template begins, for messages.

    Raises:
        DocumentError: the template is not well formed, or an expression fails; says on which line.
    """
    places = _Places()
    environment = _environment(places, lenders, names)
    try:
        code = compiled(template.rstrip("\n"))
        made = environment.template_class.from_code(
            environment, code, environment.make_globals(None)
        )
        text = made.render(lent(names))
    except jinja2.TemplateSyntaxError as error:
        raise DocumentError(_told(error.lineno, str(error.message), first_line)) from error
    except Exception as error:  # whatever an expression meets, its author gets one sentence
        raise DocumentError(_told(_line(error), _cause(error), first_line)) from error
    source = "\n" * (first_line - 1) + template
    return Content(blocks=tuple(_placed(markdown_blocks(text, source), places)))


@lru_cache(maxsize=256)
def compiled(template: str) -> CodeType:
    """The code of a template; the names and blocks that it meets come with its environment.

    Raises:
        TemplateSyntaxError: the template is not well formed; says so in Czech.
    """
    environment = _environment(_Places(), (), {})
    try:
        code = environment.compile(template)
    except jinja2.TemplateSyntaxError as error:
        raise badly_written(template, error, tuple(environment.filters)) from error
    require_paired(environment, template)
    return code


def _environment(places: _Places, lenders: Sequence[object], names: Mapping[str, Any]) -> Sandbox:
    environment = Sandbox(
        finalize=places.finalize,
        autoescape=False,  # the output is Markdown; finalize escapes values for that
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",  # {# begins the anchor of a heading
        comment_end_string="##}",
    )
    environment.filters.update({name: guarded(name) for name in FILTERS})
    environment.context_class = type("Borrowing", (Borrowing,), {"lenders": tuple(lenders)})
    sight = {
        "known": staticmethod(lambda: in_sight(names, lenders)),
        "owners": staticmethod(lambda attribute: owners_of(attribute, names)),
        "__slots__": (),
    }
    environment.undefined = type("Unknown", (Unknown,), sight)
    return environment


def _told(line: int, what: str, first_line: int) -> str:
    """A fault with its line as the editor counts it; the line of ``%%prose`` is the first."""
    cell = "buňky %%prose" if first_line > 1 else "textu"
    return f"Řádek {line + first_line - 1} {cell}: {lowered(what).rstrip('.')}."


def _line(error: Exception) -> int:
    """The line of the template on which an expression failed."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == "<template>" and frame.lineno
    ]
    return lines[-1] if lines else 1


def _cause(error: Exception) -> str:
    if isinstance(error, SlzError | jinja2.UndefinedError | SecurityError):
        return str(error)
    return (
        f"výraz nelze vypočítat ({type(error).__name__}: {error}); zkontrolujte jméno a\u00a0filtr"
    )


def _placed(parsed: tuple[Block, ...], places: _Places) -> list[Block]:
    """``parsed`` with every place replaced by its blocks."""
    result: list[Block] = []
    for block in parsed:
        # The place is a paragraph of its own: ``finalize`` puts blank lines around it.
        words = text_of(block.text).strip() if isinstance(block, Paragraph) else ""
        found = _PLACE.fullmatch(words)
        if found:
            result.extend(places.contents[int(found[1])])
        else:
            result.append(_with_braces(block))
    return result


def _with_braces(block: Block) -> Block:
    """``block`` with the braces of values back in place."""
    written = block.model_dump_json()
    if _BRACE not in written:
        return block
    return type(block).model_validate_json(written.replace(_BRACE, "{"))


@magics_class
class ProseMagics(Magics):
    """Cell magics of the reports."""

    @cell_magic("prose")  # type: ignore[arg-type]  # IPython types it for functions only
    def show(self, line: str, cell: str) -> None:
        """Show a prose cell."""
        variables: dict[str, Any] = self.shell.user_ns if self.shell else {}
        names = of_notebook(variables)
        for lender in line.split():
            if lender not in names:
                raise ParameterError(
                    f"Řádek 1 buňky %%prose: jméno „{lender}“ v\u00a0notebooku není"
                    f"{hint(lender, sorted(lent(names)))}."
                )
        lenders = [names[lender] for lender in line.split()]
        display(prose(cell, names, lenders, first_line=2))


#: What ``%%prose?`` shows.
_HELP = """Text dokumentu: Markdown, do něhož výrazy berou čísla z vyhodnocení.

Za %%prose stojí jména objektů, jejichž vlastnosti se v textu píší bez tečky, například
%%prose findings evaluation. Výraz {{ tables.area_table(evaluation) }} sám v odstavci vloží
tabulku, [](#tab-okruhy) na ni odkáže. Jména, filtry a kotvy nabízí klávesa Tab. Filtry:

""" + "\n".join(f"    {each.example:44}{each.gives}".rstrip() for each in FILTERS.values())
ProseMagics.show.__doc__ = _HELP  # type: ignore[assignment]  # IPython does not type its decorator


def _tell(
    shell: InteractiveShell,
    kind: type[SlzError],
    error: SlzError,
    trace: TracebackType,
    **_: object,
) -> None:
    """Show an error of ours as its sentence; ``%tb`` shows the rest."""
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    shell._showtraceback(kind, error, str(error).splitlines())  # noqa: SLF001 — there is no other


def _in_place(lines: list[str]) -> list[str]:
    """Blank lines at the beginning of a cell stay, so that messages count as the editor does.

    IPython would drop them. They follow a command to a cell, which has to be its first line.
    """
    told = leading_indent(leading_empty_lines(lines))
    blank = ["\n"] * (len(lines) - len(told))
    commands = [first.lstrip() for first in told[:1] if first.lstrip().startswith("%%")]
    return [*commands, *blank, *told[len(commands) :]]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Zpřístupní buňky ``%%prose`` (volá ``%load_ext``)."""
    shell.register_magics(ProseMagics)
    if not shell.custom_exceptions:  # the kernel „SLZ“ tells more
        shell.set_custom_exc((SlzError,), _tell)
    transforms = shell.input_transformer_manager.cleanup_transforms
    if leading_empty_lines in transforms:
        transforms[transforms.index(leading_empty_lines)] = _in_place
    use_house_style()
