"""Likeness: how surely a statement speaks of what another one put forward, by named features.

One function scores whether two statements have one proposition for their matter, whatever is said of
it; a table of bars says how sure that must be for each kind of answer.
"""

import json
import math
from datetime import timedelta
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from claimwire.extraction.subjects import names_in, names_of
from claimwire.extraction.terms import Bag, bag
from claimwire.sides import is_state, sides_in
from claimwire.statements import MEDIA, OUTLET, REPORTS, UNNAMED, Act, Statement

WEIGHTS_FILE = files("claimwire") / "data" / "likeness.json"

FADES = 14
"""Days after which what was said is half forgotten, nearly."""


class Kind(StrEnum):
    """What a statement may do to an earlier one of the same matter."""

    DENIES_AGAIN = "denies again"
    DENIES = "denies"
    CONFIRMS = "confirms"
    DECLINES = "declines"
    BEARS_OUT = "bears out"
    """A party says itself what had been expected of it, or told by nobody with a name."""
    SAYS_AGAIN = "says again"
    SECONDS = "seconds"
    """Somebody else says the same. Judges found no new source in it, nearly ever: it is told again."""


BARS = {
    Kind.DENIES_AGAIN: 0.35,
    Kind.DENIES: 0.5,
    Kind.CONFIRMS: 0.4,
    Kind.DECLINES: 0.4,
    Kind.BEARS_OUT: 0.55,
    Kind.SAYS_AGAIN: 0.75,
    Kind.SECONDS: 0.85,
}
"""How sure it must be, from 0 to 1, that both speak of one matter. Set on pairs judged by readers who had not
seen the rules (`training.linking.fit` prints what each bar lets through): two in three are right or better."""

SAME_STORY = 0.7
"""Likeness of what two items are about from which one tells the other's story again."""

SAID_AGAIN_WITHIN = timedelta(days=3)
"""Time within which like words say one thing again; later they report the next one of its kind."""

LEAST_WORDS = 3
"""Words of a statement whose matter its likeness can tell: a "No" is like any other."""

WHOLE = 4
"""Terms of a claim that says enough to be borne out."""

BEGINNING = 60
"""Characters of a claim in which whoever does something stands."""

RESTATES = frozenset({Kind.SAYS_AGAIN, Kind.SECONDS})
"""Kinds that add nothing about the truth of what they restate."""


def features(answer: Statement, claim: Statement) -> dict[str, float]:
    """What tells whether an answer bears on a claim; each from 0 to 1.

    Returns
    -------
    dict[str, float]
        alike: their words; told: the share of the answer's words that the claim or its item holds;
        asked: the same the other way; both: the two
        multiplied; matter: their words besides names; named: the share of the
        answer's names, its speaker among them, that the claim holds; names: the same the other way;
        sides: whether they speak of the same states; context: what their items are about; near: in
        time; accused: the claim is about the answering side; heard: the answer is about the
        claimant's side; own: both speak for one side; rumour: the claim has no named author; hedged:
        it is held possible or planned; numbers: both give numbers, and none of them is the same;
        reported: the answer itself tells words of others; recalled: it was said before.
    """
    mine, theirs = bag(answer.terms), bag(claim.terms)
    my_context, their_context = bag(answer.context), bag(claim.context)
    my_names = bag((*answer.names, *names_of(answer.side)))
    their_names = bag((*claim.names, *names_of(claim.side)))
    days = abs((answer.published - claim.published).total_seconds()) / 86_400
    told, asked = _covered(mine, theirs, their_context), _covered(theirs, mine, my_context)
    my_states = {s for s in (*answer.about, answer.side) if is_state(s)}
    their_states = {s for s in (*claim.about, claim.side) if is_state(s)}
    my_numbers, their_numbers = (set(filter(str.isdigit, s.terms)) for s in (answer, claim))
    return {
        "alike": mine.cosine(theirs),
        "told": told,
        "asked": asked,
        "both": told * asked,
        "matter": mine.without(my_names).cosine(theirs.without(their_names)),
        "named": _covered(my_names, their_names, their_context),
        "names": _covered(their_names, my_names, my_context),
        "sides": len(my_states & their_states) / max(1, len(my_states | their_states)),
        "context": my_context.cosine(their_context),
        "near": math.exp(-days / FADES),
        "accused": float(_is_about(claim, answer.side)),
        "heard": float(_is_about(answer, claim.side)),
        "own": float(answer.side == claim.side),
        "rumour": float(_has_no_author(claim)),
        "hedged": float(claim.act in (Act.PLANS, Act.HEDGES)),
        "numbers": float(bool(my_numbers and their_numbers) and my_numbers.isdisjoint(their_numbers)),
        "reported": float(answer.reported),
        "recalled": float(answer.recalled),
    }


