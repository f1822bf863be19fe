"""Reasons: why a statement is joined to a claim, as short phrases that an editor understands at once.

All phrases stand here. They are for people: no code reads them, and they may change with any release.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

from claimwire.outcomes import Bearing
from claimwire.places import name_of
from claimwire.rules import rule
from claimwire.statements import UNNAMED, Outcome, Statement

IN_ITS_ITEM = "it answers the claim in the same news item"
ANSWERED_BEFORE = "it answered the claim before the claim itself was found"
IN_A_CORRECTION = "its news item corrects an earlier one"
HAD_DENIED = "the same side had denied it before"


class CommonGround(StrEnum):
    """What shows that two events are one, besides their kind."""

    PLACE = "place"
    LOSSES = "losses"
    SIDES = "sides"
    WORDS = "words"


HOLDING = ("who holds {}", "who holds the ground")
PLANNED = ("whether an attack at {} is planned", "whether an attack is planned")

MATTERS: dict[str, tuple[str, str]] = {
    "captured": HOLDING,
    "holds": HOLDING,
    "cleared": HOLDING,
    "withdrew": ("a withdrawal from {}", "a withdrawal"),
    "encircled": ("troops surrounded at {}", "troops surrounded"),
    "advanced": ("ground gained at {}", "ground gained"),
    "repelled": ("an attack beaten off at {}", "an attack beaten off"),
    "succeeded": ("how the operations at {} go", "how the operations go"),
    "struck": ("a strike at {}", "a strike"),
    "shot_down": ("aircraft or drones shot down at {}", "aircraft or drones shot down"),
    "destroyed": ("what was destroyed at {}", "what was destroyed"),
    "returned": ("whether all came back unharmed from {}", "whether all came back unharmed"),
    "killed": ("people killed at {}", "people killed"),
    "wounded": ("people wounded at {}", "people wounded"),
    "crashed": ("a crash at {}", "a crash"),
    "attack_intended": PLANNED,
    "attack_decided": PLANNED,
    "postponed": ("a meeting put off at {}", "a meeting put off"),
}
"""What two events with one code are about, with their place and without it."""

MATTERS_OF_TWO: dict[frozenset[str], tuple[str, str]] = {
    frozenset({"captured", "holds"}): HOLDING,
    frozenset({"captured", "cleared"}): HOLDING,
    frozenset({"captured", "repelled"}): HOLDING,
    frozenset({"captured", "withdrew"}): HOLDING,
    frozenset({"holds", "cleared"}): HOLDING,
    frozenset({"holds", "withdrew"}): HOLDING,
    frozenset({"advanced", "repelled"}): ("how an attack at {} went", "how an attack went"),
    frozenset({"advanced", "withdrew"}): ("who gains ground at {}", "who gains ground"),
    frozenset({"shot_down", "returned"}): ("whether aircraft were lost at {}", "whether aircraft were lost"),
    frozenset({"destroyed", "returned"}): ("what was lost at {}", "what was lost"),
    frozenset({"advanced", "succeeded"}): ("how an offensive at {} goes", "how an offensive goes"),
    frozenset({"attack_intended", "attack_decided"}): PLANNED,
}
"""What two events with different codes are about, with their place and without it."""

WITH_ARTICLE = rule(
    r" (?:region|Sea|Gulf|Strait|Strip|Peninsula|Islands|plant|bridge)$|^(?:Sea|Strait|Gulf) of ",
    finds="Kharkiv region",
    passes="Simi Valley",
)
"""Names of places that follow "the"."""


def of_events(ours: Outcome, theirs: Outcome) -> str:
    """What a statement's event and that of the claim are about: "both speak of who holds Pokrovsk"."""
    one_place = theirs.place if ours.place else ""
    return _of_events(frozenset({ours.code, theirs.code}), one_place)


@lru_cache(maxsize=10_000)
def _of_events(codes: frozenset[str], place: str) -> str:
    somewhere, anywhere = MATTERS[min(codes)] if len(codes) == 1 else MATTERS_OF_TWO[codes]
    if not place:
        return f"both speak of {anywhere}"
    name = name_of(place)
    return f"both speak of {somewhere.format(f'the {name}' if WITH_ARTICLE.search(name) else name)}"


def of_bearing(found: Bearing, counts: bool) -> tuple[str, ...]:
    """What one event says about the other; nothing if they agree, since the relation says how.

    Parameters
    ----------
    counts
        Whether two counts of one loss exclude each other.
    """
    if found is Bearing.EXCLUDES:
        return ("their counts cannot both be right" if counts else "they cannot both be true",)
    return ("it narrows what the claim says",) if found is Bearing.LIMITS else ()


