"""Verdicts: what people and language models say about a claim and its evidence, and whose word counts."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from claimwire.rules import rule
from claimwire.statements import Act, Part, Relation, Statement
from claimwire.statuses import Status
from claimwire.times import EARLIEST, LATEST, format_time

LONGEST_REASON = 2_000
"""The most characters of a reason."""

LONGEST_NAME = 200
"""The most characters of a maker's name, and of its version."""

CLAIM_ID = rule(r"[0-9a-f]{20}", finds="0123456789abcdef0123", passes="0123456789ABCDEF0123", where="whole")
"""The id of a claim, which is the id of the statement that opens it."""

VERDICT_ID = rule(
    r"[0-9a-f]{32}", finds="0123456789abcdef0123456789abcdef", passes="0123456789abcdef0123", where="whole"
)


class UnreadableVerdict(ValueError):
    """A verdict that cannot be carried out or read; the message says why."""


class MakerKind(StrEnum):
    """The kind of a verdict's maker."""

    PERSON = "person"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who makes a verdict.

    Attributes
    ----------
    name
        Name of the person or the model.
    version
        Version of the model and its prompt; empty for a person.
    """

    kind: MakerKind
    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" + (f" ({self.version})" if self.version else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedStatement:
    """A statement as a verdict carries it, with the fields and names that the evidence in a snapshot has."""

    statement: str
    item: str
    version: int
    part: Part
    start: int
    end: int
    act: Act
    speaker: str
    side: str
    outlet: str
    quote: str
    published: datetime
    recalled: bool = False

    @classmethod
    def of(cls, s: Statement) -> "CarriedStatement":
        """The statement as verdicts carry it."""
        return cls(
            statement=s.id,
            item=s.item,
            version=s.order[0],
            part=s.part,
            start=s.start,
            end=s.end,
            act=s.act,
            speaker=s.speaker,
            side=s.side,
            outlet=s.outlet,
            quote=s.quote,
            published=s.published,
            recalled=s.recalled,
        )

    def restored(self) -> Statement:
        """The statement, with the fields on which a status depends."""
        return Statement(
            id=self.statement,
            item=self.item,
            order=(self.version, "", ""),
            published=self.published,
            outlet=self.outlet,
            part=self.part,
            start=self.start,
            end=self.end,
            quote=self.quote,
            act=self.act,
            proposition="",
            speaker=self.speaker,
            side=self.side,
            recalled=self.recalled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bears:
    """A statement bears on the claim in this way, or not at all.

    Attributes
    ----------
    relation
        How it bears; None if it does not bear on the claim.
    carried
        The statement itself, if the reading has not joined it to the claim.
    """

    statement: str
    relation: Relation | None
    carried: CarriedStatement | None = None
    kind: Literal["statement"] = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsOneWith:
    """The claim is the same as another one, and goes on under it."""

    into: str
    kind: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNoClaim:
    """The claim is no claim: it is not worth following, or was misread."""

    kind: Literal["no_claim"] = "no_claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class HasStatus:
    """The claim has this status, whatever its evidence makes of it."""

    status: Status
    kind: Literal["status"] = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoes:
    """An earlier verdict on the claim no longer counts."""

    verdict: str
    kind: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """A remark on the claim, which is the verdict's reason. It changes nothing."""

    kind: Literal["comment"] = "comment"


