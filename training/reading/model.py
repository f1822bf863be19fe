"""The reader's network: an encoder of word pieces, and heads on an item's sentences and pairs of these."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claimwire.claim_detection.features import DISTANCES, TRAITS
from claimwire.claim_detection.network import OUTPUTS, POOLS
from training.attribution.model import Encoder

WIDTH = 384
VALUE = WIDTH // 2
"""Width of a piece's value, of which a sentence has a mean in each pool."""

OF_TRAITS = 128
SENTENCE = POOLS * VALUE + OF_TRAITS
INNER = 384
PAIR = 192
CHOICE = 128
AROUND = 256
"""Width of what a sentence takes from the other sentences of its item, over all heads of attention."""

LOOKS = 4
"""Heads of attention among sentences."""

MOST = 6.0
"""Standard deviations at which traits are cut off."""

DROPPED = 0.1


class SentenceReader(nn.Module):
    """An encoder of word pieces, and the state of each sentence by itself: its pieces' means beside its traits.

    Parameters
    ----------
    encoder
        Trained before.
    mean, scale
        Of the traits in training.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, encoder: Encoder, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.weigh, self.value = nn.Linear(WIDTH, POOLS), nn.Linear(WIDTH, VALUE)
        self.traits = nn.Linear(TRAITS, OF_TRAITS)
        self.norm = nn.LayerNorm(SENTENCE)

    def means(self, states: Tensor, sentences: Tensor, count: int) -> Tensor:
        """``[count, POOLS * VALUE]`` from the states of pieces and the numbers of their sentences."""
        weights, values = self.weigh(states), self.value(states)
        most = torch.full((count, POOLS), -1e4)
        most.scatter_reduce_(0, sentences[:, None].expand(-1, POOLS), weights.detach(), "amax")
        shares = (weights - most[sentences]).exp()
        sums = torch.zeros(count, POOLS, VALUE).index_add(0, sentences, shares[:, :, None] * values[:, None])
        whole = torch.zeros(count, POOLS).index_add(0, sentences, shares)
        return (sums / whole[:, :, None].clamp(min=1e-6)).flatten(1)

    def alone(self, means: Tensor, traits: Tensor) -> Tensor:
        """``[sentences, SENTENCE]``: the state of each sentence by itself."""
        marks = self.traits(((traits - self.mean) / self.scale).clamp(-MOST, MOST))
        found: Tensor = self.norm(torch.cat([means, marks], 1))
        return found


class Reader(SentenceReader):
    """The network."""

    def __init__(self, encoder: Encoder, mean: Tensor, scale: Tensor) -> None:
        super().__init__(encoder, mean, scale)
        self.heart = nn.Linear(WIDTH, 1)
        self.look, self.seen = nn.Linear(SENTENCE, 3 * AROUND), nn.Linear(AROUND, SENTENCE)
        nn.init.zeros_(self.seen.weight)
        self.up, self.down = nn.Linear(SENTENCE, INNER), nn.Linear(INNER, OUTPUTS)
        self.ask, self.offer = nn.Linear(SENTENCE, PAIR), nn.Linear(SENTENCE, PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.pair, self.fit = nn.Linear(4 * PAIR + 4 + 2, CHOICE), nn.Linear(CHOICE, 1)
        self.elsewhere = nn.Linear(SENTENCE, 1)

    def sentences(self, means: Tensor, traits: Tensor) -> Tensor:
        """``[sentences, SENTENCE]``: the state of each sentence."""
        alone = self.alone(means, traits)
        found: Tensor = F.dropout(alone + self.seen(self.around(alone)), DROPPED, self.training)
        return found

    def around(self, alone: Tensor) -> Tensor:
        """``[sentences, AROUND]``: what each sentence takes from all of its item."""
        parts = self.look(alone).view(len(alone), 3, LOOKS, -1).permute(1, 2, 0, 3)
        fits = parts[0] @ parts[1].transpose(-1, -2) * (AROUND // LOOKS) ** -0.5
        found: Tensor = (fits.softmax(-1) @ parts[2]).transpose(0, 1).flatten(1)
        return found

    def scores(self, states: Tensor) -> Tensor:
        """``[sentences, OUTPUTS]``."""
        found: Tensor = self.down(F.dropout(F.gelu(self.up(states)), DROPPED, self.training))
        return found

    def choices(self, states: Tensor, asking: Tensor, distances: Tensor, overlap: Tensor, worth: Tensor) -> Tensor:
        """``[asking, sentences + 1]``: what each answers, the last for another item's claim."""
        shape = (len(asking), len(states), -1)
        asks = self.ask(states[asking])[:, None].expand(shape)
        offers = self.offer(states)[None].expand(shape)
        alone = torch.stack([worth, worth - worth.max()], 1)[None].expand(shape)
        pairs = torch.cat([asks, offers, asks * offers, self.distance(distances), overlap, alone], 2)
        fits = self.fit(F.dropout(F.gelu(self.pair(pairs)), DROPPED, self.training))[..., 0]
        return torch.cat([fits, self.elsewhere(states[asking])], 1)
