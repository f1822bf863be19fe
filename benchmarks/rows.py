"""Rows of the tables, as the agents would have written them of made-up statements."""

from collections.abc import Iterator
from functools import cache
from random import Random

from benchmarks.late import SUBJECT, statements
from claimwire.claim_state import ClaimState
from claimwire.claims import by_claim
from claimwire.items import Origin, PubStatus
from claimwire.judging import judge
from claimwire.linking import WINDOW, SubjectLinks
from claimwire.linking.pruning import LATENESS
from claimwire.linking.subject_rows import SubjectRow
from claimwire.statements import Statement
from claimwire.subject_updates import Told, take
from claimwire.versions import SubjectChange
from streams.codecs import encode

BY_SUBJECT = 1000
"""Statements of one subject. All subjects have the same, under other names."""


@cache
def linked(days: int, pruned: bool) -> tuple[dict[str, SubjectRow], Told]:
    """The rows of a subject whose statements span so many days, and what they tell."""
    links = SubjectLinks(SUBJECT, WINDOW, LATENESS if pruned else None)
    rows: dict[str, SubjectRow] = {}
    told: Told = []
    for made in statements(BY_SUBJECT, Random(1), days):
        taken = take(links, [said(made)], {})
        rows |= taken.rows
        rows |= links.prune()
        told += taken.told
    return rows, told


def said(statement: Statement) -> SubjectChange:
    """The statement, as the only one of its item at the subject."""
    origin = Origin(item=statement.item, version=1, pub_status=PubStatus.USABLE)
    return SubjectChange(subject=SUBJECT, order=statement.order, origin=origin, said=(statement,))


def subject_rows(number: int, days: int, pruned: bool) -> Iterator[tuple[int, bytes, bytes]]:
    """Rows of `link` for so many statements: the number of the subject, key, value."""
    values = {id: encode(row) for id, row in linked(days, pruned)[0].items()}
    for subject in range(number // BY_SUBJECT):
        name = f"{SUBJECT}{subject:06}"
        for id, value in values.items():
            yield subject, f"{name}\0{id}".encode(), value.replace(SUBJECT.encode(), name.encode())


def claim_rows(number: int, days: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Rows of `judge` for so many claims: the number of the subject, key, value."""
    states: dict[str, ClaimState] = {}
    for change in by_claim(linked(days, False)[1]):
        states[change.claim] = judge(states.get(change.claim) or ClaimState(id=change.claim), change).state
    values = [(id, key, encode(held)) for id, state in states.items() for key, held in state.held.items()]
    for subject in range(number // len(states)):
        for claim, key, value in values:
            own = f"{subject:06}{claim}"
            yield subject, f"{own}\0{key}".encode(), value.replace(claim.encode(), own.encode())
