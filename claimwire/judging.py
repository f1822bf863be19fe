"""Judging: evidence changes folded into the state of a claim, and what that tells the world."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from claimwire.claims import ClaimChange, Evidence, EvidenceChange, PartWithdrawn, Proposition
from claimwire.items import Origin, PubStatus
from claimwire.outcomes import OUTCOMES
from claimwire.places import place_of
from claimwire.statements import Outcome, Part, Relation, Statement
from claimwire.statuses import Status, standing_of, status_of
from claimwire.times import format_time


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
    superseded_by
        The claim that goes on in place of this one.
    """

    id: str
    sequence: int
    claim: ClaimSummary
    previous: Status | None
    status: Status
    cause: Cause
    sources: int = 0
    superseded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A statement's part in a claim as last told, the event that it caused, and how the claim stood then.

    It is all that a change leaves to be kept. The first part of a change is kept first, with the event, and each with
    the status that all of them lead to: of a change that a crash has torn, what is kept tells the rest.
    """

    change: EvidenceChange
    event: StatusChanged | None = None
    status: Status | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """All that is known of a claim: its evidence by subject and statement, withdrawn parts too.

    A claim lives at one subject, but at another one in a version that corrects its place.
    """

    id: str
    status: Status | None = None
    sequence: int = 0
    held: dict[str, Held] = field(default_factory=dict)

    @classmethod
    def restored(cls, id: str, held: dict[str, Held]) -> "ClaimState":
        """The claim as the parts in it were kept.

        Every status has a sequence of its own, and a part that is kept anew is never kept with a lower one than
        any before, so the highest is the claim's.
        """
        last = max(held.values(), key=lambda h: h.sequence, default=None)
        return cls(id=id, status=last.status, sequence=last.sequence, held=held) if last else cls(id=id)

    def evidence(self) -> list[Evidence]:
        """What bears on the claim now, in the order of publication; what several subjects say of a statement, once."""
        live = [h.change for _, h in sorted(self.held.items(), reverse=True) if h.change.live]
        by_statement = {c.evidence.statement.id: c.evidence for c in live}
        return sorted(by_statement.values(), key=lambda e: e.statement.place_in_stream)

    def since(self) -> datetime:
        """From when it is a claim, at the first of its subjects where it is one."""
        live = [h.change.evidence for h in self.held.values() if h.change.live]
        return min(e.since or e.statement.published for e in live if e.opens)

    def opening(self) -> Evidence | None:
        """The evidence that opened the claim; None once it is withdrawn."""
        return next((e for e in self.evidence() if e.opens), None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from a claim change.

    Attributes
    ----------
    state
        The new state.
    event
        To be told, if any.
    kept
        Keys in `ClaimState.held` under which something new is to be kept, one after another: the first has the event.
    """

    state: ClaimState
    event: StatusChanged | None
    kept: tuple[str, ...] = ()


def judge(state: ClaimState, change: ClaimChange) -> Judgement:
    """Fold what changes in the evidence of a claim at once into its state; it tells one event at most.

    Folding is idempotent: the same change again gives the same state and tells the same event, and
    an older one than the one known gives nothing. Whether to tell is never read off whether the
    state changed, since after a crash the state may be there and the event lost.
    """
    held, told_before = dict(state.held), None
    new: dict[str, EvidenceChange] = {}
    status, cause = state.status, None
    for part in change.parts:
        key = f"{part.subject}\0{part.statement}"
        known = state.held.get(key)
        if known and known.change.revision >= part.revision:
            if known.change.revision == part.revision:
                told_before = told_before or known.event
            continue
        if isinstance(part, PartWithdrawn):
            if known is None:
                continue
            part = replace(known.change, revision=part.revision, live=False, superseded_by="", due_to=part.due_to)
        new[key] = part
        held[key] = Held(change=part, status=state.status, sequence=state.sequence)
        now = _status(replace(state, held=held)) or status
        if now is not status:
            status, cause = now, part
    if not new:
        return Judgement(state, told_before)
    event, sequence = told_before, state.sequence
    if cause and status and status is not state.status:
        sequence += 1
        event = _event(replace(state, held=held, sequence=sequence), state.status, status, cause)
    first, *_ = new
    held |= {key: Held(change=part, status=status, sequence=sequence) for key, part in new.items()}
    held[first] = replace(held[first], event=event)
    return Judgement(replace(state, status=status, sequence=sequence, held=held), event, tuple(new))


