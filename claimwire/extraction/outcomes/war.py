"""War: who did what to whom and where, and whether the words are about a war at all."""

import re

from claimwire.extraction.outcomes.counts import how_many
from claimwire.extraction.outcomes.item_context import ItemContext, Phrase
from claimwire.extraction.outcomes.triggers import Trigger
from claimwire.outcomes import Flag, has
from claimwire.places import is_region, named, place_key
from claimwire.rules import rule
from claimwire.sides import is_state, side_of_country, sides_in
from claimwire.statements import Outcome

Places = list[tuple[int, int, str]]
"""Places named in words: start, end, key."""

MILITARY = rule(
    r"\b(?:(?<!market )(?<!labor )(?<!labour )(?<!work )(?<!task )forces|troops|arm(?:y|ies)|military"
    r"|militarily|soldiers|brigades?"
    r"|battalions?|divisions|corps|drones?|missiles?|warplanes?|fighter(?:s| jets?| planes?)"
    r"|(?:heli)?copters?|gunboats?|warships?|frigates?"
    r"|navy|artillery|shell(?:s|ed|ing)|bomb(?:s|ed|ing|ers?|ardments?)|rockets?|guerrillas?|rebels?|insurgents?"
    r"|separatists?|militia\w*|garrison|front ?line|(?:war|southern|northern|central) front|offensives?"
    r"|invasions?|invaders?|counter-?(?:attacks?|offensives?)|assaults?|war communique"
    r"|Guards?|guns|tanks|combat|battle(?:s|field|fields)?|fighting|air ?strikes?|air raids?|air defen[cs]es?"
    r"|air base|besieged|siege|shot down|Gulf war"
    r"|(?:tanker|ship|vessel|village|town)s? (?:(?:had|has|have|was|were|been) )*(?:hit|attacked|captured|sunk))\b",
    re.I,
    finds="government forces near the town",
    passes="market forces in the town",
)
BUSINESS = rule(
    r"\b(?:pct|stakes?|shares?|shareholders?|stocks?|dlrs?|stg|bln|billion|markets?|prices?|rates?|interest|currency"
    r"|currencies|profits?|earnings|sales|loans?|debts?|budget|deficits?|inflation|harvest|crops?|bpd|bids?|merger"
    r"|acquisition|compan(?:y|ies)|contracts?|dollar|yen|customers|subsidiary|manufactur\w+|funds?|money|takeovers?|consortium|unions?|seamen|disputes?|brokers?|nominee|corporation|inc)\b",
    re.I,
    finds="its share of the mill",
    passes="the armies’ shared border",
)
FORCES = rule(
    r"(?:['’]s?)? ?(?:\w+ ){0,4}?(?:forces?|troops|arm(?:y|ies)|military|soldiers|units|drones?|missiles?"
    r"|assaults?|attacks?|offensives?|invasion|advances?"
    r"|warplanes?|jets|corps|brigades?|fleet|navy|guns|artillery|(?:Revolutionary )?Guards|gunboats?"
    r"|warships?|air force|air defen[cs]es?"
    r"|guerrillas|rebels|positions|shelling|(?:high|war) (?:command|communique)|fighter|aircraft|aggression"
    r"|occupiers)\b"
    r"|(?:['’]s)? (?:invaded|has invaded|shelled|bombed)\b",
    re.I,
    finds=" airborne troops",
    passes=", where troops",
    where="start",
)
FIRST_PERSON = rule(r"\b(?:we|our|us|ours)\b|\bI\b", re.I, finds="we hold the base", passes="the U.S. holds the base")
THIRD_PERSON = rule(
    r"\b(?:it|its|they|their|his|her|he|she)\b",
    re.I,
    finds="their retreat from the town",
    passes="the retreat from there",
)
SINGULAR = rule(r"\b(?:it|its|he|she|his|her)\b", re.I, finds="it took the town", passes="they took the town")
UNNAMED_PLACE = rule(
    r"\b(?:city|town|village|settlement|depot|site|it|there)\b",
    re.I,
    finds="took the village",
    passes="took the villagers along",
)
A_TOWN = rule(
    r"\ban? (?:[\w-]+ ){0,2}(?:city|town|stronghold)\b", re.I, finds="a key border town", passes="the border town"
)
REGIONS = frozenset({"donbas.ua", "crimea.ua"})
ELSEWHERE = rule(
    r"\b(?:areas|heights|hills?|mountains?|peaks?|positions|posts|territory|kilomet\w+|km|islands?)\b",
    re.I,
    finds="took two hills",
    passes="took the hilltop town",
)
"""Ground that is not the town that the item is about."""

RETURNED = "returned"
THE_REST = rule(r"\b(?:rest|others?|remaining|only)\b", re.I, finds="the rest of the ", passes="all of the ")
"""Words before "returned" which show that something else has not returned."""

