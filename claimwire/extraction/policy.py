"""Policy: quotas, exchange rates and interventions, and whose they are."""

import re
from itertools import pairwise

from claimwire.extraction.clauses import is_supposed
from claimwire.extraction.readers import Phrase
from claimwire.sides import is_state, sides_in
from claimwire.statements import Outcome

ABOUT = {
    "above_quota": re.compile(r"\b(?:opec|oil|crude|bpd|barrels|coffee|cocoa|over-?produc\w+)\b", re.I),
    "rate_target": re.compile(r"\b(?:exchange|currenc\w+|dollar|dlr|yen|paris|louvre|mark)\b", re.I),
    "intervened": re.compile(
        r"\b(?:central bank|fed|federal reserve|bank of \w+|bundesbank|monetary|foreign exchange|currency|dollars?)\b",
        re.I,
    ),
}
"""Words of which one must stand by each phrase."""

OUTPUT = re.compile(r"produc|pump", re.I)
"""In the phrase: then the quota is one of oil, whatever stands around it."""

RUMOURED = re.compile(r"\bto be $", re.I)
CENTRAL_BANK = re.compile(r"\b(?:central bank|fed|federal reserve|bank of \w+|bundesbank)\b", re.I)

MOST = 3
"""Sides in one list of which each is meant: of more, the list is, and another list is another claim."""

ENUMERATED = re.compile(r"[\w’' -]{0,12}(?:,|\band\b|\bwith\b|\bas well as\b)[\w ’'-]{0,40}$")
"""Between two sides that do it together: "Kuwait and the United Arab Emirates, along with the smaller Ecuador"."""


def events(phrase: Phrase) -> list[Outcome]:
    """The measure, and the countries or bodies that take it; none where neither is told."""
    code, words = phrase.trigger.code, phrase.words
    if _is_supposed(phrase) or not (ABOUT[code].search(words) or OUTPUT.search(phrase.match.group())):
        return []
    if code == "rate_target":
        return [Outcome(code=code, negated=phrase.negated_there)]
    actors = _together(words, phrase.match.start()) or _together(words, len(words))[:1]
    if code == "intervened" and not phrase.match.group().casefold().startswith("interven"):
        actors = actors if CENTRAL_BANK.search(words, 0, phrase.match.start()) else []  # everybody trades in dollars
    elif not actors and is_state(phrase.reader.speaker_side):
        actors = [phrase.reader.speaker_side]
    return [Outcome(code=code, actor=actor, negated=phrase.negated_there) for actor in actors]


def _is_supposed(phrase: Phrase) -> bool:
    """Whether the measure is only supposed; what is rumoured "to be" done is not."""
    return is_supposed(RUMOURED.sub("", phrase.clause))


def _together(words: str, end: int) -> list[str]:
    """The side named last before an offset, with those that stand in a short list with it."""
    sides = sides_in(words[:end])
    found = [f for f in sides if f[2] != "OPEC"] or sides
    together = [found[-1][2]] if found else []
    for (_, stop, side), (start, _, _) in reversed(list(pairwise(found))):
        if not ENUMERATED.match(words[stop:start]):
            break
        together.append(side)
    several = list(dict.fromkeys(together))
    return several if len(several) <= MOST else several[:1]
