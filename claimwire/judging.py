"""Judging: it folds evidence changes and verdicts into the state of a claim, and makes the event that follows."""

import hashlib
from dataclasses import dataclass, replace

from claimwire.claim_state import VERDICT, ClaimState, Held, HeldVerdict
from claimwire.claims import ClaimChange, Evidence, EvidenceChange, PartWithdrawn, Proposition
from claimwire.items import Origin, PubStatus
from claimwire.merging import onward
from claimwire.places import name_of, place_of
from claimwire.statements import Outcome
from claimwire.status_events import Cause, ClaimSummary, Gone, Location, StatusChanged, VerdictNote
from claimwire.statuses import Status
from claimwire.verdicts import Bears, Verdict, in_words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from a claim change or a verdict.

    Attributes
    ----------
    state
        The new state.
    event
        The event to send, if any.
    kept
        Keys of the rows of the state to keep anew, one after another. The first row has the event.
    onward
        What changes in the claims into which verdicts merge this one.
    """

    state: ClaimState
    event: StatusChanged | None
    kept: tuple[str, ...] = ()
    onward: tuple[ClaimChange, ...] = ()


def judge(state: ClaimState, change: ClaimChange | Verdict) -> Judgement:
    """Fold a change of a claim's evidence, or a verdict on it, into the claim's state.

    This makes one event at most. Folding is idempotent: the same change again gives the same state and the same event,
    and a change older than the known one does nothing. Whether to send an event never depends on whether the state
    changed, since after a crash the state may be there and the event lost.
    """
    return _judge_verdict(state, change) if isinstance(change, Verdict) else _judge_change(state, change)


def _judge_verdict(state: ClaimState, verdict: Verdict) -> Judgement:
    key = f"{VERDICT}{verdict.id}"
    known = state.verdicts.get(key)
    if known:
        return Judgement(state, known.event)
    kept = HeldVerdict(verdict=verdict, status=state.status, sequence=state.sequence, tick=state.tick + 1)
    after = replace(state, verdicts={**state.verdicts, key: kept}, tick=kept.tick)
    status = _status(after) or state.status
    event = None
    if status and status is not state.status:
        after = replace(after, status=status, sequence=state.sequence + 1)
        event = _event(after, state.status, status, verdict)
    kept = replace(kept, event=event, status=status, sequence=after.sequence)
    after = replace(after, verdicts={**state.verdicts, key: kept})
    return Judgement(after, event, (key,), onward(state, after))


def _judge_change(state: ClaimState, change: ClaimChange) -> Judgement:
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
            part = replace(
                known.change, revision=part.revision, live=False, superseded_by="", still_said=False, due_to=part.due_to
            )
        new[key] = part
        held[key] = Held(change=part, status=state.status, sequence=state.sequence)
        now = _status(replace(state, held=held)) or status
        if now is not status:
            status, cause = now, part
    if not new:
        return Judgement(state, told_before)
    event, sequence, tick = told_before, state.sequence, state.tick + 1
    if cause and status and status is not state.status:
        sequence += 1
        event = _event(replace(state, held=held, sequence=sequence), state.status, status, cause)
    first, *_ = new
    held |= {key: Held(change=part, status=status, sequence=sequence, tick=tick) for key, part in new.items()}
    held[first] = replace(held[first], event=event)
    after = replace(state, status=status, sequence=sequence, tick=tick, held=held)
    return Judgement(after, event, tuple(new), onward(state, after))


def _status(state: ClaimState) -> Status | None:
    """The status of the claim; None if only evidence of it is here and nothing ever opened it."""
    standing = state.standing() if state.is_shown() else None
    if standing:
        return standing.status
    return Status.RETRACTED if state.status else None


def _event(
    state: ClaimState, previous: Status | None, status: Status, due_to: EvidenceChange | Verdict
) -> StatusChanged:
    shown = state.is_shown()
    standing = state.standing() if shown else None
    return StatusChanged(
        id=_event_id(state, previous, status, due_to),
        sequence=state.sequence,
        claim=_summary(state, _proposition(state)),
        previous=previous,
        status=status,
        cause=_cause(_spoken_of(state, due_to)),
        sources=standing.sources if standing else 0,
        gone=None if shown else _gone(state),
        superseded_by="" if shown else _heir(state),
        decided_by=state.decided_by(),
        verdict=_note(due_to) if isinstance(due_to, Verdict) else None,
    )


def _note(v: Verdict) -> VerdictNote:
    return VerdictNote(id=v.id, maker=v.maker, says=in_words(v.says), reason=v.reason, time=v.time)


def _gone(state: ClaimState) -> Gone:
    if state.opening() and state.rulings().no_claim:
        return Gone.SET_ASIDE
    if _heir(state):
        return Gone.SUPERSEDED
    return Gone.DROPPED if any(h.change.still_said for h in state.held.values()) else Gone.WITHDRAWN


def _heir(state: ClaimState) -> str:
    """The claim that goes on in place of one that is gone, by the first of its subjects that knows it."""
    if state.opening():
        return "" if state.rulings().no_claim else state.goes_on_under()
    return next(filter(None, (h.change.superseded_by for _, h in sorted(state.held.items()))), "")


def _opening_ever(state: ClaimState) -> Evidence:
    """The evidence that opens the claim, or that opened it and was withdrawn."""
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
        headline=proposition.headline,
    )


def _location(outcome: Outcome | None) -> Location | None:
    if outcome is None or not outcome.place:
        return None
    place = place_of(outcome.place)
    if place is None:
        return Location(key=outcome.place, name=name_of(outcome.place))
    return Location(
        key=place.key,
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _spoken_of(state: ClaimState, due_to: EvidenceChange | Verdict) -> EvidenceChange:
    """The evidence that changed the status; for a verdict, the evidence that it speaks of or the claim's opening."""
    if not isinstance(due_to, Verdict):
        return due_to
    says, evidence = due_to.says, _opening_ever(state)
    if isinstance(says, Bears):
        known = {e.statement.id: e for e in (*state.joined(), *state.evidence())}
        evidence = known.get(says.statement, evidence)
        return EvidenceChange(evidence=evidence, subject="", revision=0, live=says.relation is not None)
    return EvidenceChange(evidence=evidence, subject="", revision=0)


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


def _event_id(state: ClaimState, previous: Status | None, status: Status, due_to: EvidenceChange | Verdict) -> str:
    parts = (state.id, str(state.sequence), str(previous), status, *_told_apart_by(due_to))
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _told_apart_by(due_to: EvidenceChange | Verdict) -> tuple[str, str]:
    """What distinguishes the causes of a change."""
    if isinstance(due_to, Verdict):
        return due_to.id, "verdict"
    return due_to.evidence.statement.id, "joined" if due_to.live else "withdrawn"
