"""The reader's network on onnxruntime: chances of claims, answers and their targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from claimwire.claim_detection.features import Floats, Ints, Sentences
from claimwire.claim_detection.windows import ItemWindows
from claimwire.extraction import tagger
from claimwire.extraction.tagger.network import session, softmax
from claimwire.extraction.tagger.piece_vectors import piece_vectors
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

POOLS: Final = 4
"""Ways in which a sentence's pieces are weighed; each gives a mean of its pieces."""

LEAST_ASKED: Final = 0.2
"""Chance of answering from which the networks look for what a sentence answers."""


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
    """Runs the three graphs that training exported (`training.reading.export`).

    Parameters
    ----------
    folder : Path
        Holds ``encoder.onnx``, ``heads.onnx`` and ``choices.onnx``. The vectors of word pieces are the tagger's.

    Notes
    -----
    Items never share a call of a graph, since 8-bit scales depend on everything in a call.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder, self._heads, self._choices = (
            session(folder / f"{name}.onnx", threads=1) for name in ("encoder", "heads", "choices")
        )
        self._vectors = piece_vectors(tagger.DATA)

    def judge(self, seen: Sentences) -> ReaderOutput:
        """Judge an item of at least one sentence."""
        windows = seen.windows
        weights, values, hearts = self._read(windows)
        scores, asks, offers, elsewhere = self._heads.run(
            None, {"means": means(weights, values, windows.sentences), "traits": seen.traits}
        )
        answers = softmax(scores[:, ANSWERS])
        choices = np.zeros((len(scores), len(scores) + 1), np.float32)
        choices[:, -1] = 1
        asking = np.flatnonzero(1 - answers[:, 0] >= LEAST_ASKED)
        if len(asking):
            (fits,) = self._choices.run(
                None,
                {
                    "asks": asks[asking],
                    "offers": offers,
                    "distances": seen.distances[asking],
                    "overlap": seen.overlap[asking],
                    "worth": scores[:, 0],
                },
            )
            choices[asking] = softmax(np.concatenate([fits, elsewhere[asking]], 1))
        of_words = np.zeros(max(high for _, high in seen.words), np.float32)
        if len(of_words):
            np.maximum.at(of_words, np.minimum(windows.words, len(of_words) - 1), _chance(hearts))
        return ReaderOutput(_chance(scores[:, CLAIMS]), answers, choices, softmax(scores[:, STATUSES]), of_words)

    def _read(self, windows: ItemWindows) -> tuple[Floats, Floats, Floats]:
        """Run the encoder, a window at a time: each piece's weights in the pools, its value, its heart's score.

        One window alone needs no padding, and what attention works on stays in the processor's cache.
        """
        parts = [
            self._encoder.run(
                None,
                {
                    "pieces": each.pieces[None],
                    "vectors": self._vectors[each.pieces[None]],
                    "features": each.features[None],
                    "rows": np.array(each.own, np.int64),
                },
            )[0]
            for each in windows.windows
        ]
        found = np.concatenate(parts)
        return found[:, :POOLS], found[:, POOLS:-1], found[:, -1]


def means(weights: Floats, values: Floats, homes: Ints) -> Floats:
    """``[sentences, POOLS * width]``: the mean value of each sentence's pieces, weighed in each way.

    Parameters
    ----------
    homes
        For each piece the number of its sentence, in order; each sentence has one at least.
    """
    starts = np.searchsorted(homes, np.arange(int(homes[-1]) + 1))
    shares = np.exp(weights - np.maximum.reduceat(weights, starts)[homes])
    sums = np.add.reduceat(shares[:, :, None] * values[:, None], starts)
    found = sums / np.add.reduceat(shares, starts)[:, :, None]
    return np.asarray(found.reshape(len(starts), -1), np.float32)


def _chance(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
