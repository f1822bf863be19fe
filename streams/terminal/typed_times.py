"""Times as people type them: ``2025-12-02``, ``2025-12-02T14:00Z``, ``3d``."""

import re
from datetime import UTC, date, datetime, time, timedelta

from claimwire.times import parse_time
from streams.errors import UserError

AGO = re.compile(r"(\d{1,5})([hdw])")
UNITS = {"h": "hours", "d": "days", "w": "weeks"}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
NOW = "now"


def parse_moment(text: str, now: datetime | None, option: str = "--as-of") -> datetime:
    """The moment that a user names; a date means its end, in UTC.

    Parameters
    ----------
    now
        The moment from which "3d" counts back; None if that makes no sense.
    option
        The option that was typed.

    Raises
    ------
    UserError
        If the text names no moment.
    """
    words = text.strip()
    ago = AGO.fullmatch(words)
    if ago or words == NOW:
        if now is None:
            raise UserError(f"{option} {words} counts from now, which says nothing of a file: name a date.")
        return now - timedelta(**{UNITS[ago[2]]: int(ago[1])}) if ago else now
    try:
        if DATE.fullmatch(words):
            return datetime.combine(date.fromisoformat(words), time.max, UTC)
        return parse_time(words)
    except ValueError:
        raise UserError(
            f"{option} {text!r} names no moment. Name a date, for the end of that day in UTC (2025-12-02), "
            f"a time with its zone (2025-12-02T14:00Z), or how long ago (12h, 3d, 2w, now)."
        ) from None


def parse_start(text: str, now: datetime | None, option: str) -> datetime:
    """The moment at which something begins: the start of a date, else as in `parse_moment`.

    Raises
    ------
    UserError
        If the text names no moment.
    """
    moment = parse_moment(text, now, option)
    return datetime.combine(moment, time.min, UTC) if DATE.fullmatch(text.strip()) else moment
