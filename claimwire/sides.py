"""Sides: the parties on whose behalf people speak, and the names that stand for them."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from claimwire.rules import rule

SIDES_FILE = files("claimwire") / "data" / "sides.tsv"


@cache
def _table() -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Sides by name and by ISO country code; the names of their leaders."""
    people: set[str] = set()
    by_name: dict[str, str] = {}
    by_country: dict[str, str] = {}
    for line in SIDES_FILE.read_text("utf8").splitlines():
        if line.startswith("#"):
            continue
        country, side, names, leaders = line.split("\t")
        by_country[country] = side
        people |= set(filter(None, leaders.split("|")))
        for name in (side, *filter(None, f"{names}|{leaders}".split("|"))):
            by_name[name] = side
    return by_name, by_country, people


@cache
def _states() -> frozenset[str]:
    return frozenset(_table()[0].values())


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_table()[0], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)")


def side_of_country(iso: str) -> str:
    """The side of an ISO 3166 country code; empty where there is none."""
    return _table()[1].get(iso, "")


@lru_cache(maxsize=256)
def sides_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Names of sides in the text, in order: start, end, side. Cached, since reading asks often for a sentence."""
    return tuple((m.start(), m.end(), _table()[0][m.group()]) for m in _pattern().finditer(text))


def is_state(side: str) -> bool:
    """Whether the side is one of the table: a country or an alliance."""
    return side in _states()


LEGAL_FORMS = (
    r"corp(?:oration)?|inc(?:orporated)?|cos?|company|ltd|limited|plc|ag|sa|s\.a|nv|n\.v|bv|spa|gmbh|ab|oy|kk|pty|bhd"
    r"|lp|llc"
)
LEGAL_FORM = rule(
    rf"[, ]+(?:{LEGAL_FORMS}|group|holdings?|international|industries)\b\.?",
    re.I,
    finds="golden barley co",
    passes="golden copper",
)
POSSESSIVE = rule(r"['’]s?$", finds="Golden Barley's", passes="Golden Barleys")
COMMON_FIRST = rule(
    r"(?:american|national|first|general|united|international|standard|british|western|eastern|northern|southern"
    r"|central|federal|royal|new|bank|banque|banco|air|texas|consolidated|continental|pacific|atlantic|north|south"
    r"|east|west|gruppo|the|allied|southwest|great|san|st|mid|credit|union|home|public|city|trans|inter|world|global"
    r"|santa|crown|carl|john|robert)",
    finds="national",
    passes="nationwide",
    where="whole",
)
"""First words that many names share, so that they alone name nobody."""


def party(side: str) -> str:
    """One form of a side's name, the same in every item; for a company, the word that distinguishes it.

    "Coca-Cola Co", "Coca Cola" and "Coca-Cola's" are one party. It is computed from the name alone.
    """
    if is_state(side) or ":" in side:
        return side
    words = LEGAL_FORM.sub("", side.casefold()).replace("-", " ").split()
    words = [POSSESSIVE.sub("", word.strip(' .,<>"“”')) for word in words]
    words = [word for word in words if word and word not in ("and", "of", "&", "de")]
    if words[:1] == ["gruppo"]:
        words = words[1:]
    while len(words) > 1 and COMMON_FIRST.fullmatch(words[0]) and " " not in words[0]:
        words = [f"{words[0]} {words[1]}"]
    return words[0] if words else side.casefold()


def is_person_of_side(name: str) -> bool:
    """Whether the name is that of a leader in the table."""
    return name in _table()[2]
