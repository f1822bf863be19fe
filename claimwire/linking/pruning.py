"""Pruning: which statements of a subject may still matter to a statement that comes in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from claimwire.claims import Evidence
from claimwire.linking.decisions import CORRECTED_WITHIN, Decision
from claimwire.linking.open_claims import Key
from claimwire.statements import Statement

LATENESS = timedelta(days=7)
"""How far behind the newest publication of its subject a statement may come, and still be linked as if in order."""


def reach(window: timedelta) -> timedelta:
    """How far back a decision reads: the window, but at least as far as a correction reads."""
    return max(window, CORRECTED_WITHIN)


def needed(
    statements: Sequence[Statement],
    decisions: Sequence[Decision],
    evidence: Mapping[Key, Evidence],
    horizon: datetime,
) -> set[str]:
    """Ids of the statements that stay if no new statement reads farther back than the horizon.

    Younger statements stay. So does the whole evidence of each claim that has a younger one. When the open claims are
    made anew, a claim that replaced an implied one takes over its evidence. So the opening of the implied claim and
    all answers to it stay too. They are one day's statements, since an implied claim gives way within a day.

    Parameters
    ----------
    statements, decisions
        Of the subject, in the order of publication.
    evidence
        The evidence after the last of them.
    """
    latest: dict[str, datetime] = {}
    for (claim, _), e in evidence.items():
        latest[claim] = max(e.statement.published, latest.get(claim, e.statement.published))
    stay = {s.id for s in statements if s.published >= horizon}
    stay |= {id for claim, id in evidence if latest[claim] >= horizon}
    replaces: dict[str, str] = {}
    answers: dict[str, list[str]] = defaultdict(list)
    for statement, decision in zip(statements, decisions, strict=True):
        if decision.replaces:
            replaces[statement.id] = decision.replaces
        for claim, _ in decision.joins:
            answers[claim].append(statement.id)
    waiting = list(stay)
    while waiting:
        replaced = replaces.get(waiting.pop())
        if replaced:
            new = {replaced, *answers[replaced]} - stay
            stay |= new
            waiting += new
    return stay
