"""Settling: a change that may be gone again in a moment is told once it has stood for a minute.

Records of several partitions come in one order or another, and a claim that answers only imply gives way to the claim
itself when that comes. So what happens to a claim in its first minute hangs on the timing, and so does whether words
that were withdrawn come back at once by another subject. What follows upon the change meanwhile overtakes it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from claimwire.status_events import StatusChanged

SETTLES_IN = timedelta(minutes=1)

SETTLES = "settles"
"""The header of a match: until when it waits, in milliseconds since 1970. Without it, it is told at once."""

OVERTAKES = "overtakes"
"""The header of a change that a rule does not ask for, but that follows upon one that it may have asked for."""

Headers = list[tuple[str, bytes]]


class Newcomers:
    """The claims that were heard of within the last minute."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def came_and_went(self, event: StatusChanged) -> bool:
        """Whether a claim is gone again of which nobody was told yet."""
        return event.gone is not None and event.claim.id in self._until

    def settles(self, event: StatusChanged, now: datetime) -> datetime | None:
        """Until when a change waits that comes now; None where it stands already."""
        while self._until and next(iter(self._until.values())) <= now:
            del self._until[next(iter(self._until))]
        if event.previous is None:
            self._until.setdefault(event.claim.id, now + SETTLES_IN)
        return self._until.get(event.claim.id) or (now + SETTLES_IN if event.cause.withdrawn else None)


def settling_headers(until: datetime | None) -> Headers:
    """What says until when a match waits."""
    return [(SETTLES, str(round(until.timestamp() * 1000)).encode())] if until else []


def settles_until(headers: Mapping[str, bytes]) -> datetime | None:
    """Until when a match waits, by its headers."""
    told = headers.get(SETTLES)
    return datetime.fromtimestamp(int(told) / 1000, UTC) if told else None
