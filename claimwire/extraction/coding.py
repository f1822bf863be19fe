"""Coding: from the words of a proposition to the outcome that they report."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claimwire.outcomes import OUTCOMES
from claimwire.places import Gazetteer, place_key
from claimwire.sides import is_state, side_of_country, sides_in
from claimwire.statements import Outcome

TRIGGERS_FILE = files("claimwire") / "data" / "triggers.tsv"

NEGATION = re.compile(
    r"\b(?:not|never|no|none|neither|nobody|nothing|without|cannot|hardly|failed to|fails to)\b|n['’]t\b", re.I
)
NOT_A_FACT = re.compile(
    r"\b(?:struggl\w+|try|tries|tried|trying|attempt\w*|aim\w*|seek\w*|sought|wants?|wanted|hop(?:e"
    r"|es|ed|ing)|plan(?:s|ned|ning)?"
    r"|intend\w*|would|could|may|might|should|if|whether|unless|until|order(?:s|ed) (?:\w+ ){0,3}to"
    r"|threaten\w*|told (?:of|about)|prepar\w+|unable|able to|who|what|as"
    r"|will|shall|going to|due to|bid to|battle for|fight(?:ing)? for|to(?! have\b)(?= \w+\s*$))\b"
    r"|(?<!continue )(?<!continues )(?<!continued )\bto\s+$",
    re.I,
)  # fmt: skip
CLAUSE = re.compile(r"[,;:]| - |\b(?:and|but|while|although|though|where|which|that|as|after|because)\b", re.I)
FIRST_PERSON = re.compile(r"\b(?:we|our|us|ours)\b|\bI\b", re.I)
THIRD_PERSON = re.compile(r"\b(?:it|its|they|their|his|her|he|she)\b", re.I)
SINGULAR = re.compile(r"\b(?:it|its|he|she|his|her)\b", re.I)
FORCES = re.compile(
    r"\b(?:forces?|troops|army|armies|military|soldiers|units?|drones?|missiles?|assaults?|attacks?"
    r"|offensive|advances?|warplanes|jets"
    r"|corps|brigade|fleet|navy|guns|artillery|progress|gains)\b",
    re.I,
)
UNNAMED_PLACE = re.compile(r"\b(?:city|town|village|settlement|depot|site)\b", re.I)
A_TOWN = re.compile(r"\ban? (?:[\w-]+ ){0,2}(?:city|town|stronghold)\b", re.I)
REGIONS = frozenset({"donbas.ua", "crimea.ua"})
TERRITORY = frozenset({"captured", "holds", "cleared", "withdrew", "encircled", "repelled"})
"""Outcomes of a fight for a place: where none is named, for the one that the text is about."""

VILLAGE = re.compile(
    r"\b(?i:captur\w+|seiz\w+|took|taken|takes?|liberat\w+|control|retreat(?:ed)?|pulled out|left|loss|fall|holds?)"
    r" (?:(?i:of|over|from) )?(?:the (?:city|town|village) of )?(?P<after>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?=[ ,.;]|$)"
    r"|(?P<before>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
    r"(?= (?:had|has|have|was|were|is)(?: not)?(?: been)? (?:captured|taken|seized|fallen|liberated)\b)"
)
"""A name that stands where a place must stand, whether or not a gazetteer holds it."""

AGENT = re.compile(r"\bby\b([^;.]{1,60})|^ to\b([^;.,]{1,40})", re.I)
HAVE = re.compile(r"\b(?:has|have|had|having|['’]ve)\b", re.I)
NO_OBJECT = re.compile(r"\s*(?:$|[,.;]|(?:near|in|at|on|over|by|outside|around|amid|during|overnight)\b)", re.I)
NEEDS_OBJECT = frozenset({"captured", "encircled", "repelled", "shot_down", "struck", "destroyed"})
PART = re.compile(
    r"\b(?:much|most|parts?|some|half|a third|two thirds|outskirts|edge|(?:north|south|east"
    r"|west)(?:ern)?(?: (?:part|half|side|district))?|centre|center|district) of\b"
    r"|\b(?:northern|southern|eastern|western|central) (?:part|half|side|district|outskirts)",
    re.I,
)
DEFENDED = frozenset({"repelled", "holds"})
CAUSED = frozenset({"struck", "killed", "wounded", "crashed"})
"""Outcomes that a text often reports without saying whose doing they were."""

NUMBER = re.compile(
    r"\b(\d{1,3}(?:,\d{3})+|\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I
)
NUMBER_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ANYBODY = frozenset({"holds", "advanced", "cleared"})
"""Outcomes of war that companies and prices have too: they need a place or an opponent."""

COUNTED = frozenset({"killed", "wounded", "shot_down", "destroyed", "repelled"})
NEGATION_REACH = 60
COUNT_REACH = 30
PART_REACH = 30


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase that names an outcome, and where its actor stands."""

    code: str
    voice: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Reader:
    """What the item tells about the words to be coded.

    Attributes
    ----------
    speaker_side
        Whom "we" and "it" stand for.
    focus
        The place that the item is about: what "the city" means where nothing nearer is named.
    nearest
        The place named last before the words.
    opponents
        Sides at war in the item, the one most spoken of first.
    answers
        Whether the speaker answers somebody else's words, and so did not do it.
    spoken_of
        The side whose deeds the paragraph has told last before these words.
    """

    gazetteer: Gazetteer
    speaker_side: str = ""
    focus: str = ""
    nearest: str = ""
    opponents: tuple[str, ...] = ()
    answers: bool = False
    spoken_of: str = ""


