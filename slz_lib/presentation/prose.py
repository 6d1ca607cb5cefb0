"""The ``%%prose`` cell: Markdown whose figures come from the evaluation.

A cell is a Jinja template in a sandbox. ``{{ unfulfilled | opatreni }}`` prints a figure with
its noun; ``{{ terms.territory | pad(6, "celý") | v }}`` a word of the strategy in its case, with
an adjective that agrees and a preposition (*v celém kraji*); ``{{ okruh.cards }}`` standing alone
in a paragraph puts the library's tables, charts or cards there; ``{% for okruh in areas %}``
repeats what follows. Values are data: their characters never act as Markdown or as a template.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from numbers import Number
from types import CodeType
from typing import TYPE_CHECKING, Any

import jinja2
import pandas as pd
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import display
from jinja2.exceptions import SecurityError

from slz_lib.dataset.nearest import nearest
from slz_lib.documents.markdown import blocks as markdown_blocks
from slz_lib.documents.model import Block, Content, Paragraph, Shown, text_of
from slz_lib.errors import DocumentError, ParameterError, SlzError
from slz_lib.language import (
    NOUNS,
    Noun,
    after,
    counted,
    enumerate_words,
    format_date,
    format_number,
    format_percent,
    of_number,
    within,
)
from slz_lib.presentation.lending import Borrowing, Sandbox, is_lent, lent
from slz_lib.presentation.naming import area_anchor
from slz_lib.presentation.phrases import (
    capitalised,
    marked,
    part_of,
    statuses_listed,
    statuses_shared,
)
from slz_lib.vocabulary import Scale

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

#: Private-use signs around the number of a block that stands in the prose.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BRACE = "\ue002"  # a value's {, which must not begin a role or an anchor of our Markdown
#: Line ends would begin a paragraph, a list or a heading; a value must not mark a place.
_ONE_LINE = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", _OPEN: None, _CLOSE: None, _BRACE: None, "{": _BRACE}
)
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
#: Every sign that Markdown may give a meaning to can be escaped by a backslash.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class Markdown(str):
    """Text that may act as Markdown, made by a filter and not by data."""

    __slots__ = ()


def _by_scale(told: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that ``told`` makes of its values and of the ``scale`` in sight of the cell."""

    @jinja2.pass_context
    def filtered(context: jinja2.runtime.Context, *values: object) -> Any:
        scale = context.resolve("scale")
        if not isinstance(scale, Scale):
            raise DocumentError("stupnice tu není; uveďte za %%prose vyhodnocení")
        return told(*values, scale)

    return filtered


def _with_share(part: int, whole: int, noun: str = "") -> str:
    """``12 (24,0 %)`` or ``12 opatření (24,0 %)``, where the whole has just been named."""
    stated = counted(part, noun) if noun else format_number(part)
    return f"{stated} ({format_percent(part / whole)})" if whole else stated


def _reference(anchor: str, words: str = "") -> Markdown:
    """A cross-reference to the block ``anchor``; without words the block's own label."""
    if not _ANCHOR.fullmatch(anchor):
        raise DocumentError(f"„{anchor}“ není kotva; má písmena, číslice a\u00a0pomlčky.")
    return Markdown(f"[{_escaped(words)}](#{anchor})")


def _form(term: Noun, case: int = 1, adjective: str = "") -> str:
    """A word of the strategy in a case: ``terms.territory | pad(6, "celý")``."""
    return term.form(case, adjective)


def _forms(term: Noun, case: int = 1, adjective: str = "") -> str:
    """The same of more than one: ``terms.district | pady(6, "jiný")``."""
    return term.form(case, adjective, plural=True)


