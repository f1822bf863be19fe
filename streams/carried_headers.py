"""Carried headers pass from record to record in Kafka headers, not in values, which depend on the items alone.

An agent handles each record in its own context, and passes the record's carried headers on to its
results. So far there is one: when the item arrived, for latency.
"""

from contextvars import ContextVar
from typing import Any

Headers = list[tuple[str, bytes]]

ARRIVED = "arrived"
"""The header: when the item that caused the record was put on ``news.items``, in milliseconds since 1970."""

LONGEST = 15
"""The most digits of a valid time, since anybody may write a header."""

_ARRIVED: ContextVar[bytes | None] = ContextVar(ARRIVED, default=None)


def take_up(message: Any) -> None:
    """Carry a record's headers on. A record without them is the arriving item itself."""
    stamp = dict(message.headers or ()).get(ARRIVED) or b""
    itself = str(int((message.timestamp or 0) * 1000)).encode()
    _ARRIVED.set(stamp if stamp.isdigit() and len(stamp) <= LONGEST else itself)


def carried() -> Headers:
    """The headers for records sent now."""
    arrived = _ARRIVED.get()
    return [(ARRIVED, arrived)] if arrived else []


def arrived() -> float | None:
    """When the current item arrived, in seconds since 1970."""
    stamp = _ARRIVED.get()
    return int(stamp) / 1000 if stamp else None
