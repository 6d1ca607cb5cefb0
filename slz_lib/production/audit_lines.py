"""An audit as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from slz_lib.language import format_number
from slz_lib.production.evaluation_lines import aligned
from slz_lib.vocabulary import Severity

if TYPE_CHECKING:
    from slz_lib.evaluation.audit import Audit


def audit_lines(audit: Audit) -> Iterator[str]:
    """Numbers of findings by kind, then the findings of each kind."""
    period = audit.period
    yield f"Audit období {period.label}, stav k\u00a0{period.as_of_label}"
    yield ""
    yield from aligned(_kind_rows(audit), numbers=(2, 3))
    for (label, severity), findings in audit.findings.groupby(["label", "severity"], sort=False):
        yield ""
        yield f"{label} (závažnost {Severity(str(severity)).label})"
        for finding in findings.fillna("").to_dict("records"):
            yield from _finding({str(name): str(value) for name, value in finding.items()})


def _kind_rows(audit: Audit) -> Iterator[tuple[str, ...]]:
    yield ("Druh", "závažnost", "zjištění", "vzato na vědomí")
    kinds = audit.by_kind
    columns = ["label", "severity", "findings", "acknowledged"]
    for label, severity, findings, acknowledged in kinds[columns].itertuples(index=False):
        numbers = (format_number(findings), format_number(acknowledged))
        yield (str(label), Severity(severity).label, *numbers)
    sums = kinds[["findings", "acknowledged"]].sum()
    yield ("celkem", "", *map(format_number, sums))


def _finding(finding: dict[str, str]) -> Iterator[str]:
    """One finding: what stands where and what comes out, why, on what, and who knows of it."""
    result = f" → {finding['recomputed']}" if finding["recomputed"] else ""
    yield f"  {finding['subject']}, {finding['place']}: {finding['claim']}{result}"
    yield f"    {finding['explanation']}"
    if finding["evidence"]:
        yield f"    Podklady: {finding['evidence']}"
    if finding["reason"]:
        yield f"    Vzato na vědomí ({finding['role']}): {finding['reason']}"
