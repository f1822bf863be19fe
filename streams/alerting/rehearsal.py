"""Rehearsal: what rules would have told over a past stretch of status changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from claimwire.judging import StatusChanged
from claimwire.records import TrackRecord
from streams.alerting.outbox import Message, Outbox, admit, release
from streams.alerting.rules import Rule

CHANNELS = ("rehearsal",)
Told = tuple[datetime, StatusChanged]
"""A status change, and when it came."""

STEP = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=26)
"""Quiet hours end within a day, and a full hour within one more."""


def rehearse(rule: Rule, events: Iterable[Told], records: Mapping[str, TrackRecord]) -> Iterator[Message]:
    """The messages that a rule would have let go, digests among them, in their order.

    Parameters
    ----------
    events
        In the order in which they came.
    records
        Track records by side.
    """
    asked = [(moment, event) for moment, event in events if rule.matches(event, records.get(event.claim.side))]
    outbox = Outbox()
    for (now, event), (until, _) in pairwise([*asked, (asked[-1][0] + LONGEST_WAIT, None)] if asked else []):
        assert event
        outbox = admit(rule, outbox, event, now, CHANNELS)
        yield from _on_their_way(outbox)
        outbox = replace(outbox, deliveries=())
        while outbox.held and now < until:
            now = min(now + STEP, until)
            outbox = release(rule, outbox, now, CHANNELS)
            yield from _on_their_way(outbox)
            outbox = replace(outbox, deliveries=())


def _on_their_way(outbox: Outbox) -> Iterator[Message]:
    return (delivery.message for delivery in outbox.deliveries)