VILLAGE = rule(
    r"\b(?i:captur\w+|seiz\w+|took|taken|takes?|liberat\w+|control|retreat(?:ed)?|pulled out|left|loss|fall|holds?)"
    r" (?:(?i:of|over|from) )?(?:the (?:city|town"
    r"|village) of )?(?P<after>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?=[ ,.;]|$)"
    r"|(?P<before>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
    r"(?= (?:had|has|have|was|were|is)(?: not)?(?: been)? (?:captured|taken|seized|fallen|liberated)\b)"
    r"|(?P<fallen>[A-Z][\w’'-]+)(?= (?:fell|falls|has fallen)(?:[,.;]|$| to\b))",
    finds="captured Stara Vyshnia",
    passes="captured the Russian flag",
)
"""A name in a position where only a place can stand, whether or not the gazetteer holds it."""

PARTICIPLE = rule(
    r" (?:[A-Z][\w.-]+ ){1,2}(?:\w+ )?(?:troops|forces|army|soldiers|columns?)\b",
    finds=" Chadian troops",
    passes=" on Chadian troops",
    where="start",
)
"""Words behind "advancing" that name the actor ("against advancing Chadian troops")."""

BEATEN_OFF = rule(
    r"\b(?:repel(?:s|led|ling)?|repuls(?:e[sd]?|ing)|(?:thwart|foil|halt)(?:s|ed|ing)?|crush(?:e[sd]|ing)?|beat(?:s|en|ing)?"
    r"|fought off)\b",
    re.I,
    finds="repelled an ",
    passes="repeated an ",
)
AGENT = rule(
    r"\bby\b(?: [\w’'.-]+){1,4}|^ to\b([^;.,]{1,40})", re.I, finds=" by Russian troops", passes=" nearby Russian troops"
)
HAVE = rule(r"\b(?:has|have|had|having|['’]ve)\b", re.I, finds="troops that have ", passes="troops that were ")
NO_OBJECT = rule(
    r"\s*(?:$|[,.;]|(?:near|in|at|on|over|by|outside|around|amid|during|overnight|north|south|east|west)\b)",
    re.I,
    finds=" near the town",
    passes=" nearly all of the town",
    where="start",
)
PART = rule(
    r"\b(?:much|most|parts?|some|half|a third|two thirds|outskirts|edge|(?:north|south|east"
    r"|west)(?:ern)?(?: (?:part|half|side|district))?|centre|center|district) of\b"
    r"|\b(?:northern|southern|eastern|western|central) (?:parts?|half|sides?|districts?|outskirts)\b",
    re.I,
    finds="the outskirts of the town",
    passes="Pokrovsk of southern Partizan district",
)
PART_REACH = 30


def warring_sides(text: str) -> tuple[str, ...]:
    """Sides whose forces the text mentions, the most frequent first."""
    counts: dict[str, int] = {}
    for _, end, side in sides_in(text):
        if FORCES.match(text, end):
            counts[side] = counts.get(side, 0) + 1
    return tuple(sorted(counts, key=lambda s: (-counts[s], s)))


def is_of_war(text: str) -> bool:
    """Whether the text holds words of war, and at least as many as words of business."""
    return len(MILITARY.findall(text)) >= max(1, len(BUSINESS.findall(text)))


def places_in(words: str, reader: ItemContext) -> Places:
    """Places named in the words, including those that the gazetteer lacks."""
    known = [(m.start, m.end, m.place.key) for m in reader.gazetteer.mentions(words)]
    if not reader.at_war and BUSINESS.search(words):
        return known
    taken = {i for start, end, _ in known for i in range(start, end)}
    taken |= {i for start, end, _ in sides_in(words) for i in range(start, end)}
    for match in VILLAGE.finditer(words):
        start, end = match.span(match.lastgroup or 0)
        if match["fallen"] and not named(match["fallen"]):
            continue
        if taken.isdisjoint(range(start, end)):
            known.append((start, end, place_key(words[start:end])))
    return sorted(known)


def event(phrase: Phrase) -> Outcome | None:
    """The event that a phrase reports; None if the words are not about war."""
    words, trigger, match, reader = phrase.words, phrase.trigger, phrase.match, phrase.reader
    if trigger.code == "struck" and trigger.voice == "noun" and BEATEN_OFF.search(phrase.clause):
        return None
    if trigger.code == RETURNED and THE_REST.search(phrase.clause):
        return None
    place = (reader.focus or reader.nearest) if trigger.code == RETURNED else place_of(phrase)
    actor, target = actor_and_target(phrase)
    if not (actor or target) and has(trigger.code, Flag.DEFENCE):
        actor = reader.speaker_side
    elif not (actor or target):
        others = reader.answers or (trigger.code == "succeeded" and phrase.negated)
        target = _country(place) or (reader.speaker_side if others else "")
        actor = reader.speaker_side if not target and is_state(reader.speaker_side) else ""
    target = target or (_opponent(actor, place, reader) if actor else "")
    actor = actor or (_opponent(target, place, reader) if target else "")
    outcome = Outcome(
        code=trigger.code,
        actor=actor,
        target=target if target != actor else "",
        place=place,
        negated=phrase.negated,
        partial=has(trigger.code, Flag.PLACE) and bool(PART.search(words, match.end(), match.end() + PART_REACH)),
        count=how_many(phrase) if has(trigger.code, Flag.COUNTED) else None,
    )
    return outcome if _fought(words, outcome, reader) else None


