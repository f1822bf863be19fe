"""Scores a torch network through the tagger that ships."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from claimwire.extraction.tagger import Tagger
from claimwire.extraction.tagger.chunks import Batch
from claimwire.extraction.tagger.decoding import Floats, TaggerSettings
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.windows import Windows

from .model import Network
from .polnear import Document
from .score import score


class TorchNetwork:
    """A torch network in the tagger's terms; several networks give their mean.

    Parameters
    ----------
    networks : Sequence[Network]
        Trained networks.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = [network.eval() for network in networks]

    @torch.no_grad()
    def read(self, batch: Batch) -> tuple[Floats, Floats]:
        """Return states, those of all networks side by side, and mean cue probabilities."""
        found, shares = [], []
        parts = [torch.from_numpy(each) for each in (batch.pieces, batch.features, batch.lengths)]
        for network in self._networks:
            with torch.autocast("cpu", torch.bfloat16):
                states = network.states(*parts)[torch.from_numpy(batch.rows)]
                scores = network.cues(states)
            found.append(states.float().numpy())
            shares.append(scores.float().softmax(-1).numpy())
        mean: Floats = np.mean(shares, axis=0)
        return np.concatenate(found, 1), mean

    @torch.no_grad()
    def relate(self, states: Floats, windows: Windows) -> Floats:
        """Return mean potentials."""
        parts = [
            torch.from_numpy(each)
            for each in (
                windows.first, windows.last, windows.words, windows.places, windows.lengths,
            )
        ]  # fmt: skip
        found = []
        for network, own in zip(self._networks, np.split(states, len(self._networks), 1), strict=True):
            with torch.autocast("cpu", torch.bfloat16):
                found.append(network.pairs(torch.from_numpy(own), *parts).float().numpy())
        mean: Floats = np.mean(found, axis=0)
        return mean


def judge(
    networks: Sequence[Network],
    documents: Sequence[Document],
    vocabulary: Pieces,
    settings: TaggerSettings | None = None,
) -> dict[str, float]:
    """Score networks on annotated texts.

    Parameters
    ----------
    networks : Sequence[Network]
        One network, or several for their mean.
    documents : Sequence[Document]
        Annotated texts.
    vocabulary : Pieces
        The encoder's vocabulary.
    settings : Settings | None
        Thresholds of decoding.

    Returns
    -------
    dict[str, float]
        F1 in per cent by name.
    """
    tagger = Tagger(TorchNetwork(networks), vocabulary, settings)
    texts = [document.text for document in documents]
    return score(texts, [document.gold for document in documents], tagger.attribute(texts))
