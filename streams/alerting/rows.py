"""Rows: an outbox as its table keeps it. Pure.

Each change that a rule took has a row under the event's id. It holds the change while it waits or is being delivered,
and null afterwards or once another change has overtaken it, so that no change is taken twice. Each message has a row
under its id, with its changes and the channels to which it must still go. A message that has arrived everywhere keeps
its row, so that it counts in the last hour.
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
    """A change that waits or is being delivered.

    Attributes
    ----------
    offset
        Of its record, which gives the order in which changes came.
    until
        When it will have settled; None if it need not wait.
    """

    offset: int
    event: StatusChanged
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The state of a delivery to a channel that is still to be made."""

    tries: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """A message that was released.

    Attributes
    ----------
    events
        Ids of its changes.
    left
        Deliveries still to be made, by channel.
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
    """The outbox of a rule, from all its rows."""
    changes, messages = _under(change_key(rule, ""), rows), _under(message_key(rule, ""), rows)
    taken = {id: change for id, row in changes.items() if (change := decode(TAKEN, row))}
    sent = {id: decode(SENT, row) for id, row in messages.items()}
    released = {event for message in sent.values() for event in message.events}
    waiting = sorted((change for id, change in taken.items() if id not in released), key=lambda change: change.offset)
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
    """The rows whose keys begin with a prefix, by the rest of their keys."""
    return {key.removeprefix(prefix).decode(): row for key, row in rows.items() if key.startswith(prefix)}


def writes(rule: str, before: Outbox, after: Outbox) -> list[dict[bytes, bytes]]:
    """What to write, in this order, so that a crash at any point leaves one outbox or the other."""
    old, new = _messages(before), _messages(after)
    over = {id: message for id, (message, _) in old.items() if id not in new}
    rows = {
        id: SentRow(events=_ids(m), made=m.made, left=left) for id, (m, left) in new.items() if old.get(id) != (m, left)
    }
    rows |= {id: SentRow(events=_ids(m), made=m.made, left={}) for id, m in over.items()}
    finished = {event for message in over.values() for event in _ids(message)}
    overtaken = _overtaken(before, after) - {event for row in rows.values() for event in row.events}
    return [
        {message_key(rule, id): encode(row) for id, row in rows.items()},
        {change_key(rule, event): encode(None) for event in sorted(finished | overtaken)},
    ]


def _overtaken(before: Outbox, after: Outbox) -> set[str]:
    """Ids of the changes that no longer settle and are not held."""
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
