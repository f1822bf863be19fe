"""From the network's probabilities to cues, sources and contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.chunks import Span

Floats = NDArray[np.float32]

NONE: Final = 0
SOURCE: Final = 1
CONTENT: Final = 2
ROLES: Final = 3

OUTSIDE: Final = 0
BEGINS: Final = 1
INSIDE: Final = 2
_LONGEST_CUE: Final = 40


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """Thresholds, fitted on PolNeAR's development part."""

    seed: float = 0.40
    """The least probability that one word of a cue must have."""
    grow: float = 0.35
    """The least probability at which a neighbour belongs to the cue."""
    accept: float = 0.40
    """For a cue without content, the least product of its probability and the largest marginal of content."""
    rescue: float = 0.20
    """If the best path has no content, words with a marginal above this are the content."""


def cue_spans(probabilities: Floats, paragraphs: Sequence[int], settings: TaggerSettings) -> list[Span]:
    """Find the words that announce who said what.

    Parameters
    ----------
    probabilities : NDArray[np.float32]
        For each word: outside, begins a cue, inside a cue.
    paragraphs : Sequence[int]
        Index of each paragraph's first word, and the number of words at the end.
    settings : Settings
        Thresholds.

    Returns
    -------
    list[tuple[int, int]]
        The cues' words, end exclusive, in order; none crosses the end of a paragraph.
    """
    chance = 1.0 - probabilities[:, OUTSIDE]
    begins = probabilities[:, BEGINS] > probabilities[:, INSIDE]
    begins[list(paragraphs[:-1])] = True
    spans: list[Span] = []
    for seed in np.flatnonzero(chance >= settings.seed).tolist():
        floor = spans[-1][1] if spans else 0
        if seed < floor:
            continue
        start, end = seed, seed + 1
        while start > max(floor, seed - _LONGEST_CUE) and not begins[start]:
            if chance[start - 1] < settings.grow:
                break
            start -= 1
        while end < min(len(chance), start + _LONGEST_CUE) and not begins[end]:
            if chance[end] < settings.grow:
                break
            end += 1
        spans.append((start, end))
    return spans


def confidence(probabilities: Floats, cues: list[Span]) -> Floats:
    """Return the probability of each cue's most probable word.

    Parameters
    ----------
    probabilities : NDArray[np.float32]
        For each word: outside, begins a cue, inside a cue.
    cues : list[tuple[int, int]]
        The cues.

    Returns
    -------
    NDArray[np.float32]
        One figure a cue.
    """
    chance = 1.0 - probabilities[:, OUTSIDE]
    return np.array([chance[a:b].max() for a, b in cues], np.float32)


# The states of the search. A source is one run of words, so the search remembers whether it is behind.
_LABELS: Final = np.array([NONE, CONTENT, SOURCE, NONE, CONTENT], np.int8)
_ALLOWED: Final = np.array(
    [
        [1, 1, 1, 0, 0],
        [1, 1, 1, 0, 0],
        [0, 0, 1, 1, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 0, 1, 1],
    ],
    bool,
)
_NEVER: Final = np.float32(-1e9)
_BARRED: Final = np.where(_ALLOWED, np.float32(0), _NEVER)
_STILL: Final = np.where(np.eye(len(_LABELS), dtype=bool), np.float32(0), _NEVER)


def best_paths(potentials: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int8]:
    """Find the most probable roles of each window's words, with one run of source at most.

    Parameters
    ----------
    potentials : NDArray[np.float32]
        For each window and word the score of each role after each role, ``[k, w, 3, 3]``.
    lengths : NDArray[np.int64]
        The windows' lengths.

    Returns
    -------
    NDArray[np.int8]
        A role for each word, `NONE` behind a window's end.
    """
    count, width = potentials.shape[:2]
    inside = (np.arange(width)[None] < lengths[:, None]).T
    steps = potentials.transpose(1, 0, 2, 3)[:, :, _LABELS][:, :, :, _LABELS]
    steps = np.where(inside[:, :, None, None], steps + _BARRED, _STILL)
    best = np.full((count, len(_LABELS)), _NEVER, np.float32)
    best[:, 0] = 0.0
    came = np.zeros((width, count, len(_LABELS)), np.intp)
    for step in range(width):
        scores = best[:, :, None] + steps[step]
        came[step] = scores.argmax(1)
        best = scores.max(1)
    states = np.zeros((width, count), np.intp)
    state = best.argmax(1)
    rows = np.arange(count)
    for step in range(width - 1, -1, -1):
        states[step] = state
        state = came[step, rows, state]
    return np.where(inside, _LABELS[states], np.int8(NONE)).T


def marginals(potentials: Floats, lengths: NDArray[np.int64]) -> Floats:
    """Return the probability of each role for each word.

    Parameters
    ----------
    potentials : NDArray[np.float32]
        As for `best_paths`.
    lengths : NDArray[np.int64]
        The windows' lengths.

    Returns
    -------
    NDArray[np.float32]
        ``[k, w, 3]``; figures behind a window's end mean nothing.
    """
    count, width = potentials.shape[:2]
    peak = potentials.max((2, 3), keepdims=True)
    weights = np.exp(potentials - peak)
    inside = np.arange(width)[None] < lengths[:, None]
    weights = np.where(inside[:, :, None, None], weights, np.eye(ROLES, dtype=np.float32))
    steps = np.ascontiguousarray(weights.transpose(1, 0, 2, 3))
    forward = np.zeros((width, count, 1, ROLES), np.float32)
    state = np.zeros((count, 1, ROLES), np.float32)
    state[:, 0, NONE] = 1.0
    for step in range(width):
        state = state @ steps[step]
        state /= state.sum(2, keepdims=True)
        forward[step] = state
    backward = np.ones((width, count, ROLES, 1), np.float32)
    for step in range(width - 1, 0, -1):
        back = steps[step] @ backward[step]
        backward[step - 1] = back / back.sum(1, keepdims=True)
    joint = forward[:, :, 0] * backward[:, :, :, 0]
    shares: Floats = (joint / joint.sum(2, keepdims=True)).transpose(1, 0, 2)
    return shares


def rescue(path: NDArray[np.int8], shares: Floats, sure: float, settings: TaggerSettings) -> NDArray[np.int8] | None:
    """Find the content by the marginals if the best path has none.

    Parameters
    ----------
    path : NDArray[np.int8]
        The roles of one window's words.
    shares : NDArray[np.float32]
        The probability of each role for each of its words.
    sure : float
        The probability of the cue.
    settings : Settings
        Thresholds.

    Returns
    -------
    NDArray[np.int8] | None
        A path with a content, or None if the cue is no cue.
    """
    if sure * shares[:, CONTENT].max() < settings.accept:
        return None
    likely = (shares[:, CONTENT] >= settings.rescue) & (shares[:, CONTENT] > shares[:, SOURCE])
    return np.where(likely, np.int8(CONTENT), path[: len(shares)])


def runs(roles: NDArray[np.bool_]) -> list[Span]:
    """Return the runs of true words.

    Parameters
    ----------
    roles : NDArray[np.bool_]
        One flag a word.

    Returns
    -------
    list[tuple[int, int]]
        Starts and ends, end exclusive.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], roles, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
