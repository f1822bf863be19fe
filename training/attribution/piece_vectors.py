"""The encoder's vectors of word pieces in 8 bits: the table for all networks, and the scales for one graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.piece_vectors import FILE


def write(vectors: NDArray[np.float32], folder: Path) -> None:
    """Write the table that ships.

    Parameters
    ----------
    vectors
        ``[pieces, width]``.
    folder
        Where the tagger's weights go.
    """
    np.save(folder / FILE, np.rint(vectors / scales(vectors)).astype(np.int8))


def scales(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """``[pieces, 1]``: what a piece's row of the table is multiplied by.

    A graph keeps those of its own encoder. The reader's that ship differ from the tagger's in their last bits, which
    is enough to read some items otherwise.
    """
    found: NDArray[np.float32] = (np.abs(vectors).max(1, keepdims=True) / 127).clip(1e-8).astype(np.float32)
    return found
