"""The reader: items in, the claims and answers of their sentences out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claimwire.extraction.tagger.pieces import Pieces
from claimwire.reading.decoding import Found, Settings, decode
from claimwire.reading.inputs import Marked, inputs
from claimwire.reading.network import Network
from claimwire.statements import Span

DATA = Path(__file__).parents[1] / "data" / "reader"
VOCABULARY = Path(__file__).parents[1] / "data" / "tagger" / "vocab.txt"


class Reader:
    """Tells which sentences of an item put forward a claim worth following, and which answer one.

    Parameters
    ----------
    network
        The trained network.
    vocabulary
        Of its encoder.
    settings
        Bars of decoding.
    """

    def __init__(self, network: Network, vocabulary: Pieces, settings: Settings) -> None:
        self._network = network
        self._vocabulary = vocabulary
        self._settings = settings

    def read(self, text: str, spans: Sequence[Span], in_headline: int, told: Sequence[Marked]) -> Found:
        """Read an item.

        Parameters
        ----------
        text
            Headline and body in one.
        spans
            Of its sentences, in order.
        in_headline
            How many of them are the headline's.
        told
            What the tagger found in the text.
        """
        made = inputs(text, spans, in_headline, told, self._vocabulary)
        if not made.chunks:
            return Found({}, {})
        return decode(self._network.judge(made, in_headline), made, self._settings)


@cache
def load(folder: Path = DATA, threads: int = 1) -> Reader:
    """The reader with the weights in a folder, by default those that the package carries."""
    vocabulary = VOCABULARY.read_text(encoding="utf-8").split("\n")
    settings = Settings(**json.loads((folder / "settings.json").read_text(encoding="utf-8")))
    return Reader(Network(folder, threads), Pieces(v for v in vocabulary if v), settings)
