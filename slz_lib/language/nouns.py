"""Nouns that sentences count, in all cases."""

from __future__ import annotations

from slz_lib.language.cases import CASES, Noun


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
