"""Slots: the figures, times and deeds in words, in a form that can be compared.

If these differ, two similar sentences are about different things: daily reports of two days,
bids at two prices, two propositions of one story.
"""

import re
from datetime import date, timedelta

from claimwire.extraction.text.terms import stems
from claimwire.rules import rule
from claimwire.word_lists import MONTHS, WEEKDAYS

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SMALL = {word: n for n, word in enumerate(NUMBERS, start=1)}
SCALES = {"thousand": 1e3, "mln": 1e6, "million": 1e6, "bln": 1e9, "bn": 1e9, "billion": 1e9, "trillion": 1e12}
UNITS = {
    "percent": "pct",
    "per cent": "pct",
    "%": "pct",
    "dlrs": "dlr",
    "dollar": "dlr",
    "dollars": "dlr",
    "$": "dlr",
    "stg": "stg",
    "pounds": "stg",
    "sterling": "stg",
    "£": "stg",
    "€": "euro",
    "bpd": "barrel",
    "barrels": "barrel",
    "tons": "tonne",
    "dead": "killed",
    "cts": "cent",
}
"""Units with several names."""

AMOUNT = rule(
    r"(?P<money>[$£€])?(?<![\w.,/-])(?P<number>\d++/\d++|\d[\d,]*+(?:\.\d++)?+(?:-\d++/\d++)?+"
    rf"|(?:{'|'.join(SMALL)})(?![\w-]))"
    r"(?:-\d++(?:\.\d++)?+)?+"
    rf"(?:[ -](?P<scale>{'|'.join(SCALES)})\b)?+"
    r"(?:[ -]?(?P<unit>per cent|percent|pct|%)|[ -](?:(?:[a-z]++|U\.S\.) )?"
    r"(?P<counted>dlrs?|dollars?|stg|sterling|bpd|dead|people|men|yen|lire"
    r"|[a-z]{3,20}s)(?![\w-]))?+",
    re.I,
    finds="2.5 mln dlrs",
    passes="on route A-12",
)
"""A number with what it counts, with at most one word between."""

