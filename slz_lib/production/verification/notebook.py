"""Issued notebooks compared cell by cell, as the analyst counts the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slz_lib.documents.model import MIME
from slz_lib.documents.notebook import cell_name
from slz_lib.production.injecting import INJECTED_TAG
from slz_lib.production.verification import json_tree
from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.difference import Finding, UnreadableError
from slz_lib.production.verification.json_tree import value_changes, written
from slz_lib.production.verification.raw import compare as line_findings

_KINDS = {MIME: "bloky dokumentu", "stdout": "výpis", "stderr": "chybový výpis"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its Czech name and what the file says of it."""

    name: str
    content: Mapping[str, Any]


def read(data: bytes) -> Mapping[str, Any]:
    """The notebook's file.

    Raises:
        UnreadableError: it is no notebook.
    """
    content = json_tree.read(data)
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise UnreadableError("není to notebook")
    return content  # type: ignore[no-any-return]


def _is_cell(cell: object) -> bool:
    return (
        isinstance(cell, dict)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("source"), (str, list))
        and isinstance(outputs := cell.get("outputs", []), list)
        and all(isinstance(output, dict) for output in outputs)
    )


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    """Differences of cells in order, then those of the notebook as a whole."""
    pairs = paired(
        cells(old["cells"]),
        cells(new["cells"]),
        lambda cell: repr(cell.content),
        lambda cell: written(cell.content.get("id")),
        lambda cell: _text(cell.content["source"]),
    )
    for before, after in pairs:
        if before is None and after is not None:
            yield Finding(after.name, None, _text(after.content["source"]))
        elif before is not None and after is None:
            yield Finding(before.name, _text(before.content["source"]), None)
        elif before is not None and after is not None:
            yield from _cell_findings(before, after)
    for path, was, now in value_changes(_without(old, "cells"), _without(new, "cells")):
        yield Finding(f"údaje notebooku, {path}", was, now)


def cells(content: Sequence[Mapping[str, Any]]) -> list[Cell]:
    """Cells with their names; papermill's own is not counted, as the analyst does not see it."""
    result, number = [], 0
    for cell in content:
        tags = cell.get("metadata", {}).get("tags", [])
        if isinstance(tags, list) and INJECTED_TAG in tags:
            name = "vložená buňka s\u00a0parametry"
        else:
            number += 1
            name = cell_name(number, _text(cell["source"]))
        result.append(Cell(name, cell))
    return result


def _cell_findings(old: Cell, new: Cell) -> Iterator[Finding]:
    if old.content == new.content:
        return
    source = _text(old.content["source"]), _text(new.content["source"])
    yield from _within(f"{old.name}, zdroj", line_findings(*source))
    outputs, new_outputs = _outputs(old), _outputs(new)
    pairs = paired(outputs, new_outputs, repr, _sort_of_output)
    for number, (before, after) in enumerate(pairs, 1):
        place = f"{old.name}, výstup {number}"
        if before is None or after is None:
            was, now = (None if one is None else written(one) for one in (before, after))
            yield Finding(place, was, now)
        else:
            yield from _output_findings(place, before, after)
    rest, new_rest = (_without(cell.content, "source", "outputs") for cell in (old, new))
    for path, was, now in value_changes(rest, new_rest):
        yield Finding(f"{old.name}, {path}", was, now)


def _outputs(cell: Cell) -> list[dict[str, Any]]:
    return list(cell.content.get("outputs", []))


def _sort_of_output(output: Mapping[str, Any]) -> str:
    return written([output.get("output_type"), output.get("name")])


def _output_findings(
    place: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Finding]:
    """Differences of one output: of its kinds of data, of printed text, of the rest."""
    shown, new_shown = _shown(old), _shown(new)
    for kind in [*shown, *(kind for kind in new_shown if kind not in shown)]:
        where = f"{place} ({_KINDS.get(kind, kind)})"
        if kind not in shown or kind not in new_shown:
            sides = (written(side[kind]) if kind in side else None for side in (shown, new_shown))
            yield Finding(where, *sides)
            continue
        was, now = shown[kind], new_shown[kind]
        if isinstance(was, str) and isinstance(now, str):
            yield from _within(where, line_findings(was, now))
        else:
            for path, before, after in value_changes(was, now):
                yield Finding(f"{where}, {path}" if path else where, before, after)
    for path, before, after in value_changes(_without(old, *_SHOWN), _without(new, *_SHOWN)):
        yield Finding(f"{place}, {path}", before, after)


_SHOWN = ("data", "text")


def _shown(output: Mapping[str, Any]) -> dict[str, Any]:
    """What the output shows by its kind, as text where it is one."""
    data = output.get("data", {})
    kinds = {kind: _joined(value) for kind, value in data.items()} if isinstance(data, dict) else {}
    if "text" in output:
        kinds[written(output.get("name", "text"))] = _joined(output["text"])
    return kinds


def _joined(value: Any) -> Any:
    """A list of lines, as notebooks store text, as one text."""
    lines = isinstance(value, list) and all(isinstance(line, str) for line in value)
    return "".join(value) if lines else value


def _text(source: Any) -> str:
    return written(_joined(source))


def _within(place: str, found: Iterator[Finding]) -> Iterator[Finding]:
    for finding in found:
        yield finding._replace(element=f"{place}, {finding.element}")


def _without(content: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in keys}
