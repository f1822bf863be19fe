"""Fits the thresholds of decoding on annotated texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from claimwire.extraction.tagger import Tagger
from claimwire.extraction.tagger.chunks import Batch
from claimwire.extraction.tagger.decoding import Floats, TaggerSettings
from claimwire.extraction.tagger.network import TaggerNetwork
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.windows import Windows

from .polnear import Document
from .score import score

_GRID: dict[str, tuple[float, ...]] = {
    "seed": (0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60),
    "accept": (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.40),
    "grow": (0.20, 0.30, 0.35, 0.40, 0.45, 0.50),
    "rescue": (0.10, 0.20, 0.30),
}


class Remembering:
    """A network that answers the same question once.

    Parameters
    ----------
    network : Network
        The network that answers.
    """

    def __init__(self, network: TaggerNetwork) -> None:
        self._network = network
        self._known: dict[bytes, Any] = {}

    def read(self, batch: Batch) -> tuple[Floats, Floats]:
        """Return what the network said."""
        key = batch.pieces.tobytes() + batch.features.tobytes()
        if key not in self._known:
            self._known[key] = self._network.read(batch)
        found: tuple[Floats, Floats] = self._known[key]
        return found

    def relate(self, states: Floats, windows: Windows) -> Floats:
        """Return what the network said."""
        key = states[:, :8].tobytes() + windows.words.tobytes() + windows.places.tobytes()
        if key not in self._known:
            self._known[key] = self._network.relate(states, windows)
        found: Floats = self._known[key]
        return found


def aim(figures: dict[str, float]) -> float:
    """Return what the thresholds should make large: full first, then exact parts."""
    exact = sum(figures[f"exact {part}"] for part in ("cue", "source", "content"))
    return figures["full"] + 0.5 * figures["core full"] + 0.1 * exact


def tune(
    network: TaggerNetwork, documents: Sequence[Document], vocabulary: Pieces
) -> tuple[TaggerSettings, dict[str, float]]:
    """Find good thresholds, one after the other.

    Parameters
    ----------
    network : Network
        A trained network.
    documents : Sequence[Document]
        Annotated texts.
    vocabulary : Pieces
        The network's vocabulary.

    Returns
    -------
    tuple[Settings, dict[str, float]]
        The thresholds and the figures that they give.
    """
    asked = Remembering(network)
    texts = [document.text for document in documents]
    gold = [document.gold for document in documents]

    def figures(settings: TaggerSettings) -> dict[str, float]:
        return score(texts, gold, Tagger(asked, vocabulary, settings).attribute(texts))

    best = TaggerSettings()
    found = figures(best)
    for _ in range(2):
        for name, values in _GRID.items():
            for value in values:
                settings = replace(best, **{name: value})
                got = figures(settings)
                if aim(got) > aim(found):
                    best, found = settings, got
    return best, found
