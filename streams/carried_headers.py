"""What goes along from record to record in Kafka headers, and not in values: those are a function of the items alone.

An agent handles a record in a context of its own; what it sends there carries on what the record
carried. Now that is when the item arrived, for latency.
"""

from contextvars import ContextVar
from typing import Any

Headers = list[tuple[str, bytes]]

ARRIVED = "arrived"
"""The header: milliseconds since 1970 at which the item that caused the record was put on ``news.items``."""

LONGEST = 15
"""Digits of a time that is one; a header may come from anybody."""

_ARRIVED: ContextVar[bytes | None] = ContextVar(ARRIVED, default=None)


def take_up(message: Any) -> None:
    """Carry on what a record carries; what carries nothing arrives itself."""
    told = dict(message.headers or ()).get(ARRIVED) or b""
    itself = str(int((message.timestamp or 0) * 1000)).encode()
    _ARRIVED.set(told if told.isdigit() and len(told) <= LONGEST else itself)


def carried() -> Headers:
    """The headers of what is sent now."""
    arrived = _ARRIVED.get()
    return [(ARRIVED, arrived)] if arrived else []


def arrived() -> float | None:
    """When the item at hand arrived, in seconds since 1970."""
    told = _ARRIVED.get()
    return int(told) / 1000 if told else None