def _event(state: ClaimState, previous: Status | None, status: Status, change: EvidenceChange) -> StatusChanged:
    return StatusChanged(
        id=_event_id(state, previous, status, change),
        sequence=state.sequence,
        claim=_summary(state, _proposition(state)),
        previous=previous,
        status=status,
        cause=_cause(change),
        sources=_sources(state),
        superseded_by=change.superseded_by,
    )


def _status(state: ClaimState) -> Status | None:
    """None for evidence of a claim that was never opened here."""
    opening = state.opening()
    if opening and opening.opens:
        return status_of(opening.opens, state.evidence())
    return Status.RETRACTED if state.status else None


def _sources(state: ClaimState) -> int:
    opening = state.opening()
    return standing_of(opening.opens, state.evidence()).sources if opening and opening.opens else 0


def _opening_ever(state: ClaimState) -> Evidence:
    """The opening, or the one that was withdrawn."""
    return state.opening() or next(h.change.evidence for h in state.held.values() if h.change.evidence.opens)


def _proposition(state: ClaimState) -> Proposition:
    opens = _opening_ever(state).opens
    assert opens is not None
    return opens


def _summary(state: ClaimState, proposition: Proposition) -> ClaimSummary:
    return ClaimSummary(
        id=state.id,
        text=proposition.text,
        claimant=proposition.claimant,
        side=proposition.side,
        about=proposition.about,
        subject=proposition.subject,
        outcome=proposition.outcome.code if proposition.outcome else "",
        place=_location(proposition.outcome),
        implied=proposition.implied,
        published=_opening_ever(state).statement.published,
    )


def _location(outcome: Outcome | None) -> Location | None:
    if outcome is None or not outcome.place:
        return None
    place = place_of(outcome.place)
    if place is None:
        return Location(key=outcome.place, name=outcome.place.replace("-", " ").title())
    return Location(
        key=place.key,
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _cause(change: EvidenceChange) -> Cause:
    e = change.evidence
    s = e.statement
    return Cause(
        relation=e.relation,
        withdrawn=not change.live,
        speaker=s.speaker,
        side=s.side,
        quote=s.quote,
        item=s.item,
        version=s.order[0],
        part=s.part,
        start=s.start,
        end=s.end,
        outlet=s.outlet,
        published=s.published,
        urgency=s.urgency,
        due_to=change.due_to or Origin(item=s.item, version=s.order[0], pub_status=PubStatus.USABLE),
    )


def _event_id(state: ClaimState, previous: Status | None, status: Status, change: EvidenceChange) -> str:
    cause = (change.evidence.statement.id, "joined" if change.live else "withdrawn")
    parts = (state.id, str(state.sequence), str(previous), status, *cause)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def snapshot(state: ClaimState) -> dict[str, Any] | None:
    """The whole claim, as the ledger shows it; None where nothing asserts it any more.

    It is a function of the evidence that bears on the claim now: what it went through on the way
    is for its events to tell.
    """
    opening = state.opening()
    if opening is None or opening.opens is None:
        return None
    proposition, evidence = opening.opens, state.evidence()
    standing = standing_of(proposition, evidence)
    return {
        "id": state.id,
        "status": standing.status,
        "sources": standing.sources,
        "text": proposition.text,
        "claimant": proposition.claimant,
        "side": proposition.side,
        "about": proposition.about,
        "favours": proposition.favours,
        "subject": proposition.subject,
        "outcome": proposition.outcome,
        "event_types": _event_types(proposition.outcome),
        "implied": proposition.implied,
        "published": format_time(opening.statement.published),
        "since": format_time(state.since()),
        "updated": format_time(evidence[-1].statement.published),
        "evidence": [_line(e, e.statement) for e in evidence],
    }


def _event_types(outcome: Outcome | None) -> dict[str, str]:
    """What other schemes of events call the outcome, where they hold one like it."""
    kind = OUTCOMES[outcome.code] if outcome else None
    schemes = {"acled": kind.acled, "plover": kind.plover} if kind else {}
    return {scheme: event_type for scheme, event_type in schemes.items() if event_type}


def _line(evidence: Evidence, s: Statement) -> dict[str, Any]:
    return {
        "statement": s.id,
        "item": s.item,
        "version": s.order[0],
        "part": s.part,
        "start": s.start,
        "end": s.end,
        "relation": evidence.relation,
        "act": s.act,
        "speaker": s.speaker,
        "side": s.side,
        "outlet": s.outlet,
        "quote": s.quote,
        "published": format_time(s.published),
        "recalled": s.recalled,
        "why": evidence.why,
    }
