"""Settling: a change that may soon be undone is sent once it has lasted for a minute.

Records of several partitions come in any order, and an implied claim gives way to the claim itself when that comes. So
the changes to a claim in its first minute depend on the timing, and so does whether withdrawn words come back at once
by another subject. A later change of the claim overtakes the waiting one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from claimwire.status_events import StatusChanged

SETTLES_IN = timedelta(minutes=1)

SETTLES = "settles"
"""The header of a match: until when it waits, in milliseconds since 1970. Without it, the match goes at once."""

OVERTAKES = "overtakes"
"""The header of a change that a rule does not ask for, but that follows one that it may have asked for."""

Headers = list[tuple[str, bytes]]


class Newcomers:
    """The claims that are newer than a minute."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def came_and_went(self, event: StatusChanged) -> bool:
        """Whether a claim is gone before anybody was alerted to it."""
        return event.gone is not None and event.claim.id in self._until

    def settles(self, event: StatusChanged, now: datetime) -> datetime | None:
        """Until when a change that comes now waits; None if it need not wait."""
        while self._until and next(iter(self._until.values())) <= now:
            del self._until[next(iter(self._until))]
        if event.previous is None:
            self._until.setdefault(event.claim.id, now + SETTLES_IN)
        return self._until.get(event.claim.id) or (now + SETTLES_IN if event.cause.withdrawn else None)


def settling_headers(until: datetime | None) -> Headers:
    """The headers that say until when a match waits."""
    return [(SETTLES, str(round(until.timestamp() * 1000)).encode())] if until else []


def settles_until(headers: Mapping[str, bytes]) -> datetime | None:
    """Until when a match waits, by its headers."""
    until = headers.get(SETTLES)
    return datetime.fromtimestamp(int(until) / 1000, UTC) if until else None