ORDINARY = frozenset(
    {"this", "his", "was", "has", "its", "days", "years", "months", "weeks", "hours", "times", "minutes"}
)
"""Words behind a number that are no unit, or are units of time."""

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""The names of months, whole or short. A short one that is also a word needs its full stop."""

TIMES = rule(
    rf"(?<![\w-])(?:(?P<month>{MONTH}) (?P<day>[0-3]?\d)(?![\d,.]*\d)|(?P<day2>[0-3]?\d) (?P<month2>{MONTH})(?![\w-])"
    rf"|(?P<alone>{MONTH})(?! [0-3]?\d(?!\d))(?![\w-])"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)})(?![\w-])"
    r"|(?P<near>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Oo]vernight|[Ll]ast night"
    r"|[Tt]his (?:morning|afternoon|evening))(?![\w-])"
    r"|(?P<which>[Ll]ast|[Tt]his|[Nn]ext|(?:[Aa]t|[Oo]ver) the(?= weekend)) (?P<unit>week(?:end)?|month|year)(?![\w-])"
    r"|(?P<year>(?:19|20)\d\d)(?![\w/-]))",
    finds="on 3 May",
    passes="they may go",
)
TO_COME = rule(
    r"\b(?:will|would|to be|until|till|next|due|by|plans?|expected|scheduled)\b",
    re.I,
    finds="will meet on Monday",
    passes="met on Monday",
)
"""Words that make a day of the week one to come."""

DEED = rule(
    r"\b(?:to|will|would|could|may|might|can|cannot|must|should|has|have|had|is|are|was|were|be|been|being|not)"
    r"(?: (?:\w+ly|also|not|been|be|already|now|no)\b)*+ (?P<after>[a-z]{3,})|\b(?P<past>[a-z]+ed)\b",
    re.I,
    finds="has quietly sold its stake",
    passes="a quiet sale of its stake",
)
"""A verb, recognised by the words before it or by its ending."""

NO_DEED = rule(
    r"the|for|that|this|been|being|have|from|with|expected|said|reported|based|united|very|more|than|its|any|not|one|two"
    r"|also|such|what|there|told",
    finds="expected",
    passes="exported",
    where="whole",
)
"""Words in these places that are no verb, or say nothing about what is done."""

BACKGROUND = timedelta(days=45)
"""Age from which a time is background to the news: "the ceiling that it set in December"."""

Period = tuple[date, date]
"""First and last day."""


def figures(words: str) -> tuple[str, ...]:
    """What words count, as "number unit", in alphabetical order, without numbers that count nothing."""
    found = set()
    for match in AMOUNT.finditer(words):
        named = (match["money"] or match["unit"] or match["counted"] or "").casefold()
        unit = "" if named in ORDINARY else UNITS.get(named) or named.removesuffix("s")
        if unit or (match["scale"] and not named):
            found.add(
                f"{_value(match['number'].casefold()) * SCALES.get((match['scale'] or '').casefold(), 1):.6g} {unit}"
            )
    return tuple(sorted(found))


def _value(number: str) -> float:
    if number in SMALL:
        return SMALL[number]
    whole, _, fraction = number.replace(",", "").rpartition("-")
    if "/" in fraction:
        above, below = fraction.split("/")
        return float(whole or 0) + float(above) / (float(below) or 1)
    return float(fraction)


def times(words: str, published: date) -> tuple[str, ...]:
    """The days and periods that words name, as "first/last", in alphabetical order, without background.

    Parameters
    ----------
    published
        The day of the item, from which "yesterday" counts.
    """
    ahead = bool(TO_COME.search(words))
    found = {p for match in TIMES.finditer(words) if (p := _period(match, published, ahead))}
    periods = [(first, last) for first, last in found if last >= published - BACKGROUND]
    return tuple(sorted(f"{first.isoformat()}/{last.isoformat()}" for first, last in periods))


def _period(match: re.Match[str], published: date, ahead: bool) -> Period | None:
    if name := match["month"] or match["month2"]:
        return _date(name, int(match["day"] or match["day2"]), published)
    if match["alone"]:
        return _month(match["alone"], published)
    if match["weekday"]:
        back = (published.weekday() - WEEKDAYS.index(match["weekday"])) % 7
        day = published + timedelta(days=7 - back if ahead and back else -back)
        return day, day
    if match["near"]:
        away = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(match["near"].casefold(), 0)
        day = published + timedelta(days=away)
        return day, day
    if match["year"]:
        return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    return _relative(match["which"].casefold(), match["unit"], published)


def _relative(which: str, unit: str, published: date) -> Period:
    away = {"last": -1, "next": 1}.get(which, 0)
    if unit == "year":
        return date(published.year + away, 1, 1), date(published.year + away, 12, 31)
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + away, 12)
        return _whole(year, month + 1)
    monday = published - timedelta(days=published.weekday())
    if unit == "weekend":
        saturday = monday + timedelta(days=5 + 7 * (away if published.weekday() >= 5 or away > 0 else -1))
        return saturday, saturday + timedelta(days=1)
    return monday + timedelta(days=7 * away), monday + timedelta(days=7 * away + 6)


def _whole(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _month(name: str, published: date) -> Period:
    """The month of that name nearest to the item."""
    month = next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(name[:3]))
    year = min((published.year + n for n in (-1, 0, 1)), key=lambda y: abs((date(y, month, 15) - published).days))
    return _whole(year, month)


def _date(name: str, day: int, published: date) -> Period | None:
    first, last = _month(name, published)
    if not 1 <= day <= last.day:
        return None
    there = first.replace(day=day)
    return there, there


def deeds(words: str) -> tuple[str, ...]:
    """The stems of the verbs in words, in alphabetical order."""
    found = {(match["after"] or match["past"]).casefold() for match in DEED.finditer(words)}
    return tuple(sorted({stem for word in found if not NO_DEED.fullmatch(word) for stem in stems(word)}))
