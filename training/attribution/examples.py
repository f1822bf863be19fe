"""PolNeAR's texts as training examples, seen a little differently in every epoch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from claimwire.extraction.tagger.chunks import QUOTES, Prepared, Span, batch, chunk, prepare
from claimwire.extraction.tagger.decoding import BEGINS, CONTENT, INSIDE, NONE, SOURCE
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.windows import bounds, gather
from claimwire.extraction.tagger.words import Shape, TaggerWords, split

from .polnear import Document, covered

LIMITS = (112, 128, 128, 192, 256)
SHOUTED = 0.06
TITLED = 0.03
JOINED = 0.15
COLUMNS = 32
"""Batches are padded to a multiple of this: a CPU's kernels are built anew for every shape."""
IGNORED = -100
HIDDEN = 0.05
"""Share of the pieces that an epoch hides, against learning texts by heart."""
MASK = 103
_LETTERS = (Shape.LOWER, Shape.TITLE, Shape.UPPER, Shape.MIXED)


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution in words of its text."""

    cue: Span
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its attributions."""

    words: TaggerWords
    prepared: Prepared
    cues: np.ndarray[tuple[int], np.dtype[np.int64]]
    links: tuple[Link, ...]


def example(words: TaggerWords, links: Sequence[Link], pieces: Pieces) -> Example:
    """Build an example from words and links between them."""
    cues = np.zeros(len(words.texts), np.int64)
    for link in links:
        start, end = link.cue
        cues[start:end] = INSIDE
        cues[start] = BEGINS
    ordered = tuple(sorted(links, key=lambda link: link.cue))
    return Example(words, prepare(words, pieces), cues, ordered)


def from_document(document: Document, pieces: Pieces) -> Example:
    """Build the example of an annotated text."""
    words = split(document.text)
    links = []
    for gold in document.gold:
        cue, source, content = (
            covered(words.starts, words.ends, spans) for spans in (gold.cue, gold.source, gold.content)
        )
        if cue:
            links.append(Link((cue[0], cue[-1] + 1), tuple(source), tuple(content)))
    return example(words, links, pieces)


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk of an example as one epoch sees it."""

    example: Example
    view: Prepared
    spans: list[Span]
    size: int


def view(seen: Example, chance: random.Random) -> list[Piece]:
    """Look at an example in one of many ways.

    Lines lose the sense of their capitals now and then, as in headlines and old wire copy;
    paragraphs are joined, as in feeds that lost their line breaks; chunks have various lengths;
    a few pieces are hidden.

    Parameters
    ----------
    seen : Example
        The example.
    chance : random.Random
        Where the ways come from.

    Returns
    -------
    list[Piece]
        Its chunks.
    """
    prepared = seen.prepared
    generator = np.random.default_rng(chance.getrandbits(63))
    features = prepared.features.copy()
    pieces = prepared.pieces.copy()
    pieces[generator.random(len(pieces)) < HIDDEN] = MASK
    paragraphs = prepared.paragraphs
    for start, end in pairwise(paragraphs):
        draw = chance.random()
        if draw < SHOUTED:
            _style(features, start, end, Shape.SHOUTED)
        elif draw < SHOUTED + TITLED and end - start < 40:
            _style(features, start, end, Shape.TITLED)
    if chance.random() < JOINED:
        kept = [p for p in paragraphs[1:-1] if chance.random() < 0.25]
        paragraphs = [0, *kept, paragraphs[-1]]
    changed = replace(prepared, pieces=pieces, features=features, paragraphs=paragraphs)
    return [
        Piece(seen, changed, spans, 1 + sum(changed.size(s) + 1 for s in spans))
        for spans in chunk(changed, chance.choice(LIMITS))
    ]


def _style(features: np.ndarray[tuple[int], np.dtype[np.int32]], a: int, b: int, to: Shape) -> None:
    shapes, quotes = features[a:b] // QUOTES, features[a:b] % QUOTES
    features[a:b] = np.where(np.isin(shapes, _LETTERS), to, shapes) * QUOTES + quotes


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one step of training reads."""

    pieces: Tensor
    features: Tensor
    lengths: Tensor
    cues: Tensor
    """The cue label of each place in the flat batch, `IGNORED` where no word begins."""
    windows: tuple[dict[str, Tensor], ...]
    """Groups of windows of like length: ``first``, ``last``, ``words``, ``places``, ``lengths`` and
    the ``roles`` of their words. Words are counted by their places in the flat batch."""


def lesson(some: Sequence[Piece], groups: int = 3) -> Lesson:
    """Lay chunks out for one step.

    Parameters
    ----------
    some : Sequence[Piece]
        Chunks of like size.
    groups : int
        How many groups of windows to make.

    Returns
    -------
    Lesson
        Tensors.
    """
    laid = batch([(piece.view, piece.spans) for piece in some])
    cues, sentences = [], []
    links: list[tuple[Span, Span, Link, int]] = []
    base = 0
    for piece in some:
        start, end = piece.spans[0][0], piece.spans[-1][1]
        cues.append(piece.example.cues[start:end])
        sentences.append(piece.view.sentences[start:end])
        paragraphs = piece.view.paragraphs
        for link in piece.example.links:
            if start <= link.cue[0] and link.cue[1] <= end:
                home = int(np.searchsorted(paragraphs, link.cue[0], "right")) - 1
                low, high = bounds(link.cue, paragraphs, home)
                shift = base - start
                around = (max(low, start) + shift, min(high, end) + shift)
                cue = (link.cue[0] + shift, link.cue[1] + shift)
                links.append((cue, around, link, shift))
        base += end - start
    links.sort(key=lambda each: each[1][1] - each[1][0])
    known = np.concatenate(sentences)
    high, wide = laid.pieces.shape
    extra = -wide % COLUMNS
    rows = laid.rows // wide * (wide + extra) + laid.rows % wide
    labels = np.full(high * (wide + extra), IGNORED, np.int64)
    labels[rows] = np.concatenate(cues)
    cuts = [len(links) * n // groups for n in range(groups + 1)]
    windows = tuple(_windows(links[a:b], known, rows) for a, b in pairwise(cuts) if b > a)
    return Lesson(
        torch.from_numpy(np.pad(laid.pieces, ((0, 0), (0, extra)))),
        torch.from_numpy(np.pad(laid.features, ((0, 0), (0, extra)))),
        torch.from_numpy(laid.lengths),
        torch.from_numpy(labels),
        windows,
    )


def _windows(
    links: Sequence[tuple[Span, Span, Link, int]],
    sentences: np.ndarray[tuple[int], np.dtype[np.int32]],
    places: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> dict[str, Tensor]:
    rows = gather([each[0] for each in links], [each[1] for each in links], sentences)
    roles: NDArray[np.int64] = np.full(rows.words.shape, NONE, np.int64)
    for row, (_, (start, end), link, shift) in enumerate(links):
        for role, part in ((CONTENT, link.content), (SOURCE, link.source)):
            inside = [word + shift - start for word in part if start <= word + shift < end]
            roles[row, inside] = role
    parts = {
        "first": places[rows.first], "last": places[rows.last], "words": places[rows.words],
        "places": rows.places, "lengths": rows.lengths, "roles": roles,
    }  # fmt: skip
    high, wide = rows.words.shape
    more = (-high % 8, -wide % 16)
    return {name: torch.from_numpy(_pad(part, more)) for name, part in parts.items()}


def _pad(part: NDArray[np.int64], more: tuple[int, int]) -> NDArray[np.int64]:
    return np.pad(part, [(0, each) for each in more[: part.ndim]])
