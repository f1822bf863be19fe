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
from claimwire.extraction.tagger.pieces import FIRST, SEPARATOR, UNKNOWN
from claimwire.statements import Span

WINDOW: Final = 446
"""Word pieces of a window, its two marks included. Only a window of one sentence may have more."""

OF_A_SENTENCE: Final = 100
"""Pieces of a sentence that are read; what follows is left out."""

OF_HEADLINE: Final = 80
"""Pieces of the headline that a later window repeats."""

BEFORE: Final = 2
"""Sentences that a later window repeats."""

LONGEST: Final = max(WINDOW, 2 + OF_HEADLINE + (BEFORE + 1) * OF_A_SENTENCE)
"""The most pieces of a window."""


@dataclass(frozen=True, slots=True)
class ItemWindow:
    """What the encoder reads at once.

    Attributes
    ----------
    pieces, features
        The pieces between their marks, and shape and quote state of the word that each is of.
    own
        The places of its own sentences' pieces; what it repeats stands before them.
    """

    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    own: range


@dataclass(frozen=True, slots=True)
class ItemWindows:
    """The windows of an item.

    Attributes
    ----------
    windows
        In the order of the text.
    sentences, words
        For each of the windows' own pieces the number of its sentence and of its word.
    """

    windows: tuple[ItemWindow, ...]
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
    windows, first = [], 0
    while first < len(parts):
        repeated = range(max(in_headline, first - BEFORE), first) if first else range(0)
        head = headline if first else headline[:, :0]
        context = np.concatenate([head, *(_joined([parts[n]]) for n in repeated)], 1)
        last, held = first + 1, 2 + context.shape[1] + sizes[first]
        while last < len(parts) and held + sizes[last] <= WINDOW:
            held += sizes[last]
            last += 1
        inside = np.concatenate([context, _joined(parts[first:last])], 1)
        pieces = np.array([FIRST, *inside[0], SEPARATOR], np.int64)
        features = np.array([0, *inside[1], 0], np.int64)
        windows.append(ItemWindow(pieces, features, range(1 + context.shape[1], 1 + inside.shape[1])))
        first = last
    return ItemWindows(
        tuple(windows),
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
