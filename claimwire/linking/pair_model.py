"""The pair model: how surely a statement speaks of what another one put forward, by named features.

One function scores whether two statements are about one proposition, whatever they say of it. A table of bars says
how sure that must be for each kind of answer.
"""

import itertools
import json
import math
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from claimwire import reasons
from claimwire.extraction.claims.subjects import names_of
from claimwire.extraction.text.terms import Bag, bag, stems
from claimwire.linking.rumours import is_rumour, named_first, speaks_as
from claimwire.sides import is_state
from claimwire.statements import FORETOLD, MEDIA, OUTLET, REPORTS, UNNAMED, Act, Part, Statement

WEIGHTS_FILE = files("claimwire") / "data" / "pair_model.json"

MATTER, SAME = "matter", "same"
"""The two questions about a pair of statements: whether both are about one proposition, whatever they say of it; and
whether both put it forward."""

FADES = 14
"""Days after which the feature `near` falls to about a third."""


MANY = 12
"""From this many shared words the feature `shared` is 1."""

ROUNDED = 0.02
"""Two figures for one thing may differ by this share, since one of them may be rounded."""


class AnswerKind(StrEnum):
    """What a statement may do to an earlier one about the same matter."""

    DENIES_AGAIN = "denies again"
    DENIES = "denies"
    DENIES_ITSELF = "denies itself"
    """A side denies what others report that it said."""
    CONFIRMS = "confirms"
    DECLINES = "declines"
    BEARS_OUT = "bears out"
    """A party itself says what others lately expected of it, or what nameless sources reported."""
    SAYS_AGAIN = "says again"
    SECONDS = "seconds"
    """Somebody else says the same. The judges almost never found a new source in it: it only repeats."""


BARS = {
    AnswerKind.DENIES_AGAIN: 0.4,
    AnswerKind.DENIES: 0.6,
    AnswerKind.DENIES_ITSELF: 0.9,
    AnswerKind.CONFIRMS: 0.55,
    AnswerKind.DECLINES: 0.6,
    AnswerKind.BEARS_OUT: 0.75,
    AnswerKind.SAYS_AGAIN: 0.7,
    AnswerKind.SECONDS: 0.85,
}
"""How sure it must be, from 0 to 1, that both speak of one matter. Readers who had not seen the rules judged pairs of
corpora that the weights had not seen. These set the bars (`training.linking.fit` prints what each bar lets through)."""

SAME_STORY = 0.7
"""From this likeness of what two items are about, one retells the other's story."""

SAID_AGAIN_WITHIN = timedelta(days=3)
"""Within this time, similar words repeat one thing or report that an expected thing came about. Later, they report the
next thing of its kind."""

LEAST_WORDS = 3
"""The fewest words with which likeness can identify a statement's matter. One "No" is like any other."""

RESTATES = frozenset({AnswerKind.SAYS_AGAIN, AnswerKind.SECONDS})
"""Kinds that say nothing new about the truth of what they restate."""


