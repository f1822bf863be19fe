"""Dates: from the forms that feeds use to RFC 3339.

A time without a zone, and the midnight of a date alone, are in the configured zone, else in UTC, so that every ledger
reads the same moment. A time in an unknown zone names no moment.
"""

import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

from claimwire.times import EARLIEST, LATEST, format_time
from streams.feeds.zones import UnknownZone, zone_in

Read = TypeVar("Read")

ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*([A-Z]{1,5}|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|[A-Z][A-Z]+/[A-Z_/]+)?",
    re.I,
)
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]M\b)?", re.I)
YEAR = re.compile(r"\b(\d{4})\b")
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")

MONTHS = {
    **{name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    # the first letters in other languages where these differ from English
    "fév": 2, "fev": 2, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aoû": 8, "aou": 8, "déc": 12,  # French
    "mär": 3, "mrz": 3, "okt": 10, "dez": 12,  # German
    "gen": 1, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9, "ott": 10, "dic": 12,  # Italian
    "ene": 1, "abr": 4, "out": 10,  # Spanish, Portuguese
}  # fmt: skip
MONTH_NAMES = re.compile(rf"\b(?:{'|'.join(MONTHS)})[^\W\d_]*", re.I)
BEHIND = re.compile(r"(?:GMT|UTC|UT)?[+-]\d[\d:]*", re.I)
CENTURY, LAST_TWO_DIGITS = 100, 68
LONGEST = 80
"""The most characters of a date."""
WEEKDAYS = re.compile(r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b", re.I)
ZONE: ContextVar[tzinfo] = ContextVar("zone", default=UTC)
"""The zone of times without one."""


def in_zone(zone: tzinfo | None, found: Iterator[Read]) -> Iterator[Read]:
    """Run a reader with the zone of times without one; None means UTC."""
    while True:
        token = ZONE.set(zone or UTC)
        try:
            one = next(found)
        except StopIteration:
            return
        finally:
            ZONE.reset(token)
        yield one


def to_rfc3339(text: str | None) -> str:
    """The moment in UTC; empty if the text names none.

    It reads ISO 8601 (also its basic form), RFC 822 and its descendants, C's asctime, and similar forms.
    """
    try:
        return format_time(_moment(text or ""))
    except (ValueError, OverflowError):
        return ""


def why_no_date(text: str) -> str:
    """What is wrong with a date that cannot be read."""
    try:
        _moment(text)
    except UnknownZone as error:
        return f"its date, {text[:LONGEST]!r}, is in the zone {str(error)!r}, which is not known or not one only"
    except (ValueError, OverflowError):
        pass
    return f"its date, {text[:LONGEST]!r}, cannot be read"


def _moment(text: str) -> datetime:
    """The moment in the text; a ValueError if there is none."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise ValueError(text)
    moment = _iso(text) or _words(text)
    if moment is None or not EARLIEST <= moment < LATEST:
        raise ValueError(text)
    return moment


def _iso(text: str) -> datetime | None:
    found = ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    micro = int((fraction or "").ljust(6, "0")[:6])
    clock = time(int(hour or 0), int(minute or 0), min(int(second or 0), 59), micro, zone_in(zone or "") or ZONE.get())
    return datetime.combine(date(int(year), int(month), int(day)), clock)


def _words(text: str) -> datetime | None:
    """A date with its month in letters and its parts in any order."""
    words = [w.lower() for w in WORD.findall(text)]
    months = [MONTHS[w[:n]] for w in words for n in (4, 3) if w[:n] in MONTHS]
    month = months[-1] if months else None  # an Italian Tuesday (mar) looks like March, and comes before the month
    if not month:
        return None
    clock = CLOCK.search(text)
    tail = text[clock.end() :] if clock else ""
    zone = zone_in(WEEKDAYS.sub(" ", MONTH_NAMES.sub(" ", tail))) or ZONE.get()
    numbers = NUMBER.findall(f"{text[: clock.start()]} {BEHIND.sub(' ', tail)}" if clock else text)
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
    return datetime.combine(date(int(year), month, int(day)), _clock(clock, zone))


def _clock(found: re.Match[str] | None, zone: tzinfo) -> time:
    if not found:
        return time(0, 0, tzinfo=zone)
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2]), min(int(found[3] or 0), 59), tzinfo=zone)
