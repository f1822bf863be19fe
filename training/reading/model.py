"""The reader: an encoder of word pieces, a second one over the sentences that these make, and four heads."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claimwire.reading.inputs import MARKS, PLACES
from claimwire.reading.network import DISTANCES, RELATIONS
from training.attribution.model import Drop, Encoder, Layer, Size

NEVER = -1e4

KEPT = 2
"""Lower layers of the encoder that readings do not change: what the tagger found is shown to the ones above."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items, as tensors.

    Attributes
    ----------
    pieces, features, marks
        ``[chunks, pieces]``.
    lengths
        Of the chunks.
    homes
        ``[chunks, pieces]``: the row of each piece's sentence among all sentences of the batch; -1 for none.
    places
        ``[sentences]``: where each stands in its item.
    rows
        ``[items, sentences of the longest]``: the rows of each item's sentences, padded with 0.
    counts
        ``[items]``: how many sentences each has.
    """

    pieces: Tensor
    features: Tensor
    marks: Tensor
    lengths: Tensor
    homes: Tensor
    places: Tensor
    rows: Tensor
    counts: Tensor


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network makes of a batch, before any squashing.

    Attributes
    ----------
    claims
        ``[sentences, 2]``: puts forward a claim worth following; one for the board.
    answers
        ``[sentences, 1 + relations]``: answers nothing; answers in one of these ways.
    words
        ``[chunks, pieces]``: the piece is at the heart of a claim.
    states
        ``[sentences, width]``: what `Reader.choose` compares.
    statuses
        ``[sentences, 3]``: its claim stands undecided, decided for it, decided against it.
    """

    claims: Tensor
    answers: Tensor
    words: Tensor
    states: Tensor
    statuses: Tensor


class Reader(nn.Module):
    """Encoder and heads.

    Parameters
    ----------
    size
        The encoder's measures.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        width = size.width
        self.encoder = Encoder(size)
        for part in (self.encoder.features, self.encoder.norm, *self.encoder.layers[:KEPT]):
            part.requires_grad_(False)
        self.encoder.positions.requires_grad_(False)
        self.marks = nn.Embedding(MARKS, width)
        nn.init.zeros_(self.marks.weight)
        self.weigh = nn.Linear(width, 1)
        self.join = nn.Linear(2 * width, width)
        self.places = nn.Embedding(PLACES, width)
        nn.init.normal_(self.places.weight, std=0.02)
        self.over = nn.ModuleList(Layer(size) for _ in range(2))
        self.norm = nn.LayerNorm(width)
        self.drop = Drop(0.2)
        self.words = nn.Linear(width, 1)
        self.claims = _head(width, 2)
        self.answers = _head(width, 1 + len(RELATIONS))
        self.statuses = _head(width, 3)
        self.asks, self.offers = nn.Linear(width, width), nn.Linear(width, width)
        self.asked, self.offered = nn.Linear(width, width), nn.Linear(width, width)
        self.distances = nn.Embedding(DISTANCES, width)
        nn.init.normal_(self.distances.weight, std=0.02)
        self.fits = nn.Linear(width, 1)
        self.outside = _head(width, 1)

    def forward(self, batch: Batch) -> Scores:
        """Read a batch."""
        tokens = self._encode(batch)
        sentences = self._sentences(tokens, batch)
        states = self._over(sentences, batch)
        states = self.drop(states)
        return Scores(
            self.claims(states).float(),
            self.answers(states).float(),
            self.words(self.drop(tokens))[..., 0].float(),
            states,
            self.statuses(states).float(),
        )

    def choose(self, states: Tensor, answers: Tensor, items: Tensor, batch: Batch, distances: Tensor) -> Tensor:
        """Score for each answer every sentence of its item, and last that what it answers stands elsewhere.

        Parameters
        ----------
        states
            ``[sentences, width]``.
        answers
            ``[answers]``: their rows among the sentences.
        items
            ``[answers]``: their items.
        distances
            ``[answers, sentences of the longest]``: how far each sentence stands from the answer, below `DISTANCES`.

        Returns
        -------
        Tensor
            ``[answers, sentences of the longest + 1]``.
        """
        own, others = states[answers], states[batch.rows[items]]
        x = self.asks(own)[:, None] + self.offers(others)
        x = x + self.asked(own)[:, None] * self.offered(others) + self.distances(distances)
        scores = self.fits(self.drop(F.gelu(x)))[..., 0].float()
        inside = torch.arange(batch.rows.shape[1])[None] < batch.counts[items][:, None]
        scores = scores.masked_fill(~inside, NEVER)
        return torch.cat([scores, self.outside(own).float()], 1)

    def _encode(self, batch: Batch) -> Tensor:
        encoder = self.encoder
        steps = torch.arange(batch.pieces.shape[1])
        x = encoder.pieces(batch.pieces) + encoder.features(batch.features)
        x = encoder.norm(x + encoder.positions[: batch.pieces.shape[1]])
        mask = torch.where(steps[None] < batch.lengths[:, None], 0.0, NEVER)[:, None, None]
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.bfloat16(), mask.bfloat16()
        for number, layer in enumerate(encoder.layers):
            if number == KEPT:
                x = encoder.dropout(x + self.marks(batch.marks).to(x.dtype))
            x = layer(x, mask)
        found: Tensor = x
        return found

    def _sentences(self, tokens: Tensor, batch: Batch) -> Tensor:
        """A sentence's mean of its pieces, and the mean by what the network finds telling."""
        flat, homes = tokens.flatten(0, 1).float(), batch.homes.flatten()
        kept = homes >= 0
        flat, homes = flat[kept], homes[kept]
        count = len(batch.places)
        weights = self.weigh(flat)[:, 0].float().clamp(-15, 15).exp()
        plain = torch.zeros(count, flat.shape[1]).index_add(0, homes, flat)
        sizes = torch.zeros(count).index_add(0, homes, torch.ones(len(homes))).clamp(min=1)
        weighted = torch.zeros(count, flat.shape[1]).index_add(0, homes, flat * weights[:, None])
        weight = torch.zeros(count).index_add(0, homes, weights).clamp(min=1e-9)
        both = torch.cat([plain / sizes[:, None], weighted / weight[:, None]], 1)
        found: Tensor = self.join(both)
        return found

    def _over(self, sentences: Tensor, batch: Batch) -> Tensor:
        """Let the sentences of an item see each other."""
        x = self.norm(sentences + self.places(batch.places))[batch.rows]
        inside = torch.arange(batch.rows.shape[1])[None] < batch.counts[:, None]
        mask = torch.where(inside, 0.0, NEVER)[:, None, None].to(x.dtype)
        for layer in self.over:
            x = layer(x, mask)
        return x[inside]


def _head(width: int, outputs: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, width), nn.GELU(), Drop(0.2), nn.Linear(width, outputs))
