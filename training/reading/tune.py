"""Fits the bars of decoding on what weights made of corpora that they had not seen."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from claimwire.claim_detection.decoding import Found, ReaderSettings, decode
from claimwire.claim_detection.network import ReaderOutput
from claimwire.statements import AGAINST, IN_FAVOUR, Relation

from .examples import Example

Judged = tuple[Example, ReaderOutput]

CLAIM = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5, 0.55)
ANSWERED = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
LINK = (0.12, 0.15, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.35, 0.4, 0.5)
ANSWER = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

PRECISION_COUNTS = 0.5
"""Beta of the F measures: what is shown must be right before all is found."""


def tune(judged: Sequence[Judged]) -> ReaderSettings:
    """The bars that serve users best: claims worth following, and claims shown as decided that are right."""
    settings = ReaderSettings()
    bars = [replace(settings, claim=c, answered=a) for c, a in itertools.product(CLAIM, ANSWERED) if a <= c]
    settings = max(bars, key=lambda s: _claims(judged, s))
    bars = [replace(settings, spoken=low, link=high) for low, high in itertools.combinations_with_replacement(LINK, 2)]
    settings = max(bars, key=lambda s: _decided(judged, s))
    return max((replace(settings, answer=bar) for bar in ANSWER), key=lambda s: _answers(judged, s))


def _found(judged: Sequence[Judged], settings: ReaderSettings) -> list[tuple[Example, Found]]:
    return [(each, decode(judgement, each.seen, each.at, settings)) for each, judgement in judged]


def _claims(judged: Sequence[Judged], settings: ReaderSettings) -> float:
    n: Counter[str] = Counter()
    for each, found in _found(judged, settings):
        n["shown"] += len(found.claims)
        n["right"] += sum(each.claims[at] > 0 for at in found.claims)
        n["wanted"] += sum(worth == 2 for worth in each.claims)
        n["met"] += sum(each.claims[at] == 2 for at in found.claims)
    return _f(n["right"], n["shown"], n["met"], n["wanted"], 1.0)


def _answers(judged: Sequence[Judged], settings: ReaderSettings) -> float:
    """Of sentences that answer a claim, whichever it is."""
    n: Counter[str] = Counter()
    for each, found in _found(judged, settings):
        answering = {answer.sentence for answer in each.answers}
        n["shown"] += len(found.answers)
        n["wanted"] += len(answering)
        n["right"] += len(answering & found.answers.keys())
    return _f(n["right"], n["shown"], n["right"], n["wanted"], 1.0)


def _decided(judged: Sequence[Judged], settings: ReaderSettings) -> float:
    n: Counter[str] = Counter()
    for each, found in _found(judged, settings):
        for at in found.claims:
            said = [a.relation for a in found.answers.values() if a.target == at]
            kind = _shown(said)
            n["shown"] += kind > 0
            n["right"] += kind > 0 and each.statuses[at] == kind
        n["wanted"] += sum(status > 0 for status in each.statuses)
    return _f(n["right"], n["shown"], n["right"], n["wanted"], PRECISION_COUNTS)


def _shown(said: Sequence[Relation]) -> int:
    """What a claim is shown as by its answers, in the numbers of `Example.statuses`."""
    if any(relation in (*AGAINST, Relation.RETRACTS) for relation in said):
        return 2
    return 1 if any(relation in IN_FAVOUR for relation in said) else 0


def _f(right: int, shown: int, met: int, wanted: int, beta: float) -> float:
    precision, recall = right / max(1, shown), met / max(1, wanted)
    weight = beta * beta
    return (1 + weight) * precision * recall / max(1e-9, weight * precision + recall)
