"""Bodies that a report names, in the words that people use of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from slz_lib.language import plain


class CalledBodies:
    """The bodies of the data by what they are called."""

    def __init__(self, bodies: pd.DataFrame) -> None:
        """The bodies of this table."""
        forms = (bodies["short_name"] + ";" + bodies["name"] + ";" + bodies["published_forms"]).str
        ids = {
            plain(form): body
            for body, texts in zip(bodies["id"], forms.split(";"), strict=True)
            for form in texts
            if form.strip()
        }
        #: What bodies are called, the longest form first → id.
        self.ids: dict[str, str] = {form: ids[form] for form in sorted(ids, key=len, reverse=True)}
        self.parents: dict[str, str] = dict(
            bodies[["id", "parent_id"]].dropna().to_numpy().tolist()
        )

    def found(self, published: str) -> tuple[list[str], str]:
        """Bodies that a cell names, in its order, and what is left of its words.

        A longer form goes first (*MMR ČR* before *MMR*); where an office is named with a part of
        it (*KÚ LK / OSV*), the part is meant.
        """
        rest = plain(published)
        at: dict[str, int] = {}
        for form, body in self.ids.items():
            if match := re.search(rf"(?<!\w){re.escape(form)}(?!\w)", rest):
                at.setdefault(body, match.start())
                rest = rest[: match.start()] + " " * len(form) + rest[match.end() :]
        parts = {body: len(re.findall("[,;]", rest[:start])) for body, start in at.items()}
        wholes = {(whole, part) for body, part in parts.items() for whole in self._above(body)}
        found = [
            body for body in sorted(at, key=at.__getitem__) if (body, parts[body]) not in wholes
        ]
        return found, " ".join(re.sub(r"[,;/()+–-]|(?<!\w)a(?!\w)", " ", rest).split())

    def _above(self, body: str) -> Iterator[str]:
        """The bodies that a body is a part of."""
        while body := self.parents.get(body, ""):
            yield body
