"""Nouns in all cases, words that agree with them, and those that sentences count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slz_lib.errors import ParameterError
from slz_lib.language.figures import count, plural as agreeing_form
from slz_lib.language.words import enumerate_words

#: The cases by their Czech numbers, in the order in which forms are written; the fifth, in which
#: somebody is called, stands in no report.
CASES = (1, 2, 3, 4, 6, 7)

#: Endings of adjectives like *celý* by gender, in the order of :data:`CASES`.
_HARD = {
    "masculine": ("ý ého ému ý ém ým", "é ých ým é ých ými"),
    "feminine": ("á é é ou é ou", "é ých ým é ých ými"),
    "neuter": ("é ého ému é ém ým", "á ých ým á ých ými"),
}
#: The same of adjectives like *územní*.
_SOFT = {
    "masculine": ("í ího ímu í ím ím", "í ích ím í ích ími"),
    "feminine": ("í í í í í í", "í ích ím í ích ími"),
    "neuter": ("í ího ímu í ím ím", "í ích ím í ích ími"),
}
#: *Tento* is no adjective, but agrees like one.
_THIS = {
    "masculine": ("tento tohoto tomuto tento tomto tímto", "tyto těchto těmto tyto těchto těmito"),
    "feminine": ("tato této této tuto této touto", "tyto těchto těmto tyto těchto těmito"),
    "neuter": ("toto tohoto tomuto toto tomto tímto", "tato těchto těmto tato těchto těmito"),
}
#: The cases in which five and more govern what they count.
_DIRECT = (1, 4)
#: *All* in the other cases, whatever the gender.
_ALL = {2: "všech", 3: "všem", 6: "všech", 7: "všemi"}
#: Endings of participles like *schválil* and *splněn*: singular and plural.
_PARTICIPLE = {"masculine": ("", "y"), "feminine": ("a", "y"), "neuter": ("o", "a")}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun, or several words that stand for one, in all cases.

    Attributes:
        gender: ``masculine`` (inanimate), ``feminine`` or ``neuter``.
        singular: the forms in the order of :data:`CASES`.
        plural: the same; empty where nobody counts it.
    """

    gender: str
    singular: tuple[str, ...]
    plural: tuple[str, ...] = ()

    def form(self, case: int, adjective: str = "", *, plural: bool = False) -> str:
        """The noun in a case, after an adjective where one is given: *v celém kraji*.

        Args:
            case: its Czech number, 1 to 7 without 5.
            adjective: in the first case of the masculine (*celý*, *územní*).
            plural: whether there are more of them.

        Raises:
            ParameterError: there is no such case, or the adjective does not end in ``ý`` or ``í``.
        """
        forms = self.plural if plural else self.singular
        if case not in CASES or not forms:
            known = ", ".join(map(str, CASES))
            raise ParameterError(f"Pád {case} slovo „{self}“ nemá; pády jsou {known}.")
        noun = forms[CASES.index(case)]
        return f"{self.agreeing(adjective, case, plural=plural)} {noun}" if adjective else noun

    def agreeing(self, adjective: str, case: int = 1, *, plural: bool = False) -> str:
        """An adjective or *tento* alone, as it agrees; the arguments are those of :meth:`form`."""
        if adjective == "tento":
            return _THIS[self.gender][plural].split()[CASES.index(case)]
        kinds = {"ý": _HARD, "í": _SOFT}
        if adjective[-1:] not in kinds:
            raise ParameterError(
                f"Přídavné jméno „{adjective}“ zapište v 1. pádě rodu mužského (celý, územní)."
            )
        endings = kinds[adjective[-1]][self.gender][plural].split()
        return adjective[:-1] + endings[CASES.index(case)]

    def it(self, case: int) -> str:
        """The pronoun that stands for it: 2 *ho*, *jí*; 6 *něm*, *ní*."""
        feminine = self.gender == "feminine"
        return {2: ("ho", "jí"), 6: ("něm", "ní")}[case][feminine]

    def participle(self, masculine: str, *, plural: bool = False) -> str:
        """A participle that agrees: ``schválil`` → *schválilo (zastupitelstvo)*."""
        return masculine + _PARTICIPLE[self.gender][plural]

    def counted(self, number: float, case: int = 1) -> str:
        """Number and noun on one line, as they stand in a case: *22 částí*, (k) *22 částem*."""
        several = self.form(case, plural=True)
        # Five and more are a noun of their own, which what they count follows in the genitive.
        many = self.form(2, plural=True) if case in _DIRECT else several
        return count(number, self.form(case), several, many, self.form(2))

    @property
    def forms(self) -> tuple[str, str, str]:
        """What it is after 1, after 2 to 4, and after more of them."""
        return self.form(1), self.form(1, plural=True), self.form(2, plural=True)

    def every(self, number: int, case: int = 1) -> str:
        """All of so many, or none: *všech 7 opatření*, *obě opatření*, *jediné opatření*."""
        if number < 2:
            return self.form(case, "jediný" if number else "žádný")
        direct = case in _DIRECT
        if number == 2:
            both = "oba" if self.gender == "masculine" else "obě"
            both = both if direct else "oběma" if case in (3, 7) else "obou"
            return f"{both} {self.form(case, plural=True)}"
        few = "všechna" if self.gender == "neuter" else "všechny"
        all_ = agreeing_form(number, "", few, "všech") if direct else _ALL[case]
        return f"{all_} {self.counted(number, case)}"

    def numbered(self, number: int, adjective: str) -> str:
        """An adjective alone after a number of them: *7 tematických* (okruhů)."""
        one, few = self.agreeing(adjective), self.agreeing(adjective, plural=True)
        return count(number, one, few, self.agreeing(adjective, 2, plural=True))

    def named(self, names: Sequence[str], case: int = 1) -> str:
        """It with its names, in the right number: *okruhu II*, *okruzích II a III*."""
        return f"{self.form(case, plural=len(names) != 1)} {enumerate_words(names)}"

    def __str__(self) -> str:
        return self.singular[0]


