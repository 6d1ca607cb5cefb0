"""The known word nearest to one that nobody knows, for advice in messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from slz_lib.errors import ParameterError
from slz_lib.language import plain
from slz_lib.untrusted import shown

if TYPE_CHECKING:
    import pandas as pd

#: Below this similarity a hint would mislead more than help.
_CUTOFF = 0.5
#: Comparing is slow and files are untrusted: only so many values get a hint.
_MOST_HINTS = 200
_MOST_COMPARISONS = 100_000
_LONGEST = 100


def nearest(text: str, known: Sequence[str]) -> str | None:
    """The item of ``known`` nearest to ``text`` regardless of case; ``None`` if none is near."""
    folded: dict[str, str] = {}
    for item in known:
        folded.setdefault(item.casefold(), item)
    found = get_close_matches(text[:_LONGEST].casefold(), folded, n=1, cutoff=_CUTOFF)
    return folded[found[0]] if found else None


def require_known(noun: str, given: object, known: Sequence[str], more: str = "") -> None:
    """Stop at a name that the data do not know; ``more`` is said besides.

    Raises:
        ParameterError: ``given`` is not among ``known``; names the nearest, or all of them.
    """
    if given not in known:
        near = hint(str(given), known) or f"; známá označení: {', '.join(known) or 'žádná'}"
        raise ParameterError(f"{noun} „{shown(str(given))}“ tu není{near}.{more}")


def called(names: pd.DataFrame, text: str) -> list[str]:
    """Ids of what is called ``text``, in any case and without diacritics.

    Args:
        names: a column a kind of names, the surest first; names of one cell are parted by
            semicolons, the index is ids.
        text: what people call it.
    """
    for name in names:
        told = names[name].dropna().str.split(";").explode().map(plain)
        if len(found := told.index[told.eq(plain(text))]):
            return list(found)
    return []


def bodies_called(bodies: pd.DataFrame, texts: Iterable[str]) -> list[str]:
    """Ids of the bodies that are called so: by an id, a name, or as somebody has spelled it.

    Raises:
        ParameterError: the data do not know some; names the nearest of each.
    """
    names = bodies.set_index("id", drop=False)[["id", "short_name", "name", "published_forms"]]
    found = {text: called(names, text) for text in texts}
    every = [each for each in names.iloc[:, :-1].to_numpy().ravel() if isinstance(each, str)]
    if unknown := [text for text, ids in found.items() if not ids]:
        told = (f"Subjekt „{shown(text)}“ data neznají{hint(text, every)}." for text in unknown)
        raise ParameterError(" ".join(told))
    return list(dict.fromkeys(one for ids in found.values() for one in ids))


def hint(text: str, known: Sequence[str]) -> str:
    """The nearest item as the end of a sentence about ``text``; empty if none is near."""
    near = nearest(text, known)
    return f"; nejbližší je „{near}“" if near else ""


def hints(texts: Iterable[str], known: Sequence[str]) -> Mapping[str, str]:
    """The hint about each distinct text, empty for any other one.

    At most the first 200 texts get one; fewer where very many items are known.
    """
    most = min(_MOST_HINTS, _MOST_COMPARISONS // max(len(known), 1))
    distinct = list(dict.fromkeys(texts))[:most]
    return defaultdict(str, {text: hint(text, known) for text in distinct})
