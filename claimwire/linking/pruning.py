"""Pruning: which statements of a subject may still matter to one that comes in time."""

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
    """How far back a decision reads: the window, and whatever its length, as far as a correction does."""
    return max(window, CORRECTED_WITHIN)


def needed(
    statements: Sequence[Statement],
    decisions: Sequence[Decision],
    evidence: Mapping[Key, Evidence],
    horizon: datetime,
) -> set[str]:
    """Ids of the statements that stay, where nothing that comes reads farther back than the horizon.

    What is younger stays, and the whole evidence of each claim with some evidence that is. A claim that
    took the place of an implied one takes over its evidence when the open claims are made anew, so the statement that
    opened the implied one stays too, with all that answered it: one day's statements, since an implied claim gives
    way within a day.

    Parameters
    ----------
    statements, decisions
        Of the subject, in the order of publication.
    evidence
        What stands after the last of them.
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
