"""Likeness: how surely a statement without a coded event bears on another one, by named features."""

import json
import math
from functools import cache
from importlib.resources import files

from claimwire.extraction.subjects import names_of
from claimwire.extraction.terms import Bag, bag
from claimwire.sides import is_state
from claimwire.statements import MEDIA, REPORTS, UNNAMED, Act, Statement

WEIGHTS_FILE = files("claimwire") / "data" / "likeness.json"
LEAST = {"denies": (0.3, 0.2), "confirms": (0.35, 0.25), "negative": (0.45, 0.3), "same": (0.55, 0.35)}
"""The likeness of words and of contexts below which an answer of each kind bears on nothing."""

FADES = 14
"""Days after which what was said is half forgotten, nearly."""


def features(answer: Statement, claim: Statement) -> dict[str, float]:
    """What tells whether an answer bears on a claim; each from 0 to 1.

    Returns
    -------
    dict[str, float]
        alike: their words; told: the share of the answer's words that the claim or its item holds;
        asked: the same the other way; matter: their words besides names; named: the share of the
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
    my_states = {s for s in (*answer.about, answer.side) if is_state(s)}
    their_states = {s for s in (*claim.about, claim.side) if is_state(s)}
    my_numbers, their_numbers = (set(filter(str.isdigit, s.terms)) for s in (answer, claim))
    return {
        "alike": mine.cosine(theirs),
        "told": _covered(mine, theirs, their_context),
        "asked": _covered(theirs, mine, my_context),
        "matter": mine.without(my_names).cosine(theirs.without(their_names)),
        "named": _covered(my_names, their_names, their_context),
        "names": _covered(their_names, my_names, my_context),
        "sides": len(my_states & their_states) / max(1, len(my_states | their_states)),
        "context": my_context.cosine(their_context),
        "near": math.exp(-days / FADES),
        "accused": float(_is_about(claim, answer.side)),
        "heard": float(_is_about(answer, claim.side)),
        "own": float(answer.side == claim.side),
        "rumour": float(claim.side in (UNNAMED, REPORTS) or claim.side.startswith(MEDIA)),
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


def kind(answer: Statement) -> str:
    """Which of the weights and bars hold for an answer: by its act, and by whether it says "not"."""
    if answer.act is Act.DENIES or answer.act is Act.RETRACTS:
        return "denies"
    if answer.act in (Act.CONFIRMS, Act.CONCEDES):
        return "confirms"
    return "negative" if answer.negative else "same"


@cache
def _weights() -> dict[str, dict[str, float]]:
    return dict(json.loads(WEIGHTS_FILE.read_text("utf8")))


def score(answer: Statement, found: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """How surely an answer bears on a claim, 0 to 1, and the features that say so.

    Whatever the sum, their words and what their items are about must be alike enough: without that bar
    a claim draws in all that is said of the same countries.
    """
    alike, context = LEAST[kind(answer)]
    if found["alike"] < alike or found["context"] < context:
        return 0.0, ()
    weights = _weights()[kind(answer)]
    total = weights["bias"] + sum(weights[name] * value for name, value in found.items())
    why = tuple(f"{name} {value:.2f}" for name, value in found.items() if value)
    return 1 / (1 + math.exp(-total)), why
