"""Messages: an alert in words for people, and as a value for programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from claimwire.status_events import StatusChanged
from claimwire.times import format_time
from streams.alerting.outbox import Message

MESSAGE_TYPE = "org.claimwire.alert.v1"
LONGEST_TITLE = 120
MOST_TOLD = 50
"""Changes that a digest shows in full; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the delivery of a message by one channel ended.

    Attributes
    ----------
    id
        Of the message, the same in each delivery.
    title
        The message in one line.
    channel
        `webhook`, `notify 1 (mailto)` or `log`.
    reason
        Why it is dead; empty if it was delivered.
    tries
        How often it was tried.
    made, ended
        When it was released, and when it was delivered or given up.
    events
        Ids of its status changes.
    message
        If it is dead, the payload for a webhook, unless larger than half a record; else null.
    """

    id: str
    rule: str
    title: str
    channel: str
    outcome: Literal["delivered", "dead"]
    reason: str
    tries: int
    made: datetime
    ended: datetime
    events: tuple[str, ...]
    message: dict[str, Any] | None


def title(message: Message) -> str:
    """One line: the change, or the number of changes."""
    if len(message.events) > 1:
        return f"{message.rule}: {len(message.events)} claims changed"
    [event] = message.events
    line = " ".join(f"{event.word}: {event.claim.text}".split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def text(message: Message) -> str:
    """Plain text: each change, who caused it, and its source."""
    parts = [_paragraph(event) for event in message.events[:MOST_TOLD]]
    more = len(message.events) - MOST_TOLD
    if more > 0:
        parts.append(f"and {more} more: claimwire watch --from-beginning")
    return "\n\n".join([*parts, f"Rule: {message.rule}"])


def payload(message: Message) -> dict[str, Any]:
    """The payload for a webhook: type, timestamp and data, as in the Standard Webhooks specification."""
    return {
        "type": MESSAGE_TYPE,
        "timestamp": format_time(message.made),
        "data": {"rule": message.rule, "events": message.events},
    }


def _paragraph(event: StatusChanged) -> str:
    cause = event.cause
    word = f"{cause.relation} withdrawn" if cause.withdrawn else str(cause.relation)
    by_whom = f"{word}: {cause.speaker or cause.side} ({cause.outlet or cause.item})"
    lines = [
        f"{event.previous or 'new'} → {event.word}: {event.claim.text}",
        *([f"in: {event.claim.headline}"] if event.claim.headline else []),
        f"claimed by {event.claim.claimant or event.claim.side}",
        f"{event.verdict.sentence if event.verdict else by_whom}, {format_time(event.time)}",
        *([event.decided_by.words] if event.decided_by.verdict and not event.verdict else []),
        f"“{cause.quote}”",
        f"{cause.item}",
        f"claimwire show {event.claim.id}",
    ]
    return "\n".join(lines)
