"""The words around each cue, as the pair head reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.chunks import Ints, Span

BEFORE: Final = 90
AFTER: Final = 110
_STEPS: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)
_SENTENCES: Final = 3
DISTANCES: Final = 2 * (len(_STEPS) + 1) + 1
PLACES: Final = DISTANCES * (2 * _SENTENCES + 1)

_FAR: Final = BEFORE + AFTER
_BUCKETS: Final = np.searchsorted(np.array(_STEPS), np.arange(_FAR + 1), "left").astype(np.int64)


@dataclass(frozen=True, slots=True)
class Windows:
    """One row for each cue, padded to the longest window."""

    first: NDArray[np.int64]
    """The cues' first words."""
    last: NDArray[np.int64]
    """The cues' last words."""
    lengths: NDArray[np.int64]
    words: NDArray[np.int64]
    """For each cue the words of its window."""
    places: NDArray[np.int64]
    """The distance of each of these from the cue, in words and in sentences, as one number."""


def bounds(cue: Span, paragraphs: Sequence[int], paragraph: int) -> Span:
    """Return the window of a cue: its paragraph, as far as a window reaches.

    Parameters
    ----------
    cue : tuple[int, int]
        The cue's words, end exclusive.
    paragraphs : Sequence[int]
        Index of each paragraph's first word, and the number of words at the end.
    paragraph : int
        The cue's paragraph.

    Returns
    -------
    tuple[int, int]
        The window's words, end exclusive.
    """
    start, end = cue
    return max(paragraphs[paragraph], start - BEFORE), min(paragraphs[paragraph + 1], end + AFTER)


def gather(cues: Sequence[Span], reach: Sequence[Span], sentences: Ints) -> Windows:
    """Lay the windows of cues out as rows.

    Parameters
    ----------
    cues : Sequence[tuple[int, int]]
        The cues' words, at least one cue.
    reach : Sequence[tuple[int, int]]
        The windows' words, for each cue.
    sentences : Ints
        The number of each word's sentence.

    Returns
    -------
    Windows
        The rows.
    """
    spans = np.array(cues, np.int64)
    around = np.array(reach, np.int64)
    first, last = spans[:, 0], spans[:, 1] - 1
    lengths = around[:, 1] - around[:, 0]
    steps = np.arange(int(lengths.max()), dtype=np.int64)
    words = around[:, :1] + np.minimum(steps[None], lengths[:, None] - 1)
    before = np.clip(first[:, None] - words, 0, _FAR)
    after = np.clip(words - last[:, None], 0, _FAR)
    middle = len(_STEPS) + 1
    distance = np.where(before > 0, middle - 1 - _BUCKETS[before], middle)
    distance = np.where(after > 0, middle + 1 + _BUCKETS[after], distance)
    apart = np.clip(sentences[words] - sentences[first][:, None], -_SENTENCES, _SENTENCES)
    places = distance * (2 * _SENTENCES + 1) + apart + _SENTENCES
    return Windows(first, last, lengths, words, places.astype(np.int64))


def compact(rows: Windows) -> tuple[NDArray[np.int64], Windows]:
    """Number only the words that windows hold.

    Parameters
    ----------
    rows : Windows
        Windows into a text.

    Returns
    -------
    tuple[NDArray[np.int64], Windows]
        The words in order, and the windows counted in these.
    """
    used, numbers = np.unique(rows.words, return_inverse=True)
    return used, replace(
        rows,
        first=np.searchsorted(used, rows.first),
        last=np.searchsorted(used, rows.last),
        words=numbers.reshape(rows.words.shape).astype(np.int64),
    )
