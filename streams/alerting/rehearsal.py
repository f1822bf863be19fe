"""Rehearsal: the alerts that rules would have sent for past status changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from claimwire.status_events import StatusChanged
from claimwire.track_records import TrackRecord
from streams.alerting.outbox import Message, Outbox, overtake, release, take_in
from streams.alerting.rules import Rule
from streams.alerting.settling import Newcomers

CHANNELS = ("rehearsal",)
Told = tuple[datetime, StatusChanged]
"""A status change, and when it came."""

STEP = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=26)
"""Quiet hours end within a day, and a full hour within one more."""


def rehearse(rule: Rule, events: Iterable[Told], records: Mapping[str, TrackRecord]) -> Iterator[Message]:
    """The messages that a rule would have released, including digests, in order.

    Parameters
    ----------
    events
        In the order in which they came.
    records
        Track records by side.
    """
    listed, outbox, newcomers = list(events), Outbox(), Newcomers()
    for (now, event), (then, _) in pairwise([*listed, (listed[-1][0] + LONGEST_WAIT, None)] if listed else []):
        assert event
        until = newcomers.settles(event, now)
        asked = not newcomers.came_and_went(event) and rule.matches(event, records.get(event.claim.side))
        outbox = take_in(rule, outbox, event, until, now, CHANNELS) if asked else overtake(outbox, event)
        yield from _on_their_way(outbox)
        outbox = replace(outbox, deliveries=())
        while (outbox.held or outbox.settling) and now < then:
            now = min(now + STEP, then, *(s.until for s in outbox.settling))
            while (after := release(rule, outbox, now, CHANNELS)) is not outbox:
                yield from _on_their_way(after)
                outbox = replace(after, deliveries=())


def _on_their_way(outbox: Outbox) -> Iterator[Message]:
    return (delivery.message for delivery in outbox.deliveries)
