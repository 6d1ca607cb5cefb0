"""What is badly written between the braces of a prose cell, told in Czech with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import jinja2

from slz_lib.dataset.nearest import hint
from slz_lib.untrusted import cut

_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}")
_CLOSING = {"{{": "}}", "{%": "%}"}
_TAG = re.compile(r"\{%-?\s*(\w+)")
_BLOCKS = ("for", "if")
_TAGS = ("for", "endfor", "if", "elif", "else", "endif", "set")
#: What may have braces of its own: code, the anchor of a heading, the role of a paragraph.
_OURS = re.compile(r"`[^`\n]*`|\{#[\w-]*\}|\{\.\w+\}")
_SINGLE = re.compile(r"\{[^{}\n]*\}*|\}+")
_LONGEST = 60


def require_paired(environment: jinja2.Environment, template: str) -> None:
    """Stop at a brace that stands alone in the text; it would be printed.

    Raises:
        TemplateSyntaxError: there is one.
    """
    # An expression may make an anchor, so a word stands in its place.
    text = "".join(
        value if kind == "data" else "x" * (kind == "variable_begin") + "\n" * value.count("\n")
        for _, kind, value in environment.lex(template)
    )
    text = _OURS.sub("", text)
    found = _SINGLE.search(text)
    if found:
        raise jinja2.TemplateSyntaxError(
            f"„{_short(found[0])}“ není výraz; píše se do dvou složených závorek, "
            "například {{ total | opatreni }}",
            _line_of(text, found),
        )


def badly_written(
    template: str, error: jinja2.TemplateSyntaxError, filters: Sequence[str]
) -> jinja2.TemplateSyntaxError:
    """``error`` in Czech, on the line of its cause; ``filters`` are the names that there are."""
    tag = re.search(r"unknown tag '(\w+)'", error.message or "")
    if tag and tag[1] not in _TAGS:
        told = f"neznámý příkaz „{{% {tag[1]} %}}“{hint(tag[1], _TAGS)}"
        return jinja2.TemplateSyntaxError(told, error.lineno)
    unpaired = (*_unpaired(template), *_unended(template))
    found = unpaired[0] if unpaired else (_in_words(template, error, filters), error.lineno)
    return jinja2.TemplateSyntaxError(*found)


def _in_words(template: str, error: jinja2.TemplateSyntaxError, filters: Sequence[str]) -> str:
    said = error.message or ""
    unknown = re.search(r"No (?:filter|test) named '(\w+)'", said)
    if unknown:
        near = hint(unknown[1], filters)
        return f"neznámý filtr „{unknown[1]}“{near} (všechny ukáže %%prose?)"
    written = template.splitlines()[error.lineno - 1]
    found = re.search(r"\{[{%].*[%}]\}", written)
    got = re.search(r"got '([^']+)'", said)
    near_what = f" u\u00a0„{got[1]}“" if got and got[1] in written else ""
    return (
        f"zápisu „{_short(found[0] if found else written)}“ nelze rozumět{near_what}; filtr se "
        "píše za svislítko |, text do uvozovek"
    )


def _unpaired(template: str) -> Iterator[tuple[str, int]]:
    """Opening braces without their closing ones, each with its line."""
    opened: re.Match[str] | None = None
    for mark in _MARKS.finditer(template):
        if opened and _CLOSING[opened[0]] == mark[0]:
            opened = None
        elif opened:
            yield _unclosed(template, opened)
        if mark[0] in _CLOSING:
            opened = mark
    if opened:
        yield _unclosed(template, opened)


def _unended(template: str) -> Iterator[tuple[str, int]]:
    """Each ``for`` and ``if`` without its end, each end without its beginning, with its line."""
    blocks: list[re.Match[str]] = []
    for tag in _TAG.finditer(template):
        begun = tag[1].removeprefix("end")
        if begun not in _BLOCKS:
            continue
        if begun == tag[1]:
            blocks.append(tag)
        elif not blocks or blocks.pop()[1] != begun:
            yield f"„{{% {tag[1]} %}}“ tu nemá své „{{% {begun} … %}}“", _line_of(template, tag)
    for tag in blocks:
        end = f"{{% end{tag[1]} %}}"
        yield f"„{{% {tag[1]} … %}}“ nemá konec; doplňte „{end}“", _line_of(template, tag)


def _line_of(template: str, found: re.Match[str]) -> int:
    return template.count("\n", 0, found.start()) + 1


def _unclosed(template: str, opened: re.Match[str]) -> tuple[str, int]:
    written = template[opened.start() :].partition("\n")[0]
    told = f"výraz „{_short(written)}“ není uzavřen; doplňte „{_CLOSING[opened[0]]}“"
    return told, _line_of(template, opened)


def _short(written: str) -> str:
    return cut(written.strip(), _LONGEST)