_FILTERS: Mapping[str, Callable[..., str | list[str]]] = {
    "cislo": format_number,
    "procent": format_percent,
    "datum": format_date,
    "stav": _by_scale(marked),
    "stavy": _by_scale(statuses_listed),
    "bylo": _by_scale(statuses_shared),
    "ze": part_of,
    "podil": _with_share,
    "z_poctu": of_number,
    "v_poctu": within,
    "rok": str,
    "vyjmenuj": enumerate_words,
    "zacatek": capitalised,
    "kotva_okruhu": area_anchor,
    "odkaz": _reference,
    "pad": _form,
    "pady": _forms,
    "pocet": lambda number, term: term.counted(number),
    "shoda": lambda participle, term: term.participle(participle),
    **{preposition: partial(after, preposition) for preposition in "vksz"},
    **{noun: partial(counted, noun=noun) for noun in NOUNS},
}


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
        return _escaped(value)


def _escaped(value: Any) -> str:
    """A value as Markdown in which none of its signs means anything."""
    return _PUNCTUATION.sub(r"\\\1", _plain(value))


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


def prose(template: str, names: Mapping[str, Any], lenders: Sequence[object] = ()) -> Content:
    """Text s výrazy jako bloky dokumentu.

    Args:
        template: Markdown with expressions.
        names: what the expressions may name; of it they see what is lent to prose, see
            :mod:`slz_lib.presentation.lending`.
        lenders: objects whose public attributes are names too, and come first.

    Raises:
        DocumentError: the template is not well formed, or an expression fails; says on which line.
    """
    places = _Places()
    environment = _environment(places, lenders)
    try:
        code = compiled(template.rstrip("\n"))
        made = environment.template_class.from_code(
            environment, code, environment.make_globals(None)
        )
        text = made.render(lent(names))
    except jinja2.TemplateSyntaxError as error:
        raise DocumentError(_badly_written(error)) from error
    except Exception as error:  # whatever an expression meets, its author gets one sentence
        raise DocumentError(
            f"Výraz na řádku {_line(error)} textu buňky %%prose nelze vypočítat: "
            f"{_cause(error)}. Zkontrolujte jméno a filtr."
        ) from error
    return Content(blocks=tuple(_placed(markdown_blocks(text, template), places)))


@lru_cache(maxsize=256)
def compiled(template: str) -> CodeType:
    """The code of a template; the names and blocks that it meets come with its environment.

    Raises:
        TemplateSyntaxError: the template is not well formed.
    """
    return _environment(_Places(), ()).compile(template)


def _environment(places: _Places, lenders: Sequence[object]) -> Sandbox:
    environment = Sandbox(
        finalize=places.finalize,
        autoescape=False,  # the output is Markdown; finalize escapes values for that
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",  # {# begins the anchor of a heading
        comment_end_string="##}",
    )
    environment.filters.update(_FILTERS)
    environment.context_class = type("Borrowing", (Borrowing,), {"lenders": tuple(lenders)})
    return environment


def _badly_written(error: jinja2.TemplateSyntaxError) -> str:
    where = f"Text buňky %%prose má na řádku {error.lineno}"
    unknown = re.search(r"No filter named '(\w+)'", error.message or "")
    if unknown is None:
        return f"{where} chybu zápisu; zkontrolujte závorky {{{{ }}}} a {{% %}}."
    near = nearest(unknown[1], tuple(_FILTERS))
    hint = f"; nejbližší je „{near}“" if near else ""
    return f"{where} neznámý filtr „{unknown[1]}“{hint}. Filtry: {', '.join(_FILTERS)}."


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
        return str(error).rstrip(".")
    return f"{type(error).__name__}: {error}".rstrip(".: ")


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
        """Show the cell's Markdown with its expressions computed.

        Names of the notebook are at hand; an object named on the first line
        (``%%prose findings``) lends its own attributes as further names.
        """
        variables: dict[str, Any] = self.shell.user_ns if self.shell else {}
        names = {name: value for name, value in variables.items() if not name.startswith("_")}
        unknown = [lender for lender in line.split() if lender not in names]
        if unknown:
            raise ParameterError(
                f"Buňka %%prose se odvolává na „{unknown[0]}“, "
                "v\u00a0notebooku ale takové jméno není."
            )
        lenders = [names[lender] for lender in line.split()]
        display(prose(cell, names, lenders))


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Zpřístupní buňky ``%%prose`` (volá ``%load_ext``)."""
    shell.register_magics(ProseMagics)
