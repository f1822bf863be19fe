"""Verdicts: what people and language models say about a claim and its evidence, and whose word counts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar

from claimwire.rules import rule
from claimwire.statements import Act, Part, Relation, Statement
from claimwire.statuses import Status
from claimwire.times import EARLIEST, LATEST, format_time, parse_time

LONGEST_REASON = 2_000
"""The most characters of a reason."""

LONGEST_NAME = 200
"""The most characters of a maker's name, and of its version."""

MOST = 10**15
"""Every version number and every position in a text is below this."""

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


RANK = {MakerKind.MODEL: 1, MakerKind.PERSON: 2}
"""Whose word outranks whose: a person outranks a model, and any verdict outranks the built-in reading."""


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


Says = Bears | IsOneWith | IsNoClaim | HasStatus | Undoes


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
    canonical = json.dumps(said, sort_keys=True, default=_in_utc)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _in_utc(moment: datetime) -> str:
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


def sentence(maker: Maker, says: str, reason: str) -> str:
    """A verdict's maker, words and reason: ``person Anna sets its status to refuted: seen it``."""
    why = " ".join(reason.split())
    return f"{maker} {says}" + (f": {why}" if why else "")


def as_json(v: Verdict) -> dict[str, Any]:
    """The verdict as a JSON object."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(v), default=_in_utc))
    return said


def from_json(value: Any) -> Verdict:
    """The verdict in a JSON value. The value may leave out the id.

    Raises
    ------
    UnreadableVerdict
        If it holds no verdict, or the id does not match the content.
    """
    said = _object(value, "the verdict")
    maker = _object(_field(said, "maker"), "maker")
    made = verdict(
        _text(said, "claim"),
        _says(_object(_field(said, "says"), "says")),
        Maker(kind=_word(MakerKind, maker, "kind"), name=_text(maker, "name"), version=_text(maker, "version", "")),
        _text(said, "reason", ""),
        _time(said, "time"),
    )
    if said.get("id") not in (None, made.id):
        raise UnreadableVerdict("its id is not the one that is made of what it says")
    return made


def _says(said: Mapping[str, Any]) -> Says:
    match said.get("kind"):
        case "statement":
            relation = None if _field(said, "relation") is None else _word(Relation, said, "relation")
            brought = said.get("carried")
            return Bears(
                statement=_text(said, "statement"),
                relation=relation,
                carried=None if brought is None else carried(_object(brought, "carried")),
            )
        case "merge":
            return IsOneWith(into=_text(said, "into"))
        case "no_claim":
            return IsNoClaim()
        case "status":
            return HasStatus(status=_word(Status, said, "status"))
        case "undo":
            return Undoes(verdict=_text(said, "verdict"))
        case other:
            raise UnreadableVerdict(f"says.kind is {other!r}: write statement, merge, no_claim, status or undo")


def carried(said: Mapping[str, Any]) -> CarriedStatement:
    """The statement in a JSON object, such as the evidence in a snapshot.

    Raises
    ------
    UnreadableVerdict
        If it holds no statement.
    """
    return CarriedStatement(
        statement=_text(said, "statement"),
        item=_text(said, "item"),
        version=_number(said, "version"),
        part=_word(Part, said, "part"),
        start=_number(said, "start"),
        end=_number(said, "end"),
        act=_word(Act, said, "act"),
        speaker=_text(said, "speaker"),
        side=_text(said, "side"),
        outlet=_text(said, "outlet"),
        quote=_text(said, "quote"),
        published=_time(said, "published"),
        recalled=said.get("recalled") is True,
    )


Word = TypeVar("Word", bound=StrEnum)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UnreadableVerdict(f"{name} is no JSON object")
    return value


def _field(said: Mapping[str, Any], name: str) -> Any:
    if name not in said:
        raise UnreadableVerdict(f"{name} is missing")
    return said[name]


def _text(said: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = said.get(name, default) if default is not None else _field(said, name)
    if not isinstance(value, str):
        raise UnreadableVerdict(f"{name} is no text")
    return value


def _number(said: Mapping[str, Any], name: str) -> int:
    value = _field(said, name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST:
        raise UnreadableVerdict(f"{name} is no whole number from 0 to {MOST}")
    return value


def _word(words: type[Word], said: Mapping[str, Any], name: str) -> Word:
    value = _text(said, name)
    if value not in list(words):
        raise UnreadableVerdict(f"{name} is {value[:40]!r}: write one of {', '.join(words)}")
    return words(value)


def _time(said: Mapping[str, Any], name: str) -> datetime:
    try:
        return parse_time(_text(said, name))
    except ValueError as error:
        raise UnreadableVerdict(f"{name}: {error}") from None


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whose verdicts count.

    Attributes
    ----------
    makers
        Kinds of makers ("person"), or single makers ("model:qwen2.5-7b").
    """

    makers: tuple[str, ...] = tuple(MakerKind)

    def counts(self, maker: Maker) -> bool:
        """Whether a maker's verdicts count."""
        return maker.kind in self.makers or f"{maker.kind}:{maker.name}" in self.makers


