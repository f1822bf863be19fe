"""Features of an item's sentences: the tagger's states of their words, and the words themselves."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

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

BUCKETS: Final = 1 << 17
"""Number of hash values for words and pairs of words."""

NEAREST: Final = 12
DISTANCES: Final = 2 * NEAREST + 2
"""Distances of a sentence from the one that answers: up to `NEAREST` before or after; the headline has its own."""

ACTS: Final = tuple(Act)
HEARD: Final = 2 * len(ACTS) + 5
"""Features from the drafts of a sentence: the speakers' acts, the outlet's acts, how many drafts there are, and
whether any says "not", is about others' words, reports such words, or is coded."""

_FIRST: Final = 2
_BEGINNING: Final = 4
_LONGEST_CUE: Final = 3


@dataclass(frozen=True, slots=True)
class Sentences:
    """An item's sentences as the network sees them.

    Attributes
    ----------
    spans
        Of the sentences, in the text.
    words
        For each sentence, the first number of its words and the number after the last.
    dense
        ``[sentences, features]``.
    terms
        For each sentence the buckets of its words and pairs of words, and how often each occurs.
    overlap
        ``[sentences, sentences, 4]``: the share of words in common, the share of the speaker's words that the other
        holds, the same the other way, and the likeness of the states of their words.
    distances
        ``[sentences, sentences]``: the distance of each from each, below `DISTANCES`.
    """

    spans: tuple[Span, ...]
    words: tuple[Span, ...]
    dense: Floats
    terms: tuple[tuple[Ints, Floats], ...]
    overlap: Floats
    distances: Ints


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
    said = [frozenset(w for w in plain[a:b] if len(w) > _LONGEST_CUE) for a, b in words]
    sources = [
        frozenset(w for w, mark in zip(plain[a:b], marks[a:b], strict=True) if mark & SOURCE and len(w) > _LONGEST_CUE)
        for a, b in words
    ]
    terms = tuple(_counted(_terms(plain[a:b], marks[a:b])) for a, b in words)
    means = _means(read.states, words)
    return Sentences(
        tuple(spans),
        words,
        np.concatenate([_dense(read, words, marks, means, in_headline), _around(heard)], 1, dtype=np.float32),
        terms,
        _overlap(said, sources, means),
        _distances(len(spans), in_headline),
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


def _terms(words: Sequence[str], marks: Ints) -> Iterator[str]:
    """Words and pairs of words of a sentence; words of cues, sources and beginnings again under a prefix."""
    yield from words
    yield from (f"{one}_{other}" for one, other in pairwise(words))
    cue = [word for word, mark in zip(words, marks, strict=True) if mark & CUE]
    yield from (f"C:{word}" for word in cue)
    yield f"C:{'_'.join(cue[:_LONGEST_CUE])}"
    yield from (f"S:{word}" for word, mark in zip(words, marks, strict=True) if mark & SOURCE)
    content = [word for word, mark in zip(words, marks, strict=True) if mark & CONTENT and not mark & CUE]
    yield from (f"K:{word}" for word in content[:_BEGINNING])
    yield from (f"F:{word}" for word in words[:_FIRST])


def _counted(terms: Iterator[str]) -> tuple[Ints, Floats]:
    counts: dict[int, int] = {}
    for term in terms:
        bucket = crc32(term.encode()) % BUCKETS
        counts[bucket] = counts.get(bucket, 0) + 1
    buckets = sorted(counts)
    return np.array(buckets, np.int64), np.array([1 + math.log(counts[b]) for b in buckets], np.float32)


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


def _dense(read: TaggerReading, words: Sequence[Span], marks: Ints, means: Floats, in_headline: int) -> Floats:
    count = len(words)
    width = read.states.shape[1]
    pooled = np.zeros((count, 2 * width), np.float32)
    signs = np.zeros((count, 8), np.float32)
    for number, (low, high) in enumerate(words):
        if low == high:
            continue
        states, cue = read.states[low:high], 1 - read.chances[low:high, 0]
        mark = marks[low:high]
        pooled[number, :width] = states.max(0)
        pooled[number, width:] = (states * cue[:, None]).sum(0) / (cue.sum() + np.float32(0.2))
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
    unit = _unit(means)
    lead = unit[min(in_headline, count - 1)]
    headline = unit[:in_headline].mean(0) if in_headline else lead
    likeness = np.stack([unit @ lead, unit @ unit.mean(0), unit @ headline], 1)
    none = np.zeros((1, signs.shape[1]), np.float32)
    place = np.zeros((count, PLACES), np.float32)
    place[np.arange(count), _places(count, in_headline)] = 1
    many = np.full(count, min(count, MOST_SENTENCES) / MOST_SENTENCES)
    where = np.stack([many, np.arange(count) / count, np.full(count, in_headline > 0)], 1)
    before, after = np.concatenate([none, signs[:-1]]), np.concatenate([signs[1:], none])
    return np.concatenate([means, pooled, signs, before, after, likeness, place, where], 1, dtype=np.float32)


def _places(count: int, in_headline: int) -> Ints:
    places = np.zeros(count, np.int64)
    for number in range(in_headline, count):
        at = number - in_headline
        places[number] = 1 + at if at < PLACES - 4 else PLACES - 3 if at < FAR_ON else PLACES - 2
    if count > in_headline + 2:
        places[-1] = PLACES - 1
    return places


def _overlap(said: Sequence[frozenset[str]], sources: Sequence[frozenset[str]], means: Floats) -> Floats:
    columns = {word: number for number, word in enumerate(sorted(frozenset().union(*said)))}
    held, named = np.zeros((len(said), len(columns)), np.float32), np.zeros((len(said), len(columns)), np.float32)
    for number, (words, names) in enumerate(zip(said, sources, strict=True)):
        held[number, [columns[word] for word in words]] = 1
        named[number, [columns[word] for word in names]] = 1
    sizes = held.sum(1)
    shared = held @ held.T / np.sqrt(np.maximum(1, sizes[:, None] * sizes[None]))
    spoken = named @ held.T / np.maximum(1, named.sum(1))[:, None]
    unit = _unit(means)
    return np.stack([shared, spoken, spoken.T, unit @ unit.T], 2)


def _distances(count: int, in_headline: int) -> Ints:
    steps = np.arange(count)
    found = np.clip(steps[None] - steps[:, None], -NEAREST, NEAREST) + NEAREST
    found[:, :in_headline] = DISTANCES - 1
    return np.asarray(found, np.int64)
