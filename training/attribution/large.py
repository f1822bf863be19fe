"""The large network that teaches the small one: all-mpnet-base-v2 with the tagger's heads.

It reads the same word pieces: its vocabulary is that of all-MiniLM-L6-v2 behind four marks of its own.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from .model import AttentionNames, Encoder, Network, Size, put, put_layer

SIZE = Size(layers=tuple(range(12)), width=768, inner=3072)
BUCKETS, FARTHEST = 32, 128
"""How many kinds of distance between two pieces attention tells apart, and where the last one begins."""

MARKS = {0: 1, 100: 3, 101: 0, 102: 2, 103: 30_526}
"""The pieces that stand elsewhere in its vocabulary: padding, unknown, the ends of a row, hidden."""

_LEAST = 1e-5


class LargeEncoder(Encoder):
    """The encoder, whose attention knows how far two pieces are apart."""

    frozen = 3

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.bias = nn.Embedding(BUCKETS, size.heads)

    def mask(self, steps: Tensor, lengths: Tensor) -> Tensor:
        """Return what attention adds to its scores, which hangs on the distance of the pieces, too."""
        bias: Tensor = self.bias(_bucket(steps[None] - steps[:, None]))
        return super().mask(steps, lengths) + bias.permute(2, 0, 1)[None]


def large(folder: Path) -> Network:
    """Build the network on the pretrained encoder.

    Parameters
    ----------
    folder : Path
        Holds ``model.safetensors`` of all-mpnet-base-v2.

    Returns
    -------
    Network
        Encoder as pretrained, heads as drawn.
    """
    weights = load_file(folder / "model.safetensors")
    network = Network(SIZE)
    encoder = network.encoder = LargeEncoder(SIZE)
    vectors = weights["embeddings.word_embeddings.weight"]
    with torch.no_grad():
        encoder.pieces.weight.copy_(vectors[4 : 4 + len(encoder.pieces.weight)])
        for ours, theirs in MARKS.items():
            encoder.pieces.weight[ours] = vectors[theirs]
        encoder.positions.copy_(weights["embeddings.position_embeddings.weight"][2:])
        encoder.bias.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        put(encoder.norm, weights, "embeddings.LayerNorm")
        for module in encoder.modules():
            if isinstance(module, nn.LayerNorm):
                module.eps = _LEAST
        for number, layer in enumerate(encoder.layers):
            names = AttentionNames("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm")
            put_layer(layer, weights, number, names)
    still = [encoder.norm, encoder.bias, *encoder.layers[: encoder.frozen]]
    for parameter in (encoder.positions, *(p for module in still for p in module.parameters())):
        parameter.requires_grad_(False)
    return network


def _bucket(steps: Tensor) -> Tensor:
    """The kind of each distance: its sign, exact when short, by its logarithm when long."""
    half = BUCKETS // 2
    exact = half // 2
    far = steps.abs()
    long = exact + (torch.log(far.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    kind = torch.where(far < exact, far, long.clamp(max=half - 1))
    return kind + (steps > 0).long() * half
