"""An item's sentences as windows of word pieces, as the reader's encoder reads them.

A window holds as many sentences as it has room for. Each later window begins with the headline and with the sentences
before its own, so that no sentence is read without what it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.chunks import Ints, Prepared
from claimwire.extraction.tagger.pieces import FIRST, PAD, SEPARATOR, UNKNOWN
from claimwire.statements import Span

WINDOW: Final = 318
"""Word pieces of a window, its two marks included. Only a window of one sentence may have more."""

OF_A_SENTENCE: Final = 100
"""Pieces of a sentence that are read; what follows is left out."""

OF_HEADLINE: Final = 80
"""Pieces of the headline that a later window repeats."""

BEFORE: Final = 3
"""Sentences that a later window repeats."""

LONGEST: Final = 2 + OF_HEADLINE + (BEFORE + 1) * OF_A_SENTENCE
"""The most pieces of a window."""


@dataclass(frozen=True, slots=True)
class ItemWindows:
    """Windows as rows, padded to the longest.

    Attributes
    ----------
    pieces, features
        ``[windows, pieces]``, and shape and quote state of the word that each piece is of.
    lengths
        Of the windows.
    rows
        The places in the flat rows of the pieces that sentences are made of, sentence after sentence; what a window
        repeats is left out.
    sentences, words
        For each of these the number of its sentence and of its word.
    """

    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    lengths: NDArray[np.int64]
    rows: NDArray[np.int64]
    sentences: NDArray[np.int64]
    words: NDArray[np.int64]


def lay(prepared: Prepared, spans: Sequence[Span], in_headline: int) -> ItemWindows:
    """Lay sentences out as windows.

    Parameters
    ----------
    spans
        For each sentence, at least one, the first number of its words and the number after the last.
    in_headline
        How many of the sentences are the headline's.
    """
    parts = [_pieces(prepared, span) for span in spans]
    sizes = [len(pieces) for pieces, _, _ in parts]
    headline = _joined(parts[:in_headline])[:, :OF_HEADLINE]
    windows, own, first = [], [], 0
    while first < len(parts):
        repeated = range(max(in_headline, first - BEFORE), first) if first else range(0)
        head = headline if first else headline[:, :0]
        context = np.concatenate([head, *(_joined([parts[n]]) for n in repeated)], 1)
        last, held = first + 1, 2 + context.shape[1] + sizes[first]
        while last < len(parts) and held + sizes[last] <= WINDOW:
            held += sizes[last]
            last += 1
        windows.append(np.concatenate([context, _joined(parts[first:last])], 1))
        own.append((1 + context.shape[1], sum(sizes[first:last])))
        first = last
    lengths = np.array([2 + window.shape[1] for window in windows], np.int64)
    width = int(lengths.max())
    pieces = np.full((len(windows), width), PAD, np.int64)
    features = np.zeros((len(windows), width), np.int64)
    for row, (window, length) in enumerate(zip(windows, lengths.tolist(), strict=True)):
        pieces[row, 0], pieces[row, length - 1] = FIRST, SEPARATOR
        pieces[row, 1 : length - 1], features[row, 1 : length - 1] = window
    return ItemWindows(
        pieces,
        features,
        lengths,
        np.concatenate([row * width + start + np.arange(size) for row, (start, size) in enumerate(own)]),
        np.repeat(np.arange(len(parts)), sizes),
        np.concatenate([words for _, _, words in parts]),
    )


def _pieces(prepared: Prepared, span: Span) -> tuple[Ints, Ints, NDArray[np.int64]]:
    """A sentence's pieces, their features and words; one unknown piece if it has no words."""
    low, high = span
    if low == high:
        return np.array([UNKNOWN], np.int32), np.zeros(1, np.int32), np.array([low])
    firsts = prepared.firsts[low : high + 1]
    words = np.repeat(np.arange(low, high), np.diff(firsts))[:OF_A_SENTENCE]
    return prepared.pieces[firsts[0] : firsts[-1]][:OF_A_SENTENCE], prepared.features[words], words


def _joined(parts: Sequence[tuple[Ints, Ints, NDArray[np.int64]]]) -> Ints:
    """Pieces and features, one sentence after another, as two rows."""
    pieces = [np.zeros((2, 0), np.int32), *(np.stack([pieces, features]) for pieces, features, _ in parts)]
    return np.concatenate(pieces, 1, dtype=np.int32)
