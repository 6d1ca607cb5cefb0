"""What evidence says, how far it reaches, and who coded it."""

from __future__ import annotations

from enum import StrEnum


class EvidenceState(StrEnum):
    """What a piece of evidence says of its criterion, best first."""

    DONE = "done"
    FULFILLED = "fulfilled"
    PARTIAL = "partial"
    PREPARING = "preparing"
    NOT_DONE = "not_done"
    NOTHING_SUPPLIED = "nothing_supplied"

    @property
    def label(self) -> str:
        """The state in Czech."""
        return {
            "done": "trvale splněno",
            "fulfilled": "plněno",
            "partial": "plněno částečně",
            "preparing": "teprve se připravuje",
            "not_done": "neplněno",
            "nothing_supplied": "podklad nedodán",
        }[self.value]


class Reach(StrEnum):
    """How far in the region a piece of evidence reaches, widest first."""

    REGION = "region"
    NEARLY_ALL = "nearly_all"
    SOME = "some"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The reach in Czech."""
        return {
            "region": "celý kraj",
            "nearly_all": "téměř celý kraj",
            "some": "některé obce",
            "unknown": "neznámý",
        }[self.value]


class ReachBasis(StrEnum):
    """What a share of the territory is counted in."""

    MUNICIPALITIES = "municipalities"
    POPULATION = "population"

    @property
    def label(self) -> str:
        """The basis in Czech, as it follows *podíl*."""
        return {"municipalities": "obcí", "population": "obyvatel"}[self.value]


class Coder(StrEnum):
    """Who coded the evidence of a period, the second blind to the first."""

    FIRST = "first"
    SECOND = "second"


class Settlement(StrEnum):
    """How a difference of two codings was settled."""

    FIRST = "first"
    SECOND = "second"
    OWN = "own"

    @property
    def label(self) -> str:
        """The settlement in Czech."""
        return {"first": "první čtení", "second": "druhé čtení", "own": "třetí čtení"}[self.value]
