"""Rows: an outbox as its table keeps it. Pure.

A row for each change that a rule took in, under the event's id: the change while it waits or is on its way, null
afterwards, or once another one has overtaken it, so that it is never taken in twice. And one for each message, under
its id: of which changes it tells, and to whom it has still to go. A message that has arrived everywhere keeps its row:
by it the last hour is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from claimwire.status_events import StatusChanged
from streams.alerting.outbox import HOUR, Delivery, Message, Outbox, Settling
from streams.codecs import decode, encode
from streams.engine.stores import GROUP_ENDS

CHANGE, MESSAGE = b"change:", b"message:"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRow:
    """A change that waits or is on its way.

    Attributes
    ----------
    offset
        Of the record that brought it: the order in which changes came.
    until
        When it has settled; None where it stood when it came.
    """

    offset: int
    event: StatusChanged
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A channel that a message has still to go to."""

    tries: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """A message that was let go.

    Attributes
    ----------
    events
        Ids of the changes that it tells.
    left
        By name of the channel.
    """

    events: tuple[str, ...]
    made: datetime
    left: dict[str, Left]


TAKEN: TypeAdapter[TakenRow | None] = TypeAdapter(TakenRow | None)
SENT = TypeAdapter(SentRow)


def change_key(rule: str, event: str) -> bytes:
    """The key of a change's row."""
    return rule.encode() + GROUP_ENDS + CHANGE + event.encode()


def message_key(rule: str, message: str) -> bytes:
    """The key of a message's row."""
    return rule.encode() + GROUP_ENDS + MESSAGE + message.encode()


def restored(rule: str, rows: Mapping[bytes, bytes], now: datetime) -> Outbox:
    """The outbox of a rule, by all of its rows."""
    changes, messages = _under(change_key(rule, ""), rows), _under(message_key(rule, ""), rows)
    taken = {id: change for id, row in changes.items() if (change := decode(TAKEN, row))}
    sent = {id: decode(SENT, row) for id, row in messages.items()}
    told = {event for message in sent.values() for event in message.events}
    waiting = sorted((change for id, change in taken.items() if id not in told), key=lambda change: change.offset)
    deliveries = [
        Delivery(
            message=Message(id=id, rule=rule, events=tuple(taken[e].event for e in each.events), made=each.made),
            channel=channel,
            due=left.due,
            tries=left.tries,
        )
        for id, each in sorted(sent.items(), key=lambda pair: pair[1].made)
        for channel, left in each.left.items()
    ]
    return Outbox(
        settling=tuple(Settling(event=c.event, until=c.until) for c in waiting if c.until and c.until > now),
        held=tuple(c.event for c in waiting if not c.until or c.until <= now),
        sent=tuple(sorted(each.made for each in sent.values() if now - each.made < HOUR)),
        deliveries=tuple(deliveries),
    )


def _under(prefix: bytes, rows: Mapping[bytes, bytes]) -> dict[str, bytes]:
    """The rows whose keys begin so, by the rest of their keys."""
    return {key.removeprefix(prefix).decode(): row for key, row in rows.items() if key.startswith(prefix)}


def writes(rule: str, before: Outbox, after: Outbox) -> list[dict[bytes, bytes]]:
    """What to write, in this order, so that a crash after any of it leaves one outbox or the other."""
    old, new = _messages(before), _messages(after)
    over = {id: message for id, (message, _) in old.items() if id not in new}
    rows = {
        id: SentRow(events=_ids(m), made=m.made, left=left) for id, (m, left) in new.items() if old.get(id) != (m, left)
    }
    rows |= {id: SentRow(events=_ids(m), made=m.made, left={}) for id, m in over.items()}
    told = {event for message in over.values() for event in _ids(message)}
    overtaken = _overtaken(before, after) - {event for row in rows.values() for event in row.events}
    return [
        {message_key(rule, id): encode(row) for id, row in rows.items()},
        {change_key(rule, event): encode(None) for event in sorted(told | overtaken)},
    ]


def _overtaken(before: Outbox, after: Outbox) -> set[str]:
    """Ids of the changes that no longer settle, and are not held back either."""
    if before.settling is after.settling:
        return set()
    waiting = {event.id for event in (*(s.event for s in after.settling), *after.held)}
    return {s.event.id for s in before.settling} - waiting


def _messages(outbox: Outbox) -> dict[str, tuple[Message, dict[str, Left]]]:
    found: dict[str, tuple[Message, dict[str, Left]]] = {}
    for d in outbox.deliveries:
        found.setdefault(d.message.id, (d.message, {}))[1][d.channel] = Left(tries=d.tries, due=d.due)
    return found


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(event.id for event in message.events)
