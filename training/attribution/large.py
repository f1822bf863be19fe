"""The large network that teaches the small one: all-mpnet-base-v2 with the tagger's heads.

It reads the same word pieces: its vocabulary is that of all-MiniLM-L6-v2 behind four marks of its own.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from .model import Encoder, Layer, Network, Size, put

SIZE = Size(layers=tuple(range(12)), width=768, inner=3072)
FROZEN = 3
"""The lowest layers, which no training changes."""

BUCKETS, FARTHEST = 32, 128
"""How many kinds of distance between two pieces attention tells apart, and where the last one begins."""

MARKS = {0: 1, 100: 3, 101: 0, 102: 2, 103: 30_526}
"""The pieces that stand elsewhere in its vocabulary: padding, unknown, the ends of a row, hidden."""

_LEAST = 1e-5


class LargeEncoder(Encoder):
    """The encoder, whose attention knows how far two pieces are apart."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.bias = nn.Embedding(BUCKETS, size.heads)

    def forward(self, pieces: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Return a state for each piece."""
        steps = torch.arange(pieces.shape[1])
        x = self.pieces(pieces) + self.features(features) + self.positions[: pieces.shape[1]]
        x = self.dropout(self.norm(x))
        inside = torch.where(steps[None] < lengths[:, None], 0.0, -1e4)[:, None, None]
        mask = inside + self.bias(_bucket(steps[None] - steps[:, None])).permute(2, 0, 1)[None]
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.bfloat16(), mask.bfloat16()
        with torch.no_grad():
            for layer in self.layers[:FROZEN]:
                x = layer(x, mask)
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        found: Tensor = x
        return found


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
        encoder.norm.eps = _LEAST
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            name = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [weights[f"{name}.attention.attn.{part}.{kind}"] for part in "qkv"]
                getattr(layer.attend, kind).copy_(torch.cat(parts))
            put(layer.out, weights, f"{name}.attention.attn.o")
            put(layer.norm1, weights, f"{name}.attention.LayerNorm")
            put(layer.up, weights, f"{name}.intermediate.dense")
            put(layer.down, weights, f"{name}.output.dense")
            put(layer.norm2, weights, f"{name}.output.LayerNorm")
            layer.norm1.eps = layer.norm2.eps = _LEAST
    still = [encoder.norm, encoder.bias, *encoder.layers[:FROZEN]]
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
