"""Status events: what programs downstream receive when the status of a claim changes."""

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
        The key of the place, which all statements about it share.
    country
        ISO 3166 code; empty where it is not known.
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
    headline
        Of the item that put it forward; may be empty.
    claimant, side
        Who put it forward, and the side for which they speak.
    about
        Sides that it concerns.
    subject
        The first key at which it meets other statements.
    outcome
        Its code in the table of outcomes; empty where it has none.
    implied
        Whether it is known only from an answer to it.
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
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The evidence that changed a status; ``withdrawn`` says that it was withdrawn.

    Attributes
    ----------
    item, version, part, start, end
        Where the quote is.
    due_to
        The item version that brought the change about. For new evidence it is the same version; for withdrawn evidence
        the correction or the kill; for evidence that moved to another claim the late item that moved it.
    urgency
        Urgency of the item, from 1 (most urgent) to 9; None where the item gives none.
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
    """A verdict as events carry it.

    Attributes
    ----------
    says
        What it says of the claim, in words that follow its maker's name.
    """

    id: str
    maker: Maker
    says: str
    reason: str
    time: datetime

    @property
    def sentence(self) -> str:
        """The verdict in a sentence: who says what, and why."""
        return sentence(self.maker, self.says, self.reason)


class Gone(StrEnum):
    """Why nothing asserts a claim any more."""

    WITHDRAWN = "withdrawn"
    """Its item was killed, or no longer says so: the claim is retracted."""
    SUPERSEDED = "superseded"
    """It goes on under another id: others say the same, a newer version rewords it, or a verdict merged it."""
    DROPPED = "dropped"
    """Its item still says so, but linking now makes no claim of it."""
    SET_ASIDE = "set_aside"
    """A verdict says that it is no claim."""


NOT_TAKEN_BACK = frozenset({Gone.SUPERSEDED, Gone.DROPPED, Gone.SET_ASIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """A claim's status changed.

    Attributes
    ----------
    id
        The same for the same change, however often it is sent.
    sequence
        Counts the changes of the claim's status, from 1.
    previous
        The status before; None where the claim is new.
    sources
        How many sources the status rests on; 0 where nothing asserts the claim any more.
    gone
        Why the claim has left the ledger; None where it is there. The status of every such claim is retracted, even if
        the claim was superseded, dropped or set aside and nobody has taken it back.
    superseded_by
        The claim that goes on in place of this one; empty where there is none.
    decided_by
        Whose word decides the status.
    verdict
        The verdict that changed the status; None where evidence did. For a verdict, the cause is the statement that it
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
        """When the statement that changed the status was published or withdrawn, or when the verdict was made."""
        if self.verdict:
            return self.verdict.time
        cause = self.cause
        withdrawn = cause.due_to.version_created if cause.withdrawn else None
        return max(cause.published, withdrawn or cause.published)  # words that a late item moves may be newer than it

    @property
    def word(self) -> Status | Gone:
        """What has become of the claim: why it is gone, if nobody has taken it back, and otherwise its status."""
        return self.gone if self.gone in NOT_TAKEN_BACK else self.status
