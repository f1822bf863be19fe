"""The outbox of a rule: what is held back, what is on its way, and when it goes. Pure: the clock is an argument."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from claimwire.judging import StatusChanged
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
        Its place among the channels of the rule.
    tries
        How often it has failed.
    due
        When it is tried (again).
    """

    message: Message
    channel: int
    due: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The state of a rule.

    Attributes
    ----------
    held
        Changes that wait: the hour is full, or quiet.
    sent
        When messages of the last hour were let go.
    deliveries
        On their way.
    """

    held: tuple[StatusChanged, ...] = ()
    sent: tuple[datetime, ...] = ()
    deliveries: tuple[Delivery, ...] = field(default_factory=tuple)

    def holds(self, event_id: str) -> bool:
        """Whether a change waits or is on its way."""
        waiting = (*self.held, *(event for d in self.deliveries for event in d.message.events))
        return any(event.id == event_id for event in waiting)


def admit(rule: Rule, outbox: Outbox, event: StatusChanged, now: datetime, channels: int) -> Outbox:
    """Take a change in: it goes at once, or waits for the digest."""
    if outbox.held or not may_go(rule, outbox, now):
        return replace(outbox, held=(*outbox.held, event))
    return _let_go(rule, outbox, (event,), now, channels)


def release(rule: Rule, outbox: Outbox, now: datetime, channels: int) -> Outbox:
    """Let what waited go, as one message, once it may."""
    if not outbox.held or not may_go(rule, outbox, now):
        return outbox
    return replace(_let_go(rule, outbox, outbox.held, now, channels), held=())


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


def failed(outbox: Outbox, delivery: Delivery, now: datetime) -> tuple[Outbox, bool]:
    """Put a delivery off; whether it is dead, after its last try."""
    if delivery.tries >= len(RETRY_AFTER):
        return delivered(outbox, delivery), True
    again = replace(delivery, tries=delivery.tries + 1, due=now + RETRY_AFTER[delivery.tries])
    return replace(outbox, deliveries=tuple(again if d == delivery else d for d in outbox.deliveries)), False


def _let_go(rule: Rule, outbox: Outbox, events: tuple[StatusChanged, ...], now: datetime, channels: int) -> Outbox:
    message = Message(id=_message_id(rule, events), rule=rule.name, events=events, made=now)
    new = tuple(Delivery(message=message, channel=n, due=now) for n in range(channels))
    return replace(outbox, sent=(*_lately(outbox, now), now), deliveries=(*outbox.deliveries, *new))


def _lately(outbox: Outbox, now: datetime) -> tuple[datetime, ...]:
    return tuple(moment for moment in outbox.sent if now - moment < HOUR)


def _message_id(rule: Rule, events: tuple[StatusChanged, ...]) -> str:
    parts = "\0".join((rule.name, *(event.id for event in events)))
    return f"msg_{hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()}"
