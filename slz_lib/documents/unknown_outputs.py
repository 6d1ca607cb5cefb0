"""What a cell shows that documents do not know, and what to write instead, in Czech."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from slz_lib.untrusted import shown

_LONGEST = 50
#: What gives an output its caption.
_CAPTIONED = ("table", "figure")
_UNKNOWN = "ukazuje výstup, který dokument nezná; obalte jej voláním table(...) nebo figure(...)."
_FRAME = re.compile(r'class="dataframe"')
_STYLED = re.compile(r'id="T_\w+"')
_SERIES = re.compile(r"\bdtype: \w+\s*$")
#: Commands to IPython, which Python cannot read.
_COMMAND = re.compile(r"^\s*[%!].*$", re.MULTILINE)


def problem(data: Mapping[str, Any], source: str) -> str:
    """What is wrong with an output of forms ``data`` that the cell ``source`` shows."""
    html, text = (str(data.get(kind, "")) for kind in ("text/html", "text/plain"))
    value = _value(source)
    if _FRAME.search(html) or (not html and _SERIES.search(text)):
        return f'ukazuje tabulku bez titulku; napište table({value}, caption="...").'
    if _STYLED.search(html):
        bare = value.partition(".style")[0]
        return f'ukazuje obarvenou tabulku; vzhled jí dá dokument: table({bare}, caption="...").'
    if html:
        return (
            "ukazuje tabulku nebo HTML bez popisu pro čtenáře; tabulku obalte voláním table(...), "
            "nadpisy a\u00a0text patří do buňky Markdown."
        )
    if any(kind.startswith("image/") for kind in data):
        if "figure(" in source:
            return "ukazuje obrázek mimo volání figure(...); vypusťte plt.show() a\u00a0display."
        return (
            "ukazuje obrázek bez titulku a\u00a0popisu; na konec buňky místo plt.show() napište "
            'figure(plt.gcf(), caption="...", alt="co je v\u00a0obrázku vidět").'
        )
    return _of_text(text) if "text/plain" in data else _UNKNOWN


def _of_text(text: str) -> str:
    words = f"ukazuje holou hodnotu „{shown(' '.join(text.split()))}“"
    if text.startswith(("<", "[<")):
        return f"{words}; zakončete poslední řádek středníkem."
    return f"{words}; napište ji do věty v\u00a0buňce %%prose, nebo ji obalte voláním table(...)."


def printed(text: str) -> str:
    """What is wrong with a cell that prints ``text``."""
    if text.startswith("%pylab is deprecated"):
        return (
            "volá %pylab, které vypisuje anglické upozornění; nahraďte je příkazy "
            "import numpy as np a\u00a0import matplotlib.pyplot as plt."
        )
    return (
        f"vypisuje text „{shown(' '.join(text.split()))}“; výpis (print) odstraňte, věty patří "
        "do buňky Markdown, vypočtené údaje do buňky %%prose: {{ hodnota }}."
    )


def _value(source: str) -> str:
    """The one expression that ``source`` shows without a caption, if it is short."""
    try:
        body = ast.parse(_COMMAND.sub("", source)).body
    except SyntaxError:
        return "tabulka"
    bare: list[ast.expr] = []
    for line in body:
        if not isinstance(line, ast.Expr):
            continue
        value = line.value
        name = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
        if name == "display" and isinstance(value, ast.Call):
            bare += value.args
        elif line is body[-1] and name not in _CAPTIONED:
            bare.append(value)
    text = ast.unparse(bare[0]) if len(bare) == 1 else ""
    return text if 0 < len(text) <= _LONGEST else "tabulka"
