"""The attribution tagger: who said what, found by a small trained network.

>>> from claimwire.extraction.tagger import load
>>> tagger = load()
>>> [found] = tagger.attribute(["Kyiv denied that the city had fallen."])[0]
>>> found.cue
((5, 11),)
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from claimwire.extraction.tagger.decoding import TaggerSettings
from claimwire.extraction.tagger.network import OnnxNetwork
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.tagger import TaggedAttribution, Tagger, TaggerReading

__all__ = ["TaggedAttribution", "Tagger", "TaggerReading", "load"]

DATA = Path(__file__).parents[2] / "data" / "tagger"


@cache
def load(folder: Path = DATA, threads: int = 1) -> Tagger:
    """Load the tagger, once for the same arguments.

    Parameters
    ----------
    folder : Path
        Weights and vocabulary; by default the package's own.
    threads : int
        Threads of one operation of the network.

    Returns
    -------
    Tagger
        Ready for use. Calls may share it, threads may not.
    """
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    settings = TaggerSettings(**json.loads((folder / "settings.json").read_text(encoding="utf-8")))
    return Tagger(OnnxNetwork(folder, threads), Pieces(v for v in vocabulary if v), settings)
