"""The outbox of a rule: what waits, what is being delivered, and when it goes. Pure: the clock is an argument."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claimwire.status_events import StatusChanged
from streams.alerting.rules import Rule

HOUR = timedelta(hours=1)

RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""Pauses between the tries of a delivery. If the try after the last pause fails, it is dead. The Standard Webhooks
specification asks for growing pauses over hours."""

MOST_IN_A_DIGEST = 500
"""The most changes in one message, which a receiver must take as one body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One status change, or a digest of several.

    Attributes
    ----------
    id
        Deterministic, so that a receiver recognises a repeated delivery.
    made
        When it was released.
    """

    id: str
    rule: str
    events: tuple[StatusChanged, ...]
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message to be delivered to one channel.

    Attributes
    ----------
    channel
        Its name among the channels of the rule.
    tries
        How often it has failed.
    due
        When it is tried next.
    """

    message: Message
    channel: str
    due: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """A change that may soon be undone, and until when it waits."""

    event: StatusChanged
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The state of a rule.

    Attributes
    ----------
    settling
        Changes that have not lasted long enough yet.
    held
        Changes that wait because the hour is full, or quiet.
    sent
        When the messages of the last hour were released.
    deliveries
        Messages being delivered.
    """

    settling: tuple[Settling, ...] = ()
    held: tuple[StatusChanged, ...] = ()
    sent: tuple[datetime, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


def take_in(
    rule: Rule,
    outbox: Outbox,
    event: StatusChanged,
    until: datetime | None,
    now: datetime,
    channels: Sequence[str],
) -> Outbox:
    """Take a change that a rule asks for.

    Parameters
    ----------
    until
        When it will have settled; None if it need not wait.
    """
    after = overtake(outbox, event)
    if undoes(outbox, event, until):
        return after
    if until is None:
        return admit(rule, after, event, now, channels)
    return replace(after, settling=(*after.settling, Settling(event=event, until=until)))


def overtake(outbox: Outbox, event: StatusChanged) -> Outbox:
    """Drop settling changes that another change of the same claim follows."""
    left = tuple(s for s in outbox.settling if not _follows(event, s.event))
    return replace(outbox, settling=left) if left != outbox.settling else outbox


def undoes(outbox: Outbox, event: StatusChanged, until: datetime | None) -> bool:
    """Whether a change restores the status before a settling change, so that there is no news."""
    before = [s.event.previous for s in outbox.settling if _follows(event, s.event)]
    return until is None and event.status in before


def _follows(event: StatusChanged, other: StatusChanged) -> bool:
    return event.claim.id == other.claim.id and event.sequence > other.sequence


def admit(rule: Rule, outbox: Outbox, event: StatusChanged, now: datetime, channels: Sequence[str]) -> Outbox:
    """Release a change at once, or hold it for the digest."""
    if outbox.held or not may_go(rule, outbox, now):
        return replace(outbox, held=(*outbox.held, event))
    return _let_go(rule, outbox, (event,), now, channels)


def release(rule: Rule, outbox: Outbox, now: datetime, channels: Sequence[str]) -> Outbox:
    """Release one waiting message, if it may go: a settled change, or all held changes.

    Changes beyond `MOST_IN_A_DIGEST` wait for the next one. Returns the same outbox if there is nothing to do.
    """
    settled = next((s for s in outbox.settling if s.until <= now), None)
    if settled:
        unsettled = tuple(s for s in outbox.settling if s is not settled)
        return admit(rule, replace(outbox, settling=unsettled), settled.event, now, channels)
    if not outbox.held or not may_go(rule, outbox, now):
        return outbox
    first, left = outbox.held[:MOST_IN_A_DIGEST], outbox.held[MOST_IN_A_DIGEST:]
    return replace(_let_go(rule, outbox, first, now, channels), held=left)


def may_go(rule: Rule, outbox: Outbox, now: datetime) -> bool:
    """Whether a message may be released now."""
    if rule.quiet and rule.quiet.holds(now.astimezone(rule.zone)):
        return False
    return rule.at_most is None or len(_lately(outbox, now)) < rule.at_most


def due(outbox: Outbox, now: datetime) -> list[Delivery]:
    """The deliveries to try now."""
    return [delivery for delivery in outbox.deliveries if delivery.due <= now]


def delivered(outbox: Outbox, delivery: Delivery) -> Outbox:
    """Remove a delivery that arrived or is dead."""
    return replace(outbox, deliveries=tuple(d for d in outbox.deliveries if d != delivery))


def is_last(delivery: Delivery) -> bool:
    """Whether this is the last try."""
    return delivery.tries >= len(RETRY_AFTER)


def failed(outbox: Outbox, delivery: Delivery, now: datetime, after: timedelta = timedelta()) -> Outbox:
    """Postpone a delivery after a try that is not the last.

    Parameters
    ----------
    after
        How long the receiver asks us to wait. It lengthens the pause, up to the longest one, and never shortens it:
        a receiver that is down and asks for retries at once would use up all tries.
    """
    pause = max(RETRY_AFTER[delivery.tries], min(after, RETRY_AFTER[-1]))
    again = replace(delivery, tries=delivery.tries + 1, due=now + pause)
    return replace(outbox, deliveries=tuple(again if d == delivery else d for d in outbox.deliveries))


def _let_go(
    rule: Rule, outbox: Outbox, events: tuple[StatusChanged, ...], now: datetime, channels: Sequence[str]
) -> Outbox:
    message = Message(id=_message_id(rule, events), rule=rule.name, events=events, made=now)
    new = tuple(Delivery(message=message, channel=channel, due=now) for channel in channels)
    return replace(outbox, sent=(*_lately(outbox, now), now), deliveries=(*outbox.deliveries, *new))


def _lately(outbox: Outbox, now: datetime) -> tuple[datetime, ...]:
    return tuple(moment for moment in outbox.sent if now - moment < HOUR)


def _message_id(rule: Rule, events: tuple[StatusChanged, ...]) -> str:
    parts = "\0".join((rule.name, *(event.id for event in events)))
    return f"msg_{hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()}"
