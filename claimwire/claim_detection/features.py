"""What the reader sees of an item's sentences: their word pieces, and what the tagger and the drafts say of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.claim_detection.windows import ItemWindows, lay
from claimwire.extraction.tagger.tagger import TaggedAttribution, TaggerReading
from claimwire.statements import Act, Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CUE, SOURCE, CONTENT = 1, 2, 4
"""What the tagger found in a word, as a sum of these."""

PLACES: Final = 16
"""Places of a sentence in its item: the headline, the first dozen of the body, farther on, far on, the last."""

FAR_ON: Final = 25
MOST_SENTENCES: Final = 60
"""Sentences of an item beyond which their number makes no difference."""

NEAREST: Final = 12
DISTANCES: Final = 2 * NEAREST + 2
"""Distances of a sentence from the one that answers: up to `NEAREST` before or after; the headline has its own."""

ACTS: Final = tuple(Act)
HEARD: Final = 2 * len(ACTS) + 5
"""Features from the drafts of a sentence: the speakers' acts, the outlet's acts, how many drafts there are, and
whether any says "not", is about others' words, reports such words, or is coded."""

_SHORT: Final = 3
"""Letters of the longest words that do not count as shared."""

TRAITS: Final = 3 * 8 + 3 + PLACES + 3 + 3 * HEARD
"""Features of a sentence: the tagger's marks on it and its neighbours, likeness, place, and what the drafts say."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """An item's sentences as the network sees them.

    Attributes
    ----------
    spans
        Of the sentences, in the text.
    words
        For each sentence, the first number of its words and the number after the last.
    windows
        Their word pieces.
    traits
        ``[sentences, TRAITS]``.
    overlap
        ``[sentences, sentences, 4]``: the share of words in common, the share of the speaker's words that the other
        holds, the same the other way, and the likeness of the states of their words.
    distances
        ``[sentences, sentences]``: the distance of each from each, below `DISTANCES`.
    in_headline
        How many of the sentences are the headline's.
    """

    spans: tuple[Span, ...]
    words: tuple[Span, ...]
    windows: ItemWindows
    traits: Floats
    overlap: Floats
    distances: Ints
    in_headline: int

    def hears(self, sentence: int, act: Act) -> bool:
        """Whether the drafts of a sentence have a speaker or the outlet act so."""
        heard = self.traits[sentence, TRAITS - 3 * HEARD :]
        return bool(heard[ACTS.index(act)] or heard[len(ACTS) + ACTS.index(act)])


def see(read: TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Sentences:
    """Compute the features of an item's sentences.

    Parameters
    ----------
    read
        What the tagger's network read in headline and body.
    spans
        Of the sentences, in order.
    in_headline
        How many of these are the headline's.
    heard
        ``[sentences, HEARD]``: what the drafts of each say.
    """
    starts = read.words.starts
    words = tuple((bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans)
    marks = _marks(starts, read.words.ends, read.attributions)
    plain = [_plain(word) for word in read.words.texts]
    said = [frozenset(w for w in plain[a:b] if len(w) > _SHORT) for a, b in words]
    sources = [
        frozenset(w for w, mark in zip(plain[a:b], marks[a:b], strict=True) if mark & SOURCE and len(w) > _SHORT)
        for a, b in words
    ]
    unit = _unit(_means(read.states, words))
    return Sentences(
        tuple(spans),
        words,
        lay(read.prepared, words, in_headline),
        np.concatenate([_traits(read, words, marks, unit, in_headline), _around(heard)], 1, dtype=np.float32),
        _overlap(said, sources, unit),
        _distances(len(spans), in_headline),
        in_headline,
    )


def _marks(starts: list[int], ends: list[int], attributions: Sequence[TaggedAttribution]) -> Ints:
    marks = np.zeros(len(starts), np.int64)
    for attribution in attributions:
        for mark, spans in ((CUE, attribution.cue), (SOURCE, attribution.source), (CONTENT, attribution.content)):
            for start, end in spans:
                marks[bisect_left(ends, start + 1) : bisect_left(starts, end)] |= mark
    return marks


def _plain(word: str) -> str:
    """A word without case; any number as 0."""
    return "0" if word.isdigit() else word.lower().replace("’", "'")


def _around(heard: Floats) -> Floats:
    """The values of each sentence, the one before and the one after, side by side."""
    none = np.zeros((1, heard.shape[1]), np.float32)
    return np.concatenate([heard, np.concatenate([none, heard[:-1]]), np.concatenate([heard[1:], none])], 1)


def _means(states: Floats, words: Sequence[Span]) -> Floats:
    """The mean state of each sentence's words."""
    none = np.zeros(states.shape[1], np.float32)
    return np.array([states[low:high].mean(0) if low < high else none for low, high in words], np.float32)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6), np.float32)