def features(answer: Statement, claim: Statement) -> dict[str, float]:
    """Features that show whether an answer bears on a claim, each from 0 to 1.

    Returns
    -------
    dict[str, float]
        alike: likeness of their words; told: the share of the answer's words that the claim or its item holds;
        asked: the same the other way; both: told times asked; matter: likeness of their words without names;
        shared: how many words they share; phrases: how many pairs of neighbouring words they share;
        named: the share of the answer's names, its speaker's included, that the claim or its item holds;
        names: the same the other way; sides: how far they speak of the same states;
        context: likeness of what their items are about; near: nearness in time; day: less than a day apart;
        accused: the claim is about the answering side; heard: the answer is about the claimant's side;
        own: both speak for one side; rumour: the claim has no named author; outlets: the claim is the outlet's own;
        hedged: the claim is called possible or planned; denied: the claim is known from a denial;
        turned: one of the two says that something is not so; reported: the answer itself reports words of others;
        recalled: the answer was said earlier; bare: the claim is no sentence but names a thing;
        deeds: likeness of what is done; figures: of what both count, the share for which they give one figure;
        amounts: the share for which they give two; numbers: both give numbers, and none is the same;
        apart: they name different times.
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
    figures, amounts = _compared(answer.figures, claim.figures)
    return {
        "alike": mine.cosine(theirs),
        "told": told,
        "asked": asked,
        "both": told * asked,
        "matter": mine.without(my_names).cosine(theirs.without(their_names)),
        "shared": min(1.0, len(mine.terms & theirs.terms) / MANY),
        "phrases": _phrases_shared(answer.proposition, claim.proposition),
        "named": _covered(my_names, their_names, their_context),
        "names": _covered(their_names, my_names, my_context),
        "sides": len(my_states & their_states) / max(1, len(my_states | their_states)),
        "context": my_context.cosine(their_context),
        "near": math.exp(-days / FADES),
        "day": float(days < 1),
        "accused": float(_is_about(claim, answer.side)),
        "heard": float(_is_about(answer, claim.side)),
        "own": float(answer.side == claim.side),
        "rumour": float(_has_no_author(claim)),
        "outlets": float(claim.side.startswith(OUTLET)),
        "hedged": float(claim.act in FORETOLD),
        "denied": float(claim.act is Act.DENIES),
        "turned": float(answer.negative != claim.negative),
        "reported": float(answer.reported),
        "recalled": float(answer.recalled),
        "bare": float(_is_bare(claim)),
        "deeds": bag(answer.deeds).cosine(bag(claim.deeds)),
        "figures": figures,
        "numbers": float(bool(my_numbers and their_numbers) and my_numbers.isdisjoint(their_numbers)),
        "amounts": amounts,
        "apart": float(bool(answer.times and claim.times) and not meet(answer, claim)),
    }


def _phrases_shared(mine: str, theirs: str) -> float:
    """The share of the shorter one's pairs of neighbouring words that the other has too."""
    ours, others = _phrases(mine), _phrases(theirs)
    return len(ours & others) / max(1, min(len(ours), len(others)))


@lru_cache(maxsize=200_000)
def _phrases(words: str) -> frozenset[tuple[str, str]]:
    found = tuple(stems(words))
    return frozenset(itertools.pairwise(found))


