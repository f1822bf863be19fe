"""Statuses: what the evidence makes of a claim. Each side's latest word counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from claimwire.claims import Evidence, Proposition, Relation, own_voice
from claimwire.sides import party
from claimwire.statements import REPORTS, UNNAMED


class Status(StrEnum):
    """Where a claim stands."""

    RETRACTED = "retracted"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    DISPUTED = "disputed"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"


FOR = frozenset({Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES})
AGAINST = frozenset({Relation.DENIES, Relation.CONTRADICTS})
TAKES_BACK = frozenset({Relation.RETRACTS, Relation.DENIES})
DECISIVE = FOR | AGAINST | TAKES_BACK
"""A side that says "partly" or declines to comment leaves its earlier word standing."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the sides' latest words come to.

    Attributes
    ----------
    taken_back
        The claimant's side no longer stands by it.
    admitted
        A side against whose interest it is, or the authority concerned, says that it is so.
    ruled_out
        An independent side or the outlet itself says that it is not so.
    rejected
        A side that the claim is about says that it is not so.
    seconded
        Somebody else says the same.
    """

    taken_back: bool = False
    admitted: bool = False
    ruled_out: bool = False
    rejected: bool = False
    seconded: bool = False


STATUSES: tuple[tuple[Status, str, Callable[[Findings], bool]], ...] = (
    (
        Status.RETRACTED,
        "the claimant's side takes it back, or its items are killed",
        lambda found: found.taken_back,
    ),
    (
        Status.CONTESTED,
        "what confirms it and what refutes it stand against each other",
        lambda found: found.admitted and found.ruled_out,
    ),
    (
        Status.CONFIRMED,
        "a side against whose interest it is, or the authority concerned, says that it is so",
        lambda found: found.admitted,
    ),
    (
        Status.REFUTED,
        "an independent side or the outlet itself says that it is not so",
        lambda found: found.ruled_out,
    ),
    (
        Status.DISPUTED,
        "a side that the claim is about denies it or asserts an outcome that cannot hold with it",
        lambda found: found.rejected,
    ),
    (
        Status.CORROBORATED,
        "an independent side says the same",
        lambda found: found.seconded,
    ),
    (
        Status.UNVERIFIED,
        "nobody but the claimant's side has said it",
        lambda found: True,
    ),
)
"""The table of statuses: the first row whose condition holds is the status."""


def status_of(proposition: Proposition, evidence: Iterable[Evidence]) -> Status:
    """The status of a claim: a pure function of its set of evidence, in whatever order."""
    findings = weigh(proposition, evidence)
    return next(status for status, _, holds in STATUSES if holds(findings))


def weigh(proposition: Proposition, evidence: Iterable[Evidence]) -> Findings:
    """What each side's latest decisive word comes to.

    The claimant of an implied claim has not spoken, so nobody takes an implied claim back. A
    speaker whose side is unknown is independent of nobody: such words are kept and move nothing.
    Words that an item only recalls ("had denied") give way to whatever the side has said since.
    """
    latest: dict[str, Evidence] = {}
    for e in sorted(evidence, key=lambda e: (not e.statement.recalled, e.statement.place_in_stream)):
        if e.relation in DECISIVE:
            latest[e.statement.side] = e
    taken_back = admitted = ruled_out = rejected = seconded = False
    for side, e in latest.items():
        concerned = party(side) in map(party, proposition.about)
        if side == proposition.side and side not in (REPORTS, UNNAMED):
            taken_back |= e.relation in TAKES_BACK
            rejected |= e.relation is Relation.CONTRADICTS
        elif side in (REPORTS, UNNAMED):
            continue
        elif e.relation in FOR:
            admitted |= concerned and side not in proposition.favours
            seconded |= not concerned or side in proposition.favours
        elif concerned:
            rejected |= e.relation in AGAINST
        else:
            ruled_out |= e.relation in AGAINST or (own_voice(e.statement) and e.relation in TAKES_BACK)
    return Findings(taken_back, admitted, ruled_out, rejected, seconded)
