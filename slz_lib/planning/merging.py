"""Which measures say or do much the same: candidates to merge, ranked; people decide."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from slz_lib.evaluation import Evaluation
from slz_lib.evaluation.responses import supplied

#: So many candidates are worth reading.
_SHOWN = 30
#: So many words that two measures share are told, those that weigh most.
_TOLD = 5
#: Shorter words, such as prepositions, say nothing of a measure.
_SHORTEST = 4
#: Of so many words a phrase is that two commentaries share; fewer stand together by chance.
_PHRASE = 4


def merge_candidates(evaluation: Evaluation) -> pd.DataFrame:
    """Dvojice opatření, která se podobají zněním i podklady; nejpodobnější první.

    Nothing is merged by itself: ``data/plans/<horizon>/merges.csv`` says what is proposed. Alike
    is what uses the same words, a rare one more than a common one; names and the order of rows
    decide where two pairs are equally so.

    Returns:
        One row a pair: ``measure_id``, ``other_id``, ``similarity`` (0 to 1, the mean of the two
        that follow), ``wording`` (of title, designation, indicator and criteria), ``evidence`` (of
        notes and commentary), ``words`` (that the wordings share, the weightiest first),
        ``phrases`` (that the evidence of both has), ``bodies`` (with a role in both),
        ``indicators`` (kinds that both have), each joined by ``;``, and ``proposed`` (bool: the
        merges have the pair).
    """
    ids = evaluation.judgements["measure_id"].tolist()
    wordings, told = _wordings(evaluation).reindex(ids), _told(evaluation).reindex(ids).fillna("")
    (wording, weights, names), (evidence, _, _) = _alike(wordings), _alike(told)
    # Rounded, so that the order rests on no last bit of a sum.
    mean = ((wording + evidence) / 2).round(6)
    one, other = np.triu_indices(len(ids), k=1)
    likest = np.argsort(-mean[one, other], kind="stable")
    likest = likest[wording[one, other][likest] > 0][:_SHOWN]
    one, other = one[likest], other[likest]
    pairs = pd.DataFrame(
        {
            "measure_id": [ids[at] for at in one],
            "other_id": [ids[at] for at in other],
            "similarity": mean[one, other],
            "wording": wording[one, other],
            "evidence": evidence[one, other],
            "words": [_weightiest(shared, names) for shared in weights[one] * weights[other]],
        }
    )
    return pairs.assign(**_shared(evaluation, pairs, told))


def _weightiest(weights: NDArray[Any], names: list[str]) -> str:
    """The words that weigh most, joined by ``;``; of equal ones the first in the alphabet."""
    rounded = weights.round(9)
    places = sorted(rounded.nonzero()[0], key=lambda place: (-rounded[place], names[place]))
    return ";".join(names[place] for place in places[:_TOLD])


def _wordings(evaluation: Evaluation) -> pd.Series:
    """What each measure is about: title, designation, indicator and criteria, by its id."""
    measures = evaluation.dataset.measures.drop_duplicates("id", keep="last").set_index("id")
    criteria = evaluation.criteria.groupby("measure_id")["criterion"].agg(" ".join)
    parts = measures[["title", "designation", "indicator"]].join(criteria).fillna("")
    return parts.agg(" ".join, axis="columns")


def _told(evaluation: Evaluation) -> pd.Series:
    """What notes of evidence and commentaries say of each measure, by its id."""
    notes = supplied(evaluation.evidence).groupby("measure_id")["note"].agg(". ".join)
    commentary = evaluation.decisions.set_index("measure_id")["commentary"].reindex(notes.index)
    return notes + ". " + commentary.fillna("")


def _alike(texts: pd.Series) -> tuple[NDArray[Any], NDArray[Any], list[str]]:
    """How alike texts are two by two, the weights of their words, and the words."""
    # The library is heavy and only this asks for it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    lemmas = texts.map(_lemmas)
    if not lemmas.str.len().sum():  # of no words nothing can be learnt
        return np.zeros((len(texts), len(texts))), np.zeros((len(texts), 0)), []
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    weights = vectorizer.fit_transform(lemmas).toarray()
    return weights @ weights.T, weights, vectorizer.get_feature_names_out().tolist()


def _lemmas(text: str) -> list[str]:
    """The words of a text as dictionaries list them, without the short ones."""
    from simplemma import lemmatize

    words = re.findall(r"[^\W\d_]+", text.lower())
    return [str(lemmatize(word, lang="cs")) for word in words if len(word) >= _SHORTEST]


def _shared(evaluation: Evaluation, pairs: pd.DataFrame, told: pd.Series) -> dict[str, Any]:
    """What the two of each pair have in common besides words."""
    dataset = evaluation.dataset
    roles = dataset.measure_bodies.dropna(subset="body_id")
    bodies = roles.groupby("measure_id")["body_id"].agg(set)
    kinds = dataset.indicators.groupby("measure_id")["kind"].agg(set)
    said = told.map(_phrases)
    merged = {
        frozenset(pair) for pair in dataset.merges[["measure_id", "into_measure_id"]].to_numpy()
    }
    keys = list(zip(pairs["measure_id"], pairs["other_id"], strict=True))

    def both(sets: pd.Series) -> list[str]:
        empty: set[str] = set()
        return [
            ";".join(sorted(sets.get(one, empty) & sets.get(other, empty))) for one, other in keys
        ]

    return {
        "phrases": both(said),
        "bodies": both(bodies),
        "indicators": both(kinds),
        "proposed": [frozenset(pair) in merged for pair in keys],
    }


def _phrases(text: str) -> set[str]:
    """Every few words that follow one another in a sentence."""
    found = set()
    for sentence in re.split(r"[.;:]\s", text):
        words = re.findall(r"\w+", sentence)
        found |= {" ".join(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1)}
    return found
