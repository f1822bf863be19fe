"""Dates as feeds write them, to RFC 3339.

A time without a zone is taken as UTC, and a date alone as its midnight in UTC: a feed that says no
more leaves nothing better, and everybody who reads it gets the same.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from claimwire.times import EARLIEST, LATEST, format_time

ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.I,
)
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]M\b)?", re.I)
OFFSET = re.compile(r"(?:^|\s|GMT|UTC)([+-])(\d{2}):?(\d{2})\b")
YEAR = re.compile(r"\b(\d{4})\b")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")

MONTHS = {
    **{name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    # the first letters of other languages' names, where they differ from English ones
    "fév": 2, "fev": 2, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aoû": 8, "aou": 8, "déc": 12,  # French
    "mär": 3, "mrz": 3, "okt": 10, "dez": 12,  # German
    "gen": 1, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9, "ott": 10, "dic": 12,  # Italian
    "ene": 1, "abr": 4, "out": 10,  # Spanish, Portuguese
}  # fmt: skip
ZONES = {"ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
         "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9}  # fmt: skip
"""Zones by their letters: those of RFC 822, and those that name one zone only in the feeds there are."""
CENTURY, LAST_TWO_DIGITS = 100, 68
LONGEST = 80
"""Characters of a date, at most."""


def to_rfc3339(text: str | None) -> str:
    """The moment in UTC; empty if the text names none.

    Read are ISO 8601 (also its basic form), RFC 822 and its descendants, C's asctime, and the like.
    """
    text = " ".join((text or "").split())
    if not text or len(text) > LONGEST:
        return ""
    try:
        moment = _iso(text) or _words(text)
    except (ValueError, OverflowError):  # not in the calendar
        return ""
    return format_time(moment) if moment and EARLIEST <= moment < LATEST else ""


def _iso(text: str) -> datetime | None:
    found = ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    micro = int((fraction or "").ljust(6, "0")[:6])
    clock = time(int(hour or 0), int(minute or 0), min(int(second or 0), 59), micro, _zone(zone))
    return datetime.combine(date(int(year), int(month), int(day)), clock)


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _words(text: str) -> datetime | None:
    """A date with its month in letters, its parts in any order."""
    words = [w.lower() for w in WORD.findall(text)]
    months = [MONTHS[w[:n]] for w in words for n in (4, 3) if w[:n] in MONTHS]
    month = months[-1] if months else None  # an Italian Tuesday begins as March does, and stands before it
    if not month:
        return None
    clock = CLOCK.search(text)
    offset = OFFSET.search(text)
    rest = CLOCK.sub(" ", OFFSET.sub(" ", text))
    numbers = NUMBER.findall(rest)
    year = next((n for n in numbers if YEAR.fullmatch(n)), None)
    days = [n for n in numbers if n is not year]
    if not days:
        return None
    day = days[0]
    if year is None:
        if len(days) == 1:
            return None
        short = int(days[1])
        year = str(short + (2000 if short <= LAST_TWO_DIGITS else 1900)) if short < CENTURY else days[1]
    named = next((ZONES[w] for w in words if w in ZONES), 0)
    zone = _zone("".join(offset.groups())) if offset else timezone(timedelta(hours=named))
    return datetime.combine(date(int(year), month, int(day)), _clock(clock, zone))


def _clock(found: re.Match[str] | None, zone: timezone) -> time:
    if not found:
        return time(0, 0, tzinfo=zone)
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2]), min(int(found[3] or 0), 59), tzinfo=zone)