def _neuter(one: str) -> Noun:
    """A noun like *opatření*, which has few endings."""
    forms = ("", "", "", "", "", "m"), ("", "", "m", "", "ch", "mi")
    return Noun("neuter", *(tuple(one + ending for ending in number) for number in forms))


def _masculine(stem: str, singular: str, plural: str) -> Noun:
    """A noun by its stem and its endings in the order of the cases, ``-`` for none."""
    numbers = [[stem + ending.strip("-") for ending in part.split()] for part in (singular, plural)]
    return Noun("masculine", *map(tuple, numbers))


def _soft(stem: str) -> Noun:
    """A noun like *údaj*."""
    return _masculine(stem, "- e i - i em", "e ů ům e ích i")


def _hard(stem: str) -> Noun:
    """A noun like *podklad*."""
    return _masculine(stem, "- u u - u em", "y ů ům y ech y")


_MEASURE = _neuter("opatření")
_STEP = _masculine("kro", "k ku ku k ku kem", "ky ků kům ky cích ky")

#: The nouns by what filters of prose call them.
NOUNS = {
    "opatreni": _MEASURE,
    "posouzene": Noun(
        "neuter",
        tuple(_MEASURE.form(case, "posouzený") for case in CASES),
        tuple(_MEASURE.form(case, "posouzený", plural=True) for case in CASES),
    ),
    "kroky": _STEP,
    "podklady": _hard("podklad"),
    "tvrzeni": _neuter("tvrzení"),
    "zjisteni": _neuter("zjištění"),
    "udaje": _soft("údaj"),
    "subjekty": _hard("subjekt"),
    "komentare": _soft("komentář"),
    "indikatory": _hard("indikátor"),
}


def counted(number: float, noun: str, case: int = 1) -> str:
    """``number`` with a noun of :data:`NOUNS`: ``2 kroky``, in a case ``12 opatřením``."""
    return NOUNS[noun].counted(number, case)
