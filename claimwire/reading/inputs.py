"""An item as the network reads it: its sentences, in chunks of word pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.chunks import Prepared, prepare
from claimwire.extraction.tagger.pieces import FIRST, PAD, SEPARATOR, Pieces
from claimwire.extraction.tagger.words import split
from claimwire.statements import Span

CHUNK: Final = 320
"""Word pieces that are read together, marks included."""

LONGEST: Final = 160
"""Word pieces of a sentence; of a longer one the rest is not read."""

REMINDER: Final = 64
"""Word pieces of the item's first sentences that stand before each chunk but the first: what the item is about."""

CUE, SOURCE, CONTENT = 1, 2, 4
MARKS: Final = 8
"""What the tagger found in a word: a sum of the three."""

PLACES: Final = 16
"""Where in its item a sentence stands: the headline, the first dozen of the body, farther on, far on, the last."""

FAR_ON: Final = 25

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marked:
    """Cue, source and content of one attribution, as spans of the text."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of sentences, as the encoder's input.

    Attributes
    ----------
    pieces, features, marks
        One of each for every word piece.
    homes
        For each word piece the number of its sentence in the item; -1 for marks and for the reminder.
    words
        For each word piece the number of its word in the text; -1 likewise.
    """

    pieces: Ints
    features: Ints
    marks: Ints
    homes: Ints
    words: Ints


@dataclass(frozen=True, slots=True)
class Inputs:
    """An item's sentences as arrays.

    Attributes
    ----------
    spans
        Of the sentences, in the text.
    places
        Where each sentence stands, below `PLACES`.
    chunks
        What the encoder reads; each sentence is in one of them.
    words
        Spans of the words, in the text.
    """

    spans: tuple[Span, ...]
    places: Ints
    chunks: tuple[Chunk, ...]
    words: tuple[Span, ...]


def inputs(
    text: str, spans: Sequence[Span], in_headline: int, attributions: Sequence[Marked], vocabulary: Pieces
) -> Inputs:
    """Lay an item out.

    Parameters
    ----------
    text
        Headline and body in one.
    spans
        Of the sentences, in order.
    in_headline
        How many of these are the headline's.
    attributions
        What the tagger found in the text.
    vocabulary
        The encoder's.
    """
    words = split(text)
    prepared = prepare(words, vocabulary)
    marks = _marks(words.starts, words.ends, attributions)
    sentences = [
        (low, _within(prepared, low, bisect_left(words.starts, end)))
        for start, end in spans
        for low in [bisect_left(words.starts, start)]
    ]
    return Inputs(
        tuple(spans),
        _places(len(spans), in_headline),
        tuple(_chunks(prepared, marks, sentences)),
        tuple(zip(words.starts, words.ends, strict=True)),
    )


def _within(prepared: Prepared, low: int, high: int) -> int:
    """The end of a sentence's words, cut where it is too long."""
    most = int(np.searchsorted(prepared.firsts, prepared.firsts[low] + LONGEST, "right")) - 1
    return max(low, min(high, most))


def _marks(starts: list[int], ends: list[int], attributions: Sequence[Marked]) -> Ints:
    marks = np.zeros(len(starts), np.int64)
    for attribution in attributions:
        for mark, spans in ((CUE, attribution.cue), (SOURCE, attribution.source), (CONTENT, attribution.content)):
            for start, end in spans:
                marks[bisect_left(ends, start + 1) : bisect_left(starts, end)] |= mark
    return marks


def _places(count: int, in_headline: int) -> Ints:
    places = np.zeros(count, np.int64)
    for number in range(in_headline, count):
        at = number - in_headline
        places[number] = 1 + at if at < PLACES - 4 else PLACES - 3 if at < FAR_ON else PLACES - 2
    if count > in_headline + 2:
        places[-1] = PLACES - 1
    return places


def _chunks(prepared: Prepared, marks: Ints, sentences: Sequence[Span]) -> list[Chunk]:
    """Pack sentences into chunks; each but the first begins with the item's first sentences again."""
    packed: list[list[int]] = []
    room = 0
    reminder = _reminder(prepared, sentences)
    for number, span in enumerate(sentences):
        needed = prepared.size(span) + 1
        if not packed or needed > room:
            room = CHUNK - 1 - (sum(prepared.size(s) + 1 for s in reminder) if packed else 0)
            packed.append([])
        packed[-1].append(number)
        room -= needed
    chunks = []
    for at, numbers in enumerate(packed):
        reminded = [(-1, span) for span in reminder] if at else []
        chunks.append(_chunk(prepared, marks, [*reminded, *((n, sentences[n]) for n in numbers)]))
    return chunks


def _reminder(prepared: Prepared, sentences: Sequence[Span]) -> list[Span]:
    """The item's first words."""
    spans: list[Span] = []
    room = REMINDER
    for start, end in sentences[:2]:
        most = int(np.searchsorted(prepared.firsts, prepared.firsts[start] + room, "right")) - 1
        end = min(end, most)
        if start < end:
            spans.append((start, end))
            room -= prepared.size((start, end))
    return spans


def _chunk(prepared: Prepared, marks: Ints, spans: Sequence[tuple[int, Span]]) -> Chunk:
    size = 1 + sum(prepared.size(span) + 1 for _, span in spans)
    pieces, features = np.full(size, PAD, np.int64), np.zeros(size, np.int64)
    marked, homes, words = np.zeros(size, np.int64), np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    pieces[0] = FIRST
    at = 1
    for number, (start, end) in spans:
        firsts = prepared.firsts[start : end + 1]
        low, high = int(firsts[0]), int(firsts[-1])
        here = slice(at, at + high - low)
        repeats = np.diff(firsts)
        pieces[here] = prepared.pieces[low:high]
        features[here] = np.repeat(prepared.features[start:end], repeats)
        marked[here] = np.repeat(marks[start:end], repeats)
        if number >= 0:
            homes[here] = number
            words[here] = np.repeat(np.arange(start, end), repeats)
        at += high - low
        pieces[at] = SEPARATOR
        at += 1
    return Chunk(pieces, features, marked, homes, words)
