"""What a strategy calls its territory, its parts, its areas and itself: words in their cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slz_lib.language import Noun


def _noun(gender: str, singular: str, plural: str = "") -> Noun:
    cases = (
        tuple(form.replace("·", " ") for form in forms.split()) for forms in (singular, plural)
    )
    return Noun(gender, *cases)


_DISTRICT = _noun(
    "masculine",
    "obvod obvodu obvodu obvod obvodu obvodem",
    "obvody obvodů obvodům obvody obvodech obvody",
)
_PARTNER = _noun("masculine", "partner partnera partneru partnera partneru partnerem")
#: The plainest words, which hold of any strategy.
_PLAIN = {
    "territory": _noun("neuter", "území území území území území územím"),
    "strategy": _noun("feminine", "strategie strategie strategii strategii strategii strategií"),
    "plan": _noun(
        "masculine", "akční·plán akčního·plánu akčnímu·plánu akční·plán akčním·plánu akčním·plánem"
    ),
    "approver": _noun("masculine", "úřad úřadu úřadu úřad úřadu úřadem"),
    "area": _noun(
        "masculine",
        "okruh okruhu okruhu okruh okruhu okruhem",
        "okruhy okruhů okruhům okruhy okruzích okruhy",
    ),
    "district": _DISTRICT,
    "district_title": _DISTRICT,
    "district_full": _DISTRICT,
    "district_short": _DISTRICT,
    "county": _noun("masculine", "okres okresu okresu okres okresu okresem"),
    "municipality": _noun(
        "feminine", "obec obce obci obec obci obcí", "obce obcí obcím obce obcích obcemi"
    ),
    "partner": _PARTNER,
    "partner_short": _PARTNER,
}
_PLACE = _noun(
    "neuter", "místo místa místu místo místě místem", "místa míst místům místa místech místy"
)
_FORMS = ("title", "full", "short")

#: What has words of its own in ``words.csv``, and of it what is counted.
TERMS = tuple(_PLAIN)
COUNTED = tuple(term for term, noun in _PLAIN.items() if noun.plural)


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
        usual = {f"{term}_{form}": known[term] for term in known for form in _FORMS}
        words = {term: known.get(term, usual.get(term, plain)) for term, plain in _PLAIN.items()}
        return cls(**words, unit=words[unit] if unit else _PLACE)

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
