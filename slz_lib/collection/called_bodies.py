"""Bodies that a report names, in the words that people use of them."""

from __future__ import annotations

import re

import pandas as pd

from slz_lib.dataset.trees import ancestry
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
        #: Pairs of a body and one that it is a part of.
        self.within = {(part, of) for part, of in ancestry(bodies).to_numpy() if part != of}

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
        items = {body: len(re.findall("[,;]", rest[:start])) for body, start in at.items()}
        found = [
            body
            for body in sorted(at, key=at.__getitem__)
            if not any((of, body) in self.within and items[of] == items[body] for of in at)
        ]
        return found, " ".join(re.sub(r"[,;/()+–-]|(?<!\w)a(?!\w)", " ", rest).split())
