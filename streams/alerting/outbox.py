"""The outbox of a rule: what waits, what is on its way, and when it goes. Pure: the clock is an argument."""

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
"""Pauses between the tries of a delivery; after the last one it is dead. The Standard Webhooks specification asks
for growing pauses over hours."""

MOST_IN_A_DIGEST = 500
"""Changes in one message, which a receiver must take as one body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told at once: one status change, or a digest of several.

    Attributes
    ----------
    id
        Deterministic: by it a receiver tells a repeated delivery.
    made
        When it was decided to tell it.
    """

    id: str
    rule: str
    events: tuple[StatusChanged, ...]
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message on its way to one channel.

    Attributes
    ----------
    channel
        Its name among the channels of the rule.
    tries
        How often it has failed.
    due
        When it is tried (again).
    """

    message: Message
    channel: str
    due: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """A change that may be gone again in a moment, and until when it waits for that."""

    event: StatusChanged
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The state of a rule.

    Attributes
    ----------
    settling
        Changes that have not stood for long enough yet.
    held
        Changes that wait: the hour is full, or quiet.
    sent
        When messages of the last hour were let go.
    deliveries
        On their way.
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
    """Take a change in that a rule asks for.

    Parameters
    ----------
    until
        When it has settled; None where it stands already.
    """
    after = overtake(outbox, event)
    if undoes(outbox, event, until):
        return after
    if until is None:
        return admit(rule, after, event, now, channels)
    return replace(after, settling=(*after.settling, Settling(event=event, until=until)))


def overtake(outbox: Outbox, event: StatusChanged) -> Outbox:
    """Tell nobody of what settles and is followed by another change of its claim."""
    left = tuple(s for s in outbox.settling if not _follows(event, s.event))
    return replace(outbox, settling=left) if left != outbox.settling else outbox


def undoes(outbox: Outbox, event: StatusChanged, until: datetime | None) -> bool:
    """Whether by a change a claim is again as it was before the one that settles: then there is nothing to tell."""
    before = [s.event.previous for s in outbox.settling if _follows(event, s.event)]
    return until is None and event.status in before


def _follows(event: StatusChanged, other: StatusChanged) -> bool:
    return event.claim.id == other.claim.id and event.sequence > other.sequence


def admit(rule: Rule, outbox: Outbox, event: StatusChanged, now: datetime, channels: Sequence[str]) -> Outbox:
    """Take a change in: it goes at once, or waits for the digest."""
    if outbox.held or not may_go(rule, outbox, now):
        return replace(outbox, held=(*outbox.held, event))
    return _let_go(rule, outbox, (event,), now, channels)


def release(rule: Rule, outbox: Outbox, now: datetime, channels: Sequence[str]) -> Outbox:
    """Let one message of what waits go, if it may: a change that has settled, or all that was held back.

    What is too much for one waits for the next. The outbox itself where there is nothing to do now.
    """
    settled = next((s for s in outbox.settling if s.until <= now), None)
    if settled:
        unsettled = tuple(s for s in outbox.settling if s is not settled)
        return admit(rule, replace(outbox, settling=unsettled), settled.event, now, channels)
    if not outbox.held or not may_go(rule, outbox, now):
        return outbox
    told, left = outbox.held[:MOST_IN_A_DIGEST], outbox.held[MOST_IN_A_DIGEST:]
    return replace(_let_go(rule, outbox, told, now, channels), held=left)


def may_go(rule: Rule, outbox: Outbox, now: datetime) -> bool:
    """Whether a message may be let go now."""
    if rule.quiet and rule.quiet.holds(now.astimezone(rule.zone)):
        return False
    return rule.at_most is None or len(_lately(outbox, now)) < rule.at_most


def due(outbox: Outbox, now: datetime) -> list[Delivery]:
    """What is to be tried now."""
    return [delivery for delivery in outbox.deliveries if delivery.due <= now]


def delivered(outbox: Outbox, delivery: Delivery) -> Outbox:
    """Strike a delivery off: it arrived, or is dead."""
    return replace(outbox, deliveries=tuple(d for d in outbox.deliveries if d != delivery))


def is_last(delivery: Delivery) -> bool:
    """Whether it is dead if it fails now."""
    return delivery.tries >= len(RETRY_AFTER)


def failed(outbox: Outbox, delivery: Delivery, now: datetime, after: timedelta = timedelta()) -> Outbox:
    """Put a delivery off, which must not be the last try.

    Parameters
    ----------
    after
        For how long the receiver asks to be left alone. It lengthens the pause, up to the longest one, and never
        shortens it: whoever says "at once" while it is down would use up all tries.
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
