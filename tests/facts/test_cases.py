"""Words in cases: nouns with adjectives that agree, counted nouns, prepositions with a vowel."""

from __future__ import annotations

import re

import pytest

from slz_lib.errors import ParameterError
from slz_lib.language import CASES, Noun, after


def noun(gender: str, singular: str, plural: str = "") -> Noun:
    """A noun of forms that a comma divides."""
    return Noun(gender, tuple(singular.split(", ")), tuple(filter(None, plural.split(", "))))


CITY = noun("neuter", "město, města, městu, město, městě, městem")
PART = noun(
    "feminine",
    "městská část, městské části, městské části, městskou část, městské části, městskou částí",
    "městské části, městských částí, městským částem, městské části, městských částech, "
    "městskými částmi",
)
REGION = noun(
    "masculine",
    "kraj, kraje, kraji, kraj, kraji, krajem",
    "kraje, krajů, krajům, kraje, krajích, kraji",
)


JOINED = """
celý: celé město, celého města, celému městu, celé město, celém městě, celým městem
celý: celý kraj, celého kraje, celému kraji, celý kraj, celém kraji, celým krajem
celý: celé kraje, celých krajů, celým krajům, celé kraje, celých krajích, celými kraji
jižní: jižní město, jižního města, jižnímu městu, jižní město, jižním městě, jižním městem
jižní: jižní kraje, jižních krajů, jižním krajům, jižní kraje, jižních krajích, jižními kraji
jiný: jiná část, jiné části, jiné části, jinou část, jiné části, jinou částí
jiný: jiné části, jiných částí, jiným částem, jiné části, jiných částech, jinými částmi
jižní: jižní část, jižní části, jižní části, jižní část, jižní části, jižní částí
celý: celá města, celých měst, celým městům, celá města, celých městech, celými městy
"""


@pytest.mark.parametrize("told", JOINED.strip().splitlines())
def test_adjectives_agree_with_nouns(told: str) -> None:
    adjective, _, joined = told.partition(": ")
    bare = re.sub(r"\w+ (?=\w)", "", joined)
    genders = {"kraj": "masculine", "část": "feminine", "měst": "neuter"}
    word, plural = noun(genders[bare[:4]], bare, bare), bare.endswith(("aji", "mi", "sty"))
    assert ", ".join(word.form(case, adjective, plural=plural) for case in CASES) == joined


def test_participles_agree_with_nouns() -> None:
    assert [word.participle("schválil") for word in (REGION, PART, CITY)] == [
        "schválil",
        "schválila",
        "schválilo",
    ]
    assert [word.participle("splněn", plural=True) for word in (REGION, PART, CITY)] == [
        "splněny",
        "splněny",
        "splněna",
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 městských částí"),
        (1, "1 městská část"),
        (2, "2 městské části"),
        (22, "22 městských částí"),
        (1.5, "1,5 městské části"),
    ],
)
def test_nouns_are_counted(number: float, told: str) -> None:
    assert PART.counted(number) == told.replace(" ", "\u00a0", 1)


PREPOSITIONS = """
    v kraji; v celém kraji; ve městě; v celém městě; ve městech; v městské části; ve státě;
    ve správním obvodu; v obvodu; v okruhu; v oblasti; ve strategii; v plánu; ve firmě; ve vládě;
    ve třech; ve čtyřech; v programu; ve zprávě; ve škole; ve Zlíně; v Praze; ve dvou; v území;
    k městu; ke kraji; k celému kraji; ke státu; ke strategii; k plánu; k vládě; ke zprávě;
    ke správnímu obvodu; k oblasti; ke čtyřem; ke vsi; ke vzdělání;
    s krajem; s městem; se státem; se strategií; se správním obvodem; se sousedy; s plánem;
    s Agenturou; s městskou částí; s vládou; se zprávou; se školou; se třemi; se vsí;
    z kraje; z města; ze státu; ze strategie; ze správního obvodu; z plánu; z vlády; ze zprávy;
    ze samosprávy; ze šesti; ze čtyř; z městských částí; ze dne
"""


@pytest.mark.parametrize("told", " ".join(PREPOSITIONS.split()).split("; "))
def test_prepositions_take_a_vowel_where_they_need_one(told: str) -> None:
    preposition, _, words = told.partition(" ")
    assert after(preposition[0], words).replace("\u00a0", " ") == told
    assert ("\u00a0" in after(preposition[0], words)) == (len(preposition) == 1)


def test_what_has_no_form_is_said() -> None:
    with pytest.raises(ParameterError, match="Pád 5 slovo „město“ nemá"):
        CITY.form(5)
    with pytest.raises(ParameterError, match="Pád 1 slovo „město“ nemá"):
        CITY.form(1, plural=True)
    with pytest.raises(ParameterError, match=r"„jejich“ zapište v 1\. pádě"):
        CITY.form(1, "jejich")
