"""Which measures somebody means: by area, body, status, deadline, goal or district, as people say.

A name is a code, an id, a number or a Czech word of the data, in any case and without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from slz_lib.dataset.nearest import called, nearest
from slz_lib.dataset.trees import ancestry
from slz_lib.errors import ParameterError
from slz_lib.evaluation.period import JudgedPeriod
from slz_lib.evaluation.responses import evidence_in
from slz_lib.evaluation.summaries import NO_STATUS
from slz_lib.language import enumerate_words, format_date, plain
from slz_lib.untrusted import shown
from slz_lib.vocabulary import Deadline, DeadlineKind, Role

#: Our words by those under which people look for them first.
_OTHER_WORDS = {
    "okruh": "area", "oblast": "area", "gestor": "body", "subjekt": "body", "stav": "status",
    "spoluprace": "cooperating", "termin": "deadline", "cil": "goal", "obvod": "district",
    "orp": "district", "opatreni": "measure",
}  # fmt: skip
#: Deadlines by their kind.
_KINDS = {
    "pevný": DeadlineKind.FIXED,
    "průběžně": DeadlineKind.CONTINUOUS,
    "na událost": DeadlineKind.EVENT,
    "bez termínu": DeadlineKind.NONE,
}
#: How a measure without a lead or a status is asked for.
_NONE = ("neurčen", "bez gestora", "bez stavu")
#: More names than this are only counted.
_NAMED = 4
#: Of names that advise a reader, so many.
_LISTED = 20


def measures_meant(
    judged: JudgedPeriod, asked: Mapping[str, object]
) -> tuple[list[str], tuple[str, ...]]:
    """Ids of the measures that answer to all that is asked, and what is asked in words.

    What :meth:`slz_lib.evaluation.Evaluation.only` takes may be asked; ``None`` asks for nothing.

    Raises:
        ParameterError: what is asked, or a value of it, is unknown; names every such one.
    """
    chosen = pd.Series(data=True, index=judged.judgements.index)
    words: list[str] = []
    faults: list[str] = []
    known = named(judged)
    for key, value in asked.items():
        if value is None:
            continue
        listed = isinstance(value, Iterable) and not isinstance(value, str)
        values = list(value) if listed else [value]  # type: ignore[call-overload]
        if key == "deadline":
            noun, (mask, said) = "termín", _ending(judged.judgements, values, faults)
        elif key in known:
            noun, names = known[key]
            ids = [one for value in values for one in ids_of(noun, names, value, faults)]
            mask = _answering(judged, key, ids)
            said = names["said"].reindex(ids).fillna(_NONE[0]).tolist()
        else:
            kinds = [*known, "deadline"]
            near = nearest(plain(key), [*kinds, *_OTHER_WORDS])
            near = _OTHER_WORDS.get(near or "", near)
            advice = f"nejbližší je {near}" if near else f"lze podle: {', '.join(kinds)}"
            faults.append(f"Vyhodnocení nelze zúžit podle „{shown(key)}“; {advice}.")
            continue
        chosen &= mask
        said = list(dict.fromkeys(said))
        few = len(said) <= _NAMED
        told = enumerate_words(said, "nebo") if few else f"z\u00a0{len(said)} vybraných"
        words.append(f"{noun} {told}" if said else f"{noun}: nic z\u00a0výběru")
    if faults:
        raise ParameterError(" ".join(faults))
    return judged.judgements.loc[chosen, "measure_id"].tolist(), tuple(words)


def named(judged: JudgedPeriod) -> dict[str, tuple[str, pd.DataFrame]]:
    """What each kind of thing is called, and the names of each thing; index and column ``id``.

    ``said`` is how a sentence names it. A name may be several, parted by semicolons.
    """
    data, terms = judged.dataset, judged.terms
    steps = data.statuses.rename(columns={"code": "id"})
    goals, districts = data.goals, data.districts
    areas, measures = data.areas, data.measures
    short = f"{terms.district_short} " + districts["name"]
    body_names = data.bodies["short_name"], ["name", "published_forms"]
    kinds: dict[str, tuple[str, pd.DataFrame, pd.Series, list[str]]] = {
        "area": (str(terms.area), areas, areas["id"], ["short_name", "name"]),
        "body": ("gestor", data.bodies, *body_names),
        "cooperating": ("spolupracující subjekt", data.bodies, *body_names),
        "status": ("stav", steps, steps["label"], ["spoken", "sign"]),
        "goal": ("cíl", goals, goals["number"].fillna(goals["name"]), ["name"]),
        "district": ("území", districts, short, ["name", "csu_code"]),
        "measure": ("opatření", measures, measures["id"], ["title", "designation"]),
    }
    return {
        key: (
            noun,
            rows.assign(said=said.astype("str"))[["id", "said", *names]].set_index(
                "id", drop=False
            ),
        )
        for key, (noun, rows, said, names) in kinds.items()
    }


def ids_of(noun: str, names: pd.DataFrame, value: object, faults: list[str]) -> list[str]:
    """Ids of what is called ``value``, by the surest kind of name; else a fault is added."""
    asked = plain(str(value))
    if noun in ("gestor", "stav") and asked in map(plain, ("", NO_STATUS, *_NONE)):
        return [""]
    if found := called(names, asked):
        return found
    forms = [names[name].dropna().str.split(";").explode().str.strip() for name in names]
    every = pd.concat(forms).tolist()
    part = (form for form in every if asked and asked in plain(form))
    near = nearest(str(value), every) or next(part, None)
    said = names["said"].dropna().tolist()
    more = " a\u00a0další" if len(said) > _LISTED else ""
    advice = (
        f"nejbližší je „{near}“" if near else f"jsou v\u00a0nich: {', '.join(said[:_LISTED])}{more}"
    )
    faults.append(
        f"{noun[0].upper()}{noun[1:]} „{shown(str(value))}“ v\u00a0datech není; {advice}."
    )
    return []


def _answering(judged: JudgedPeriod, key: str, ids: list[str]) -> pd.Series[bool]:
    """Which of the judgements answer to one of these."""
    table = judged.judgements
    match key:
        case "area":
            return table["area_id"].isin(ids)
        case "status":
            return table["status"].fillna("").isin(ids)
        case "body" | "cooperating":
            rows = judged.dataset.measure_bodies
            role = Role.LEAD if key == "body" else Role.COOPERATING
            held = rows[rows["role"].eq(str(role)) & rows["body_id"].isin(ids)]["measure_id"]
            return table["measure_id"].isin(held) | (table["lead_missing"] & ("" in ids))
        case "goal":
            # A measure serves a goal itself or with its area, and whatever the goal is under.
            tree, links = ancestry(judged.dataset.goals), judged.dataset.links
            served = links[links["goal_id"].isin(tree.loc[tree["above"].isin(ids), "id"])]
            of_area = table["area_id"].isin(served["area_id"].dropna())
            return of_area | table["measure_id"].isin(served["measure_id"].dropna())
        case "district":
            named = [evidence_in(judged, district)["measure_id"] for district in ids]
            return table["measure_id"].isin([one for measures in named for one in measures])
    return table["measure_id"].isin(ids)


def _ending(
    table: pd.DataFrame, values: list[object], faults: list[str]
) -> tuple[pd.Series[bool], list[str]]:
    """Which deadlines end within one of the times, are of one of the kinds or so worded."""
    mask, said = pd.Series(data=False, index=table.index), []
    worded = table["deadline"].map(plain)
    kinds = {plain(word): str(kind) for word, kind in _KINDS.items()}
    for value in values:
        text = format_date(value) if isinstance(value, date) else str(value).strip()
        # A year out of a pandas table is often a decimal.
        text = text.removesuffix(".0") if isinstance(value, float) else text
        asked = plain(text)
        said.append(next(iter(table["deadline"][worded.eq(asked)]), text))
        if asked in kinds:
            mask |= table["deadline_kind"].eq(kinds[asked])
        elif worded.eq(asked).any():
            mask |= worded.eq(asked)
        elif span := _span(text):
            mask |= table["deadline_day"].between(*span)
        else:
            faults.append(
                f"Termínu „{shown(text)}“ nerozumíme; zadejte rok (2024), měsíc („2024-12“), "
                "čtvrtletí („2024-Q3“), den („2024-12-31“), roky („2024–2025“) nebo druh: "
                f"{', '.join(f'„{word}“' for word in _KINDS)}."
            )
    return mask, said


def _span(text: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The first and the last moment of a time; ``None`` where it is none."""
    years = re.fullmatch(r"(\d{4}) ?[-–] ?(\d{4})", text)
    spelled = re.fullmatch(r"\d{4}(-(Q[1-4]|\d\d(-\d\d)?))?", text)
    try:
        times = years.groups() if years else [text if spelled else Deadline.parse(text).until]
        ends = [pd.Period(time.replace("-Q", "Q")) for time in times]
        return ends[0].start_time, ends[-1].end_time
    except ValueError:
        return None
