"""Changes of the data as transactions: checked with everything else, written whole or not at all.

Tables that agree are checked for what only an evaluation shows: rules have to decide every case,
decisions that depart from the evidence need their reasons, what was acknowledged has to be
something that the audit finds, and causes have to cover every plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from slz_lib.dataset import Dataset, load
from slz_lib.dataset.changing import Change, brought, replacing
from slz_lib.dataset.faults import FaultyDataError
from slz_lib.dataset.loading import PENDING, foreseen
from slz_lib.dataset.opening import Opening
from slz_lib.dataset.schemas import BY_NAME
from slz_lib.dataset.spelling import canonical
from slz_lib.errors import EvaluationError
from slz_lib.evaluation import evaluate
from slz_lib.evaluation.audit import audit
from slz_lib.evaluation.linting import lint
from slz_lib.evaluation.rules import rule_set, versions
from slz_lib.language import count
from slz_lib.planning.drafting import drafted
from slz_lib.production.writing import move_files, write_files, write_folder


def check(dataset: Dataset) -> None:
    """Check every version of the rules, and every period under the rules in force.

    Raises:
        EvaluationError: something is wrong; one sentence a fault, of all versions and periods.
    """
    if faults := _faults_of(dataset):
        raise _refusal(faults)


def _faults_of(dataset: Dataset) -> list[str]:
    """What :func:`check` finds, one sentence a fault."""
    sets = (rule_set(dataset, version) for version in versions(dataset))
    of_rules = (fault for rules in sets for fault in lint(rules))
    # A period under faulty rules repeats what was said of the rules.
    return list(dict.fromkeys([*of_rules, *_of_periods(dataset)]))


def _refusal(faults: Sequence[str]) -> EvaluationError:
    """The error that tells the faults."""
    number = count(len(faults), "vadu", "vady", "vad")
    head = f"Tabulky jsou v\u00a0pořádku, vyhodnocení má však {number}:"
    return EvaluationError("\n".join([head, *faults]))


def _of_periods(dataset: Dataset) -> Iterator[str]:
    for period in dataset.periods["id"]:
        try:
            evaluation = evaluate(dataset, str(period))
            audit(evaluation)
            for horizon in dataset.plans_after(period)["id"]:
                drafted(evaluation, horizon)
        except EvaluationError as error:
            yield from str(error).splitlines()


def write_opening(opening: Opening, data: Path) -> Path:
    """Write the tables of a period or a plan that begins into the data folder.

    Args:
        opening: as :func:`slz_lib.dataset.opening.opening` or ``plan_opening`` returns.
        data: folder of the tables; it gets the new folder.

    Returns:
        The new folder.

    Raises:
        ParameterError: the folder is there already; it stays as it is.
        OutputError: the folder cannot be written; nothing of it is left.
    """
    described = [BY_NAME[name] for name in opening.tables]
    target = (data / described[0].file(opening.period.id)).parent
    tables = {
        Path(each.path).name: canonical(opening.tables[each.name], each) for each in described
    }
    write_folder(target, tables)
    return target


def write_changes(changes: Sequence[Change], data: Path, *, dry: bool = False) -> tuple[str, ...]:
    """Check the data as they would be, and write what changes.

    Args:
        changes: the changes; files that stay as they are, are not touched.
        data: folder of the tables.
        dry: whether nothing is written.

    Returns:
        What changes, as lines; none where nothing does.

    Raises:
        DataError: the data would have faults; nothing is written.
        EvaluationError: their evaluation would; nothing is written.
        OutputError: the files cannot be written.
    """
    needed = [change for change in changes if change.changed]
    _require_sound(needed, data)
    if needed and not dry:
        files = {change.file: change.content for change in needed}
        if len(files) == 1:
            write_files(data, files)
        else:
            write_folder(data / PENDING, files)
            finish(data)
    return tuple(line for change in needed for line in change.lines())


def finish(data: Path) -> Path:
    """The data folder, with what a killed run has left of its change brought into place."""
    if (data / PENDING).is_dir() and not (data / PENDING).is_symlink():
        move_files(data / PENDING, data)
    return data


def _require_sound(changes: Sequence[Change], data: Path) -> None:
    """Stop at faults of changed files, and at those that they bring; older ones elsewhere may stay.

    Raises:
        DataError: there are such faults.
        EvaluationError: the evaluation has.
    """
    replaced = replacing(data, changes)
    try:
        dataset = foreseen(data, replaced)
    except FaultyDataError:
        if brought_along := brought(data, replaced):
            raise FaultyDataError(brought_along) from None
        return
    if faults := _faults_of(dataset):
        known: list[str] = []
        with suppress(FaultyDataError):
            known = _faults_of(load(data))
        if not set(faults) <= set(known):
            raise _refusal(faults)
