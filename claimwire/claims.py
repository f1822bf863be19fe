"""Claims and the evidence joined to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claimwire.items import Origin
from claimwire.statements import OUTLET, Outcome, Relation, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What a claim says and whom it concerns. Weighing its evidence needs no more.

    Attributes
    ----------
    text
        The claim in words.
    headline
        Of the item that put it forward, so that a reader knows what the words are about. Empty where the claim itself
        is the headline, or where only an answer made a claim of it.
    claimant, side
        Who put it forward, and their side.
    about
        Sides that it concerns.
    favours
        Those of `about` in whose interest it is. When one of the others says so, that confirms it.
    implied
        Whether only somebody's answer made it known.
    """

    text: str
    claimant: str
    side: str
    about: tuple[str, ...] = ()
    favours: tuple[str, ...] = ()
    subject: str = ""
    outcome: Outcome | None = None
    implied: bool = False
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedBy:
    """Who decides: the built-in reading, or the maker of a verdict.

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
"""No verdict decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement joined to a claim.

    Attributes
    ----------
    claim
        Id of the claim, which is the id of the statement that opened it.
    relation
        How the statement bears on the claim.
    why
        The reasons for the join, in words.
    opens
        What the claim says, if this statement opened it.
    since
        When it became a claim: when this statement or its first answer was published.
    verdict
        Id of the verdict that joined it; empty if the reading did.
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
        The subject that decided it.
    revision
        Counts the changes of this statement's part in this claim at this subject, from 1. A change with a lower
        number than the known one is old and is ignored.
    live
        Whether the statement bears on the claim now. A withdrawn statement is sent in its last form.
    superseded_by
        The claim that replaces this one when its opening statement is withdrawn.
    still_said
        Whether the item still makes the withdrawn opening statement, but no longer as a claim.
    due_to
        The item version that changed it, if another version made the statement: a later one that no longer makes
        it, or one of another item that came between.
    path
        The claims through which it came here because verdicts merged them; the reading joined it to the first.
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
    """The withdrawal of a statement from a claim by a subject that no longer keeps its words.

    The judging step still has the words.

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
    """All changes that one item version makes to the evidence of a claim at one subject."""

    claim: str
    parts: tuple[PartChange, ...]


MOST_AT_ONCE = 500
"""Parts in one record, since Kafka limits the size of records. Only a claim that hundreds repeat has more, when
another statement becomes its first."""


def by_claim(parts: Iterable[PartChange]) -> list[ClaimChange]:
    """Group the changes by claim, in the order in which the claims first occur."""
    grouped: dict[str, list[PartChange]] = {}
    for part in parts:
        grouped.setdefault(part.claim, []).append(part)
    return [
        ClaimChange(claim=claim, parts=tuple(own[n : n + MOST_AT_ONCE]))
        for claim, own in grouped.items()
        for n in range(0, len(own), MOST_AT_ONCE)
    ]