def of_common_ground(ground: CommonGround, statement: Statement, opener: Statement, theirs: Outcome) -> str:
    """What else the two events share, and how far apart they are in time: "the same place, 3 days apart"."""
    return f"{_shared(ground, statement, theirs)}, {apart(statement, opener)}"


def _shared(ground: CommonGround, statement: Statement, theirs: Outcome) -> str:
    if ground is CommonGround.PLACE:
        same = statement.outcome is not None and statement.outcome.place == theirs.place
        return "the same place" if same else "a place and its region"
    if ground is CommonGround.LOSSES:
        return f"losses of the same side, {theirs.target}"
    if ground is CommonGround.SIDES:
        return f"the same sides, {' and '.join(sorted({theirs.actor, theirs.target}))}"
    return "words in common"


def apart(statement: Statement, other: Statement) -> str:
    """How far apart in time two statements were published."""
    if statement.item == other.item:
        return "in one news item"
    days = abs(statement.published - other.published).days
    if not days:
        return "less than a day apart"
    return f"{days} days apart" if days > 1 else "1 day apart"


def share(of: float) -> str:
    """A share from 0 to 1 in words."""
    return next(words for least, words in SHARES if of >= least)


SHARES = ((0.95, "all"), (0.6, "most"), (0.42, "half"), (0.29, "a third"), (0.2, "a quarter"), (0.0, "a few"))
"""Words for a share, each with the least share that they tell."""

VERY_LIKELY = 0.85
"""From this score on, a likeness is called very likely, and probable below it."""

LIKENESSES = {
    "matter": ("both very likely speak of the same matter", "both probably speak of the same matter"),
    "same": ("both very likely say the same", "both probably say the same"),
}
"""What a likeness says, by the question that its score answers (`claimwire.linking.pair_model`)."""

MOST_SIGNS = 4
"""How many signs of a likeness are told: those that moved its score most."""

LEAST_MOVED = 0.2
"""How far, in logits, a sign must have moved the score to be told."""

SAME_STORY = 0.7
"""From this likeness of what two items are about, they tell one story."""

ALIKE = 0.95
"""From this value on, features are called the same."""

Features = Mapping[str, float]

SIGNS: tuple[tuple[tuple[str, ...], Callable[[Features, Statement, Statement], str]], ...] = (
    (("told", "asked", "both", "alike", "matter", "shared"), lambda f, *_: in_common((f["told"] + f["asked"]) / 2)),
    (("phrases",), lambda *_: "phrases in common"),
    (("named", "names"), lambda f, *_: _same("names", min(f["named"], f["names"]))),
    (("figures",), lambda f, *_: _same("figures", f["figures"])),
    (("deeds",), lambda f, *_: _same("verbs", f["deeds"])),
    (("sides",), lambda f, *_: _same("countries", f["sides"])),
    (("own",), lambda _, ours, __: "both speakers unnamed" if ours.side == UNNAMED else "the same side speaks"),
    (("denied",), lambda *_: "the earlier words are a denial"),
    (("reported",), lambda *_: "it answers what others reported"),
    (("context",), lambda f, *_: "news items on " + ("one story" if f["context"] >= SAME_STORY else "related topics")),
    (("near", "day"), lambda _, ours, theirs: apart(ours, theirs)),
)
"""The signs of a likeness: the features that make one up (`claimwire.linking.pair_model`), and its phrase.
They are told in this order."""


def of_likeness(question: str, score: float) -> str:
    """How likely two statements are about one matter, or say the same."""
    very, probably = LIKENESSES[question]
    return very if score >= VERY_LIKELY else probably


def of_signs(found: Features, weights: Features, ours: Statement, theirs: Statement) -> tuple[str, ...]:
    """What speaks most for a likeness."""
    moved = [math.fsum(weights[name] * found[name] for name in names) for names, _ in SIGNS]
    least = max(LEAST_MOVED, sorted(moved)[-MOST_SIGNS])
    told = [words for by, (_, words) in zip(moved, SIGNS, strict=True) if by >= least]
    return tuple(words(found, ours, theirs) for words in told[:MOST_SIGNS])


def in_common(of: float) -> str:
    """The share of the words of two statements that both have."""
    return f"{share(of)} of the words in common"


def _same(what: str, value: float) -> str:
    return f"the same {what}" if value >= ALIKE else f"{what} in common"


def of_merged(claim: str) -> str:
    """That evidence comes from a claim that a verdict has merged with this one."""
    return f"a verdict says that claim {claim} is one with this"


def of_verdict(maker: str, reason: str) -> str:
    """That a verdict joined it: its maker, and the reason if it gives one."""
    return f"{maker}: {reason}" if reason else maker
