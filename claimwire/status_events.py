"""Status events: what the world is told when the status of a claim changes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claimwire.claims import READING, DecidedBy
from claimwire.items import Origin
from claimwire.statements import Part, Relation
from claimwire.statuses import Status
from claimwire.verdicts import Maker, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something is said to have happened.

    Attributes
    ----------
    key
        Of the place, which statements on it share.
    country
        ISO 3166 code, empty where it is not known.
    latitude, longitude
        In degrees; None where no gazetteer holds the place.
    """

    key: str
    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSummary:
    """A claim as its events carry it.

    Attributes
    ----------
    text
        The claim in words.
    claimant, side
        Who put it forward, and their side.
    about
        Sides that it concerns.
    subject
        The first key at which it meets other statements.
    outcome
        Its code in the table of outcomes; empty where it has none.
    implied
        Whether it is known only from somebody's answer to it.
    published
        When the statement that opened it was published.
    """

    id: str
    text: str
    claimant: str
    side: str
    about: tuple[str, ...]
    subject: str
    outcome: str
    place: Location | None
    implied: bool
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The evidence that changed a status; ``withdrawn`` where it was taken away.

    Attributes
    ----------
    item, version, part, start, end
        Where the quote stands.
    due_to
        The item version that brought the change about: the same one, where it is new evidence; the correction or the
        kill, where it was withdrawn; another item's, where that arrived late and the evidence moved to another claim.
    urgency
        Of the item, from 1 (most urgent) to 9; None where it gives none.
    """

    relation: Relation
    withdrawn: bool
    speaker: str
    side: str
    quote: str
    item: str
    version: int
    part: Part
    start: int
    end: int
    outlet: str
    published: datetime
    urgency: int | None = None
    due_to: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictNote:
    """A verdict as events tell it.

    Attributes
    ----------
    says
        What it says of the claim, in words that follow upon its maker's name.
    """

    id: str
    maker: Maker
    says: str
    reason: str
    time: datetime

    @property
    def sentence(self) -> str:
        """Who says what, and why."""
        return sentence(self.maker, self.says, self.reason)


class Gone(StrEnum):
    """Why nothing asserts a claim any more."""

    WITHDRAWN = "withdrawn"
    """Its item was killed, or no longer says so: the claim is retracted."""
    SUPERSEDED = "superseded"
    """It only goes on under another id: under who else says so, or in the words of a newer version."""
    DROPPED = "dropped"
    """Its item still says so, but as it now stands no claim is made of that."""
    SET_ASIDE = "set_aside"
    """A verdict says that it is no claim."""


NOT_TAKEN_BACK = frozenset({Gone.SUPERSEDED, Gone.DROPPED, Gone.SET_ASIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """A claim's status changed.

    Attributes
    ----------
    id
        Deterministic: the same change told twice has the same id.
    sequence
        Counts the changes of the claim's status, from 1.
    previous
        None where the claim is new.
    sources
        On how many sources the status rests; 0 where nothing asserts the claim any more.
    gone
        Why the claim has left the ledger; None where it is there. What was superseded or dropped, nobody has taken
        back, though its status is retracted.
    superseded_by
        The claim that goes on in place of this one; empty where there is none.
    decided_by
        Whose word decides the status.
    verdict
        The verdict that changed it; None where evidence did. Its cause is then the statement that the verdict
        speaks of, or the one that opened the claim.
    """

    id: str
    sequence: int
    claim: ClaimSummary
    previous: Status | None
    status: Status
    cause: Cause
    sources: int = 0
    gone: Gone | None = None
    superseded_by: str = ""
    decided_by: DecidedBy = READING
    verdict: VerdictNote | None = None

    @property
    def time(self) -> datetime:
        """When the word that changed it was published, or the verdict made."""
        return self.verdict.time if self.verdict else self.cause.published

    @property
    def word(self) -> Status | Gone:
        """What has become of the claim: its status, but for one that is gone though nobody has taken it back."""
        return self.gone if self.gone in NOT_TAKEN_BACK else self.status
