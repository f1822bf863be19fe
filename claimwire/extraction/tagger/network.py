"""The trained network on onnxruntime."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from claimwire.extraction.tagger.chunks import Batch
from claimwire.extraction.tagger.decoding import Floats
from claimwire.extraction.tagger.piece_vectors import piece_vectors
from claimwire.extraction.tagger.windows import Windows


class TaggerNetwork(Protocol):
    """What the tagger needs of a network."""

    def read(self, batch: Batch) -> tuple[Floats, Floats]:
        """Return each word's state, and its probabilities: outside, begins a cue, inside one."""

    def relate(self, states: Floats, windows: Windows) -> Floats:
        """Return for each cue and word of its window the scores of each role after each role."""


class OnnxNetwork:
    """Runs the two graphs that training exported.

    Parameters
    ----------
    folder : Path
        Holds ``encoder.onnx``, ``pairs.onnx`` and ``piece_vectors.npy``.
    threads : int
        Threads of one operation.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = session(folder / "encoder.onnx", threads)
        self._pairs = session(folder / "pairs.onnx", threads)
        self._vectors = piece_vectors(folder)

    def read(self, batch: Batch) -> tuple[Floats, Floats]:
        """Run the encoder.

        Parameters
        ----------
        batch : Batch
            Chunks of word pieces.

        Returns
        -------
        tuple[NDArray[np.float32], NDArray[np.float32]]
            States ``[words, width]`` and probabilities ``[words, 3]``.
        """
        steps = np.arange(batch.pieces.shape[1])
        mask = np.where(steps[None] < batch.lengths[:, None], 0.0, -1e4).astype(np.float32)
        states, scores = self._encoder.run(
            None,
            {
                "pieces": batch.pieces,
                "vectors": self._vectors[batch.pieces],
                "features": batch.features,
                "mask": mask[:, None, None],
                "rows": batch.rows,
            },
        )
        return states, softmax(scores)

    def relate(self, states: Floats, windows: Windows) -> Floats:
        """Run the pair head.

        Parameters
        ----------
        states : NDArray[np.float32]
            States of the words that the windows refer to.
        windows : Windows
            The words around each cue.

        Returns
        -------
        NDArray[np.float32]
            ``[cues, words, 3, 3]``.
        """
        steps = np.arange(windows.words.shape[1])
        inside = (steps[None] < windows.lengths[:, None]).astype(np.float32)
        (potentials,) = self._pairs.run(
            None,
            {
                "states": states,
                "first": windows.first,
                "last": windows.last,
                "words": windows.words,
                "places": windows.places,
                "inside": inside[:, :, None],
            },
        )
        found: Floats = potentials.reshape(*windows.words.shape, 3, 3)
        return found


def softmax(scores: NDArray[np.float32]) -> Floats:
    """Turn scores into probabilities over the last axis."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = weights / weights.sum(-1, keepdims=True)
    return shares


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Load a graph; `threads` is for one operation."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
