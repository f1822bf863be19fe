"""Whole clauses: whether words that somebody says are a clause with a subject and a verb of its own, or a fragment.

A linear model judges it by the tagger's states of the words, read by themselves. ``training/clauses`` fits it.
"""

from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction import tagger

WEIGHTS = files("claimwire") / "data" / "whole_clauses.npy"
"""``[4 * width + 1]``: a weight for each value of `traits`, and the bias less the bar."""

BAR: Final = 0.2
"""The least chance of a clause. Below it are 59 of 127 fragments and 30 of 2,035 clauses that editors told apart,
most in news that the model has read, though it never saw what they wrote (RESULTS.md)."""


def is_whole(words: str) -> bool:
    """Whether words are a whole clause: "the mill had closed", but not "plans to close the mill"."""
    weights = _weights()
    return float(traits(words) @ weights[:-1] + weights[-1]) >= 0


def traits(words: str) -> NDArray[np.float32]:
    """What the model sees of words: the mean of the tagger's states, the first, the last, and the highest values.

    Parameters
    ----------
    words
        At least one word. They are read as a sentence, so their first letter counts as a capital.
    """
    states = tagger.load().read(f"{words[0].upper()}{words[1:]}").states
    return np.concatenate([states.mean(0), states[0], states[-1], states.max(0)])


@cache
def _weights() -> NDArray[np.float32]:
    with as_file(WEIGHTS) as path:
        found: NDArray[np.float32] = np.load(path)
    return found
