"""What Python cannot read of a cell, told in Czech."""

from __future__ import annotations

import ast
import linecache
import re

from slz_lib.untrusted import shown

#: Of a command to a cell, such as ``%%prose``, that has something above it.
TOO_LOW = "Příkaz se znaky %% patří na první řádek buňky; co je nad ním, přesuňte jinam."
_PAIRS = {"(": ")", "[": "]", "{": "}"}
#: What Python says, in English, and what it means; the first that fits counts.
_SENTENCES = (
    (r"unterminated|EOL while", "text v\u00a0uvozovkách nemá konec; doplňte uvozovku"),
    (r"invalid character '[„“”‚‘’«»]'", 'text patří do rovných uvozovek "…", ne do „…“'),
    (r"invalid character '(.)'", "znak „{0}“ Python nezná; nahraďte jej, nebo jej dejte do textu"),
    (r"invalid non-printable character (\S+)", "neviditelný znak {0} nahraďte mezerou"),
    (r"'(.)' was never closed", "závorka „{0}“ nemá konec; doplňte „{pair}“"),
    (r"unmatched '(.)'", "závorka „{0}“ nemá začátek; vypusťte ji"),
    (r"'(.)' does not match opening parenthesis '(.)'", "místo „{0}“ patří „{1}“"),
    (r"forgot a comma", "mezi hodnotami chybí čárka, nebo text nemá uvozovky"),
    (r"instead of '='", "pro porovnání pište =="),
    (r"unexpected indent|unindent", "začátek řádku srovnejte s\u00a0řádkem nad ním"),
    (r"expected an indented block", "řádek uvnitř předchozího odsaďte čtyřmi mezerami"),
    (r"expected ':'", "na konci řádku chybí dvojtečka"),
    (r"positional argument follows", "argumenty beze jména patří před ty se jménem (jméno=…)"),
    (r"Missing parentheses", "za jméno funkce patří závorky"),
    (r"unicodeescape", 'lomítka v\u00a0cestě pište takto: "C:/složka/soubor.csv"'),
    (r"literal|leading zeros", "číslo má desetinnou tečku a\u00a0nic navíc, text má uvozovky"),
)
_WORD = re.compile(r"\w+|\S")


def told(error: SyntaxError) -> str:
    """What is wrong with the writing of a cell and what to do, as a sentence."""
    source = "".join(linecache.getlines(error.filename or ""))
    if "run_line_magic('%" in source:
        return TOO_LOW
    error = _plainly(error, source)
    for pattern, sentence in _SENTENCES:
        if found := re.search(pattern, error.msg):
            groups = found.groups()
            if found.re.groups == 2:
                groups = (groups[0], _PAIRS.get(groups[1], groups[1]))
            pair = _PAIRS.get(groups[0], "") if groups else ""
            return f"Zápisu nelze rozumět: {sentence.format(*groups, pair=pair)}."
    rest = (error.text or "")[max((error.offset or 1) - 1, 0) :]
    word = _WORD.search(rest)
    at = f" u\u00a0„{shown(word[0])}“" if word else ": řádek není dokončen"
    return f"Zápisu nelze rozumět{at}; zkontrolujte závorky, čárky a\u00a0uvozovky."


def place(error: SyntaxError) -> str:
    """The line of the cell that Python cannot read."""
    return f"Řádek {error.lineno} buňky: {shown((error.text or '').strip())}"


def _plainly(error: SyntaxError, source: str) -> SyntaxError:
    """``error`` as Python itself says it: IPython has it call what may go on unfinished."""
    try:
        ast.parse(source)
    except SyntaxError as plain:
        return plain
    return error
