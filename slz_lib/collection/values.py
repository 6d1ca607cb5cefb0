"""One typed cell as data spell it, or a sentence that says why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from slz_lib.collection.forms import CAPACITY, PERSON_DAYS, Answer
from slz_lib.collection.sentences import said
from slz_lib.dataset import Dataset
from slz_lib.dataset.cells import unfit
from slz_lib.dataset.nearest import hint
from slz_lib.dataset.spelling import of_number
from slz_lib.dataset.times import kinds
from slz_lib.language import enumerate_words, format_date, month_genitive, plain
from slz_lib.vocabulary import EvidenceState, StepState, labels

#: A near miss is taken for a word that is so like it, and no other nearly so (of a hundred).
_ALIKE, _APART = 82, 8
#: Words from this likeness on are offered instead.
_NEAR = 50
#: Signs that are not seen and mean nothing.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_NOTHING = re.compile(r"[-–—−.,/\\]+|n/?a|nan|none|null", re.IGNORECASE)
#: Words before a number that is not exact.
_INEXACT = frozenset(
    {"asi", "cca", "ca", "priblizne", "zhruba", "kolem", "okolo", "~", "pres", "nad", "vice nez"}
    | {">", "pod", "do", "mene nez", "<"}
)
#: What may stand behind a number of person-days.
_DAYS = ("člověkoden", "člověkodny", "člověkodní", "člověkodnů", "den", "dny", "dní", "dnů")
_TIMES = {"tis.": 1_000, "tisic": 1_000, "mil.": 1_000_000, "milionu": 1_000_000}
_AMOUNT = re.compile(r"(?P<before>\D*?)(?P<digits>[-−]?\d(?:[\d., ]*\d)?)(?P<rest>\D*)")
#: How numbers are grouped: the sign between thousands and the one before decimals.
_GROUPED = (
    (re.compile(r"-?\d+(?:,\d+)?|-?\d{1,3}(?: \d{3})+(?:,\d+)?"), " ", ","),
    (re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:\.\d{3}){2,}"), ".", ","),
    (re.compile(r"-?\d+\.\d+|-?\d{1,3}(?: \d{3})+\.\d+"), " ", "."),
    (re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+|-?\d{1,3}(?:,\d{3}){2,}"), ",", "."),
)
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_MONTHS = {month_genitive(month): str(month) for month in range(1, 13)}
_DAY = re.compile(
    rf"(\d{{1,2}})\. ?(?:(\d{{1,2}})\. ?|({'|'.join(_MONTHS)}) )(\d{{4}})", re.IGNORECASE
)
#: Words that people write before a time of a figure.
_BEFORE_TIME = re.compile(
    r"^(?:(?:ke dni|k|dne) (?=\d{1,2}\.)|(?:za |v )?ro(?:k|ku|ce) |r\. "
    r"|(?:školní|šk\.) rok (?=\d{4} ?/))",
    re.IGNORECASE,
)
#: Days that a number can be, as a workbook counts them: the years 2000–2099.
_SERIALS, _SERIAL_ZERO = range(36_526, 73_051), date(1899, 12, 30)
_PERSONAL = (
    # From the beginning of a word only, for answers can be as long as somebody likes.
    ("e-mail", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("telefon", re.compile(r"(?<![\d/])(?:\+420[ .-]?)?[2-79]\d{2}(?:[ .-]?\d{3}){2}(?![\d/])")),
)
_BIRTH_NUMBER = re.compile(r"(?<!\d)\d{2}([0-8]\d)([0-3]\d)/?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Value:
    """What one cell says.

    Attributes:
        text: as data spell it; empty where it cannot be told.
        why: then a Czech sentence: what was found, what to do.
        ask: then whether somebody has to answer again.
        remarks: Czech sentences about what is doubtful though it was read.
        more: other fields that the same cell tells, as the unit behind a number.
    """

    text: str = ""
    why: str = ""
    ask: bool = True
    remarks: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


#: The words that answers are made of: field → what somebody may write → what data spell; of fields
#: of person-days, what may stand behind the number.
Words = Mapping[str, Mapping[str, str]]


def words_of(dataset: Dataset) -> Words:
    """The words of a dataset."""
    coded = {
        "state": labels(EvidenceState),
        "reach": dataset.terms.reaches,
        "answer": labels(Answer),
        "step_state": labels(StepState),
    }
    units = dataset.units[["unit", "one", "few", "fraction"]].to_numpy().tolist()
    places = {place: place for place in known_places(dataset)["id"]}
    quarterly = [f"{word} za čtvrtletí" for word in _DAYS]
    return {
        **{name: {word: code for code, word in told.items()} for name, told in coded.items()},
        "unit": {form: unit for unit, *forms in units for form in (unit, *forms)},
        "places": places,
        "place": places,
        **{name: dict.fromkeys(_DAYS, _DAYS[0]) for name in PERSON_DAYS},
        CAPACITY: dict.fromkeys([*_DAYS, *quarterly], _DAYS[0]),
    }


def known_places(dataset: Dataset) -> pd.DataFrame:
    """The places that answers may name: those of ``places``, seats of districts and partners.

    Returns:
        The columns of ``places``; the municipalities of a district without a seat are not known.
    """
    seats = dataset.districts.rename(columns={"id": "district_id", "name": "id"})
    seats = seats.assign(municipalities=seats["seat_code"].notna().map({True: 1, False: pd.NA}))
    partners = dataset.partnerships.drop(columns="id").rename(columns={"municipality": "id"})
    others = pd.concat([seats.drop(columns="population"), partners.assign(municipalities=1)])
    found = pd.concat([dataset.places, others.drop(columns="note")], ignore_index=True)
    found = found.drop_duplicates("id")[list(dataset.places)]
    return found.assign(municipalities=found["municipalities"].astype("Int64"))


def cleaned(text: str) -> str:
    """``text`` with letters composed, spaces of all kinds as single ones, and nothing unseen."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())


