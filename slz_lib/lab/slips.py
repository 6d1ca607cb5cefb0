"""Slips in a cell, told in one Czech sentence; the traceback is on request (``%tb``)."""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from textwrap import wrap
from types import FrameType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.core.error import UsageError

import slz_lib
from slz_lib import presentation
from slz_lib.dataset.nearest import hint
from slz_lib.errors import SlzError
from slz_lib.lab import syntax
from slz_lib.presentation import selecting
from slz_lib.presentation.arguments import UNSEEN, misfit
from slz_lib.refusals import cause_and_place
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_MORE = "Podrobnosti ukáže %tb."
_WIDTH = 96
_MOST_LABELS = 30
#: What pandas and Python say, in English, of slips that are made again and again.
_USUAL = {
    r"The truth value of a (?:Series|DataFrame)|Cannot perform 'r?(?:and|or)_'": "Podmínky nad "
    "sloupci spojuje & (a\u00a0zároveň) nebo | (nebo) a\u00a0každá stojí v\u00a0závorkách: "
    "(…) & (…).",
    r"can only concatenate str": "Text a\u00a0číslo sečíst nelze; z\u00a0čísla udělá text str(…).",
    r"out-of-bounds": "Tabulka tolik řádků nebo sloupců nemá; první má číslo 0.",
    r"no numeric data to plot": "V\u00a0tom, co se má kreslit, není žádné číslo; text na čísla "
    "převede pd.to_numeric(…).",
    r"Error tokenizing data.* in line (\d+)": "Řádek {0} souboru má jiný počet polí než řádky nad "
    'ním; oddělují-li je středníky, doplňte do read_csv sep=";" a\u00a0decimal=",".',
    r"'utf-8' codec can't decode": "Soubor není v\u00a0kódování UTF-8; CSV z\u00a0českého Excelu "
    'čte pd.read_csv("…", encoding="cp1250", sep=";", decimal=",").',
    r"time data .* doesn't match|unconverted data": "Některé datum má jiný tvar, než čeká "
    'format; české je format="%d. %m. %Y", bez mezer "%d.%m.%Y".',
}
#: From this likeness on a name is taken for a misspelling of another.
_ALIKE = 0.75


def register(shell: InteractiveShell) -> None:
    """Have a shell tell slips in a sentence."""
    shell.set_custom_exc((Exception,), _show)


def _show(
    shell: InteractiveShell,
    kind: type[Exception],
    error: Exception,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    """Show an error of a cell; one that is not of our making as IPython shows it."""
    steps = list(_steps(trace))
    own = [n for n, step in enumerate(steps) if step.tb_frame.f_globals is shell.user_ns]
    steps = steps[own[-1] :] if own else []
    told = _told(shell, error, steps)
    if told is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)
        return []
    # As Python does for those who ask for the last error.
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    place = [syntax.place(error)] if isinstance(error, SyntaxError) else _place(steps)
    # JupyterLab would break a long line inside a word.
    lines = [
        part
        for line in (*told.splitlines(), *place, _MORE)
        for part in wrap(line, _WIDTH, subsequent_indent=line[: -len(line.lstrip())])
    ]
    shell._showtraceback(kind, error, lines)  # noqa: SLF001 — IPython has no other way
    return lines


