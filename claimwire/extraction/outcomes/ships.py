"""Ships: vessels that an item names. Events that happen to a ship have it as their place, like a town."""

import re

from claimwire.rules import rule
from claimwire.sides import sides_in
from claimwire.word_lists import WEEKDAYS

KINDS = (
    r"(?:super|oil )?tankers?|vessels?|ships?|freighters?|ferry|ferries|warships?|frigates?|destroyers?|cruisers?"
    r"|trawlers?|dredgers?|tugs?|gunboats?|minesweepers?|bulk carriers?|corvettes?"
)
SHIP = "ship-"
NAME = r"[A-Z][\w’'-]*[a-z0-9](?: [A-Z][\w’'-]*| \d+){0,2}"
NAMED = rule(
    rf"\b(?i:{KINDS}),? (?i:the )?(?P<name>{NAME})",
    finds="The tanker Halcyon Dawn was hit.",
    passes="The tanker was hit off Odesa.",
)
THE_SHIP = rule(
    r"\bthe (?:(?:super)?tanker|vessel|ship|freighter|ferry)\b(?! (?-i:[A-Z]))",
    re.I,
    finds="the tanker was hit",
    passes="the tanker Halcyon Dawn was hit",
)
NO_NAME = rule(
    r"(?:Corp|Co|Company|Inc|Ltd|Plc|Owners?|Association|War|Act|Bill|Research|Intelligence|Shipping|Captain|Master"
    rf"|In|On|At|Off|Was|Were|Had|Has|{'|'.join(WEEKDAYS)})\b",
    finds="Owners Association",
    passes="Actaeon Star",
    where="start",
)


def ships_named(body: str) -> dict[str, str]:
    """Names of ships in an item's body with their keys, in the order of the text."""
    names = [m["name"].removesuffix("'s").removesuffix("’s") for m in NAMED.finditer(body)]
    return {name: _key(name) for name in names if not (NO_NAME.match(name) or _is_side(name))}


def mentions(words: str, ships: dict[str, str]) -> list[tuple[int, int, str]]:
    """The ships that words name: start, end, key. If the item names only one, "the tanker" means it."""
    found = [
        (m.start(), m.end(), key)
        for name, key in ships.items()
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.I)
    ]
    if not found and len(set(ships.values())) == 1:
        found = [(m.start(), m.end(), key) for key in ships.values() for m in THE_SHIP.finditer(words)][:1]
    return sorted(found)


def is_ship(key: str) -> bool:
    """Whether the key of a place is that of a ship."""
    return key.startswith(SHIP)


def _key(name: str) -> str:
    return SHIP + "-".join(name.casefold().split())


def _is_side(name: str) -> bool:
    return any(end - start == len(name) for start, end, _ in sides_in(name))
