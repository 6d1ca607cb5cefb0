"""Synthetic replies: the cells of a form as it went out, typed into, moved about, never a file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from slz_lib.collection.form_workbook import workbook
from slz_lib.collection.forms import Form
from slz_lib.collection.identifying import identified
from slz_lib.collection.intake import Intake, Issued, taken
from slz_lib.collection.kinds import gathered
from slz_lib.collection.placing import cells_of
from slz_lib.collection.returned import Returned
from slz_lib.collection.typed import place_of
from slz_lib.collection.values import Words

At = tuple[int, int]


def lost(returned: Returned, issued: Issued | None, intake: Intake) -> list[str]:
    """What somebody typed that is neither staged nor quarantined, or is both; nothing, by law.

    Counted from the file and from the cells of the form as it went out, without looking where
    anything stands: a cell may be left out only if the form has one of the same text to spare.

    Args:
        returned: the file.
        issued: the form as it went out; none where nobody knows which it was.
        intake: what was made of the file.
    """
    there = {(cell.sheet, cell.cell): cell.text for cell in cells_of(returned.cells)}
    staged = {*intake.staged[["sheet", "cell"]].itertuples(index=False, name=None)}
    held = Counter(intake.quarantined[["sheet", "cell"]].itertuples(index=False, name=None))
    spare = Counter(text for _, text in issued.cells) if issued else Counter()
    spare.subtract(text for at, text in there.items() if at not in staged and at not in held)
    of_form = {*issued.outside} if issued else set()
    outside = Counter(text for text in returned.outside["text"] if text not in of_form)
    outside.subtract(intake.quarantined.loc[intake.quarantined["cell"].eq(""), "value"])
    twice = {at for at, many in held.items() if at[1] and (many > 1 or at in staged)}
    invented = {at for at in {*staged, *held} if at[1] and at not in there}
    return [
        *(text for text, left in spare.items() if left < 0),
        *(text for text, left in outside.items() if left),
        *(" ".join(at) for at in sorted(twice | invented)),
    ]


@dataclass
class Reply:
    """A form that somebody fills in.

    Attributes:
        form: the form.
        cells: sheet → row and column → kind, text, whether typed, whether hidden.
        outside: texts outside cells that somebody typed.
    """

    form: Form
    cells: dict[str, dict[At, tuple[str, str, bool, bool]]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = gathered(workbook(self.form), "form.xlsx")
        self.properties = dict(found["properties"])
        for sheet, row, column, kind, value, hidden in found["cells"]:
            self.cells.setdefault(sheet, {})[row, column] = (kind, value, False, hidden)

    def put(
        self, sheet: str, at: At, text: str, kind: str = "text", *, hidden: bool = False
    ) -> None:
        """Type into a cell."""
        self.cells[sheet][at] = (kind, text, True, hidden)

    def say(self, name: str, row: int, text: str, kind: str = "text") -> str:
        """Answer in a column of a row of a table (from 0); the sheet and cell."""
        part = next(each for each in self.form.sheets[1:] if name in each.rows and name != "role")
        at = row + 2, [column.name for column in part.columns].index(name) + 1
        self.put(part.title, at, text, kind)
        return place_of(*at)

    def introduce(self, item: str, text: str) -> None:
        """Answer beside an item of the first sheet."""
        cells = self.cells[self.form.sheets[0].title]
        row = next(row for (row, _), cell in cells.items() if cell[1] == item)
        self.put(self.form.sheets[0].title, (row, 2), text)

    def move(self, sheet: str, to: Callable[[int, int], At]) -> None:
        """Put every cell of a sheet elsewhere."""
        self.cells[sheet] = {to(*at): cell for at, cell in self.cells[sheet].items()}

    @property
    def typed(self) -> set[tuple[str, str]]:
        """Sheet and cell of all that somebody typed."""
        return {
            (sheet, place_of(*at))
            for sheet, cells in self.cells.items()
            for at, cell in cells.items()
            if cell[2]
        }

    def returned(self, name: str = "odpoved.xlsx") -> Returned:
        """The reply as a reader of its file has it."""
        rows = [
            (sheet, *at, place_of(*at), kind, text, hidden)
            for sheet, cells in self.cells.items()
            for at, (kind, text, _, hidden) in sorted(cells.items())
        ]
        columns = ["sheet", "row", "column", "cell", "kind", "value", "hidden"]
        outside = pd.DataFrame(
            [("komentář u buňky A2", text) for text in self.outside], columns=["place", "text"]
        )
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()
        cells = pd.DataFrame(rows, columns=columns)
        return Returned(name, digest, "", "", self.properties, cells, outside)

    def intake(self, words: Words) -> Intake:
        """What comes of it, by the law: all that was typed is staged or quarantined, once."""
        returned = self.returned()
        issued = Issued.of(self.form)
        identity, why = identified(returned, {self.form.identity.form: self.form})
        found = taken(returned, identity, issued if identity else None, words, why)
        assert not lost(returned, issued if identity else None, found)
        kept = pd.concat([found.staged, found.quarantined])
        held = {
            *kept.loc[kept["cell"].ne(""), ["sheet", "cell"]].itertuples(index=False, name=None)
        }
        assert held >= self.typed
        assert identity is None or held == self.typed
        return found