@lru_cache(maxsize=200_000)
def _amounts(figures: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Figures as unit and number."""
    split = (figure.split(" ", 1) for figure in figures)
    return tuple((unit, float(number)) for number, unit in split)


@lru_cache(maxsize=200_000)
def _compared(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, float]:
    """The shares of the figures, for what both count, that the other one gives and does not give."""
    ours, others = _amounts(mine), _amounts(theirs)
    counted = {u for u, _ in ours if u} & {u for u, _ in others}
    same = differ = 0
    for some, rest in ((ours, others), (others, ours)):
        for unit, number in some:
            if any(_close(number, n) and (unit == u or not unit or not u) for u, n in rest):
                same += 1
            elif unit in counted:
                differ += 1
    return same / max(1, same + differ), differ / max(1, same + differ)


def _close(one: float, other: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return abs(one - other) <= ROUNDED * max(abs(one), abs(other))


@lru_cache(maxsize=200_000)
def _days(times: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Times as first and last day."""
    days = ([date.fromisoformat(day).toordinal() for day in time.split("/")] for time in times)
    return tuple((found[0], found[-1]) for found in days)


def meet(one: Statement, other: Statement, slack: int = 0) -> bool:
    """Whether a time that one statement names meets one of the other's; single days may be `slack` days apart.

    A statement that names no time is dated to the day of its item.
    """
    ours, others = (_days(s.times or (s.published.date().isoformat(),)) for s in (one, other))
    return any(_overlap(mine, theirs, slack) for mine in ours for theirs in others)


def _overlap(one: tuple[int, int], other: tuple[int, int], slack: int) -> bool:
    """Whether two periods share a day, or two single days are at most `slack` days apart."""
    if one[0] == one[1] and other[0] == other[1]:
        return abs(one[0] - other[0]) <= slack
    return one[0] <= other[1] and other[0] <= one[1]


def _is_bare(claim: Statement) -> bool:
    """Whether a speaker's words have no verb: "Pennzoil's claim against Texaco"."""
    told = claim.part is Part.BODY and not claim.side.startswith(OUTLET)
    return told and claim.act is not Act.DENIES and not claim.deeds


def _is_about(statement: Statement, side: str) -> bool:
    """Whether a statement speaks of a side: of a state, or of a side that it names."""
    return side in statement.about or not set(names_of(side)).isdisjoint(statement.names)


def _covered(one: Bag, other: Bag, context: Bag) -> float:
    if not one.length:
        return 0.0
    return one.common(bag(tuple(other.terms | context.terms))) / one.length


def retells(answer: Statement, claim: Statement) -> bool:
    """Whether the answer's item retells the claim's: an update, or one agency's story in another's words.

    Whatever else it says is no second source.
    """
    alike = bag(answer.context).cosine(bag(claim.context))
    return answer.item != claim.item and alike >= SAME_STORY


def kind(answer: Statement, claim: Statement) -> AnswerKind | None:
    """What the answer may do to the claim if both are about one matter; None if it can do nothing.

    Without a word of denial or confirmation, a pair in which only one says "not" is left alone: likeness cannot tell
    whether the "not" is about the matter.
    """
    if not (_says_enough(answer.proposition) and _says_enough(claim.proposition)):
        return None
    if answer.act in (Act.DENIES, Act.RETRACTS):
        if claim.act is Act.DENIES:
            return AnswerKind.DENIES_AGAIN
        own = answer.act is Act.DENIES and answer.side == claim.side != UNNAMED
        return AnswerKind.DENIES_ITSELF if own else AnswerKind.DENIES
    if answer.act is Act.DECLINES:
        return AnswerKind.DECLINES if answer.answers or answer.reported else None
    if answer.negative != claim.negative:
        return None
    if claim.act is Act.DENIES:
        return None
    came_about = claim.act in FORETOLD and answer.act not in FORETOLD
    soon = answer.published - claim.published <= SAID_AGAIN_WITHIN
    again = soon and not came_about
    if answer.side == claim.side != UNNAMED:
        return AnswerKind.SAYS_AGAIN if again else None
    adds = _adds(answer, claim, soon)
    if adds and not retells(answer, claim):
        return adds
    return AnswerKind.SECONDS if again else None


def _adds(answer: Statement, claim: Statement, soon: bool) -> AnswerKind | None:
    """What somebody else's words may add to the truth of a claim, if they do not just retell it."""
    if answer.act in (Act.CONFIRMS, Act.CONCEDES):
        return AnswerKind.CONFIRMS
    if soon and is_rumour(claim) and not named_first(claim).isdisjoint(speaks_as(answer)):
        return AnswerKind.BEARS_OUT
    return None


@lru_cache(maxsize=200_000)
def _says_enough(proposition: str) -> bool:
    """Whether there are enough words for likeness to identify their matter."""
    return len(proposition.split()) >= LEAST_WORDS


def _has_no_author(claim: Statement) -> bool:
    return claim.side in (UNNAMED, REPORTS) or claim.side.startswith(MEDIA)


@cache
def _weights() -> dict[str, dict[str, float]]:
    return {question: dict(weights) for question, weights in json.loads(WEIGHTS_FILE.read_text("utf8")).items()}


def score(found: dict[str, float], question: str = MATTER) -> float:
    """How surely, from 0 to 1, two statements with these features are about one matter, or put forward the same."""
    weights = _weights()[question]
    return 1 / (1 + math.exp(-weights["bias"] - math.fsum(weights[name] * value for name, value in found.items())))


def why(answer: Statement, claim: Statement, found: dict[str, float], question: str, sure: float) -> tuple[str, ...]:
    """The reasons of a join by likeness, in words, given its features and its score."""
    return (reasons.of_likeness(question, sure), *reasons.of_signs(found, _weights()[question], answer, claim))
