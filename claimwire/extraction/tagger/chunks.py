"""Words into chunks of word pieces, as the encoder reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.pieces import FIRST, PAD, SEPARATOR, Pieces
from claimwire.extraction.tagger.words import TaggerWords

Ints = NDArray[np.int32]
Span = tuple[int, int]
QUOTES = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text's words as arrays."""

    pieces: Ints
    """The word pieces of all words, in a row."""
    firsts: Ints
    """Index of each word's first piece, and the number of pieces at the end."""
    features: Ints
    """Shape and quote state of each word, as one number."""
    sentences: Ints
    paragraphs: list[int]

    def size(self, span: Span) -> int:
        """Return the number of pieces of the words from ``span[0]`` to before ``span[1]``."""
        return int(self.firsts[span[1]] - self.firsts[span[0]])


def prepare(words: TaggerWords, pieces: Pieces) -> Prepared:
    """Turn words into arrays.

    Parameters
    ----------
    words : Words
        The words of a text.
    pieces : Pieces
        The encoder's vocabulary.

    Returns
    -------
    Prepared
        What `chunk` and `batch` read.
    """
    ids = [pieces(word) for word in words.texts]
    firsts = np.zeros(len(ids) + 1, np.int32)
    np.cumsum([len(each) for each in ids], out=firsts[1:])
    flat = np.fromiter((piece for each in ids for piece in each), np.int32, int(firsts[-1]))
    shapes = np.array(words.shapes, np.int32)
    quotes = np.array(words.quotes, np.int32)
    return Prepared(
        flat,
        firsts,
        shapes * QUOTES + quotes,
        np.array(words.sentences, np.int32),
        words.paragraphs,
    )


def chunk(prepared: Prepared, limit: int) -> list[list[Span]]:
    """Pack the paragraphs of a text into chunks.

    Parameters
    ----------
    prepared : Prepared
        The text.
    limit : int
        The most pieces that a chunk may have, counting its separators.

    Returns
    -------
    list[list[tuple[int, int]]]
        For each chunk its spans of words: whole paragraphs, or parts of one that is too long.
    """
    chunks: list[list[Span]] = []
    room = 0
    bounds = prepared.paragraphs
    for paragraph in pairwise(bounds):
        for span in _parts(prepared, paragraph, limit - 2):
            needed = prepared.size(span) + 1
            if not chunks or needed > room:
                chunks.append([])
                room = limit - 1
            chunks[-1].append(span)
            room -= needed
    return chunks


def _parts(prepared: Prepared, paragraph: Span, most: int) -> list[Span]:
    """Cut a paragraph that is too long, at the end of a sentence if possible."""
    start, end = paragraph
    parts: list[Span] = []
    while prepared.size((start, end)) > most:
        reach = int(np.searchsorted(prepared.firsts, prepared.firsts[start] + most, "right")) - 1
        numbers = prepared.sentences[start : reach + 1]
        breaks = np.flatnonzero(np.diff(numbers)) + 1
        late = breaks[breaks > (reach - start) // 3]
        cut = start + int(late[-1]) if len(late) else reach
        parts.append((start, cut))
        start = cut
    parts.append((start, end))
    return parts


@dataclass(frozen=True, slots=True)
class Batch:
    """Chunks of about the same length, as the encoder's input."""

    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    lengths: NDArray[np.int64]
    rows: NDArray[np.int64]
    """For each word of the chunks, in order, the place of its first piece in the flat batch."""


def batch(chunks: Sequence[tuple[Prepared, list[Span]]]) -> Batch:
    """Lay chunks out as rows.

    Parameters
    ----------
    chunks : Sequence[tuple[Prepared, list[tuple[int, int]]]]
        Chunks with the text that each comes from.

    Returns
    -------
    Batch
        One row for a chunk, padded to the longest.
    """
    lengths = np.array([1 + sum(p.size(s) + 1 for s in spans) for p, spans in chunks], np.int64)
    width = int(lengths.max())
    pieces = np.full((len(chunks), width), PAD, np.int64)
    features = np.zeros((len(chunks), width), np.int64)
    rows: list[NDArray[np.int64]] = []
    for row, (prepared, spans) in enumerate(chunks):
        pieces[row, 0] = FIRST
        at = 1
        for start, end in spans:
            firsts = prepared.firsts[start : end + 1]
            low, high = int(firsts[0]), int(firsts[-1])
            pieces[row, at : at + high - low] = prepared.pieces[low:high]
            features[row, at : at + high - low] = np.repeat(prepared.features[start:end], np.diff(firsts))
            rows.append((firsts[:-1] - low + at + row * width).astype(np.int64))
            at += high - low
            pieces[row, at] = SEPARATOR
            at += 1
    return Batch(pieces, features, lengths, np.concatenate(rows) if rows else np.zeros(0, np.int64))