def _fought(words: str, outcome: Outcome, reader: ItemContext) -> bool:
    """Whether the outcome belongs to a war: companies also hold stakes, crops fall, and debts are repaid."""
    place, code = outcome.place, outcome.code
    if has(code, Flag.SOFT) and BUSINESS.search(words):
        return False
    states = {side for side in (outcome.actor, outcome.target) if is_state(side)}
    opposed = _country(place) in states and (len(states) > 1 or reader.speaker_side in states)
    military = reader.at_war and bool(MILITARY.search(words))
    if code == RETURNED:
        return reader.at_war and len(states) > 1
    if not (reader.opponents or opposed or len(states) > 1):
        return bool(states) and has(code, Flag.STRIKE) and military
    at_place = bool(place) and has(code, Flag.PLACE) and (reader.at_war or opposed)
    at_place |= bool(place) and has(code, Flag.STRIKE) and reader.at_war and not BUSINESS.search(words)
    at_front = has(code, Flag.SOFT) and not has(code, Flag.PLACE) and len(states & set(reader.opponents)) > 1
    return at_place or military or (reader.at_war and at_front)


def actor_and_target(phrase: Phrase) -> tuple[str, str]:
    """Who did it and to whom, as far as the words say so.

    The actor stands before an active verb, and behind "by" in the passive. "We" and "it" mean the
    speaker's side, "their" the side mentioned last.
    """
    words, trigger, match, reader = phrase.words, phrase.trigger, phrase.match, phrase.reader
    clause, after = phrase.clause, words[match.end() :]
    before = sides_in(clause)
    behind = [side for _, _, side in sides_in(after)]
    if trigger.voice == "passive" or _is_passive(trigger, match, words):
        agent = AGENT.search(after)
        by = sides_in(agent.group()) if agent else []
        held_by = sides_in(match.group())
        actor = (held_by or by)[0][2] if held_by or by else ""
        patient = before[-1][2] if before else ""
        return actor, patient if patient != actor else ""
    if trigger.voice == "lost":
        return "", before[-1][2] if before else reader.speaker_side
    if trigger.voice == "noun":
        by = sides_in(agent.group()) if (agent := AGENT.search(after)) else []
        actor = before[-1][2] if before else by[0][2] if by else ""
        if not actor and (trigger.code == "withdrew" or THIRD_PERSON.search(clause)):
            actor = reader.speaker_side
        behind = []
    elif before and not (trigger.code == "advanced" and PARTICIPLE.match(after)):
        actor = before[-1][2]
    elif trigger.code == "advanced" and PARTICIPLE.match(after) and behind:
        actor = behind.pop(0)
    elif FIRST_PERSON.search(clause) or SINGULAR.search(clause):
        actor = reader.speaker_side
    elif has(trigger.code, Flag.BEFALLS):
        actor = ""
    elif trigger.code == "succeeded":
        actor = reader.spoken_of
    else:
        actor = reader.spoken_of or reader.speaker_side
    return actor, next((side for side in behind if side != actor), "")


def _is_passive(trigger: Trigger, match: re.Match[str], words: str) -> bool:
    """Whether the verb is a participle without an object: "troops surrounded in the town"."""
    perfect = HAVE.search(words, max(0, match.start() - 12), match.start())
    return has(trigger.code, Flag.OBJECT) and not perfect and bool(NO_OBJECT.match(words, match.end()))


def place_of(phrase: Phrase) -> str:
    """The place: the first named after the verb, else the last before it, else what "the city" means."""
    words, code, reader = phrase.words, phrase.trigger.code, phrase.reader
    after = [key for start, _, key in phrase.places if start >= phrase.match.start()]
    before = [key for start, _, key in phrase.places if start < phrase.match.start()]
    if after:
        towns = [key for key in after[:2] if not _is_region(key)]
        if not towns and A_TOWN.search(words):
            return reader.focus or after[0]
        return (towns or after)[0]
    if before:
        return before[-1]
    if UNNAMED_PLACE.search(words) or (has(code, Flag.PLACE) and not ELSEWHERE.search(words)):
        return reader.nearest or reader.focus
    return ""


def _is_region(key: str) -> bool:
    return is_region(key) or key in REGIONS


def _country(place: str) -> str:
    return side_of_country(place.rpartition(".")[2].upper()) if "." in place else ""


def _opponent(side: str, place: str, reader: ItemContext) -> str:
    """Whom a side fights: the country of the place, else the other side at war."""
    if _country(place) not in ("", side):
        return _country(place)
    others = [s for s in (*reader.opponents, reader.speaker_side) if s != side]
    return next((s for s in others if is_state(s)), "")
