"""Policy: quotas, exchange rates and interventions, and whose they are."""

import re

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

CENTRAL_BANK = re.compile(r"\b(?:central bank|fed|federal reserve|bank of \w+|bundesbank)\b", re.I)


def event(phrase: Phrase) -> Outcome | None:
    """The measure, and the country or body that takes it; None where neither is told."""
    code, words = phrase.trigger.code, phrase.words
    if is_supposed(phrase.clause) or not ABOUT[code].search(words):
        return None
    named = [side for _, _, side in sides_in(words[: phrase.match.start()])] or [side for _, _, side in sides_in(words)]
    before = [side for side in named if side != "OPEC"] or named
    if code == "intervened" and not phrase.match.group().casefold().startswith("interven"):
        before = before if CENTRAL_BANK.search(words, 0, phrase.match.start()) else []
        if not before:
            return None  # everybody buys and sells dollars
    speaker = phrase.reader.speaker_side if is_state(phrase.reader.speaker_side) else ""
    actor = "" if code == "rate_target" else before[-1] if before else speaker
    if code != "rate_target" and not actor:
        return None
    return Outcome(code=code, actor=actor, negated=phrase.negated_there)
