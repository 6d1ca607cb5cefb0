"""Which form a returned file is: by its properties, its first sheet, or what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from slz_lib.collection.form_workbook import PROPERTY
from slz_lib.collection.forms import IDENTITY, INTRO, ITEMS, SCHEMA, Form, Identity
from slz_lib.collection.placing import cells_of
from slz_lib.collection.returned import Returned
from slz_lib.collection.sentences import said
from slz_lib.collection.values import cleaned
from slz_lib.dataset.nearest import hint
from slz_lib.language import plain

#: Whose form a file is where it does not say so: so alike are the texts of both (of a hundred), and
#: so much less those of any other form.
_SAME, _APART = 40, 10


def identified(returned: Returned, forms: Mapping[str, Form]) -> tuple[Identity | None, str]:
    """Which form a file is, by its properties, its sheet „Úvod“, or else what stands in it.

    Returns:
        The identity, or none, and a Czech sentence that says why it is none or not sure.
    """
    properties = {name: returned.properties.get(PROPERTY.format(name), "") for name in IDENTITY}
    told = [properties, _written(returned)]
    named = list(dict.fromkeys(each["form"].strip() for each in told if each.get("form")))
    if len(named) > 1:
        return None, said("two_forms", one=named[0], other=named[1])
    alike = likest(returned, forms)
    name = named[0] if named else alike
    fields = {key: text for each in reversed(told) for key, text in each.items() if text}
    schema = fields.get("schema", SCHEMA)
    if not name:
        return None, said("no_form")
    if name not in forms:
        return None, said("other_form", text=name, near=hint(name, list(forms)))
    if schema != SCHEMA:
        return None, said("schema", text=schema, read=SCHEMA)
    # A copy that asks again holds a part of its form, which may be the whole of a small one.
    if alike and alike != name and _given(forms[alike]) & _there(returned) - _given(forms[name]):
        return None, said("filled_for", text=name, read=alike)
    number = fields.get("round", "1").strip()
    asked = int(number) if re.fullmatch("[1-9][0-9]{0,2}", number) else 1
    known = forms[name].identity
    identity = replace(known, round=asked, digest=fields.get("digest", known.digest))
    return identity, "" if named else said("by_texts", read=name)


def _written(returned: Returned) -> dict[str, str]:
    """Fields of an identity as a sheet says them, each beside its words."""
    found: dict[str, str] = {}
    for left, cell in pairwise(cells_of(returned.cells)):
        name = ITEMS.get(plain(left.text), "")
        if name in IDENTITY and (left.sheet, left.row) == (cell.sheet, cell.row):
            found.setdefault(name, cell.text)
    return found


def likest(returned: Returned, forms: Mapping[str, Form]) -> str:
    """The form whose filled-in texts a file has; empty where no one form stands out."""
    # Texts of one form are texts of others too: what the file has besides counts against a form.
    there = _there(returned) & frozenset().union(*map(_given, forms.values()))
    scores = {"": 0.0}
    for name, form in forms.items():
        texts = _given(form)
        scores[name] = 200 * len(texts & there) / max(len(texts) + len(there), 1)
    best, *others = sorted(scores, key=lambda name: -scores[name])
    stands_out = scores[best] >= _SAME and scores[best] - scores[[*others, ""][0]] >= _APART
    return best if stands_out else ""


@lru_cache(maxsize=256)
def _given(form: Form) -> frozenset[str]:
    """The texts that a form is filled in with beforehand; every file is compared with them."""
    parts = (part.rows.to_numpy().ravel() for part in form.sheets if part.name != INTRO)
    return frozenset(cleaned(text) for part in parts for text in part) - {""}


def _there(returned: Returned) -> set[str]:
    return {cell.text for cell in cells_of(returned.cells)}
