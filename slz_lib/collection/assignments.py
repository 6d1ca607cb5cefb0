"""An assignment: what one body was asked and has returned, round after round, and how far it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from slz_lib.collection.asking import answered, asked_again, open_questions, questions_of
from slz_lib.collection.forms import RESPONDENT, Form, Identity
from slz_lib.collection.intake import QUARANTINED, STAGED, Intake, Issued, taken
from slz_lib.collection.returned import Returned
from slz_lib.collection.rounds import standing
from slz_lib.collection.values import Words
from slz_lib.vocabulary import Labelled


class Receipt(Labelled):
    """What became of a returned file."""

    READ = "read", "přečten celý"
    PARTLY = "partly", "přečten, něco se nepoznalo"
    BLANK = "blank", "nikdo nic nevyplnil"
    UNKNOWN = "unknown", "nepoznalo se, který je to formulář"
    BESIDE = "beside", "jen text mimo tabulky"
    COPY = "copy", "týž soubor podruhé"
    REFUSED = "refused", "nelze přečíst"
    PASSED = "passed", "nepatří k\u00a0odpovědím"


class State(Labelled):
    """How far the assignment of a body is."""

    DRAFT = "draft", "nevydáno"
    SENT = "sent", "odesláno"
    RETURNED = "returned", "vráceno"
    ASKED_AGAIN = "asked_again", "znovu dotázáno"
    ACCEPTED = "accepted", "přijato"
    REOPENED = "reopened", "po přijetí znovu otevřeno"


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """What one body has returned so far.

    Attributes:
        form: the form as it goes out first.
        files: a row a file, see :func:`file_row`.
        staged: the answers that stand, with ``party``: who answers where a body stands for many.
        quarantined: the others, likewise.
        warnings: what is doubtful, likewise.
        open: what is to be asked again, by party.
    """

    form: Form
    files: Sequence[dict[str, Any]]
    staged: pd.DataFrame
    quarantined: pd.DataFrame
    warnings: pd.DataFrame
    open: Mapping[str, pd.DataFrame]

    @property
    def rounds(self) -> int:
        """The last round in which something was answered; none where nothing was."""
        told = (row["round"] for row in self.files if row["outcome"] != Receipt.BLANK)
        return max(told, default=0)

    @property
    def again(self) -> dict[str, Form]:
        """The forms of the next round, by name of a file without its ending."""
        number = self.rounds + 1
        forms = self.asking(number) if number > 1 else []
        name = f"{self.form.identity.form}.{number}"
        return {
            f"{name}-{at}" if _stands_for_many(self.form) else name: form
            for at, form in enumerate(forms, start=1)
        }

    def asking(self, number: int) -> list[Form]:
        """The forms of a round that ask for what is open so far, one a respondent."""
        forms = []
        for party, wanted in self.open.items():
            own = self.staged[self.staged["party"].eq(party) & self.staged["measure_id"].eq("")]
            introduced = dict(own[["field", "value"]].itertuples(index=False, name=None))
            if len(wanted):
                forms.append(asked_again(self.form, wanted, introduced, number))
        return forms

    def row(self, accepted: Collection[str], *, made: bool) -> dict[str, Any]:
        """How far the body is.

        Args:
            accepted: digests of the files that data have as sources.
            made: whether the form went out.
        """
        digests = {row["digest"] for row in self.files if row["outcome"] != Receipt.BLANK}
        known = digests.intersection(accepted)
        left = sum(map(len, self.open.values()))
        if not digests:
            state = State.SENT if made else State.DRAFT
        elif known:
            state = State.ACCEPTED if known == digests else State.REOPENED
        else:
            state = State.ASKED_AGAIN if left else State.RETURNED
        asked = questions_of(self.form)
        met = answered(asked, self.staged)
        who = (" – ".join(filter(None, (row["place"], row["respondent"]))) for row in self.files)
        return {
            "body": self.form.identity.body,
            "form": self.form.identity.form,
            "state": str(state),
            "round": self.rounds,
            "who": "; ".join(dict.fromkeys(filter(None, who))),
            "answered": int(met.sum()),
            "asked": len(asked),
            "percent": round(100 * met.mean()) if len(asked) else 100,
            "open": left,
            "remind": state == State.SENT or bool(digests and left),
        }


def assigned(
    form: Form,
    workbook: bytes | None,
    words: Words,
    arrived: Iterable[tuple[Returned, Identity, str]],
) -> Assignment:
    """All that came back of a form; what was asked again follows from the rounds before it.

    Args:
        form: the form as it goes out first.
        workbook: its workbook as it went out; made anew when not given.
        words: words of the data.
        arrived: the files that are of the form, and why that is not sure.
    """
    found, intakes = _settled(form, ()), list[Intake]()
    ordered = sorted(arrived, key=lambda each: (each[1].round, each[0].arrived, each[0].name))
    issued = {form.identity.digest: Issued.of(form, workbook)} if ordered else {}
    for number, returns in groupby(ordered, key=lambda each: each[1].round):
        asked = {again.identity.digest: again for again in found.asking(number)}
        # Data may have changed since it went out; where one was asked, it is that one.
        alone = next(iter(asked.values())) if len(asked) == 1 and number > 1 else None
        for returned, identity, why in returns:
            digest = identity.digest
            again = asked.get(digest, alone)
            if again and digest not in issued:
                issued[digest] = Issued.of(again)
            issue = issued.get(digest, issued[form.identity.digest])
            intakes.append(taken(returned, identity, issue, words, why))
        found = _settled(form, intakes)
    return found


def _settled(form: Form, intakes: Sequence[Intake]) -> Assignment:
    """What stands of the files, and what is to be asked in the next round."""
    many = _stands_for_many(form)
    parties = [_party(each.source) if many else "" for each in intakes]

    def of_all(columns: list[str], table: str) -> pd.DataFrame:
        pairs = zip(intakes, parties, strict=True)
        return together(
            columns, (getattr(each, table).assign(party=party) for each, party in pairs)
        )

    staged, quarantined = of_all(STAGED, "staged"), of_all(QUARANTINED, "quarantined")
    if intakes:
        given = {column.name for part in form.sheets for column in part.columns if column.given}
        staged, quarantined = standing(staged, quarantined, given)
    return Assignment(
        form,
        [file_row(each) for each in intakes],
        staged,
        quarantined,
        of_all(QUARANTINED, "warnings"),
        {
            party: open_questions(
                form,
                staged[staged["party"].eq(party)],
                quarantined[quarantined["party"].eq(party)],
            )
            for party in sorted({*parties})
        },
    )


def _stands_for_many(form: Form) -> bool:
    return RESPONDENT["place"] in set(form.sheets[0].rows["item"])


def _party(source: Mapping[str, Any]) -> str:
    """Who answers where a body stands for many: a place, an organisation, else whoever."""
    return f"{source['place']} {source['organisation']}".strip() or str(source["respondent"])


def together(columns: list[str], frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Rows of many files with ``party``; none where there is no file."""
    return pd.concat([pd.DataFrame(columns=[*columns, "party"]), *frames], ignore_index=True)


def file_row(intake: Intake, why: str = "") -> dict[str, Any]:
    """The row of a file that could be opened: whose it is, ``outcome``, how much was read."""
    staged = len(intake.staged[["sheet", "cell"]].drop_duplicates())
    held = intake.quarantined
    if held.empty:
        outcome, why = Receipt.READ if staged else Receipt.BLANK, ""
    elif intake.identity is not None:
        outcome = Receipt.PARTLY
    elif held["cell"].eq("").all():
        outcome, why = Receipt.BESIDE, ""  # each of its texts has a sentence of its own
    else:
        outcome = Receipt.UNKNOWN
    numbers = {"staged": staged, "quarantined": len(held)}
    return {**intake.source, **numbers, "outcome": str(outcome), "why": why}
