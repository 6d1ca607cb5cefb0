"""A table of pandas as columns of a document: names of its rows, Czech headers, words for codes."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd
from IPython.core.getipython import get_ipython

from slz_lib.dataset import Dataset
from slz_lib.dataset.nearest import nearest
from slz_lib.dataset.schemas import TABLES
from slz_lib.errors import DocumentError
from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import enumerate_words
from slz_lib.presentation.cells import YEARS, CellForm, is_coded, missing, written
from slz_lib.presentation.naming import TOTAL
from slz_lib.presentation.phrases import OFF_SCALE, capitalised
from slz_lib.untrusted import shown
from slz_lib.vocabulary import Scale

Kinds = Mapping[Any, CellForm | Scale]

#: What a column of row names is called that has no name of its own.
_ROW, _YEAR = "Položka", "Rok"
#: What tables are called that are computed, or whose description says too much for a header.
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "status": "Stav",
        "published": "Zveřejněný stav",
        "derived": "Odvozený stav",
        "decided": "Rozhodnutý stav",
        "deadline": "Termín",
        "deadline_until": "Termín",
        "count": "Počet",
        "size": "Počet",
        "proportion": "Podíl",
        "total": TOTAL,
        "differs": "Liší se",
        "overdue": "Po termínu",
        "supplied": "Podklad dodán",
        "lead_missing": "Gestor chybí",
        "wording": "Znění",
        "reach": "Územní dosah",
        "text": "Text",
        "role": "Role",
        "body": "Subjekt",
        "measures": "Opatření",
        "steps": "Kroky",
        "region": "Region",
        NO_STATUS: OFF_SCALE[NO_STATUS].capitalize(),
    }
)
#: What pandas calls what it has computed of a column.
_STATISTICS = {
    "count": "počet", "size": "počet řádků", "sum": "součet", "mean": "průměr", "std": "směrodatná "
    "odchylka", "var": "rozptyl", "min": "nejméně", "25%": "dolní kvartil", "50%": "medián",
    "median": "medián", "75%": "horní kvartil", "max": "nejvíce", "first": "první",
    "last": "poslední", "unique": "různých hodnot", "nunique": "různých hodnot",
    "top": "nejčastější hodnota", "freq": "kolikrát", "All": TOTAL, "variable": "proměnná",
}  # fmt: skip
#: What pandas calls what a function without a name has computed.
_UNNAMED = re.compile(r"<lambda(_\d+)?>")
#: What of a description says how to fill a column, not what it is.
_MANNER = re.compile(r"[;:(,]")
_ADVICE = MappingProxyType(
    {
        "Styler": "předejte samotnou tabulku (styler.data), vzhled jí dá dokument",
        "DataFrameGroupBy": "řekněte, co se má spočítat, například .sum()",
        "SeriesGroupBy": "řekněte, co se má spočítat, například .sum()",
    }
)


def columns_of(
    content: object, kinds: Kinds, scale: Scale | None
) -> Iterator[tuple[str, list[object], CellForm | Scale | None]]:
    """Header, values and form of each column of a pandas table, names of its rows first.

    Args:
        content: a table or a series of pandas.
        kinds: the form of columns whose values do not tell it, by their names in the table.
        scale: the scale whose codes it may hold; that of the notebook's evaluation when not given.

    Raises:
        DocumentError: it is no such table, or two of its columns have one name.
    """
    if not isinstance(content, pd.DataFrame | pd.Series):
        advice = _ADVICE.get(type(content).__name__, "převeďte to voláním pd.DataFrame(...)")
        raise DocumentError(
            "Voláním table(...) lze ukázat tabulku pandas (DataFrame, Series), nebo seznam sloupců "
            f"Col, ne {type(content).__name__}; {advice}."
        )
    frame = _with_row_names(content)
    scale = scale or _scale_in_sight()
    names = [_name(name) for name in frame.columns]
    _require_distinct(names)
    forms = {_name(name): form for name, form in kinds.items()}
    for name in forms.keys() - set(names):
        near = nearest(name, names)
        raise DocumentError(
            f"Sloupec „{shown(name)}“, jehož druh je v\u00a0kinds, tabulka nemá; "
            + (f"nejbližší je „{shown(near)}“." if near else f"má {enumerate_words(names)}.")
        )
    titles = [_heading(name, scale) for name in names]
    for place, (name, title) in enumerate(zip(names, titles, strict=True)):
        values, form = list(frame.iloc[:, place]), forms.get(name)
        words = {value for value in values if isinstance(value, str)}
        if form is None and words and scale is not None and words <= set(scale.codes):
            form = scale
        elif form is None and words and words <= _code_words(name).keys():
            values = [_code_words(name).get(value, value) for value in values]
        elif form is None and is_coded(name, values):
            form = "code"
        yield title if titles.count(title) == 1 else f"{title} ({name})", values, form


def _with_row_names(content: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """What the rows are called, where that is more than their number, and the columns."""
    index = content.index
    named = any(name is not None for name in index.names)
    years = len(index) > 0 and pd.api.types.is_integer_dtype(index) and index.isin(YEARS).all()
    if isinstance(content, pd.DataFrame):
        frame = content
        # Of a table that was filtered or sorted, unnamed whole numbers are places of its rows.
        counted = pd.api.types.is_integer_dtype(index) and not years
    else:
        # What was counted by a column and of it has the name of its rows.
        of_rows = content.name is None or content.name in index.names
        frame = content.to_frame("value" if of_rows else content.name)
        counted = isinstance(index, pd.RangeIndex) and not years
    repeated = named and all(  # of set_index(…, drop=False)
        name in frame.columns and list(frame[name]) == list(index.get_level_values(level))
        for level, name in enumerate(index.names)
    )
    if repeated or (not named and counted):
        return frame
    unnamed = _YEAR if years else _ROW
    names: list[Hashable] = [
        f"{unnamed} {level}" if name is None and level > 1 else unnamed if name is None else name
        for level, name in enumerate(index.names, start=1)
    ]
    rows = [pd.Series(list(index.get_level_values(level))) for level in range(index.nlevels)]
    frame = frame.reset_index(drop=True).astype(object)
    for place, name in enumerate(rows[0]):  # of a table whose columns have become rows
        if isinstance(name, str) and is_coded(name, frame.iloc[place]):
            frame.iloc[place] = [None if missing(v) else f"{v:.0f}" for v in frame.iloc[place]]
    rows = [_with_sum(row) for row in rows]
    if not named and {*rows[0]} <= _STATISTICS.keys():
        rows[0] = rows[0].map(_STATISTICS)
    whole = pd.concat([*rows, frame], axis=1)
    return whole.set_axis(pd.Index([*names, *frame.columns], tupleize_cols=False), axis=1)


def _with_sum(names: pd.Series) -> pd.Series:
    """Names of rows, the last of which pandas calls ``All`` where it has added them up."""
    last = names.index == len(names) - 1
    return names.mask(last & (names == "All"), TOTAL)


def _name(name: object) -> str:
    """What a table calls a column; of two levels, both."""
    parts = [part for part in (name if isinstance(name, tuple) else (name,)) if not missing(part)]
    # A year or a number that names a column is read digit by digit.
    texts = [
        str(part) if isinstance(part, int) and not isinstance(part, bool) else _words(part)
        for part in parts
        if not isinstance(part, str) or part.strip()
    ]
    if texts[1:]:  # of what was computed of a column
        texts = [_STATISTICS.get(text, text) for text in texts]
    return " – ".join(texts) or _ROW


def _words(part: object) -> str:
    with suppress(ValueError):
        if not _UNNAMED.fullmatch(text := written(part)):
            return text
    raise DocumentError(
        f"Sloupec tabulky se jmenuje „{shown(str(part))}“; pojmenujte jej: df.columns = [...], "
        'po výpočtu .agg(nejvíc=("sloupec", funkce)).'
    )


def _require_distinct(names: Sequence[str]) -> None:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise DocumentError(
            f"Tabulka má víc sloupců s\u00a0názvem „{shown(twice[0])}“, které by "
            "čtenář nerozeznal; přejmenujte je, například df.columns = [...]."
        )


def _heading(name: str, scale: Scale | None) -> str:
    """What a document calls the column ``name``; a name that the data do not know stays."""
    if scale is not None and name in scale:
        return scale[name].marked
    told = _HEADINGS.get(name) or _described(name)
    return told or capitalised(_STATISTICS.get(name, "")) or name


@lru_cache(maxsize=512)
def _described(name: str) -> str:
    """What descriptions of the columns of this name in the data's tables have in common."""
    said = [
        _MANNER.split(column.description)[0].split()
        for table in TABLES
        for column in table.columns
        if column.name == name
    ]
    words = dict.fromkeys(word for words in said for word in words)
    return capitalised(
        " ".join(w for w in words if sum(w in each for each in said) * 2 > len(said))
    )


@lru_cache(maxsize=512)
def _code_words(name: str) -> Mapping[object, str]:
    """Code → word of the columns of this name in the data's tables."""
    return {
        code: word
        for table in TABLES
        for column in table.columns
        if column.name == name
        for code, word in column.labels.items()
    }


def _scale_in_sight() -> Scale | None:
    """The scale of what the running notebook has evaluated or loaded; none where there are more."""
    shell = get_ipython()
    seen = [] if shell is None else list(shell.user_ns.values())
    scales = {held.scale for held in seen if isinstance(held, Evaluation)}
    scales = scales or {held.scale for held in seen if isinstance(held, Dataset)}
    return scales.pop() if len(scales) == 1 else None
