"""Times: from RFC 3339 text to UTC and back."""

from datetime import UTC, datetime

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Bounds of a time. Times beyond are slips, and near the ends of the calendar sums overflow."""


def parse_time(text: str) -> datetime:
    """The moment that an RFC 3339 text names, in UTC.

    Raises
    ------
    ValueError
        If the text is no RFC 3339 time, or names no zone, without which times have no order.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no RFC 3339 time such as 2025-12-02T10:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone: write 2025-12-02T10:00:00Z")
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"{text!r} is not between {EARLIEST.year} and {LATEST.year}")
    return moment.astimezone(UTC)


def format_time(moment: datetime) -> str:
    """The moment as RFC 3339 in UTC, with ``Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
