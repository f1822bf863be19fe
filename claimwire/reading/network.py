"""The trained network on onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.network import session, softmax
from claimwire.reading.inputs import Chunk, Inputs
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

NEAREST: Final = 12
DISTANCES: Final = 2 * NEAREST + 2
"""How far a sentence stands from the one that answers: up to `NEAREST` before or after; the headline is its own."""

MOST_WEIGHT: Final = 15.0
"""Bound of a piece's weight in its sentence, as a logarithm."""

NEVER: Final = -1e4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the network makes of an item.

    Attributes
    ----------
    claims
        ``[sentences, 2]``: chances that a sentence puts forward a claim worth following, and one for the board.
    answers
        ``[sentences, 1 + relations]``: chances that it answers nothing, or in one of these ways.
    choices
        ``[sentences, sentences + 1]``: if it answers, the chances of what; last that this stands elsewhere.
    statuses
        ``[sentences, 3]``: chances that its claim stands undecided in the item, decided for it, decided against it.
    hearts
        For each word of the text the chance that it is at the heart of a claim.
    """

    claims: Floats
    answers: Floats
    choices: Floats
    statuses: Floats
    hearts: Floats


class Network:
    """Runs the two graphs that training exported.

    Parameters
    ----------
    folder : Path
        Holds ``pieces.onnx``, which reads word pieces, and ``sentences.onnx``, which reads what these make.
    threads : int
        Threads of one operation.

    Notes
    -----
    What is found in an item depends on that item alone: items never share a call, whose 8-bit scales are those of
    all that it reads at once.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._pieces = session(folder / "pieces.onnx", threads)
        self._sentences = session(folder / "sentences.onnx", threads)

    def judge(self, read: Inputs, in_headline: int) -> Judgement:
        """Read an item of at least one sentence.

        Parameters
        ----------
        read
            The item.
        in_headline
            How many of its sentences are the headline's.
        """
        count = len(read.spans)
        hearts = np.zeros(len(read.words), np.float32)
        states: list[Floats] = []
        for chunk in read.chunks:
            found, chances = self._read(chunk)
            inside = chunk.words >= 0
            np.maximum.at(hearts, chunk.words[inside], chances[inside])
            states.append(found)
        claims, answers, choices, statuses = self._sentences.run(
            None,
            {
                "means": _means(np.concatenate(states), np.concatenate([c.homes for c in read.chunks]), count),
                "places": read.places,
                "distances": distances(count, in_headline),
            },
        )
        return Judgement(_squash(claims), softmax(answers), softmax(choices), softmax(statuses), hearts)

    def _read(self, chunk: Chunk) -> tuple[Floats, Floats]:
        """The state and the weight of each word piece, and its chance to be at the heart of a claim."""
        states, scores = self._pieces.run(
            None, {"pieces": chunk.pieces[None], "features": chunk.features[None], "marks": chunk.marks[None]}
        )
        return np.concatenate([states, scores[:, :1]], 1), _squash(scores[:, 1])


def distances(count: int, in_headline: int) -> NDArray[np.int64]:
    """How far each of an item's sentences stands from each, below `DISTANCES`."""
    steps = np.arange(count)
    found = np.clip(steps[None] - steps[:, None], -NEAREST, NEAREST) + NEAREST
    found[:, :in_headline] = DISTANCES - 1
    return np.asarray(found, np.int64)


def _means(states: Floats, homes: NDArray[np.int64], count: int) -> Floats:
    """A sentence's mean of its pieces, and the mean by what the network finds telling."""
    kept = homes >= 0
    states, homes = states[kept], homes[kept]
    weights = np.exp(np.clip(states[:, -1], -MOST_WEIGHT, MOST_WEIGHT))
    plain, told = np.ones(len(homes), np.float32), np.asarray(weights, np.float32)
    found = []
    for weight in (plain, told):
        total = np.zeros((count, states.shape[1] - 1), np.float32)
        share = np.zeros(count, np.float32)
        np.add.at(total, homes, states[:, :-1] * weight[:, None])
        np.add.at(share, homes, weight)
        found.append(total / np.maximum(share, np.float32(1e-9))[:, None])
    return np.concatenate(found, 1)


def _squash(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
