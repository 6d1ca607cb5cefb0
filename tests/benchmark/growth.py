"""What writing costs when the strategy grows: ``python tests/benchmark/growth.py WHAT TIMES``.

Run in the folder of a checkout, which may be another one than this. The data are the real ones,
multiplied in memory; nothing of the growth is real. Printed are the seconds of the writing alone.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd

import slz_lib
from slz_lib.dataset.schemas import TABLES

try:
    from tests.samples.plain_run import document
except ModuleNotFoundError:  # where an earlier checkout has it
    from tests.benchmark.plain import document  # type: ignore[attr-defined]

#: What grows, as the table says it.
MEASURES = "PDF zprávy při desetinásobku opatření proti dnešnímu počtu"
DISTRICTS = "Přehled ORP při 200 obvodech proti 10"
#: By how many times what grows is multiplied, the small and the large case.
TIMES = {MEASURES: (1, 10), DISTRICTS: (1, 20)}
_WORDS = {"measures": MEASURES, "districts": DISTRICTS}
_FORMATS = ("html", "docx", "pdf", "xlsx")


def command(python: Path | str, what: str, times: int) -> list[str]:
    """The command that measures one case."""
    word = next(word for word, named in _WORDS.items() if named == what)
    return [str(python), str(Path(__file__).resolve()), word, str(times)]


def more_measures(dataset: slz_lib.Dataset, times: int) -> slz_lib.Dataset:
    """The data with every measure and what belongs to it so many times, the copies renumbered."""
    tables: dict[str, Any] = {"acknowledgements": dataset.acknowledgements.iloc[:0]}
    for name in (table.name for table in TABLES):
        frame = dataset.table(name)
        if name == "measures" or ("measure_id" in frame and name != "acknowledgements"):
            copies = [_renumbered(frame, 1000 * number) for number in range(times)]
            tables[name] = pd.concat(copies, ignore_index=True)
    return replace(dataset, **tables)


def _renumbered(frame: pd.DataFrame, more: int) -> pd.DataFrame:
    """A copy of the rows of a table, of measures whose number is by ``more`` higher."""
    if not more:
        return frame
    changed: dict[str, Any] = {}
    for column in frame.columns.intersection(["measure_id", "into_measure_id"]):
        changed[column] = frame[column].map(lambda known: _higher(known, more))
    if "number" in frame:
        changed |= {"id": frame["id"].map(lambda known: _higher(known, more))}
        changed |= {"number": frame["number"] + more}
    elif "id" in frame:
        changed["id"] = frame["id"] + f"-{more}"
    return frame.assign(**changed).astype(frame.dtypes.to_dict())


def _higher(measure: object, more: int) -> object:
    if not isinstance(measure, str):
        return measure
    area, number = measure.split(".")
    return f"{area}.{int(number) + more}"


def more_districts(dataset: slz_lib.Dataset, times: int) -> slz_lib.Dataset:
    """The data with so many times as many municipalities with extended powers."""
    copies = [
        dataset.districts.assign(
            id=dataset.districts["id"].str.replace("ORP-5", f"ORP-{6000 + number}"),
            name=dataset.districts["name"] + f" {number}",
        )
        for number in range(1, times)
    ]
    return replace(dataset, districts=pd.concat([dataset.districts, *copies], ignore_index=True))


def written(name: str, parameters: dict[str, object], forms: tuple[str, ...]) -> None:
    """Make a document of a shipped notebook and write it nowhere."""
    made = document(Path("notebooks", f"{name}.ipynb").resolve(), parameters)
    for form in forms:
        import_module(f"slz_lib.documents.{form}").render(made)


def timed(work: Callable[[], object]) -> dict[str, float]:
    """What a piece of work took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def main() -> int:
    """Measure one case and print it as JSON."""
    what, times = _WORDS[sys.argv[1]], int(sys.argv[2])
    dataset = slz_lib.load("data")
    if what == MEASURES:
        grown = more_measures(dataset, times)
        with mock.patch.object(slz_lib, "load", return_value=grown, create=True):
            made = document(Path("notebooks", "annual_report.ipynb").resolve(), {})
        took = timed(lambda: import_module("slz_lib.documents.pdf").render(made))
    else:
        grown = more_districts(dataset, times)
        brief: dict[str, object] = {"district": "ORP-5105"}
        judged = slz_lib.evaluate(grown, "2022-2023")
        with mock.patch.multiple(
            slz_lib, load=lambda _: grown, evaluate=lambda *_, **__: judged, create=True
        ):
            written("district_brief", brief, ("html",))  # fills the caches
            took = timed(lambda: written("district_brief", brief, _FORMATS))
    sys.stdout.write(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
