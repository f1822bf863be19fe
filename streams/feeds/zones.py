"""Time zones as feeds write them: offsets, letters, and names such as Europe/Kyiv."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFFSET = re.compile(r"(?:^|[\s(]|\b(?:GMT|UTC|UT|Z))([+-])(\d{1,2}):?(\d{2})?(?![\d:])", re.I)
PLACE = re.compile(r"\b[A-Z][A-Za-z]+/[A-Za-z_/+-]+")
LETTERS = re.compile(r"\b[A-Za-z]{1,5}\b")

HOURS = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2,
    "mest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "samt": 4,
    "wat": 1, "cat": 2, "sast": 2, "eat": 3, "idt": 3, "irst": 3.5, "irdt": 4.5, "aft": 4.5, "azt": 4, "uzt": 5,
    "pkt": 5, "npt": 5.75, "mmt": 6.5, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "wita": 8, "awst": 8,
    "jst": 9, "kst": 9, "wit": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "yekt": 5, "omst": 6, "novt": 7, "krat": 7, "irkt": 8, "yakt": 9, "vlat": 10, "magt": 11, "pett": 12,
    "nst": -3.5, "ndt": -2.5, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "brt": -3, "brst": -2, "art": -3, "uyt": -3, "clt": -4, "clst": -3, "cot": -5,
    "pet": -5, "vet": -4, "bot": -4,
}  # fmt: skip
"""Hours by abbreviation: RFC 822's, and those of one zone only, unlike "IST" (India, Israel, Ireland)."""
FARTHEST = timedelta(hours=15)


class UnknownZone(ValueError):
    """A time has an unknown or ambiguous zone."""


def zone_in(text: str) -> tzinfo | None:
    """The zone behind a time; None if there is none.

    Raises
    ------
    UnknownZone
        If the zone is unknown, so that the time names no moment.
    """
    offset = OFFSET.search(text)
    if offset:
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if length > FARTHEST:
            raise UnknownZone(offset[0].strip())
        return timezone(-length if offset[1] == "-" else length)
    place = PLACE.search(text)
    if place:
        return zone_named(place[0])
    words = [word for word in LETTERS.findall(text) if word.lower() in HOURS or (word.isupper() and word.isascii())]
    for word in words:
        if word.lower() not in HOURS:
            raise UnknownZone(word)
    return timezone(timedelta(hours=HOURS[words[0].lower()])) if words else None


def zone_named(name: str) -> tzinfo:
    """A zone by its name in the time zone database: Europe/Kyiv.

    Raises
    ------
    UnknownZone
        If the database lacks it.
    """
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(name) from None
