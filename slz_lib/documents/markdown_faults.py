"""What JupyterLab shows of Markdown and documents do not know, and what to do, in Czech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slz_lib.untrusted import shown

_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
#: What is read into running text.
_IN_TEXT = (
    (
        re.compile(r"\\\\[(\[]|\\begin\{|(?<!\\)\$\$?[^$]*(?<!\\)\$\$?"),
        "vzorec „{}“ dokument nezná; napište jej slovy, znak dolaru zapište \\$.",
    ),
    (
        re.compile(r"(?<!\\)\[\^[^\]\s]+\]"),
        "poznámku pod čarou „{}“ dokument nezná; napište ji do závorky.",
    ),
    (
        re.compile(r"(?<![\\~])(~~?)(?=[^\s~])[^~]*?(?<![\s\\])\1(?!~)"),
        "přeškrtnutý text „{}“ dokument nezná; vypusťte jej, znak ~ zapište \\~.",
    ),
    (
        re.compile(r"(?<!\\)\{\{.*?\}\}|(?<!\\)\{%.*?%\}", re.DOTALL),
        "výraz „{}“ se počítá jen v\u00a0buňce s\u00a0kódem, která začíná řádkem %%prose.",
    ),
    (re.compile(r"<!--.*", re.DOTALL), "komentář „{}“ nemá konec; doplňte -->, jinak by se vydal."),
)
_FIGURE = (
    "ukažte jej v\u00a0buňce s\u00a0kódem voláním figure(...) s\u00a0titulkem (caption) "
    "a\u00a0textovou náhradou (alt); obrázek ze souboru vloží do grafu "
    'ax.imshow(plt.imread("soubor.png"))'
)
#: What else has no place, by what it is.
_SENTENCES = {
    "mermaid": f"diagram mermaid dokument nezná; {_FIGURE}.",
    "rule": "vodorovnou čáru dokument nezná; vypusťte ji, nebo napište nadpis.",
    "picture": f"obrázek „{{}}“ nemá titulek; {_FIGURE}.",
    "html": "HTML „{}“ dokument nezná; pište Markdownem (**tučně**, *kurzíva*), "
    "znak < zapište \\<.",
    "deep": "nadpis „{}“ má {}. úroveň; dokument jich zná {}, uberte znak #.",
    "broken": "nadpis „{}“ má zalomený řádek; spojte jej.",
    "inside": "{} nesmí stát v\u00a0{}; přesuňte jej do textu.",
    "title": "popisek „{}“ odkazu se čtenáři neukáže; napište jej do věty.",
    "wordless": "odkaz na „{}“ nemá slova; napište je do závorek [ ].",
    "address": "odkaz „{}“ vede na „{}“; povolené jsou jen https:, mailto: a\u00a0místa "
    "v\u00a0dokumentu (#kotva). Opravte jej, nebo napište jen slova.",
    "listing": "odsazený text „{}“ ukáže JupyterLab jako výpis programu; zrušte mezery na začátku "
    "řádku, výpis uzavřete mezi řádky ```.",
    "task": "zaškrtávací bod „{}“ dokument nezná; napište stav slovem.",
    "anchor": "kotvu „{}“ dokument nezná; píše se {{#kotva}}: písmena bez háčků a\u00a0čárek, "
    "číslice a\u00a0pomlčky, na začátku písmeno.",
    "role": "úlohu odstavce „{}“ dokument nezná; zná {{.lead}} a\u00a0{{.quiet}}.",
    "start": "řádek, který začíná „{0}.“, je bod číslovaného seznamu a\u00a0tak daleko Word "
    "nečísluje; není-li to seznam, zapište {0}\\.",
}


@dataclass(frozen=True, slots=True)
class Slip:
    """What a document has no place for.

    Attributes:
        line: the line of what the analyst edits, counted from 1, where it is known.
        problem: what was found and what to do.
    """

    line: int | None
    problem: str

    def __str__(self) -> str:
        where = f"řádek {self.line}: " if self.line else ""
        said = f"{where}{self.problem}"
        return f"{said[:1].upper()}{said[1:]}"


def in_text(written: str) -> Iterator[tuple[int, str]]:
    """The faults of running text as it is ``written``, each with the lines before it."""
    # Signs of code and comments mean nothing, but their lines count.
    for hidden in (_CODE, _COMMENT):
        written = hidden.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), written)
    for kind, problem in _IN_TEXT:
        for found in kind.finditer(written):
            yield written.count("\n", 0, found.start()), problem.format(_quoted(found[0]))


def uncommented(html: str) -> str:
    """``html`` without its comments, which nobody sees."""
    return _COMMENT.sub("", html).strip()


def fault(kind: str, *told: object) -> str:
    """The sentence about something of a ``kind`` that a document has no place for."""
    return _SENTENCES[kind].format(*(_quoted(str(each)) for each in told))


def of_html(html: str) -> str:
    """The fault of a tag or of a whole block of them."""
    if html.startswith("<!--"):
        return _IN_TEXT[-1][1].format(_quoted(html))
    return fault("picture" if re.match(r"<img\b", html, re.IGNORECASE) else "html", html)


def of_table(header: Sequence[str]) -> str:
    """The fault of a table; a writer of documents asks for its caption."""
    columns = ", ".join(f'"{name}": [...]' for name in header)
    return (
        f"tabulka „{_quoted(' | '.join(header))}“ nemá titulek; ukažte ji v\u00a0buňce "
        f's\u00a0kódem: table(pd.DataFrame({{{columns}}}), caption="...").'
    )


def _quoted(text: str) -> str:
    return shown(" ".join(text.split()))
