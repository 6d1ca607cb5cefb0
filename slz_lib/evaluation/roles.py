"""What a period says of one body: its roles, and what it reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slz_lib.evaluation.responses import MUNICIPALITIES, MUNICIPALITY, supplied

if TYPE_CHECKING:
    import pandas as pd

    from slz_lib.evaluation.evaluation import Evaluation


def roles_of(evaluation: Evaluation, body: str) -> pd.DataFrame:
    """The roles of a body in measures of the period.

    Returns:
        One row a role: ``measure_id``, ``role``, ``assignment`` (codes).
    """
    roles = evaluation.dataset.measure_bodies
    columns = ["measure_id", "role", "assignment"]
    return roles.loc[roles["body_id"].eq(body), columns].reset_index(drop=True)


def reported_by(evaluation: Evaluation, body: str) -> pd.DataFrame:
    """What a body reported itself, also on measures in which it has no role.

    Evidence that nothing was supplied is not among it. Each municipality is one of *the
    municipalities*.

    Returns:
        One row a piece of evidence: ``id``, ``measure_id``, ``reporter``, ``criterion``, ``state``,
        ``reach``, ``note`` (as in the data).
    """
    return _said(evaluation, {body})


def reported_on(evaluation: Evaluation, body: str) -> list[str]:
    """The measure of each piece of evidence that a body or anybody below it reported."""
    parents = evaluation.dataset.bodies.set_index("id")["parent_id"]
    parts, found = set[str](), {body}
    while found:
        parts |= found
        found = set(parents.index[parents.isin(found)]) - parts
    return _said(evaluation, parts)["measure_id"].tolist()


def _said(evaluation: Evaluation, bodies: set[str]) -> pd.DataFrame:
    rows = evaluation.evidence
    reporter = rows["reporter"]
    known = reporter.mask(reporter.str.startswith(MUNICIPALITY, na=False), MUNICIPALITIES)
    columns = ["id", "measure_id", "reporter", "criterion", "state", "reach", "note"]
    return supplied(rows.loc[known.isin(bodies), columns]).reset_index(drop=True)
