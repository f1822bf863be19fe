"""The network's heads on the states of the tagger's encoder: chances of claims, answers and their targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.claim_detection.features import DISTANCES, HEARD, Floats, Sentences
from claimwire.statements import Relation

RELATIONS: Final = (
    Relation.DENIES,
    Relation.CONTRADICTS,
    Relation.CONFIRMS,
    Relation.CORROBORATES,
    Relation.PARTLY,
    Relation.RETRACTS,
    Relation.NO_COMMENT,
)
"""How a statement answers a claim, in the order of the network's outputs."""

CLAIMS: Final = slice(0, 2)
ANSWERS: Final = slice(2, 3 + len(RELATIONS))
STATUSES: Final = slice(3 + len(RELATIONS), 6 + len(RELATIONS))
OUTPUTS: Final = 6 + len(RELATIONS)

POOLED: Final = 3 * 384
"""Features that are states of words. Those behind them describe the sentence and its place, the last its drafts."""

LEAST_ASKED: Final = 0.2
"""Chance of answering from which the network looks for what a sentence answers."""

LIKELY: Final = -1.0
"""Score above which a sentence may well put forward a claim."""

MOST: Final = 6.0
"""Standard deviations at which features are cut off."""


@dataclass(frozen=True, slots=True)
class ReaderOutput:
    """The network's output for an item.

    Attributes
    ----------
    claims
        ``[sentences, 2]``: chances that a sentence puts forward a claim worth following, and one for the board.
    answers
        ``[sentences, 1 + relations]``: chances that it answers nothing, or in one of these ways.
    choices
        ``[sentences, sentences + 1]``: the chances of what it answers, if it does; the last is for another item's.
    statuses
        ``[sentences, 3]``: chances that the item leaves its claim undecided, decides for it, or against it.
    hearts
        For each word of the text, the chance that it belongs to the heart of a claim.
    """

    claims: Floats
    answers: Floats
    choices: Floats
    statuses: Floats
    hearts: Floats


class ReaderNetwork:
    """Small networks over the features of sentences. Each was trained by itself; their scores are averaged.

    Parameters
    ----------
    weights : dict[str, NDArray]
        As training wrote them (`training.reading.fit`):

        - ``mean``, ``scale`` ``[features]``;
        - ``linear`` ``[features + 1, outputs]``;
        - ``up`` ``[networks, features + 1, inner]``, ``down`` ``[networks, inner + 1, outputs]``;
        - ``rare`` ``[buckets]`` and ``terms`` ``[buckets + 1, outputs]``, whose last row is the bias;
        - ``heart`` ``[width + 1]``;
        - ``ask`` ``[pair features + 1, pair]``, ``fit`` ``[pair + 1]``, ``elsewhere`` ``[traits + 1]``.
    """

    def __init__(self, weights: dict[str, NDArray[np.generic]]) -> None:
        self._weights = {name: np.asarray(array, np.float32) for name, array in weights.items()}

    @classmethod
    def load(cls, path: Path) -> ReaderNetwork:
        """The network in a file."""
        with np.load(path) as file:
            return cls({name: file[name] for name in file.files})

    def judge(self, seen: Sentences, states: Floats) -> ReaderOutput:
        """Judge an item of at least one sentence.

        Parameters
        ----------
        seen
            Its sentences.
        states
            ``[words, width]``: the encoder's states of its words.
        """
        w = self._weights
        dense = np.asarray(np.clip((seen.dense - w["mean"]) / w["scale"], -MOST, MOST), np.float32)
        linear = _through(dense, w["linear"])
        scores = np.asarray((linear + self._inner(dense) + self._terms(seen)) / 3, np.float32)
        answers = _softmax(scores[:, ANSWERS])
        return ReaderOutput(
            _squash(scores[:, CLAIMS]),
            answers,
            self._choices(seen, dense, linear, answers),
            _softmax(scores[:, STATUSES]),
            _squash(_through(states, w["heart"][:, None])[:, 0]),
        )

    def _inner(self, dense: Floats) -> Floats:
        """The mean of the networks with an inner layer."""
        w = self._weights
        found = [_through(gelu(_through(dense, up)), down) for up, down in zip(w["up"], w["down"], strict=True)]
        return np.asarray(np.mean(found, 0), np.float32)

    def _terms(self, seen: Sentences) -> Floats:
        w = self._weights
        found = np.repeat(w["terms"][-1:], len(seen.terms), 0)
        for number, (buckets, counts) in enumerate(seen.terms):
            weights = counts * w["rare"][buckets]
            weights /= np.sqrt((weights**2).sum()) + np.float32(1e-9)
            found[number] += weights @ w["terms"][buckets]
        return found

    def _choices(self, seen: Sentences, dense: Floats, linear: Floats, answers: Floats) -> Floats:
        """The chances of what each sentence answers; for one that hardly answers, another item's claim."""
        w = self._weights
        found = np.zeros((len(dense), len(dense) + 1), np.float32)
        found[:, -1] = 1
        asking = np.flatnonzero(1 - answers[:, 0] >= LEAST_ASKED)
        if len(asking):
            fits = _through(gelu(_through(beside(seen, dense, linear, asking), w["ask"])), w["fit"][:, None])[..., 0]
            elsewhere = _through(traits(dense, linear)[asking], w["elsewhere"][:, None])
            found[asking] = _softmax(np.concatenate([fits, elsewhere], 1))
        return found


def traits(dense: Floats, linear: Floats) -> Floats:
    """``[sentences, traits]``: features, besides words, that show whether a sentence answers or is answered."""
    return np.concatenate([dense[:, POOLED : -3 * HEARD], linear], 1)


def beside(seen: Sentences, dense: Floats, linear: Floats, asking: NDArray[np.int64]) -> Floats:
    """``[asking, sentences, features]``: some sentences as answers, beside each one that they may answer."""
    own = traits(dense, linear)
    count = len(own)
    worth = linear[:, 0]
    lags = np.broadcast_to(worth - worth.max(), (len(asking), count))
    likely = worth > LIKELY
    nearest = np.zeros((len(asking), count), np.float32)
    for row, answer in enumerate(asking.tolist()):
        before = np.flatnonzero(likely[:answer])
        if len(before):
            nearest[row, before[-1]] = 1
    away = np.eye(DISTANCES, dtype=np.float32)[seen.distances[asking]]
    shape = (len(asking), count, own.shape[1])
    asks, offers = np.broadcast_to(own[asking, None], shape), np.broadcast_to(own[None], shape)
    alone = np.stack([lags, nearest, np.broadcast_to(likely, (len(asking), count))], 2)
    return np.concatenate([asks, offers, away, seen.overlap[asking], alone], 2, dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """The gate that training uses, by its approximation."""
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x**3))), np.float32)


def _through(x: Floats, weight: Floats) -> Floats:
    """Apply a layer whose last row is the bias."""
    return np.asarray(x @ weight[:-1] + weight[-1], np.float32)


def _squash(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


def _softmax(scores: Floats) -> Floats:
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(weights / weights.sum(-1, keepdims=True), np.float32)