def _is_about(statement: Statement, side: str) -> bool:
    """Whether a statement speaks of a side: a state, or one whose name it holds."""
    return side in statement.about or not set(names_of(side)).isdisjoint(statement.names)


def _covered(one: Bag, other: Bag, context: Bag) -> float:
    if not one.length:
        return 0.0
    return one.common(bag(tuple(other.terms | context.terms))) / one.length


def retells(answer: Statement, claim: Statement) -> bool:
    """Whether the answer's item is the claim's told again: an update, or one agency's story in another's words.

    What it says besides is no second source.
    """
    alike = bag(answer.context).cosine(bag(claim.context))
    return answer.item != claim.item and alike >= SAME_STORY


def kind(answer: Statement, claim: Statement) -> Kind | None:
    """What the answer may do to the claim, should both have one matter; None where nothing is to be made of it.

    Of statements without a word of denial or confirmation, one that says "not" and one that doesn't are left
    alone: whether the "not" is about the matter, their likeness cannot tell.
    """
    if min(len(s.proposition.split()) for s in (answer, claim)) < LEAST_WORDS:
        return None
    if answer.act in (Act.DENIES, Act.RETRACTS):
        return Kind.DENIES_AGAIN if claim.act is Act.DENIES else Kind.DENIES
    if answer.act is Act.DECLINES:
        return Kind.DECLINES if answer.answers or answer.reported else None
    if answer.negative != claim.negative:
        return None
    again = answer.published - claim.published <= SAID_AGAIN_WITHIN
    if answer.side == claim.side != UNNAMED:
        return Kind.SAYS_AGAIN if again else None
    if claim.act is Act.DENIES:
        return None
    if retells(answer, claim):
        return Kind.SECONDS if again else None
    if answer.act in (Act.CONFIRMS, Act.CONCEDES):
        return Kind.CONFIRMS
    if _is_rumour(claim) and _begins_with(claim, answer.side):
        return Kind.BEARS_OUT
    return Kind.SECONDS if again else None


def _is_rumour(claim: Statement) -> bool:
    """Whether the claim has no author with a name, or says what is to come or may be."""
    foretold = claim.act in (Act.PLANS, Act.HEDGES) and not claim.side.startswith(OUTLET)
    return (_has_no_author(claim) or foretold) and len(claim.terms) >= WHOLE


def _begins_with(claim: Statement, side: str) -> bool:
    """Whether the claim names the side first: it says what that side does."""
    state, names = _named_first(claim.proposition[:BEGINNING])
    return side == state or not names.isdisjoint(names_of(side))


@lru_cache(maxsize=200_000)
def _named_first(words: str) -> tuple[str, frozenset[str]]:
    """The first state that some words name, or none, and the names in them."""
    states = sides_in(words)
    return states[0][2] if states else "", frozenset(names_in(words))


def _has_no_author(claim: Statement) -> bool:
    return claim.side in (UNNAMED, REPORTS) or claim.side.startswith(MEDIA)


@cache
def _weights() -> dict[str, float]:
    return dict(json.loads(WEIGHTS_FILE.read_text("utf8")))


def score(found: dict[str, float]) -> float:
    """How surely two statements with such features have one matter, 0 to 1."""
    weights = _weights()
    return 1 / (1 + math.exp(-weights["bias"] - math.fsum(weights[name] * value for name, value in found.items())))


def reasons(found: dict[str, float]) -> tuple[str, ...]:
    """The features in words, as evidence gives them."""
    return tuple(f"{name} {value:.2f}" for name, value in found.items() if value)