@cache
def _triggers() -> tuple[Trigger, ...]:
    rows = []
    for line in TRIGGERS_FILE.read_text("utf8").splitlines():
        if not line.startswith("#"):
            code, voice, phrase = line.split("\t")
            rows.append(Trigger(code, voice, re.compile(rf"(?<![\w-])(?:{phrase})(?![\w-])", re.I)))
    return tuple(rows)


def code(words: str, reader: Reader, nouns: bool = True) -> list[Outcome]:
    """The outcomes that the words report as facts, in the order of the text, one of each code.

    What is wished, planned, asked or supposed is no fact.

    Parameters
    ----------
    nouns
        Whether a noun reports ("the capture of"): in attributed words, not in a passing mention.
    """
    if words.rstrip("\"”'’ ").endswith("?"):
        return []
    mentions = _places_in(words, reader)
    masked = _mask(words, mentions)
    found = [
        (m.start(), -m.end(), t, m)
        for t in _triggers()
        if nouns or t.voice != "noun"
        for m in t.pattern.finditer(masked)
    ]
    outcomes: dict[str, Outcome] = {}
    read_to = 0
    for start, minus_end, trigger, match in sorted(found, key=lambda f: f[:2]):
        clause = _clause_before(words, start)
        supposed = NOT_A_FACT.search(clause) and clause.strip().lower() != "to"
        if start < read_to or trigger.code in outcomes or supposed:
            continue
        outcome = _outcome(words, trigger, match, clause, mentions, reader)
        states = [side for side in (outcome.actor, outcome.target) if is_state(side)]
        told = states and is_state(reader.speaker_side) and trigger.code not in ANYBODY
        fought = outcome.place or reader.opponents or len(states) > 1 or told
        if OUTCOMES[trigger.code].two_sided and not fought:
            continue
        outcomes[trigger.code] = outcome
        read_to = -minus_end
    return list(outcomes.values())


def _places_in(words: str, reader: Reader) -> list[tuple[int, int, str]]:
    """Places named in the words: start, end, key; also such as no gazetteer holds."""
    known = [(m.start, m.end, m.place.key) for m in reader.gazetteer.mentions(words)]
    taken = {i for start, end, _ in known for i in range(start, end)}
    taken |= {i for start, end, _ in sides_in(words) for i in range(start, end)}
    for match in VILLAGE.finditer(words):
        start, end = match.span("after") if match["after"] else match.span("before")
        if taken.isdisjoint(range(start, end)):
            known.append((start, end, place_key(words[start:end])))
    return sorted(known)


def _mask(words: str, places: list[tuple[int, int, str]]) -> str:
    """The words with each place name overwritten, so that triggers can ask for a place."""
    for start, end, _ in places:
        words = words[:start] + "·" * (end - start) + words[end:]
    return words


def _clause_before(words: str, end: int) -> str:
    cuts = [m.end() for m in CLAUSE.finditer(words, 0, end) if words[m.end() : end].strip()]
    return words[max(cuts, default=0) : end]


def _outcome(
    words: str,
    trigger: Trigger,
    match: re.Match[str],
    clause: str,
    places: list[tuple[int, int, str]],
    reader: Reader,
) -> Outcome:
    kind = OUTCOMES[trigger.code]
    place = _place(words, trigger.code, match, places, reader)
    actor, target = _actor_and_target(words, trigger, match, clause, reader)
    if kind.two_sided:
        if not (actor or target) and trigger.code in DEFENDED:
            actor = reader.speaker_side
        elif not (actor or target):
            target = _country(place) or (reader.speaker_side if reader.answers else "")
            actor = reader.speaker_side if not target and is_state(reader.speaker_side) else ""
        target = target or (_opponent(actor, place, reader) if actor else "")
        actor = actor or (_opponent(target, place, reader) if target else "")
    reach = words[max(0, match.start() - NEGATION_REACH) : match.start()]
    negated = bool(NEGATION.search(reach[reach.rfind(",") + 1 :])) and not NEGATION.search(match.group())
    return Outcome(
        code=trigger.code,
        actor=actor,
        target=target if kind.two_sided and target != actor else "",
        place=place,
        negated=negated,
        partial=trigger.code in TERRITORY and bool(PART.search(words, match.end(), match.end() + PART_REACH)),
        count=_count(words, trigger.code, match),
    )


