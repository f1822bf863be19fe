"""Loss counts: whether two sides' counts of one loss can both be true."""

import re

from claimwire.outcomes import Flag, has
from claimwire.rules import rule
from claimwire.sides import is_state
from claimwire.statements import Statement

TWICE = 2
"""Counts that differ by this factor exclude each other. A smaller difference may come of rising or rounded tolls."""

AT_LEAST = rule(
    r"\b(?:at least|more than|over|no (?:fewer|less) than|so far|already)\b",
    re.I,
    finds="at least 40 dead",
    passes="at last 40 dead",
)
"""Words beside the lower count that leave room for the higher one."""

IN_ALL = rule(
    r"\b(?:since (?:the )?(?:start|beginning|outbreak|invasion|war|february|\d)|so far in the|in the war|in all"
    r"|during (?:[\w’'-]+ ){0,3}(?:war|campaign|offensive|conflict)"
    r"|in total|total(?:led|s)?|overall|to date)\b",
    re.I,
    finds="lost 40,000 men since the start of the war",
    passes="lost 40 men since dawn",
)
"""Words beside a count of the whole war. The count of a battle must not be compared with it."""


def of_the_war(statement: Statement) -> bool:
    """Whether a statement counts a loss over the whole war."""
    return bool(IN_ALL.search(statement.proposition))


def without_one_count(statement: Statement, opener: Statement) -> bool:
    """Whether both are about losses, and do not give one count. Two such may well be two events at one place."""
    ours, theirs = statement.outcome, opener.outcome
    if not (ours and theirs and has(ours.code, Flag.TOLL) and has(theirs.code, Flag.TOLL)):
        return False
    return ours.count is None or ours.count != theirs.count


def exclude(statement: Statement, opener: Statement) -> bool:
    """Whether two sides count one side's losses so differently that one of them is wrong."""
    ours, theirs = statement.outcome, opener.outcome
    if not (ours and theirs and ours.count and theirs.count and ours.code == theirs.code and has(ours.code, Flag.TOLL)):
        return False
    if ours.negated or theirs.negated or not ours.target or ours.target != theirs.target:
        return False
    sides = {statement.side, opener.side}
    if len(sides) < 2 or ours.target not in sides or not all(map(is_state, sides)):
        return False
    if of_the_war(statement) != of_the_war(opener):
        return False
    lower = statement if ours.count < theirs.count else opener
    apart = max(ours.count, theirs.count) >= TWICE * min(ours.count, theirs.count)
    return apart and not AT_LEAST.search(lower.proposition)