def _likeness(ours: Floats, theirs: Floats) -> Floats:
    """The products of each row with each, the same whatever the threads of numpy's library of matrix products."""
    return np.asarray(np.einsum("ik,jk->ij", ours, theirs), np.float32)


def _traits(read: TaggerReading, words: Sequence[Span], marks: Ints, unit: Floats, in_headline: int) -> Floats:
    count = len(words)
    signs = np.zeros((count, 8), np.float32)
    for number, (low, high) in enumerate(words):
        if low == high:
            continue
        cue = 1 - read.chances[low:high, 0]
        mark = marks[low:high]
        content = (mark & CONTENT) > 0
        signs[number] = [
            cue.max(),
            cue.sum(),
            bool((mark & CUE).any()),
            bool((mark & SOURCE).any()),
            content.mean(),
            (mark == 0).mean(),
            content[0],
            math.log1p(high - low),
        ]
    lead = unit[min(in_headline, count - 1)]
    headline = unit[:in_headline].mean(0) if in_headline else lead
    likeness = _likeness(unit, np.stack([lead, unit.mean(0), headline]))
    none = np.zeros((1, signs.shape[1]), np.float32)
    place = np.zeros((count, PLACES), np.float32)
    place[np.arange(count), _places(count, in_headline)] = 1
    many = np.full(count, min(count, MOST_SENTENCES) / MOST_SENTENCES)
    where = np.stack([many, np.arange(count) / count, np.full(count, in_headline > 0)], 1)
    before, after = np.concatenate([none, signs[:-1]]), np.concatenate([signs[1:], none])
    return np.concatenate([signs, before, after, likeness, place, where], 1, dtype=np.float32)


def _places(count: int, in_headline: int) -> Ints:
    places = np.zeros(count, np.int64)
    for number in range(in_headline, count):
        at = number - in_headline
        places[number] = 1 + at if at < PLACES - 4 else PLACES - 3 if at < FAR_ON else PLACES - 2
    if count > in_headline + 2:
        places[-1] = PLACES - 1
    return places


def _overlap(said: Sequence[frozenset[str]], sources: Sequence[frozenset[str]], unit: Floats) -> Floats:
    columns = {word: number for number, word in enumerate(sorted(frozenset().union(*said)))}
    held, named = np.zeros((len(said), len(columns)), np.float32), np.zeros((len(said), len(columns)), np.float32)
    for number, (words, names) in enumerate(zip(said, sources, strict=True)):
        held[number, [columns[word] for word in words]] = 1
        named[number, [columns[word] for word in names]] = 1
    sizes = held.sum(1)
    shared = held @ held.T / np.sqrt(np.maximum(1, sizes[:, None] * sizes[None]))
    spoken = named @ held.T / np.maximum(1, named.sum(1))[:, None]
    return np.stack([shared, spoken, spoken.T, _likeness(unit, unit)], 2)


def _distances(count: int, in_headline: int) -> Ints:
    steps = np.arange(count)
    found = np.clip(steps[None] - steps[:, None], -NEAREST, NEAREST) + NEAREST
    found[:, :in_headline] = DISTANCES - 1
    return np.asarray(found, np.int64)
