"""Answer shapes: the fields of each answer as JSON, and their types.

They only describe: nothing is checked against them at run time. The tests do that.
"""

from typing import Any, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from claimwire.claims import DecidedBy
from claimwire.statements import Relation
from claimwire.status_events import Gone
from claimwire.statuses import Status
from claimwire.verdicts import Maker, Says, Verdict
from streams.exports.schemas import Claim, EvidenceLine


@dataclass
class Refusal:
    """Why a request was refused."""

    detail: str


@dataclass
class ToldStatement:
    """A statement that bears on a claim."""

    relation: Relation
    speaker: str
    side: str
    quote: str
    outlet: str
    item: str
    published: str


@dataclass
class ToldCause(ToldStatement):
    """The statement that caused a change.

    Attributes
    ----------
    withdrawn
        Whether the statement was withdrawn.
    """

    withdrawn: bool


@dataclass
class ToldChange:
    """A status change.

    Attributes
    ----------
    seq
        Its number on this board; later changes have higher numbers.
    id
        Id of its event, which is the same on every board.
    time
        When the statement that caused it was published or withdrawn, or the verdict made.
    previous
        The status before; null for a new claim.
    word
        The new status, or why the claim has left the ledger.
    happened
        What happened, in words.
    superseded_by
        The claim under which it goes on; empty for none.
    decided_by
        Whose verdict decided, in words; empty if the reading did.
    verdict
        Id of the verdict that caused it; empty if a statement did.
    """

    seq: int
    id: str
    time: str
    arrived: str
    claim: str
    text: str
    headline: str
    side: str
    previous: Status | None
    word: Status | Gone
    sources: int
    happened: str
    superseded_by: str
    decided_by: str
    verdict: str
    cause: ToldCause


@dataclass
class ToldWord(ToldStatement):
    """The statement on a claim that was published last."""

    claim: str
    text: str
    headline: str
    status: Status


@dataclass
class ToldChanges:
    """Changes, the last one first.

    Attributes
    ----------
    filters
        The filters that were asked for.
    words
        The last words on the claims on which somebody spoke last; empty with filters and after the first page.
    next
        The `after` of the next page; empty for the last page.
    """

    filters: dict[str, Any]
    words: list[ToldWord]
    changes: list[ToldChange]
    next: str


@dataclass
class ToldPart:
    """A part of a text in which words were searched."""

    text: str
    marked: bool


@dataclass
class ToldClaim:
    """A claim of a list.

    Attributes
    ----------
    word
        Its status, or why it has left the ledger.
    gone
        Why it has left the ledger; empty if it has not.
    updated
        When its last evidence was published; null if it has left the ledger.
    changed
        When it last changed.
    for, against
        How many statements confirm it or say the same, and how many deny or contradict it.
    found
        Where the searched words are; null if none were searched.
    """

    id: str
    status: Status
    word: Status | Gone
    gone: str
    text: str
    headline: str
    claimant: str
    side: str
    subject: str
    outcome: str
    place: str
    sources: int
    published: str
    updated: str | None
    changed: str
    decided_by: str
    for_: int = Field(alias="for")
    against: int = Field()
    found: list[ToldPart] | None = Field()


@dataclass
class ToldShare:
    """The share of settled claims that were borne out, with its 95% confidence bounds."""

    borne_out: float
    low: float
    high: float


@dataclass
class ToldRecord:
    """How the claims of a side, an outlet or a place ended.

    Attributes
    ----------
    share
        Null if none is settled.
    """

    settled: int
    borne_out: int
    failed: int
    open: int
    share: ToldShare | None


@dataclass
class ToldTally:
    """How many claims of the ledger one name has, in all and by status.

    Attributes
    ----------
    record
        How they ended; null for sides that stand for unknown claimants.
    """

    name: str
    claims: int
    statuses: dict[Status, int]
    record: ToldRecord | None


@dataclass
class ToldPlace(ToldTally):
    """A place.

    Attributes
    ----------
    country, latitude, longitude
        Null if no gazetteer holds the place.
    """

    label: str
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass
class ToldClaims:
    """Claims.

    Attributes
    ----------
    filters
        The filters that were asked for.
    of
        The side, outlet or place whose claims were asked for.
    next
        The `after` of the next page; empty for the last page.
    """

    filters: dict[str, Any]
    of: dict[str, ToldPlace | ToldTally]
    claims: list[ToldClaim]
    next: str


@dataclass
class ToldEvidence(EvidenceLine):
    """A statement that bears on the claim.

    Attributes
    ----------
    stands
        Whether its maker says so, says that it is not so, or says something else.
    """

    stands: str


@dataclass
class ToldVerdict:
    """A verdict on the claim.

    Attributes
    ----------
    sentence
        The whole verdict in a sentence.
    counts
        Whether the claim as it stands takes it into account; true if the claim has left the ledger.
    undone
        Whether another verdict has undone it.
    """

    id: str
    claim: str
    says: Says
    maker: Maker
    reason: str
    time: str
    sentence: str
    counts: bool
    undone: bool


@dataclass
class ToldWay:
    """A status that new evidence can give a claim, and what would bring it about."""

    status: Status
    when: str


@dataclass
class ToldGoneClaim:
    """A claim that has left the ledger.

    Attributes
    ----------
    version
        Changes with the claim's status, evidence and verdicts.
    concludes
        What its status lets one conclude.
    """

    id: str
    status: Status
    sources: int
    text: str
    headline: str
    claimant: str
    side: str
    subject: str
    published: str
    decided_by: DecidedBy
    word: Status | Gone
    gone: Gone
    superseded_by: str
    version: str
    concludes: str
    would_change: list[ToldWay]
    evidence: list[ToldEvidence]
    verdicts: list[ToldVerdict]
    changes: list[ToldChange]


@dataclass
class ToldWholeClaim(Claim):
    """A claim of the ledger."""

    word: Status
    gone: Literal[""]
    superseded_by: str
    version: str
    concludes: str
    would_change: list[ToldWay]
    evidence: list[ToldEvidence]  # type: ignore[assignment]  # nobody writes to it
    verdicts: list[ToldVerdict]  # type: ignore[assignment]
    changes: list[ToldChange]


@dataclass
class ToldSides:
    """The sides that claim most."""

    sides: list[ToldTally]


@dataclass
class ToldOutlets:
    """The outlets that report most claims."""

    outlets: list[ToldTally]


@dataclass
class ToldPlaces:
    """The places with most claims."""

    places: list[ToldPlace]


@dataclass
class ToldDay:
    """How many claims were open, disputed and settled at the end of a day, in UTC."""

    day: str
    open: int
    disputed: int
    settled: int


@dataclass
class ToldDays:
    """The days, the first one first.

    Attributes
    ----------
    filters
        The filters that were asked for.
    """

    filters: dict[str, Any]
    days: list[ToldDay]


@dataclass
class ToldGiven:
    """A verdict that was given.

    Attributes
    ----------
    shown
        Whether the board shows it already.
    undo
        What to send to undo it.
    """

    verdict: Verdict
    shown: bool
    undo: dict[str, Any]


ANSWERS = (
    Refusal, ToldChanges, ToldClaims, ToldWholeClaim, ToldGoneClaim, ToldSides, ToldOutlets, ToldPlaces, ToldDays,
    ToldGiven,
)  # fmt: skip
"""The shapes of whole answers. They lead to all others."""
