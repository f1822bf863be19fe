"""The vectors of word pieces, in 8 bits: one table for the tagger's encoder and for those of the reader.

No training changes these vectors, and the encoders' graphs do not hold them. A graph gets the rows of its pieces as an
input, and has a scale of its own for each piece.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = "piece_vectors.npy"


@cache
def piece_vectors(folder: Path) -> NDArray[np.int8]:
    """The vectors of all word pieces.

    The table is mapped and not read, so processes share it and a process holds only the rows that it has looked up.

    Parameters
    ----------
    folder : Path
        Holds the tagger's weights.

    Returns
    -------
    NDArray[np.int8]
        ``[pieces, width]``. Take rows by the ids of pieces; all callers get the same table.
    """
    return np.asarray(np.load(folder / FILE, mmap_mode="r"))