def _actor_and_target(
    words: str, trigger: Trigger, match: re.Match[str], clause: str, reader: Reader
) -> tuple[str, str]:
    """Who did it and to whom, as far as the words say so.

    The actor stands before an active verb and behind "by" in the passive; "we" and "it" are the
    speaker's side; "their" is the side that the sentence spoke of last.
    """
    after = words[match.end() :]
    before = sides_in(clause)
    behind = [side for _, _, side in sides_in(after)]
    if trigger.voice == "passive" or _is_passive(trigger, match, words):
        agent = AGENT.search(after)
        by = sides_in(agent.group()) if agent else []
        held_by = sides_in(match.group())
        actor = (held_by or by)[0][2] if held_by or by else ""
        patient = before[-1][2] if before else ""
        return actor, patient if patient != actor else ""
    if trigger.voice == "noun":
        by = sides_in(agent.group()) if (agent := AGENT.search(after)) else []
        actor = before[-1][2] if before else by[0][2] if by else ""
        if not actor and (trigger.code == "withdrew" or THIRD_PERSON.search(clause)):
            actor = reader.speaker_side
        behind = []
    elif before:
        actor = before[-1][2]
    elif FIRST_PERSON.search(clause) or SINGULAR.search(clause):
        actor = reader.speaker_side
    elif trigger.code in CAUSED:
        actor = ""
    else:
        actor = reader.spoken_of or reader.speaker_side
    return actor, next((side for side in behind if side != actor), "")


def _is_passive(trigger: Trigger, match: re.Match[str], words: str) -> bool:
    """Whether the verb is a participle without an object: "troops surrounded in the town"."""
    perfect = HAVE.search(words, max(0, match.start() - 12), match.start())
    return trigger.code in NEEDS_OBJECT and not perfect and bool(NO_OBJECT.match(words, match.end()))


def _place(
    words: str,
    code: str,
    match: re.Match[str],
    places: list[tuple[int, int, str]],
    reader: Reader,
) -> str:
    """Where: the place named next after the verb, else the last before it, else "the city"."""
    after = [key for start, _, key in places if start >= match.start()]
    before = [key for start, _, key in places if start < match.start()]
    if after:
        towns = [key for key in after[:2] if not _is_region(key)]
        if not towns and A_TOWN.search(words):
            return reader.focus or after[0]
        return (towns or after)[0]
    if before:
        return before[-1]
    if UNNAMED_PLACE.search(words) or code in TERRITORY:
        return reader.nearest or reader.focus
    return ""


def _is_region(key: str) -> bool:
    return "-region." in key or key in REGIONS


def _country(place: str) -> str:
    return side_of_country(place.rpartition(".")[2].upper()) if "." in place else ""


def _opponent(side: str, place: str, reader: Reader) -> str:
    """Whom a side fights: the country that the place lies in, else the other side at war."""
    if _country(place) not in ("", side):
        return _country(place)
    others = [s for s in (*reader.opponents, reader.speaker_side) if s != side]
    return next((s for s in others if is_state(s)), "")


def _count(words: str, code: str, match: re.Match[str]) -> int | None:
    if code not in COUNTED:
        return None
    after = words[match.end() : match.end() + COUNT_REACH]
    before = words[max(0, match.start() - COUNT_REACH) : match.start()]
    found = NUMBER.search(after) or next(iter(list(NUMBER.finditer(before))[-1:]), None)
    if not found:
        return None
    text = found.group(1).lower().replace(",", "")
    return int(text) if text.isdigit() else NUMBER_WORDS.index(text)


def warring_sides(text: str) -> tuple[str, ...]:
    """Sides whose forces the text speaks of, the one most spoken of first."""
    counts: dict[str, int] = {}
    for _, end, side in sides_in(text):
        if FORCES.match(text[end : end + 24].lstrip("'’s ")) or FORCES.search(text[end : end + 20]):
            counts[side] = counts.get(side, 0) + 1
    return tuple(sorted(counts, key=lambda s: (-counts[s], s)))
