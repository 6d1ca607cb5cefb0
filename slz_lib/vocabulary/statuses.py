"""The status of a measure as a step of a scale, and what the rules that derive it compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slz_lib.language import NO_BREAK_SPACE
from slz_lib.vocabulary.labels import Labelled


class CountsAs(Labelled):
    """What a step of a scale counts as, best first; code asks this, never for a step of one scale.

    *Done* is done for good; *running* is fulfilled, though it goes on; *partly* is better than
    nothing; *dropped* is given up by a decision, so that it is neither fulfilled nor failed.
    """

    DONE = "done", "trvale splněno"
    RUNNING = "running", "plněno"
    PARTLY = "partly", "plněno zčásti"
    NOT = "not", "neplněno"
    DROPPED = "dropped", "zrušeno"


#: What may be the sign of a step: circles, squares, diamonds, circled signs, ticks and crosses.
#: Word sets them in a face that has them all.
SIGNS = "■-▩◆-◈○-◗⊕-⊝✓-✘"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale: what a status is called, how it is drawn, what it counts as.

    Attributes:
        code: what tables hold.
        label: the word that documents print.
        sign: stands before the word.
        colour: fill (``#0B3C6F``); :func:`slz_lib.palette.letters_on` says what stands on it.
        spoken: the word within a sentence, as it follows *je*: ``částečně plněno``.
        counts_as: what the step means.
    """

    code: str
    label: str
    sign: str
    colour: str
    spoken: str
    counts_as: CountsAs

    @property
    def marked(self) -> str:
        """Sign and word, as every table and card shows a status."""
        return f"{self.sign}{NO_BREAK_SPACE}{self.label}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a strategy's scale, best first; those that count as dropped are the last."""

    steps: tuple[Step, ...]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __getitem__(self, code: str) -> Step:
        """The step of this code.

        Raises:
            KeyError: the scale has no such step.
        """
        found = next((step for step in self.steps if step.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    @property
    def codes(self) -> list[str]:
        """The codes, best first."""
        return [step.code for step in self.steps]

    @property
    def labels(self) -> dict[str, str]:
        """Code → label."""
        return {step.code: step.label for step in self.steps}

    @property
    def marked(self) -> dict[str, str]:
        """Code → sign and label."""
        return {step.code: step.marked for step in self.steps}

    @property
    def assessed(self) -> tuple[Step, ...]:
        """The steps that say how far a measure is fulfilled: all but the dropped ones."""
        return tuple(step for step in self.steps if step.counts_as is not CountsAs.DROPPED)

    @property
    def ranks(self) -> dict[str, int]:
        """Code → rank, 1 for the best; a dropped step has none."""
        return {step.code: rank for rank, step in enumerate(self.assessed, start=1)}

    @property
    def threshold(self) -> Step:
        """The last step that is fulfilled at all: it counts as done or running."""
        fulfilled = {CountsAs.DONE, CountsAs.RUNNING}
        return [step for step in self.steps if step.counts_as in fulfilled][-1]

    def that(self, *meanings: str) -> list[str]:
        """The codes of the steps that count as one of ``meanings`` (``done``, ``not`` …)."""
        wanted = {CountsAs(meaning) for meaning in meanings}
        return [step.code for step in self.steps if step.counts_as in wanted]


class Quantity(Labelled):
    """What a rule can compare of a measure; see ``slz_lib.evaluation.criteria.quantities``."""

    CRITERIA = "criteria", "počet kritérií"
    SHARE_DONE = "share_done", "trvale splněno"
    SHARE_FULFILLED = "share_fulfilled", "plněno"
    SHARE_ACTIVE = "share_active", "plněno i jen zčásti"
    SHARE_PREPARING = "share_preparing", "připravuje se"
    SUPPLIED = "supplied", "podklad dodán"
    REACH = "reach", "dosah"
    DEADLINE_FIXED = "deadline_fixed", "pevný termín"
    DEADLINE_PASSED = "deadline_passed", "termín uplynul"