Says = Bears | IsOneWith | IsNoClaim | HasStatus | Undoes | Comments


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A verdict on a claim.

    Attributes
    ----------
    id
        Computed from all that the verdict says, including its time, so that the same verdict twice counts once.
    claim
        Id of the claim.
    reason
        Why, in a sentence.
    time
        When the verdict was made.
    """

    id: str
    claim: str
    says: Says
    maker: Maker
    reason: str
    time: datetime

    @property
    def moment(self) -> tuple[datetime, str]:
        """Sorts verdicts by their time. Verdicts of the same time sort by their ids."""
        return self.time, self.id


def verdict(claim: str, says: Says, maker: Maker, reason: str, time: datetime) -> Verdict:
    """Make a verdict, with its id.

    Raises
    ------
    UnreadableVerdict
        If it cannot be carried out.
    """
    id = _id_of(claim, says, maker, reason, time)
    made = Verdict(id=id, claim=claim, says=says, maker=maker, reason=reason, time=time)
    for fault in _faults(made):
        raise UnreadableVerdict(fault)
    return made


def _faults(given: Verdict) -> Iterable[str]:
    says = given.says
    if not CLAIM_ID.fullmatch(given.claim):
        yield f"{given.claim[:40]!r} is no id of a claim: 20 hexadecimal digits"
    if not given.maker.name.strip():
        yield "its maker has no name"
    if max(len(given.maker.name), len(given.maker.version)) > LONGEST_NAME:
        yield f"its maker's name or version is longer than {LONGEST_NAME} characters"
    if len(given.reason) > LONGEST_REASON:
        yield f"its reason is longer than {LONGEST_REASON:,} characters"
    if given.time.tzinfo is None or not EARLIEST <= given.time < LATEST:
        yield f"its time is not between {EARLIEST.year} and {LATEST.year}, with a time zone"
        return
    if isinstance(says, Bears):
        yield from _faults_of_bearing(given.claim, says)
    if isinstance(says, IsOneWith) and not CLAIM_ID.fullmatch(says.into):
        yield f"{says.into[:40]!r} is no id of a claim: 20 hexadecimal digits"
    if isinstance(says, IsOneWith) and says.into == given.claim:
        yield "a claim can't go on under itself"
    if isinstance(says, Comments) and not given.reason.strip():
        yield "a comment is its reason, and this has none: write what you have to say"
    if isinstance(says, Undoes) and not VERDICT_ID.fullmatch(says.verdict):
        yield f"{says.verdict[:40]!r} is no id of a verdict: 32 hexadecimal digits"


def _faults_of_bearing(claim: str, says: Bears) -> Iterable[str]:
    if not CLAIM_ID.fullmatch(says.statement):
        yield f"{says.statement[:40]!r} is no id of a statement: 20 hexadecimal digits"
    if says.statement == claim:
        yield "that statement opens the claim and can't be taken from it: say that the claim is none"
    if says.relation is Relation.ASSERTS:
        yield "only the statement that opens a claim asserts it: say that this one repeats it"
    if says.carried and says.carried.statement != says.statement:
        yield "it carries another statement than the one that it speaks of"


def _id_of(claim: str, says: Says, maker: Maker, reason: str, time: datetime) -> str:
    """The id of a verdict, 32 hexadecimal digits."""
    said = [claim, asdict(says), asdict(maker), reason, time]
    canonical = json.dumps(said, sort_keys=True, default=in_utc)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def in_utc(moment: datetime) -> str:
    """The moment as verdicts hold it in JSON: in UTC, if it has a time zone."""
    return format_time(moment) if moment.tzinfo else moment.isoformat()


def in_words(says: Says) -> str:
    """What a verdict says of its claim, in words that follow its maker's name."""
    match says:
        case Bears(relation=None):
            return "takes a statement out of its evidence"
        case Bears():
            return f"says that a statement bears on it as {says.relation}"
        case IsOneWith():
            return f"says that it is one with claim {says.into}"
        case IsNoClaim():
            return "says that it is no claim"
        case HasStatus():
            return f"sets its status to {says.status}"
        case Undoes():
            return f"undoes verdict {says.verdict}"
        case Comments():
            return "comments"


def sentence(maker: Maker, says: str, reason: str) -> str:
    """A verdict's maker, words and reason: ``person Anna sets its status to refuted: seen it``."""
    why = " ".join(reason.split())
    return f"{maker} {says}" + (f": {why}" if why else "")
