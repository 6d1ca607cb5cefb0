"""Reasons why a step does not fit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from slz_lib.language import NO_BREAK_SPACE, enumerate_words

#: What stands in the way of a step: its kind (a capacity of a body in quarters, a precedence, a
#: first quarter, a pin, a ban), and what it is about.
Element = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A least set of elements that keeps a step out.

    Attributes:
        step: id of the step.
        number: which of its reasons, from 1.
        whatever: it holds wherever the other steps may stand, and not only where they stand now.
        enough: without any one of them the step fits, whatever else stands in its way.
    """

    step: str
    number: int
    elements: tuple[Element, ...]
    whatever: bool
    enough: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What sentences call quarters and bodies.

    Attributes:
        quarters: how each quarter of the horizon is called, ``2024-Q1``.
        bodies: names of bodies; a body without one is called by its id.
    """

    quarters: tuple[str, ...]
    bodies: Mapping[str, str] = field(default_factory=dict)

    def code(self, element: Element) -> str:
        """``("capacity", "OSV", "2")`` → ``capacity:OSV:2024-Q3``; of all quarters without one."""
        kind, *about = element
        if kind == "capacity":
            when = about[1:]
            about[1:] = [self.quarters[int(q)] for q in when] if len(when) == 1 else []
        return ":".join([kind, *about])

    def told(self, quarters: Iterable[int]) -> str:
        """``1., 2. a 3. čtvrtletí 2024 a 1. čtvrtletí 2025``, or all of them in a word."""
        numbers = sorted(quarters)
        if len(numbers) == len(self.quarters) > 1:
            return "žádném čtvrtletí plánu"
        years: dict[str, list[str]] = {}
        for year, _, number in (self.quarters[n].partition("-Q") for n in numbers):
            years.setdefault(year, []).append(f"{number}." if number else year)
        return enumerate_words(
            [
                f"{enumerate_words(of_year)} čtvrtletí {year}".replace(". č", f".{NO_BREAK_SPACE}č")
                for year, of_year in years.items()
            ]
        )

    def room(self, quarters: list[int], lasts: int) -> str:
        """Where there is no room for what takes ``lasts`` quarters in a row."""
        if lasts == 1:
            return self.told(quarters)
        if lasts < len(self.quarters):
            return f"žádných {lasts}\u00a0čtvrtletích po sobě"
        return "celém období plánu"

    def sentence(self, reason: Reason, ends: Mapping[str, int], lasts: Mapping[str, int]) -> str:
        """Why a step does not fit.

        Args:
            reason: what keeps it out.
            ends: the last quarters of steps with a place.
            lasts: how many quarters a step without a place takes a body, by body.
        """
        full: dict[str, list[int]] = {}
        others = []
        for kind, *about in reason.elements:
            match kind:
                case "capacity":
                    full.setdefault(about[0], []).extend(int(q) for q in about[1:])
                case "requires":
                    place = (
                        f"který skončí v\u00a0{self.told([ends[about[1]]])}"
                        if about[1] in ends
                        else "který sám nemá místo"
                    )
                    others.append(f"krok {about[0]} čeká na krok {about[1]}, {place}")
                case "window":
                    others.append(f"krok {about[0]} nesmí začít dřív")
                case "pin":
                    others.append(f"krok {about[0]} má začátek pevně určen")
                case _:
                    others.append(f"krok {about[0]} je z\u00a0plánu vyřazen")
        rooms = [
            f"{self.bodies.get(body, body)} nemá dost volných člověkodnů "
            f"v\u00a0{self.room(when, lasts.get(body, 1))}"
            for body, when in full.items()
        ]
        again = ["další důvod"] if reason.number > 1 else []
        now = [] if reason.whatever else ["stojí-li ostatní kroky, kde jsou"]
        told = ": ".join([*again, *now, "; ".join([*rooms, *others])])
        any_one = (
            "kteroukoli z\u00a0těchto podmínek" if others or len(rooms) > 1 else "jedno čtvrtletí"
        )
        way = f" Stačí uvolnit {any_one}."
        whole = f"{told[:1].upper()}{told[1:]}."
        return whole + (way if reason.enough and len(reason.elements) > 1 else "")
