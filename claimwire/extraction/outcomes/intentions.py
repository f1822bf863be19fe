"""Intentions: who means to attack whom, according to those who warn of it or deny it."""

import re
from collections import Counter

from claimwire.extraction.outcomes.item_context import Phrase
from claimwire.extraction.text.clauses import SUPPOSED
from claimwire.rules import rule
from claimwire.sides import is_state, sides_in
from claimwire.statements import Outcome

ATTACK = rule(
    r"\b(?:inva(?:de|des|ded|ding|sion)|attack(?:s|ed|ing)?|incursion|assault|offensive|war|aggression"
    r"|military (?:action|intervention)"
    r"|enter(?:ing)?)\b",
    re.I,
    finds="plans for military action in Ukraine",
    passes="plans for military aid to Ukraine",
)
MEANT = rule(
    r"\b(?:inva(?:de|des|ded|ding|sion)|attack(?:s|ed|ing)?|incursion|assault|offensive|aggression)\b",
    re.I,
    finds="a Russian invasion of Ukraine",
    passes="a war between Russia and Ukraine",
)
ON_WHOM = rule(
    r"\b(?:of|on|against|into|in|invade|invading|invaded|attack|attacking|attacked|with|enter|entering) (?:the )?$",
    re.I,
    finds="an invasion of ",
    passes="an invasion by ",
)
ON_THE_PART_OF = rule(
    r"\b(?:on the part of|by|from) (?:the )?$", re.I, finds="no aggression on the part of ", passes="a part of "
)
OWN = rule(
    r"\b(?:it|its|they|their|we|our|any)\b[\w ]{0,20}$",
    re.I,
    finds="We have never had ",
    passes="We fear, as Kyiv does, that ",
)
"""Words before the phrase that make it the speaker's own intention, if nobody else is named."""

UNDER_WAY = rule(
    r"\bsince (?:[\w’'-]+ ){0,5}?(?:invasion|invaded)\b|\binvasion (?:began|started|has)\b"
    r"|\bsince the (?:start|beginning|outbreak) of the war\b"
    r"|\bafter (?:[\w’'-]+ ){0,3}?(?:invaded)\b|\b(?:unprovoked|full-scale) (?:\w+ )?(?:invasion|war)\b"
    r"|\bthe war in [A-Z]|\bdays? of the war\b|\bhas invaded\b",
    re.I,
    finds="since the Russian invasion of Ukraine",
    passes="before a Russian invasion of Ukraine",
)
NO_SIGN = rule(
    r"\b(?:no|not|none|cannot|never|n['’]t)\b[^.;]{0,60}\b(?:indicat\w+|evidence|signs?|know|knows|confirm\w*)\b"
    r"|\b(?:hysteria|alleged|so-called|absurd|nonsense|fake)\b",
    re.I,
    finds="There is no evidence that Russia ",
    passes="No talks were held; there are signs that Russia ",
)
REACH = 60
BREAK = rule(r"[.:;] ", finds="Troops massed. Moscow", passes="at 9.30 in Moscow")
"""Ends the words about one attack. Sides named beyond it belong to others."""

CONDITION = rule(
    r"\bif\b[^.;]*$", re.I, finds="If Kyiv joins the bloc, Russia ", passes="It is unclear if Kyiv joins. Russia "
)
"""Words before the phrase that make it only a consequence of something else."""


def usual_attack(text: str) -> tuple[str, str]:
    """Who means to attack whom, as the text says most often: "a Russian invasion of Ukraine".

    Empty if the text looks back on the attack.
    """
    if UNDER_WAY.search(text):
        return "", ""
    counts: Counter[tuple[str, str]] = Counter()
    for match in MEANT.finditer(text):
        actor, target = _parties(text, match.start(), match.end())
        if is_state(actor) and target:
            counts[actor, target] += 1
    return max(counts, key=lambda pair: (counts[pair], pair), default=("", ""))


def _parties(text: str, start: int, end: int) -> tuple[str, str]:
    """The sides named around an attack: the attacker and the attacked."""
    low = max(0, start - REACH)
    low = max((low + m.end() for m in BREAK.finditer(text[low:start])), default=low)
    stop = text.find(". ", end, end + REACH)
    actor = target = ""
    for at, _, side in sides_in(text[low : stop if stop >= 0 else end + REACH]):
        before = text[max(0, low + at - 20) : low + at]
        if low + at < start or ON_THE_PART_OF.search(before):
            actor = side
        elif ON_WHOM.search(before):
            target = target or side
    return actor, target if target != actor else ""


def event(phrase: Phrase) -> Outcome | None:
    """The attack that somebody means to make; None if the item does not say who attacks whom."""
    words, match, reader = phrase.words, phrase.match, phrase.reader
    if SUPPOSED.search(phrase.clause) or CONDITION.search(words, 0, match.start()):
        return None
    attack = ATTACK.search(words, match.start(), match.end()) or match
    actor, target = _parties(words, attack.start(), attack.end())
    if phrase.trigger.voice == "noun" and not any(
        end > match.start() - 3 for _, end, _ in sides_in(words[: match.start()])
    ):
        actor = ""
    own = bool(OWN.search(words[: match.start()])) or (reader.answers and match.start() == 0)
    if own and not actor and is_state(reader.speaker_side) and reader.speaker_side not in (*reader.attack, ""):
        return None
    actor = actor or (reader.speaker_side if own and reader.speaker_side != target else "")
    usual = reader.attack
    if not any(usual):
        return None
    if not actor and target in ("", usual[1]):
        actor = usual[0]
    if not target and actor in usual:
        target = usual[1] if actor == usual[0] else usual[0]
    if not (is_state(actor) and is_state(target)) or actor == target:
        return None
    return Outcome(
        code=phrase.trigger.code,
        actor=actor,
        target=target,
        negated=phrase.negated or bool(NO_SIGN.search(words, 0, match.start())),
    )
