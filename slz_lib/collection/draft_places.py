"""Where in the draft a paragraph of a returned copy belongs: by bookmark and by text, or asked.

Bookmarks get lost and paragraphs are moved, so neither is believed alone: what a bookmark says has
to agree with the text of the paragraph, or with that of its neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from slz_lib.collection.drafts import Draft
from slz_lib.untrusted import cut

#: The place before the first bookmark; no bookmark of ours begins so.
FRONT = "_zacatek"
FRONT_WORDS = "začátek dokumentu"
#: Texts shorter than these stand in many places, whether the draft shows it or not.
_TELLING = 20
#: Per cent of likeness from which a text is taken for another one, and for one that moved.
_ALIKE, _SURELY = 70, 85
#: What lies so close to the best likeness is as good.
_MARGIN = 6
_COMPARED_SIGNS = 400
#: Comparing takes time, and files are untrusted; what is beyond is asked.
_MOST_COMPARED = 1_500
_HEADING = 100


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Místa návrhu, který se rozeslal.

    Attributes:
        headings: bookmark → the words at its beginning, in the order of the draft.
        texts: text → how many times it stands in each place.
        paragraphs: place → its texts in their order.
    """

    headings: Mapping[str, str]
    texts: Mapping[str, Counter[str]]
    paragraphs: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, draft: Draft) -> Places:
        """The places of a draft, a bookmark each."""
        headings, texts = {FRONT: FRONT_WORDS}, defaultdict[str, Counter[str]](Counter)
        paragraphs, place = defaultdict[str, list[str]](list), FRONT
        for names, text in zip(draft.paragraphs["bookmarks"], _texts(draft), strict=True):
            for name in names:
                if not name.startswith("_"):  # such are Word's own
                    place = name
                    headings.setdefault(name, cut(text, _HEADING) or name)
            texts[text][place] += 1
            paragraphs[place].append(text)
        return cls(headings, dict(texts), dict(paragraphs))

    def found(self, copy: Draft, asked: Sequence[int]) -> pd.Series:
        """The place of each paragraph in ``asked``; missing where nothing is sure."""
        return _Placing(self, copy).places(asked)


class _Placing:
    """One copy while its paragraphs are placed."""

    def __init__(self, known: Places, copy: Draft) -> None:
        self.known, self.texts = known, _texts(copy)
        self.marked: list[str] = [FRONT]
        for names in copy.paragraphs["bookmarks"]:
            here = [name for name in names if name in known.headings]
            self.marked.append(here[-1] if here else self.marked[-1])
        del self.marked[0]
        stays = copy.paragraphs["original"].str.strip().ne("")
        self.times = Counter(text for text, old in zip(self.texts, stays, strict=True) if old)
        self.own = [self._own(text) for text in self.texts]
        self.before = _carried(self.own)
        self.after = _carried(self.own[::-1])[::-1]
        self.repeated = Counter(
            (text, self._among(at)) for at, text in enumerate(self.texts) if text in known.texts
        )
        self.compared = 0

    def places(self, asked: Sequence[int]) -> pd.Series:
        """The places of these paragraphs."""
        return pd.Series({at: self._place(at) for at in dict.fromkeys(asked)}, dtype="object")

    def _own(self, text: str) -> str | None:
        """The only place where a text stands that can be told from others, and was not copied."""
        places = self.known.texts.get(text, Counter())
        copied = self.times[text] > places.total()
        return (
            next(iter(places))
            if len(places) == 1 and len(text) >= _TELLING and not copied
            else None
        )

    def _place(self, at: int) -> str | None:
        text = self.texts[at]
        if self.own[at] is not None:
            return self.own[at]
        if text in self.known.texts:
            place = self._among(at)
            # Two where the draft has one: which of them came from elsewhere, nobody can tell.
            most = self.known.texts[text][place] if place else 0
            return place if self.repeated[text, place] <= most else None
        return self._alike(at)

    def _among(self, at: int) -> str | None:
        """Of the places that have this text, the one around it."""
        places, around = self.known.texts[self.texts[at]], (self.before[at], self.after[at])
        if around[0] == around[1] and around[0] in places:
            return around[0]
        marked = self.marked[at]
        return marked if marked in places and marked in around else None

    def _alike(self, at: int) -> str | None:
        """The place of a text that somebody has changed, or that is new."""
        from rapidfuzz import fuzz, process

        around, marked = (self.before[at], self.after[at]), self.marked[at]
        text = self.texts[at][:_COMPARED_SIGNS]
        self.compared += 1
        if len(text) >= _TELLING and self.compared <= _MOST_COMPARED:
            known = [each[:_COMPARED_SIGNS] for each in self.known.texts]
            found = process.extract(text, known, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=20)
            best = found[0][1] if found else 0
            near = [row for _, score, row in found if score >= best - _MARGIN]
            counts = [*self.known.texts.values()]
            places = {place for row in near for place in counts[row]}
            for place in (marked, *around):
                if place in places and (place in around or best >= _SURELY):
                    return place
            if places:
                return places.pop() if len(places) == 1 and best >= _SURELY else None
        if around[0] == around[1]:
            return around[0]
        return marked if marked in around else None


def _carried(places: Sequence[str | None]) -> list[str | None]:
    """Of each paragraph the place of the last one before it that has one."""
    found: list[str | None] = [None]
    for place in places[:-1]:
        found.append(place or found[-1])
    return found[: len(places)]


def _texts(draft: Draft) -> list[str]:
    """The texts of paragraphs as the draft had them; of one that is new, as it is."""
    paragraphs = draft.paragraphs
    texts = paragraphs["original"].where(paragraphs["original"].str.strip() != "")
    told: list[str] = texts.fillna(paragraphs["final"]).str.split().str.join(" ").tolist()
    return told
