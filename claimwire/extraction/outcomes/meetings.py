"""Meetings: talks, visits and votes that are put off."""

import re

from claimwire.extraction.outcomes.item_context import Phrase
from claimwire.rules import rule
from claimwire.sides import sides_in
from claimwire.statements import Outcome

MEETING = rule(
    r"\b(?:meetings?|talks|summit|visit|trip|session|conference|votes?|hearing|negotiations|encounter)\b",
    re.I,
    finds="the visit of the Russian president",
    passes="the visitors from Russia",
)


def event(phrase: Phrase) -> Outcome | None:
    """What happened to a meeting of a named side; None if there is none."""
    if not (MEETING.search(phrase.words) and sides_in(phrase.words)):
        return None
    return Outcome(code=phrase.trigger.code, negated=phrase.negated)
