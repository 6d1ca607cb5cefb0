"""The ``%%prose`` cell: Markdown whose figures come from the evaluation.

A cell is a Jinja template in a sandbox. ``{{ counts.NEPLNENO | opatreni }}`` prints a figure with
its noun; ``{{ okruh.cards }}`` standing alone in a paragraph puts the library's tables, charts or
cards there; ``{% for okruh in areas %}`` repeats what follows. Values are data: their characters
never act as Markdown or as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from slz_lib.documents.markdown import blocks as markdown_blocks
from slz_lib.documents.model import Block, Content, Paragraph, Shown, text_of
from slz_lib.errors import DocumentError
from slz_lib.language import (
    NOUNS,
    counted,
    enumerate_words,
    format_date,
    format_number,
    format_percent,
)
from slz_lib.vocabulary import Status

#: Private-use signs around the number of a block that stands in the prose.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


class Markdown(str):
    """Text that may act as Markdown, made by a filter and not by data."""

    __slots__ = ()


def _label(code: str) -> str:
    """A status code as sign and word."""
    return Status(code).marked


def _part(part: int, whole: int) -> str:
    """``12 z 50 (24,0 %)``: a number is never without its whole."""
    stated = f"{format_number(part)}\u00a0z\u00a0{format_number(whole)}"
    return f"{stated} ({format_percent(part / whole)})" if whole else stated


def _with_share(part: int, whole: int) -> str:
    """``12 (24,0 %)``, where the whole has just been named."""
    stated = format_number(part)
    return f"{stated} ({format_percent(part / whole)})" if whole else stated


def _reference(anchor: str, words: str = "") -> Markdown:
    """A cross-reference to the block ``anchor``; without words the block's own label."""
    return Markdown(f"[{words}](#{anchor})")


_FILTERS: Mapping[str, Callable[..., str]] = {
    "cislo": format_number,
    "procent": format_percent,
    "datum": format_date,
    "stav": _label,
    "ze": _part,
    "podil": _with_share,
    "rok": str,
    "vyjmenuj": enumerate_words,
    "odkaz": _reference,
    **{noun: partial(counted, noun=noun) for noun in NOUNS},
}


class _Borrowing(jinja2.runtime.Context):
    """Names of a template that are looked up, when met, on the objects that lend them."""

    lenders: tuple[object, ...] = ()

    def resolve_or_missing(self, key: str) -> Any:
        for lender in self.lenders:
            if not key.startswith("_") and hasattr(type(lender), key):
                return getattr(lender, key)
        return super().resolve_or_missing(key)


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
        if value is None:
            return "—"
        if isinstance(value, date):
            return format_date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return format_number(value)
        plain = str(value).replace(_OPEN, "").replace(_CLOSE, "")
        return _MARKDOWN.sub(r"\\\1", plain)


def prose(template: str, names: Mapping[str, Any], lenders: Sequence[object] = ()) -> Content:
    """A prose cell as blocks.

    Args:
        template: Markdown with expressions.
        names: what the expressions may name.
        lenders: objects whose public attributes are names too, and come first.

    Raises:
        DocumentError: the template is not well formed, or names what is not there; says which line.
    """
    places = _Places()
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=places.finalize,
        autoescape=False,  # the output is Markdown; finalize escapes values for that
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",  # {# begins the anchor of a heading
        comment_end_string="##}",
    )
    environment.filters.update(_FILTERS)
    environment.context_class = type("Borrowing", (_Borrowing,), {"lenders": tuple(lenders)})
    try:
        text = environment.from_string(template).render(names)
    except jinja2.TemplateSyntaxError as error:
        raise DocumentError(
            f"Text buňky %%prose má na řádku {error.lineno} chybu: {error.message}. "
            "Zkontrolujte závorky {{ }} a {% %}."
        ) from error
    except jinja2.TemplateError as error:
        raise DocumentError(
            f"Výraz v\u00a0textu buňky %%prose nelze vypočítat: {error.message}. "
            "Zkontrolujte, zda je jméno napsané správně."
        ) from error
    return Content(blocks=tuple(_placed(markdown_blocks(text), places)))


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
            result.append(block)
    return result