def value(name: str, number: bool, kind: str, typed: str, words: Words) -> Value:
    """What was typed into a cell of a column.

    Args:
        name: the column.
        number: whether it holds numbers.
        kind: kind of the cell.
        typed: the cell as it was typed.
        words: words of the data.
    """
    if kind in ("error", "bool") or (kind == "formula" and typed.startswith("=")):
        return Value(why=said(kind, text=typed))
    # Line ends are ordinary in a cell; other control signs are not, though they count as spaces.
    lines = re.sub(r"[\t\r\n\v\f]+", " ", typed)
    text = lines if re.search(r"[\x00-\x1f\x7f-\x9f]", lines) else cleaned(lines)
    if _NOTHING.fullmatch(text):
        return Value(why=said("nothing", text=text), ask=False)
    if advice := unfit(text):
        return Value(why=said("unfit", advice=advice))
    found = _read(name, number, kind, text, words)
    doubts = [
        said("of_formula", text=text) if kind == "formula" else "",
        personal(text),
    ]
    remarks = (*found.remarks, *filter(None, doubts))
    return replace(found, remarks=remarks) if found.text else found


def _read(name: str, number: bool, kind: str, text: str, words: Words) -> Value:
    known = words.get(name)
    if number:
        days = name in PERSON_DAYS
        return (_person_days if days else _amount)(kind, text, known or words["unit"])
    if name == "time":
        return _time(kind, text)
    if known is None:
        return Value(_in_words(kind, text))
    if name == "places":
        return _places(text, known)
    found = chosen(text, known)
    if name == "unit" and not found.text:
        return Value(text, remarks=(said("new_unit", text=text, near=hint(text, list(known))),))
    return found


def _in_words(kind: str, text: str) -> str:
    """A day or a share as it was seen in its cell; other texts as they are."""
    with suppress(ValueError):
        if kind == "date":
            return cleaned(format_date(date.fromisoformat(text)))
        if kind == "percent":
            return f"{of_number(round(float(text) * 100, 9)).replace('.', ',')} %"
    return text


def chosen(text: str, known: Mapping[str, str]) -> Value:
    """Which of the known words a text is; a near miss only where it can be one of them."""
    from rapidfuzz import fuzz, process

    called = {meaning: word for word, meaning in reversed([*known.items()])}
    meant = {plain(code): code for code in called}
    meant |= {plain(word): meaning for word, meaning in known.items()}
    sought = plain(text).strip(" .,;:")
    if sought in meant:
        return Value(meant[sought])
    scored = process.extract(sought, list(meant), scorer=fuzz.ratio, limit=8)
    likeness: dict[str, float] = {}
    for word, score, _ in scored:
        likeness.setdefault(meant[word], score)
    (best, first), (_, second) = [*likeness.items(), ("", 0.0), ("", 0.0)][:2]
    words = set(re.findall(r"\w+", sought))
    within = {meant[word] for word in meant if words and words <= {*re.findall(r"\w+", word)}}
    if first >= _ALIKE and first - second >= _APART:
        within = {best}
    if len(within) == 1:
        (found,) = within
        return Value(found, remarks=(said("near", text=text, read=called[found]),))
    near = [f"„{called[meaning]}“" for meaning, score in likeness.items() if score >= _NEAR][:3]
    offered = f"; nejblíž je {enumerate_words(near, 'nebo')}" if near else ""
    return Value(why=said("option", text=text, near=offered))


