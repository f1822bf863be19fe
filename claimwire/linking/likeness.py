"""Likeness: how surely a statement without a coded event bears on another one, by named features."""

import json
import math
from functools import cache
from importlib.resources import files

from claimwire.extraction.terms import Bag, bag, weight
from claimwire.statements import MEDIA, REPORTS, UNNAMED, Act, Statement

WEIGHTS_FILE = files("claimwire") / "data" / "likeness.json"
LEAST = {"denies": (0.3, 0.2), "confirms": (0.35, 0.25), "negative": (0.45, 0.3), "same": (0.55, 0.35)}
"""The likeness of words and of contexts below which an answer of each kind bears on nothing."""

FADES = 14
"""Days after which what was said is half forgotten, nearly."""

ENOUGH = 24.0
"""Weight of shared words beyond which more of them prove no more."""


def features(answer: Statement, claim: Statement) -> dict[str, float]:
    """What tells whether an answer bears on a claim; each from 0 to 1.

    Returns
    -------
    dict[str, float]
        alike: their words; told: the share of the answer's words that the claim or its item holds;
        asked: the same the other way; matter: how much they share by weight; context: what their
        items are about; near: in time; accused: the claim is about the answering side; heard: the
        answer is about the claimant's side; rumour: the claim has no named author.
    """
    mine, theirs = bag(answer.terms), bag(claim.terms)
    my_context, their_context = bag(answer.context), bag(claim.context)
    days = abs((answer.published - claim.published).total_seconds()) / 86_400
    return {
        "alike": mine.cosine(theirs),
        "told": _covered(mine, theirs, their_context),
        "asked": _covered(theirs, mine, my_context),
        "matter": min(1.0, math.fsum(weight(term) for term in mine.terms & theirs.terms) / ENOUGH),
        "context": my_context.cosine(their_context),
        "near": math.exp(-days / FADES),
        "accused": float(bool(answer.side) and answer.side in claim.about),
        "heard": float(claim.side in answer.about),
        "rumour": float(claim.side in (UNNAMED, REPORTS) or claim.side.startswith(MEDIA)),
    }


def _covered(one: Bag, other: Bag, context: Bag) -> float:
    if not one.length:
        return 0.0
    return math.fsum(weight(t) ** 2 for t in one.terms if t in other.terms or t in context.terms) / one.length


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
