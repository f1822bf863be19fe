"""Claims and the evidence joined to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claimwire.items import Origin
from claimwire.statements import OUTLET, Outcome, Relation, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What a claim says, and whom it concerns: all that weighing its evidence needs.

    Attributes
    ----------
    text
        The claim in words.
    claimant, side
        Who put it forward, and their side.
    about
        Sides that it concerns.
    favours
        Those of `about` in whose interest it is. The word of one of the others for it confirms.
    implied
        Whether it is known only from somebody's answer to it.
    """

    text: str
    claimant: str
    side: str
    about: tuple[str, ...] = ()
    favours: tuple[str, ...] = ()
    subject: str = ""
    outcome: Outcome | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedBy:
    """Whose word decides: the built-in reading's, or that of the maker of a verdict.

    Attributes
    ----------
    kind
        reading, model or person.
    name, version, reason, verdict
        The maker, its reason, and the id of the verdict; empty for the reading.
    """

    kind: str = "reading"
    name: str = ""
    version: str = ""
    reason: str = ""
    verdict: str = ""

    @property
    def words(self) -> str:
        """Who decides and why, in words; empty for the reading."""
        if not self.verdict:
            return ""
        return f"decided by {self.kind} {self.name}" + (f": {self.reason}" if self.reason else "")


READING = DecidedBy()
"""Where no verdict decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement joined to a claim.

    Attributes
    ----------
    claim
        Identifier of the claim: that of the statement that opened it.
    relation
        How the statement bears on the claim.
    why
        Named reasons for the join, in words.
    opens
        What the claim says, where this is the statement that opened it.
    since
        From when it is a claim: that statement's publication, or that of the first that answered it.
    verdict
        Id of the verdict that says so; empty where the reading does.
    """

    claim: str
    relation: Relation
    statement: Statement
    why: tuple[str, ...] = ()
    opens: Proposition | None = None
    since: datetime | None = None
    verdict: str = ""


def own_voice(statement: Statement) -> bool:
    """Whether the outlet itself speaks."""
    return statement.side.startswith(OUTLET)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChange:
    """Evidence joined to a claim, or withdrawn from it.

    Attributes
    ----------
    subject
        Where it was decided.
    revision
        Counts the changes of this statement's part in this claim at this subject, from 1. A lower one than the one
        known is an echo of the past.
    live
        Whether the statement bears on the claim now. A withdrawn one is sent as it last stood.
    superseded_by
        The claim that goes on in place of this one, where its opening statement is withdrawn.
    still_said
        Whether the item still makes the opening statement that is withdrawn, though no claim of it.
    due_to
        The item version that changed it, where that is not the one that makes the statement: one that no longer
        makes it, or another item's, that came between.
    path
        The claims by way of which it comes, where verdicts say that they are one with this; the first is the one to
        which the reading joined it.
    """

    evidence: Evidence
    subject: str
    revision: int
    live: bool = True
    superseded_by: str = ""
    still_said: bool = False
    due_to: Origin | None = None
    path: tuple[str, ...] = ()

    @property
    def claim(self) -> str:
        """Identifier of the claim."""
        return self.evidence.claim

    @property
    def statement(self) -> str:
        """Identifier of the statement."""
        return self.evidence.statement.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWithdrawn:
    """A statement's part in a claim, withdrawn at a subject that no longer keeps its words. Who weighs them does.

    Attributes
    ----------
    claim, statement
        Their identifiers.
    subject, revision, due_to
        As of an `EvidenceChange`.
    """

    claim: str
    statement: str
    subject: str
    revision: int
    due_to: Origin


PartChange = EvidenceChange | PartWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """What changes in the evidence of a claim at once, by one item version at one subject."""

    claim: str
    parts: tuple[PartChange, ...]


MOST_AT_ONCE = 500
"""Parts that are told together, since Kafka takes no record of any size: more are only where a claim that
hundreds repeat finds another first assertion."""


def by_claim(parts: Iterable[PartChange]) -> list[ClaimChange]:
    """The changes of each claim together, in the order in which the claims are told of."""
    told: dict[str, list[PartChange]] = {}
    for part in parts:
        told.setdefault(part.claim, []).append(part)
    return [
        ClaimChange(claim=claim, parts=tuple(own[n : n + MOST_AT_ONCE]))
        for claim, own in told.items()
        for n in range(0, len(own), MOST_AT_ONCE)
    ]
