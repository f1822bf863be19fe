"""Losses: who was killed or hurt, on which side, and which craft came down; in a war or not."""

import re

from claimwire.extraction.outcomes import war
from claimwire.extraction.outcomes.counts import how_many
from claimwire.extraction.outcomes.item_context import Phrase
from claimwire.extraction.text.clauses import first_words, last_words
from claimwire.rules import rule
from claimwire.sides import is_state, sides_in
from claimwire.statements import Outcome

CRASHED = "crashed"
FIGHTERS = (
    r"(?:soldiers?|troops|men|servicemen|personnel|marines|guardsmen|fighters|guerrillas|rebels|invaders|guards|dead)\b"
)
BEHIND_SIDE = rule(
    rf" (?:[\w-]+ ){{0,2}}?{FIGHTERS}",
    re.I,
    finds=" airborne troops",
    passes=" officials who met the troops",
    where="start",
)
NUMBER_BEFORE = rule(
    r"\d (?:(?:of|more|other) )*(?:the )?$", finds="killed 90 of the ", passes="killed 90 men and the "
)
BY = rule(r"\bby (?:the )?$", re.I, finds="killed by the ", passes="killed by shells of the ")
OWN = rule(
    rf"\b(?:its|our|their) (?:own )?(?:\w+ ){{0,2}}?{FIGHTERS}",
    re.I,
    finds="six of our own soldiers",
    passes="its hospital treated 20 men",
)
"""The speaker's own people."""

REACH = 60
"""Characters from the phrase within which their side is sought."""


def event(phrase: Phrase) -> Outcome | None:
    """The loss; None for an accident without place or number, and for fighters without a number."""
    place, code = war.place_of(phrase), phrase.trigger.code
    actor, _ = war.actor_and_target(phrase)
    target = _whose(phrase)
    count = None if code == CRASHED else how_many(phrase)
    at_place = place and (count is not None or code == CRASHED or phrase.reader.at_war)
    of_a_side = target and count is not None and phrase.reader.at_war
    if not (at_place or of_a_side):
        return None
    return Outcome(
        code=code,
        actor=actor if actor != target else "",
        target=target,
        place=place,
        negated=phrase.negated,
        count=count,
    )


def _whose(phrase: Phrase) -> str:
    """The side whose fighters are counted: "1,269 Libyans", "Libyan soldiers", "Libya lost 1,269 men", "its men"."""
    words, match, speaker = phrase.words, phrase.match, phrase.reader.speaker_side
    if phrase.trigger.voice == "lost":
        _, loser = war.actor_and_target(phrase)
        return loser if is_state(loser) else ""
    active = phrase.trigger.voice == "active"
    around = first_words(words[match.end() :], REACH) if active else last_words(words[: match.start()], REACH)
    found = [side for start, end, side in sides_in(around) if _are_people(around, start, end)]
    if found:
        return found[0 if active else -1]
    return speaker if is_state(speaker) and OWN.search(around) else ""


def _are_people(words: str, start: int, end: int) -> bool:
    """Whether the name of a side means its people: "1,269 Libyans", "Libyan soldiers"."""
    counted = words[end - 1] == "s" and NUMBER_BEFORE.search(words, 0, start)
    return bool(counted or BEHIND_SIDE.match(words, end)) and not BY.search(words, 0, start)
