"""From the network's probabilities to the claims and answers of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from claimwire.claim_detection.features import Sentences
from claimwire.claim_detection.network import RELATIONS, ReaderOutput
from claimwire.statements import Act, Relation, Span

NEARLY: Final = 0.7
"""A word belongs to the heart of a claim from this share of the highest chance in its sentence."""

GAP: Final = 3
"""How many words the heart of a claim may skip."""

SPOKEN: Final = {
    Relation.DENIES: Act.DENIES,
    Relation.CONTRADICTS: Act.DENIES,
    Relation.NO_COMMENT: Act.DECLINES,
}
"""The act by which a speaker's own words show an answer."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Bars that probabilities must reach. The shipped ones were chosen on readings from corpora new to the network.

    Attributes
    ----------
    claim
        For opening a claim.
    board
        For a claim that belongs on an editor's board.
    answered
        For opening a claim to which the item also reports an answer.
    link
        For an answer and its claim: the chance of an answer times the chance that it answers this claim.
    spoken
        The same if the drafts of the sentence have somebody answer so, since two then agree that it does.
    answer
        For an answer whose claim is told elsewhere or is not clear.
    most_claims
        How many claims an item opens at most, the surest first.
    """

    claim: float = 0.45
    board: float = 0.5
    answered: float = 0.3
    link: float = 0.4
    spoken: float = 0.25
    answer: float = 0.5
    most_claims: int = 8


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A sentence that puts forward a claim worth following: 1, or 2 for an editor's board.

    Attributes
    ----------
    heart
        The words that state it, as a span of the text.
    """

    worth: int
    chance: float
    heart: Span


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """A sentence that answers a claim of another sentence or its own; `target` is None for a claim of another item."""

    relation: Relation
    target: int | None
    chance: float


@dataclass(frozen=True, slots=True)
class Found:
    """The claims and answers of an item, by the numbers of its sentences.

    Attributes
    ----------
    answering
        Each sentence's chance of answering a claim, of this item or another. Most are below the bars for an answer.
    """

    claims: dict[int, FoundClaim]
    answers: dict[int, FoundAnswer]
    answering: tuple[float, ...] = ()


def decode(judgement: ReaderOutput, seen: Sentences, at: Sequence[Span], settings: ReaderSettings) -> Found:
    """Decide on claims and answers by the network's probabilities.

    Parameters
    ----------
    at
        Spans of the words, in the text.
    """
    worth = judgement.claims[:, 0]
    answers: dict[int, FoundAnswer] = {}
    for sentence in range(len(worth)):
        found = _answer(judgement, seen, sentence, settings)
        if found:
            answers[sentence] = found
    answered = {answer.target for answer in answers.values()}
    bars = [settings.answered if n in answered else settings.claim for n in range(len(worth))]
    opened = sorted((n for n, bar in enumerate(bars) if worth[n] >= bar), key=lambda n: (-worth[n], n))
    claims = {
        n: FoundClaim(
            2 if judgement.claims[n, 1] >= settings.board else 1, float(worth[n]), _heart(judgement, seen, at, n)
        )
        for n in sorted(opened[: settings.most_claims])
    }
    kept = {n: a for n, a in answers.items() if a.target is None or a.target in claims}
    return Found(claims, kept, tuple((1 - judgement.answers[:, 0]).tolist()))


def _heart(judgement: ReaderOutput, seen: Sentences, at: Sequence[Span], sentence: int) -> Span:
    """The run of a sentence's words that most likely states its claim, with short gaps."""
    low, high = seen.words[sentence]
    chances = judgement.hearts[low:high]
    if not len(chances):
        return seen.spans[sentence]
    inside = np.flatnonzero(chances >= NEARLY * chances.max())
    runs = np.split(inside, np.flatnonzero(np.diff(inside) > GAP) + 1)
    run = max(runs, key=lambda words: float(chances[words].sum()))
    return at[low + int(run[0])][0], at[low + int(run[-1])][1]


def _answer(judgement: ReaderOutput, seen: Sentences, sentence: int, settings: ReaderSettings) -> FoundAnswer | None:
    """How a sentence answers, and which of the item's claims, as the network chooses."""
    chances, choices = judgement.answers[sentence], judgement.choices[sentence]
    relation = RELATIONS[int(chances[1:].argmax())]
    sure = float(1 - chances[0])
    told_here = np.where(judgement.claims[:, 0] >= settings.answered, choices[:-1], 0)
    target = int(told_here.argmax())
    spoken = relation in SPOKEN and seen.hears(sentence, SPOKEN[relation])
    bar = settings.spoken if spoken else settings.link
    if sure * told_here[target] >= bar and told_here[target] >= choices[-1]:
        return FoundAnswer(relation, target, sure)
    return FoundAnswer(relation, None, sure) if sure >= settings.answer else None
