"""What a strategy calls its territory, its parts, its areas and itself: words in their cases."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from slz_lib.language import Noun

#: Columns of the forms of a word.
_FORMS = ("nominative", "genitive", "dative", "accusative", "locative", "instrumental")


def nouns(rows: Iterable[Mapping[Any, str]]) -> dict[str, Noun]:
    """Words in all cases by what they name, of rows such as those of ``words.csv``."""
    forms: dict[str, dict[str, tuple[str, ...]]] = {}
    genders: dict[str, str] = {}
    for row in rows:
        forms.setdefault(row["term"], {})[row["number"]] = tuple(row[case] for case in _FORMS)
        genders[row["term"]] = row["gender"]
    return {
        term: Noun(genders[term], found["singular"], found.get("plural", ()))
        for term, found in forms.items()
    }


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of one strategy; where ``data/strategy/words.csv`` has none, the plainest ones.

    Attributes:
        territory: the whole: *kraj*, *město*, *stát*.
        strategy: what it is: *strategie*, *akční plán*.
        plan: what the plan of the next steps is called: *akční plán*.
        approver: who approved it, as one word: *zastupitelstvo*, *vláda*.
        area: what measures are put together in: *okruh*, *oblast*.
        district: a part of the territory that has a brief of its own: *obvod*, *městská část*.
        district_title: the same before its name and at the head of a column.
        district_full: the same in full.
        district_short: its abbreviation.
        county: what a district belongs to besides the territory: *okres*.
        municipality: *obec*; counted where the territory has some.
        partner: with whom municipalities are in partnership.
        partner_short: the same where the full name has been said.
        unit: what reach is counted in: *obec*; the district where there are no municipalities.
    """

    territory: Noun
    strategy: Noun
    plan: Noun
    approver: Noun
    area: Noun
    district: Noun
    district_title: Noun
    district_full: Noun
    district_short: Noun
    county: Noun
    municipality: Noun
    partner: Noun
    partner_short: Noun
    unit: Noun

    @classmethod
    def of(cls, known: Mapping[str, Noun], unit: str) -> Terms:
        """The terms of a dataset.

        Args:
            known: words by what they name; a longer or a shorter one that is not there is the
                usual one.
            unit: which of them reach is counted in; empty where it is counted in none.
        """
        words = {
            term: known.get(term) or known.get(_usual(term)) or _PLAIN[_usual(term)]
            for term in TERMS
        }
        return cls(**words, unit=words[unit] if unit else _PLAIN["place"])

    @property
    def reaches(self) -> dict[str, str]:
        """How far evidence reaches, in words by code, widest first."""
        whole = self.territory.form(1, "celý")
        return {
            "region": whole,
            "nearly_all": f"téměř {whole}",
            "some": self.unit.form(1, "některý", plural=True),
            "unknown": "neznámý",
        }


def _usual(term: str) -> str:
    """Whose longer or shorter form a word is; the word itself where it has none."""
    return term.partition("_")[0]


with (Path(__file__).parent / "terms.csv").open(encoding="utf-8", newline="") as _stream:
    #: The plainest words, which hold of any strategy.
    _PLAIN = nouns(csv.DictReader(_stream))
#: What has words of its own in ``words.csv``, and of it what is counted.
TERMS = tuple(field.name for field in fields(Terms) if field.name != "unit")
COUNTED = tuple(term for term in TERMS if _PLAIN[_usual(term)].plural)
