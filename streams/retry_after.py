"""``Retry-After``: how long a server asks us to wait (RFC 9110, 10.2.3)."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)
"""The longest wait, even if a server asks for more."""


def retry_after(text: str, now: datetime) -> timedelta:
    """The time that a header asks for, in seconds or until a date; zero if it cannot be read.

    It may lengthen a pause of ours and never shorten it, so callers take the longer of the two.
    """
    try:
        asked = timedelta(seconds=int(text)) if text.strip().isdigit() else _until(text) - now
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return max(timedelta(), min(asked, LONGEST))


def _until(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