def _steps(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _place(steps: Sequence[TracebackType]) -> Iterator[str]:
    """The line of the cell; text of a magic tells its own."""
    if steps and not (steps[1:] and _module(steps[1]).startswith("IPython.")):
        frame, line = steps[0].tb_frame, steps[0].tb_lineno
        written = linecache.getline(frame.f_code.co_filename, line).strip()
        yield f"Řádek {line} buňky: {shown(written)}"


def _module(step: TracebackType) -> str:
    return str(step.tb_frame.f_globals.get("__name__", ""))


def _told(shell: InteractiveShell, error: Exception, steps: Sequence[TracebackType]) -> str | None:
    """What has happened, as a sentence; ``None`` where the error is the analyst's own matter.

    Args:
        shell: the shell of the cell.
        error: what was raised.
        steps: the way from the last line of the cell to where it was raised.
    """
    match error:
        case SlzError():
            return str(error)
        case SyntaxError():
            return syntax.told(error)
        case UsageError():
            return _no_magic(shell, str(error))
        case ImportError():
            return _no_import(error)
    return _told_of_steps(shell, error, steps) if steps else None


def _told_of_steps(
    shell: InteractiveShell, error: Exception, steps: Sequence[TracebackType]
) -> str | None:
    inside = steps[1:] and _module(steps[1]).partition(".")[0] == "slz_lib"
    match error:
        case AttributeError(name=str(name), obj=of) if _looked_for(steps):
            told = _no_attribute(name, of)
        case NameError(name=str(name)) if not steps[1:]:
            told = _no_name(shell, name)
        case FileNotFoundError(filename=str(name)) if not inside:
            told = _no_file(name)
        case TypeError() if not steps[1:]:
            told = _misfit_of_call(steps[0]) or _usual(error)
        case _:
            told = _no_column(error, steps) or _usual(error)
    if told or not inside:
        return told
    called = getattr(_wrapped(steps[1].tb_frame), "__name__", steps[1].tb_frame.f_code.co_name)
    return _misfit_inside(steps[1].tb_frame) or (
        f"Volání {called}(…) selhalo: {cause_and_place(error)}; zkontrolujte jeho argumenty."
    )


def _looked_for(steps: Sequence[TracebackType]) -> bool:
    """Whether an attribute is missed by the cell and not by what it calls."""
    return not steps[1:] or steps[1].tb_frame.f_code.co_name == "__getattr__"


def _no_magic(shell: InteractiveShell, said: str) -> str | None:
    found = re.search(r"`(%+\w+)` not found", said)
    magics = shell.magics_manager.magics
    known = [f"%{name}" for name in magics["line"]] + [f"%%{name}" for name in magics["cell"]]
    if found and found[1] in known:
        return syntax.TOO_LOW
    return f"Příkaz „{found[1]}“ tu není{hint(found[1], known)}." if found else None


def _no_import(error: ImportError) -> str | None:
    module = error.name or ""
    if module.partition(".")[0] != "slz_lib":
        near = hint(module, sorted({each.partition(".")[0] for each in sys.modules}))
        return f"Modul „{module}“ tu není{near}." if "No module named" in error.msg else None
    wanted = re.match(r"cannot import name '(\w+)'", error.msg)
    if wanted is None:
        parent, _, name = module.rpartition(".")
        near = hint(name, [m.rpartition(".")[2] for m in sys.modules if m.startswith(f"{parent}.")])
        return f"Modul „{module}“ neexistuje{near}."
    near = hint(wanted[1], _offered(sys.modules.get(module)))
    return f"Modul {module} nemá „{wanted[1]}“{near}.{_home(wanted[1])}"


def _home(name: str) -> str:
    """Where a public name of the library is imported from, as a sentence."""
    homes = [home for home in (presentation, slz_lib) if name in home.__all__]
    return f" Zavede jej: from {homes[0].__name__} import {name}" if homes else ""


def _offered(of: object) -> list[str]:
    """Public attributes of an object."""
    return list(getattr(of, "__all__", None) or (n for n in dir(of) if not n.startswith("_")))


def _no_attribute(name: str, of: object) -> str | None:
    if isinstance(of, pd.DataFrame):
        return _not_among(name, of.columns)
    owner = of.__name__ if isinstance(of, ModuleType | type) else type(of).__module__
    if owner.partition(".")[0] != "slz_lib" and not type(of).__module__.startswith("slz_lib"):
        return None
    what = f"Modul {owner}" if isinstance(of, ModuleType) else f"Objekt {type(of).__name__}"
    return f"{what} nemá „{name}“{hint(name, _offered(of))}. Co má, nabídne za tečkou klávesa Tab."


def _no_name(shell: InteractiveShell, name: str) -> str:
    known = [each for each in shell.user_ns if not each.startswith("_")]
    if home := _home(name):
        return f"Jméno „{name}“ tu není.{home}"
    near = get_close_matches(name, known, n=1, cutoff=_ALIKE)
    advice = f"; nejbližší je „{near[0]}“" if near else ""
    return f"Jméno „{name}“ tu není{advice or '. Spusťte nejdřív buňku, která ho zavádí'}."


def _no_file(name: str) -> str:
    """A file that is not there, looked for beside it and in the folder above the notebook's."""
    asked, here = Path(name), Path.cwd()
    folders = [folder for folder in (asked.parent, Path("..")) if folder.is_dir()]
    known = [path.as_posix() for folder in folders for path in sorted(folder.iterdir())]
    same = [path for path in known if Path(path).name == asked.name]
    near = f"; je však „{same[0]}“" if same else hint(name, known)
    return f"Soubor „{shown(name)}“ tu není{near}. Cesta začíná ve složce „{shown(here.name)}“."


def _usual(error: Exception) -> str | None:
    said = str(error)
    found = ((re.search(pattern, said), sentence) for pattern, sentence in _USUAL.items())
    return next((sentence.format(*at.groups()) for at, sentence in found if at), None)


def _no_column(error: Exception, steps: Sequence[TracebackType]) -> str | None:
    """A column or a row that a pandas table lacks, wherever in pandas that was found out."""
    if not isinstance(error, KeyError | NameError):
        return None
    spelt = re.search(r"name '(\w+)'", str(error)) if isinstance(error, NameError) else None
    for step in steps[1:]:
        inside = step.tb_frame.f_locals
        table, name = inside.get("self"), step.tb_frame.f_code.co_name
        of_rows = isinstance(table, pd.Series) or (name == "xs" and not inside.get("axis"))
        if name == "_getitem_iterable":  # of .loc[[…]]
            table, of_rows = inside["self"].obj, inside["axis"] == 0
        elif name == "drop":
            of_rows |= inside.get("columns") is None and inside.get("axis") == 0
        if _module(step).startswith("pandas.") and isinstance(table, pd.DataFrame | pd.Series):
            asked = [spelt[1]] if spelt else _missed(error, inside.get("key"))
            known = table.index if of_rows else table.columns
            missing = [each for each in asked if isinstance(each, str) and each not in known]
            return _not_among(missing[0], known, of_rows=of_rows) if missing else None
    return None


def _missed(error: Exception, key: object) -> Sequence[object]:
    """The labels that pandas has not found: ``key``, or those that its words list."""
    if isinstance(key, list):
        return key
    said = error.args[0]
    if isinstance(said, str) and re.search(r"not in index|not found in axis|are in the col", said):
        return re.findall(r"'([^']*)'", re.sub(r"dtype='\w+'", "", said))
    return [key if isinstance(key, str) else said]


def _not_among(name: str, known: pd.Index, *, of_rows: bool = False) -> str:
    labels = [str(label) for label in known]
    near = hint(name, labels)
    more = ", …" * (len(labels) > _MOST_LABELS)
    listed = "" if near else f" Má: {', '.join(labels[:_MOST_LABELS])}{more}."
    return f"Tabulka nemá {'řádek' if of_rows else 'sloupec'} „{name}“{near}.{listed}"


def _misfit_of_call(step: TracebackType) -> str | None:
    """What does not fit of the call of the library on which a line of the cell stands."""
    frame = step.tb_frame
    places = list(frame.f_code.co_positions())[step.tb_lasti // 2]
    source = "".join(linecache.getlines(frame.f_code.co_filename))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) != places:
            continue
        called = _value(node.func, frame)
        gathered = any(isinstance(each, ast.Starred) for each in node.args)
        if called is None:
            return None
        if not callable(called):
            return f"„{ast.unparse(node.func)}“ není funkce; píše se bez závorek."
        if gathered or not getattr(called, "__module__", "").startswith("slz_lib"):
            return None
        named = {each.arg: UNSEEN for each in node.keywords if each.arg}
        return misfit(called, [UNSEEN] * len(node.args), named)
    return None


def _value(node: ast.expr, frame: FrameType) -> Any:
    """What a dotted name stands for in a frame."""
    match node:
        case ast.Name(id=name):
            return frame.f_locals.get(name, frame.f_globals.get(name))
        case ast.Attribute(value=inner, attr=name):
            return getattr(_value(inner, frame), name, None)
    return None


def _wrapped(frame: FrameType) -> Any:
    """The function of a table or a chart that :func:`telling_selection` calls in a frame."""
    return frame.f_locals.get("function") if frame.f_globals is vars(selecting) else None


def _misfit_inside(frame: FrameType) -> str | None:
    """What does not fit of the arguments that a function of the library has begun with."""
    if wrapped := _wrapped(frame):
        return misfit(wrapped, frame.f_locals["args"], frame.f_locals["kwargs"])
    code = frame.f_code
    owner = type(frame.f_locals.get("self"))
    called = frame.f_globals.get(code.co_name) or getattr(owner, code.co_name, None)
    if not callable(called) or getattr(called, "__code__", None) is not code:
        return None
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return misfit(called, (), {name: frame.f_locals.get(name, UNSEEN) for name in names})
