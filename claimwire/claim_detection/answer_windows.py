"""An item's sentences around one that may answer a claim, as the answer network reads them.

The sentence stands among those that it may answer. There is room for some of them only, so the likeliest places come
first: the headline, what stands near, and the beginning of the body. The pieces are marked with the distance of their
sentence, so that the network knows which one it is asked about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from claimwire.claim_detection.features import DISTANCES, NEAREST, Ints, Sentences
from claimwire.claim_detection.windows import OF_A_SENTENCE
from claimwire.extraction.tagger.pieces import FIRST, SEPARATOR

WINDOW: Final = 300
"""Word pieces of a window, its two marks included."""

OF_OTHERS: Final = 56
"""Pieces that are read of a sentence other than the one in question."""

AFTER: Final = 2.5
"""A sentence so many places before the one in question has room as soon as one a single place after it."""

LEAD: Final = 4.5
NEXT_OF_LEAD: Final = 2.0
"""The first sentence of the body has room before what stands farther away than this; each next one so much later."""

FARTHEST: Final = 9
"""Sentences farther away have the mark of this distance."""

HEADLINE: Final = 2 * FARTHEST + 2
MARKS: Final = HEADLINE + 1
"""Marks of a piece: 0 for the window's own, then one for each distance before and after, and one for the headline."""


@dataclass(frozen=True, slots=True)
class AnswerWindow:
    """What the answer network reads at once.

    Attributes
    ----------
    sentences
        The numbers of its sentences, in the order of the text.
    asked
        The place of the sentence in question among these.
    pieces, features, marks
        The pieces between the window's marks, shape and quote state of the word of each, and the mark of its sentence.
    homes
        For each piece between the window's marks, the place of its sentence among the window's.
    distances
        For each sentence its distance from the one in question, below `DISTANCES`.
    """

    sentences: tuple[int, ...]
    asked: int
    pieces: Ints
    features: Ints
    marks: Ints
    homes: Ints
    distances: Ints


class AnswerWindows:
    """The windows around the sentences of an item."""

    def __init__(self, seen: Sentences) -> None:
        own = [(w.pieces[w.own], w.features[w.own]) for w in seen.windows.windows]
        self._pieces, self._features = (np.concatenate(rows) for rows in zip(*own, strict=True))
        self._firsts = np.searchsorted(seen.windows.sentences, np.arange(len(seen.spans) + 1))
        self._in_headline = seen.in_headline

    def around(self, sentence: int, left_out: Collection[int] = ()) -> AnswerWindow:
        """The window around a sentence.

        Parameters
        ----------
        left_out
            Numbers of sentences that the item is read without. Training leaves some out at random.
        """
        there = [n for n in range(len(self._firsts) - 1) if n not in left_out]
        headline = sum(n < self._in_headline for n in there)
        asked = there.index(sentence)
        parts = [self._rows(n, OF_A_SENTENCE if n == sentence else OF_OTHERS) for n in there]
        held, size = [], 2
        for place in sorted(range(len(there)), key=lambda place: (_cost(place, asked, headline), place)):
            if size + len(parts[place]) <= WINDOW:
                held.append(place)
                size += len(parts[place])
        held.sort()
        sizes = [len(parts[place]) for place in held]
        rows = np.concatenate([parts[place] for place in held])
        marks = [_mark(place, asked, headline) for place in held]
        return AnswerWindow(
            tuple(there[place] for place in held),
            held.index(asked),
            np.array([FIRST, *self._pieces[rows], SEPARATOR], np.int64),
            np.array([0, *self._features[rows], 0], np.int64),
            np.array([0, *np.repeat(marks, sizes), 0], np.int64),
            np.repeat(np.arange(len(held)), sizes),
            np.array([_distance(place, asked, headline) for place in held], np.int64),
        )

    def _rows(self, sentence: int, most: int) -> range:
        """The rows of a sentence's first pieces."""
        first, end = self._firsts[sentence : sentence + 2].tolist()
        return range(first, min(end, first + most))


def _cost(place: int, asked: int, headline: int) -> float:
    """How late a sentence gets room; the one in question comes first, then the headline."""
    if place == asked or place < headline:
        return -1.0 if place == asked else 0.0
    near = AFTER * (place - asked) if place > asked else float(asked - place)
    return min(near, LEAD + NEXT_OF_LEAD * (place - headline))


def _mark(place: int, asked: int, headline: int) -> int:
    if place < headline and place != asked:
        return HEADLINE
    return 1 + FARTHEST + max(-FARTHEST, min(FARTHEST, place - asked))


def _distance(place: int, asked: int, headline: int) -> int:
    return DISTANCES - 1 if place < headline else NEAREST + max(-NEAREST, min(NEAREST, place - asked))