def _person_days(kind: str, text: str, units: Mapping[str, str]) -> Value:
    """A number of person-days: of nothing else, and not less than none."""
    found = _amount(kind, text, units, "days_only")
    if (unit := found.more.get("unit", _DAYS[0])) != _DAYS[0]:
        return Value(why=said("days_only", text=unit))
    if found.text.startswith("-"):
        return Value(why=said("negative", text=found.text))
    return replace(found, more={})


def _amount(kind: str, text: str, units: Mapping[str, str], unknown: str = "unit_behind") -> Value:
    """A number, with what stands before and behind it.

    Args:
        kind: kind of the cell.
        text: the cell.
        units: what may stand behind a number.
        unknown: the sentence about anything else there.
    """
    if kind == "date":
        return Value(why=said("became_day", text=text))
    with suppress(ValueError):
        if kind == "percent":
            return Value(of_number(round(float(text) * 100, 9)), more={"unit": "%"})
        if kind in ("number", "formula"):
            return Value(of_number(float(text)))
    found = _AMOUNT.fullmatch(text)
    before = plain(found["before"]) if found else ""
    if not found or (before and before not in _INEXACT):
        return Value(why=said("not_number", text=text))
    number, why = _number(found["digits"].replace("−", "-"))
    # Czech amounts of money may end in a comma and a dash: no hellers.
    rest = re.sub(r"^,?[-–—]+", "", found["rest"]).strip()
    first, _, behind = rest.partition(" ")
    if plain(first) in _TIMES:
        number, first, behind = number * _TIMES[plain(first)], behind.strip(), ""
    more = {}
    if rest := f"{first} {behind}".strip():
        unit = chosen(rest, units)
        more["unit"] = unit.text
        why = why or ("" if unit.text else said(unknown, text=rest))
    inexact = (said("inexact", text=text),) if before else ()
    return Value(why=why) if why else Value(of_number(round(number, 9)), "", True, inexact, more)


def _number(digits: str) -> tuple[float, str]:
    """The number that digits with signs between them mean, or why none can be told."""
    if _EITHER.fullmatch(digits):
        whole, rest = digits.split(".")
        return 0, said("group", text=digits, whole=whole, rest=rest)
    for form, group, mark in _GROUPED:
        if form.fullmatch(digits):
            return float(digits.replace(group, "").replace(mark, ".")), ""
    return 0, said("digits", text=digits)


def _places(text: str, known: Mapping[str, str]) -> Value:
    """Places by name, as data list them; one that they do not know keeps the others waiting."""
    named = [part.strip() for part in re.split(r"[;,]| a ", text) if part.strip()]
    found = {part: chosen(part, known) for part in named}
    for part, each in found.items():
        if not each.text:
            return Value(why=said("place", text=part, near=hint(part, list(known))))
    remarks = tuple(remark for each in found.values() for remark in each.remarks)
    return Value(";".join(dict.fromkeys(each.text for each in found.values())), remarks=remarks)


def _time(kind: str, text: str) -> Value:
    """A time of a figure: a year, a school year, years or a day."""
    time, remark = _BEFORE_TIME.sub("", text), ""
    with suppress(ValueError):
        if kind == "date":
            time = date.fromisoformat(text[:10]).isoformat()
        elif day := _DAY.fullmatch(time):
            month = day[2] or _MONTHS[day[3].lower()]
            time = date(int(day[4]), int(month), int(day[1])).isoformat()
        elif kind == "number" and float(text) in _SERIALS:
            found = _SERIAL_ZERO + timedelta(float(text))
            time, remark = found.isoformat(), said("serial", text=text, read=format_date(found))
    time = re.sub(r"^(\d{2})(\d{2}) ?/ ?(\d{2})$", r"\1\2/\1\3", time)
    time = re.sub(r"^(\d{4}) ?[-–] ?(\d{4})$", r"\1-\2", time)
    if kinds(pd.Series([time], dtype="str")).iloc[0] == "unknown":
        return Value(why=said("time", text=text))
    return Value(time, remarks=(remark,) if remark else ())


def personal(text: str) -> str:
    """A sentence about what looks like personal data in a text; empty where nothing does."""
    found = [kind for kind, looks in _PERSONAL if looks.search(text)]
    if any(map(_is_birth_number, _BIRTH_NUMBER.finditer(text))):
        found.append("rodné číslo")
    return said("personal", kinds=enumerate_words(found)) if found else ""


def _is_birth_number(found: re.Match[str]) -> bool:
    """Whether digits are a birth number: months of women are moved by 50, of either by 20 more."""
    month, whole = int(found[1]) % 50, int(found[0].replace("/", ""))
    return whole % 11 == 0 and 1 <= month - 20 * (month > 20) <= 12 and 1 <= int(found[2]) <= 31
