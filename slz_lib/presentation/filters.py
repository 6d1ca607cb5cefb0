"""The filters of prose: what each makes of a value, and an example that says it best."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

import jinja2

from slz_lib.errors import DocumentError, SlzError
from slz_lib.language import (
    NOUNS,
    Noun,
    after,
    counted,
    enumerate_words,
    format_date,
    format_number,
    format_percent,
    plural,
)
from slz_lib.presentation.arguments import UNSEEN, misfit
from slz_lib.presentation.naming import area_anchor
from slz_lib.presentation.phrases import (
    capitalised,
    lowered,
    marked,
    part_of,
    statuses_listed,
    statuses_shared,
)
from slz_lib.vocabulary import Scale

_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")
#: Every sign that Markdown may give a meaning to can be escaped by a backslash.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


class Markdown(str):
    """Text that may act as Markdown, made by a filter and not by data."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of prose.

    Attributes:
        apply: makes the text of the value and of the filter's arguments.
        example: an expression with it.
        gives: what the example prints; empty where that depends on the data.
    """

    apply: Callable[..., str | list[str]]
    example: str
    gives: str = ""


def escaped(text: str) -> str:
    """``text`` as Markdown in which none of its signs means anything."""
    return _PUNCTUATION.sub(r"\\\1", text)


def _by_scale(told: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that ``told`` makes of its values and of the ``scale`` in sight of the cell."""

    @jinja2.pass_context
    def filtered(context: jinja2.runtime.Context, *values: object, **named: object) -> Any:
        scale = context.resolve("scale")
        if not isinstance(scale, Scale):
            raise DocumentError("stupnice tu není; uveďte za %%prose vyhodnocení")
        return told(*values, **named, scale=scale)

    return filtered


def _with_share(part: int, whole: int, noun: str = "") -> str:
    """``12 (24,0 %)`` or ``12 opatření (24,0 %)``, where the whole has just been named."""
    stated = counted(part, noun) if noun else format_number(part)
    return f"{stated} ({format_percent(part / whole)})" if whole else stated


def _counting(noun: str) -> Callable[..., str]:
    """The filter that counts a noun: ``{{ 12 | opatreni(3) | k }}`` gives *k 12 opatřením*."""
    return lambda number, pad=1: counted(number, noun, pad)


def _reference(anchor: str, words: str = "") -> Markdown:
    """A cross-reference to the block ``anchor``; without words the block's own label."""
    if not _ANCHOR.fullmatch(anchor):
        raise DocumentError(f"„{anchor}“ není kotva; má písmena, číslice a\u00a0pomlčky.")
    return Markdown(f"[{escaped(words)}](#{anchor})")


def _form(term: Noun, case: int = 1, adjective: str = "") -> str:
    """A word of the strategy in a case: ``terms.territory | pad(6, "celý")``."""
    return term.form(case, adjective)


def _forms(term: Noun, case: int = 1, adjective: str = "") -> str:
    """The same of more than one: ``terms.district | pady(6, "jiný")``."""
    return term.form(case, adjective, plural=True)


#: The filters by name, in the order in which ``%%prose?`` lists them.
FILTERS: Mapping[str, Filter] = {
    **{noun: Filter(_counting(noun), f"{{{{ 5 | {noun} }}}}", counted(5, noun)) for noun in NOUNS},
    "cislo": Filter(format_number, "{{ 1234.5 | cislo }}", "1\u00a0234,5"),
    "procent": Filter(format_percent, "{{ 0.165 | procent }}", "16,5\u00a0%"),
    "ze": Filter(part_of, "{{ 12 | ze(50) }}", "12\u00a0z\u00a050\u00a0opatření (24,0\u00a0%)"),
    "podil": Filter(_with_share, "{{ 12 | podil(50) }}", "12 (24,0\u00a0%)"),
    "datum": Filter(format_date, "{{ period.as_of | datum }}"),
    "rok": Filter(lambda year: str(int(year)), "{{ 2027 | rok }}", "2027"),
    "stav": Filter(_by_scale(marked), "{{ scale.threshold.code | stav }}"),
    "stavy": Filter(_by_scale(statuses_listed), "{{ counts | stavy }}"),
    "bylo": Filter(_by_scale(statuses_shared), "{{ counts | bylo(total) }}"),
    "tvar": Filter(
        plural, '{{ 3 | tvar("nemá", "nemají", "nemá") }}', plural(3, "nemá", "nemají", "nemá")
    ),
    "vyjmenuj": Filter(
        enumerate_words, '{{ ["obec", "kraj", "stát"] | vyjmenuj }}', "obec, kraj a\u00a0stát"
    ),
    "zacatek": Filter(capitalised, '{{ "okruh" | zacatek }}', "Okruh"),
    "male": Filter(lowered, '{{ "Okruh" | male }}', "okruh"),
    "kotva_okruhu": Filter(area_anchor, '{{ "I" | kotva_okruhu }}', "okruh-I"),
    "odkaz": Filter(_reference, '{{ "tab-okruhy" | odkaz("tabulce") }}', "tabulce"),
    "pad": Filter(_form, "{{ terms.strategy | pad(2) }}"),
    "pady": Filter(_forms, "{{ terms.area | pady(6) }}"),
    "pocet": Filter(lambda number, term: term.counted(number), "{{ 3 | pocet(terms.area) }}"),
    "shoda": Filter(
        lambda participle, term: term.participle(participle),
        '{{ "schválil" | shoda(terms.approver) }}',
    ),
    **{
        preposition: Filter(
            partial(after, preposition), f'{{{{ "{word}" | {preposition} }}}}', f"{shown}{word}"
        )
        for preposition, word, shown in (
            ("v", "městě", "ve "),
            ("k", "kraji", "ke "),
            ("s", "státem", "se "),
            ("z", "města", "z\u00a0"),
        )
    },
}


def guarded(name: str) -> Callable[..., Any]:
    """The filter ``name`` as templates call it: what it cannot use is told with its example."""
    filter_ = FILTERS[name]

    @wraps(filter_.apply)
    def called(*values: Any, **named: Any) -> Any:
        given = [value for value in values if not isinstance(value, jinja2.runtime.Context)]
        for value in given:
            if isinstance(value, jinja2.Undefined):
                str(value)  # an unknown name is told as such
        try:
            return filter_.apply(*values, **named)
        except (SlzError, jinja2.UndefinedError):
            raise
        except Exception as error:  # whatever the value does in the filter
            fits = len(given) > 1 or misfit(filter_.apply, [UNSEEN], named) is None
            what = f"hodnotu druhu {type(given[0]).__name__}" if fits else "bez argumentu"
            raise DocumentError(
                f"filtr „{name}“ takto použít nelze ({what}); píše se {filter_.example}"
            ) from error

    return called
