"""The reader: from the tagger's reading of an item to the claims and answers of its sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claimwire.claim_detection.answer_network import AnswerNetwork
from claimwire.claim_detection.decoding import Found, ReaderSettings, decode
from claimwire.claim_detection.features import Floats, see
from claimwire.claim_detection.network import ReaderNetwork
from claimwire.extraction.tagger.tagger import TaggerReading
from claimwire.statements import Span

DATA = Path(__file__).parents[1] / "data" / "reader"


MOST = 120
"""The most sentences of an item that are read for claims and answers, since each is compared with each."""


class Reader:
    """Finds which sentences of an item put forward a claim worth following, and which answer one.

    Parameters
    ----------
    network
        Reads the item.
    answers
        Reads it again around each sentence that may answer.
    settings
        Bars of decoding.
    """

    def __init__(self, network: ReaderNetwork, answers: AnswerNetwork, settings: ReaderSettings) -> None:
        self._network = network
        self._answers = answers
        self._settings = settings

    def read(self, read: TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        """Read an item.

        Parameters
        ----------
        read
            The tagger's reading of headline and body.
        spans
            Of the sentences, in order.
        in_headline
            How many of these are the headline's.
        heard
            The features from the drafts of each sentence (`claimwire.extraction.claims.reader_input`).
        """
        if not spans or not read.words.texts:
            return Found({}, {})
        seen = see(read, spans[:MOST], in_headline, heard[:MOST])
        at = list(zip(read.words.starts, read.words.ends, strict=True))
        judgement = self._answers.again(self._network.judge(seen), seen)
        return decode(judgement, seen, at, self._settings)


@cache
def load(folder: Path = DATA) -> Reader:
    """The reader with the weights in a folder, by default the package's own."""
    settings = ReaderSettings(**json.loads((folder / "settings.json").read_text(encoding="utf-8")))
    return Reader(ReaderNetwork(folder), AnswerNetwork(folder), settings)
