"""Rumours: what may be or is still to come, and whom it is about. That party bears it out by saying so itself."""

import re
from functools import lru_cache

from claimwire.extraction.claims.subjects import names_in, names_of
from claimwire.rules import rule
from claimwire.sides import sides_in
from claimwire.statements import FORETOLD, OUTLET, REPORTS, UNNAMED, Statement
from claimwire.word_lists import ONLOOKERS

WHOLE = 4
"""The fewest terms of a claim that says enough to be borne out."""

BEGINNING = 60
"""A claim names whoever does something within its first characters, this many."""

HEARSAY = rule(
    rf"\b(?:{ONLOOKERS}|sources?|industry|press|reports?)\b",
    re.I,
    finds="industry sources",
    passes="an industrialist",
)
"""Speakers who know of a matter, but are not the party concerned."""


def is_rumour(claim: Statement) -> bool:
    """Whether the claim says what may be or is still to come, or comes from nameless people who know of the matter."""
    foretold = claim.act in FORETOLD and not claim.side.startswith(OUTLET)
    heard = claim.side == REPORTS or (claim.side == UNNAMED and bool(HEARSAY.search(claim.speaker)))
    return (foretold or heard) and bool(claim.deeds) and len(claim.terms) >= WHOLE


def named_first(claim: Statement) -> frozenset[str]:
    """Whom the claim names first, and so is about: the first state, and the names as terms."""
    return _named_first(claim.proposition[:BEGINNING])


def speaks_as(statement: Statement) -> tuple[str, ...]:
    """The names by which claims may call the speaker; empty for speakers who only know of a matter."""
    return () if HEARSAY.search(statement.speaker) else (statement.side, *names_of(statement.side))


@lru_cache(maxsize=200_000)
def _named_first(words: str) -> frozenset[str]:
    return frozenset((*(side for _, _, side in sides_in(words)[:1]), *names_in(words)))