EVERYBODY = Trusted()


@dataclass(frozen=True, slots=True)
class Rulings:
    """The verdicts on a claim that hold.

    Attributes
    ----------
    statements
        Verdicts on how its statements bear on it, by the id of the statement.
    merged, no_claim, status
        The verdicts that merge the claim, say that it is no claim, and set its status; None where there is no such one.
    """

    statements: Mapping[str, Verdict] = field(default_factory=dict)
    merged: Verdict | None = None
    no_claim: Verdict | None = None
    status: Verdict | None = None


Slot = tuple[str, str]
"""What verdicts on a claim speak of: their kind, and the statement if they are on one. One holds per slot."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Verdicts on one claim, weighed against each other.

    Attributes
    ----------
    holding
        The verdicts that hold, by slot.
    undone
        The verdicts that undid others, by the ids of the undone ones.
    """

    holding: Mapping[Slot, Verdict]
    undone: Mapping[str, Verdict]


def slot_of(says: Says) -> Slot:
    """The slot of a verdict."""
    return says.kind, says.statement if isinstance(says, Bears) else ""


def weigh(verdicts: Iterable[Verdict]) -> Weighed:
    """Weigh the verdicts on one claim that count. Their order does not matter.

    A verdict holds until a later one by a maker of at least its rank says otherwise, or until its maker or a person
    undoes it. An undoing can itself be undone.
    """
    undone: dict[str, Verdict] = {}
    counted = {v.id: v for v in verdicts}
    holding: dict[Slot, Verdict] = {}
    for v in sorted(counted.values(), key=lambda v: v.moment, reverse=True):
        if v.id in undone:
            continue
        if isinstance(v.says, Undoes):
            earlier = counted.get(v.says.verdict)
            if earlier and _may_undo(v, earlier):
                undone.setdefault(earlier.id, v)
            continue
        slot = slot_of(v.says)
        if slot not in holding or RANK[v.maker.kind] > RANK[holding[slot].maker.kind]:
            holding[slot] = v
    return Weighed(holding, undone)


def rulings(verdicts: Iterable[Verdict]) -> Rulings:
    """The verdicts that hold, among those on one claim that count. Their order does not matter."""
    holding = weigh(verdicts).holding
    return Rulings(
        {statement: v for (kind, statement), v in holding.items() if kind == "statement"},
        *(holding.get((kind, "")) for kind in ("merge", "no_claim", "status")),
    )


def _may_undo(undoing: Verdict, earlier: Verdict) -> bool:
    """Whether the undoing verdict is later, and its maker is the same or a person."""
    ranks = undoing.maker == earlier.maker or undoing.maker.kind is MakerKind.PERSON
    return ranks and undoing.moment > earlier.moment
