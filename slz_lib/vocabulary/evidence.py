"""What evidence says, how far it reaches, and who coded it."""

from __future__ import annotations

from enum import StrEnum

from slz_lib.vocabulary.labels import Labelled


class EvidenceState(Labelled):
    """What a piece of evidence says of its criterion, best first."""

    DONE = "done", "trvale splněno"
    FULFILLED = "fulfilled", "plněno"
    PARTIAL = "partial", "plněno částečně"
    PREPARING = "preparing", "teprve se připravuje"
    NOT_DONE = "not_done", "neplněno"
    NOTHING_SUPPLIED = "nothing_supplied", "podklad nedodán"


class Reach(Labelled):
    """How far in the region a piece of evidence reaches, widest first."""

    REGION = "region", "celý kraj"
    NEARLY_ALL = "nearly_all", "téměř celý kraj"
    SOME = "some", "některé obce"
    UNKNOWN = "unknown", "neznámý"


class ReachBasis(Labelled):
    """What a share of the territory is counted in."""

    MUNICIPALITIES = "municipalities", "obcí"
    POPULATION = "population", "obyvatel"


class Coder(StrEnum):
    """Who coded the evidence of a period, the second blind to the first."""

    FIRST = "first"
    SECOND = "second"


class Settlement(Labelled):
    """How a difference of two codings was settled."""

    FIRST = "first", "první čtení"
    SECOND = "second", "druhé čtení"
    OWN = "own", "třetí čtení"
