"""Writes a trained network as it ships, in 8 bits: two graphs, and the table of vectors of word pieces."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from claimwire.extraction.tagger.tagger import CHUNK

from . import piece_vectors
from .graph import Graph
from .model import Encoder, Glance, Layer, Network, PairHead

_LEAST = 1e-12


def export(network: Network, folder: Path) -> None:
    """Write ``encoder.onnx``, ``pairs.onnx`` and ``piece_vectors.npy``.

    Parameters
    ----------
    network : Network
        A trained network.
    folder : Path
        Where to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _encoder(network, folder / "encoder.onnx")
    _pairs(network.pairs, network.size.width, folder / "pairs.onnx")
    piece_vectors.write(numbers(network.encoder.pieces.weight), folder)


def numbers(tensor: Tensor) -> NDArray[np.float32]:
    """A tensor as an array."""
    return tensor.detach().float().numpy()


def linear(module: nn.Linear) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A layer's weight ``[inputs, outputs]`` and bias."""
    return np.ascontiguousarray(numbers(module.weight).T), numbers(module.bias)


def _encoder(network: Network, path: Path) -> None:
    g = Graph("encoder")
    states = encode(g, network.encoder, network.size.width, CHUNK + 1)
    scores = g.exact(states, *linear(network.cues))
    g.save(path, {states: ("n", network.size.width), scores: ("n", 3)})


@dataclass(frozen=True, slots=True)
class Marks:
    """A table of vectors for the input ``marks``, added to the pieces' states above so many of the lower layers."""

    table: NDArray[np.float32]
    below: int


def encode(
    g: Graph, encoder: Encoder, width: int, longest: int, padded: bool = True, marks: Marks | None = None
) -> str:
    """Add an encoder to a graph, with its inputs.

    The vectors of word pieces are no part of the graph. Besides the ids, ``pieces``, it has an input ``vectors`` for
    their rows of the table that all encoders share (`claimwire.extraction.tagger.piece_vectors`).

    Parameters
    ----------
    width
        Of its states.
    longest
        The most pieces of a row.
    padded
        Whether rows have padding, which the input ``mask`` hides. Without it attention is one fast operation.
    marks
        What tells some pieces from others, if anything does.

    Returns
    -------
    str
        The states of the pieces that the input ``rows`` names.
    """
    pieces = g.input("pieces", "int64", ("b", "t"))
    vectors = g.input("vectors", "int8", ("b", "t", width))
    features = g.input("features", "int64", ("b", "t"))
    mask = g.input("mask", "float", ("b", 1, 1, "t")) if padded else ""
    rows = g.input("rows", "int64", ("n",))
    scales = g.constant(piece_vectors.scales(numbers(encoder.pieces.weight)))
    x = g.node("Mul", g.node("Cast", vectors, to=1), g.node("Gather", scales, pieces))
    seen = g.node("Gather", g.constant(numbers(encoder.features.weight)), features)
    x = g.node("Add", x, seen)
    long = g.node("Slice", g.node("Shape", pieces), g.ints(1), g.ints(2))
    places = g.constant(numbers(encoder.positions)[:longest])
    x = g.node("Add", x, g.node("Slice", places, g.ints(0), long, g.ints(0)))
    x = g.norm(x, numbers(encoder.norm.weight), numbers(encoder.norm.bias), _LEAST)
    last = len(encoder.layers) - 1
    marked = g.input("marks", "int64", ("b", "t")) if marks else ""
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        if marks and number == marks.below:
            x = g.node("Add", x, g.node("Gather", g.constant(marks.table), marked))
        seen = _attend(g, layer, x, mask) if mask else _attend_all(g, layer, x)
        x = g.node("Add", x, seen)
        if number == last:
            x = g.node("Gather", g.node("Reshape", x, g.ints(-1, width)), rows)
        x = g.norm(x, numbers(layer.norm1.weight), numbers(layer.norm1.bias), _LEAST)
        inner = g.node("Gelu", g.linear(x, *linear(layer.up)), microsoft=True)
        x = g.node("Add", x, g.linear(inner, *linear(layer.down)))
        x = g.norm(x, numbers(layer.norm2.weight), numbers(layer.norm2.bias), _LEAST)
    return x


def _attend(g: Graph, layer: Layer, x: str, mask: str) -> str:
    """Attention by hand: the scale goes into the query's weights."""
    weight, bias = linear(layer.attend)
    width = weight.shape[0]
    size = width // layer.heads
    weight, bias = weight.copy(), bias.copy()
    weight[:, :width] /= math.sqrt(size)
    bias[:width] /= math.sqrt(size)
    parts = g.nodes("Split", 3, g.linear(x, weight, bias), g.ints(width, width, width), axis=2)
    split = [g.node("Reshape", part, g.ints(0, 0, layer.heads, size)) for part in parts]
    query = g.node("Transpose", split[0], perm=[0, 2, 1, 3])
    key = g.node("Transpose", split[1], perm=[0, 2, 3, 1])
    value = g.node("Transpose", split[2], perm=[0, 2, 1, 3])
    shares = g.node("Softmax", g.node("Add", g.node("MatMul", query, key), mask), axis=-1)
    seen = g.node("Transpose", g.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    return g.linear(g.node("Reshape", seen, g.ints(0, 0, width)), *linear(layer.out))


def _attend_all(g: Graph, layer: Layer, x: str) -> str:
    """Attention of each piece to all."""
    weight, bias = linear(layer.attend)
    width = weight.shape[0]
    parts = g.nodes("Split", 3, g.linear(x, weight, bias), g.ints(width, width, width), axis=2)
    seen = g.node("MultiHeadAttention", *parts, microsoft=True, num_heads=layer.heads)
    return g.linear(seen, *linear(layer.out))


def _pairs(head: PairHead, states_width: int, path: Path) -> None:
    g = Graph("pairs")
    states = g.input("states", "float", ("n", states_width))
    first = g.input("first", "int64", ("k",))
    last = g.input("last", "int64", ("k",))
    words = g.input("words", "int64", ("k", "w"))
    places = g.input("places", "int64", ("k", "w"))
    inside = g.input("inside", "float", ("k", "w", 1))
    width = head.norm.normalized_shape[0]
    halves = g.ints(width, width)
    near = g.node("Gather", g.linear(states, *linear(head.word)), words)
    word1, word2 = g.nodes("Split", 2, near, halves, axis=2)
    ends = g.node("Concat", *(g.node("Gather", states, end) for end in (first, last)), axis=1)
    cue = g.node("Unsqueeze", g.exact(ends, *linear(head.cue)), g.ints(1))
    cue1, cue2 = g.nodes("Split", 2, cue, halves, axis=2)
    x = g.node("Add", g.node("Add", word1, cue1), g.node("Mul", word2, cue2))
    x = g.node("Add", x, g.node("Gather", g.constant(numbers(head.places.weight)), places))
    x = g.node("Mul", g.node("Gelu", x, microsoft=True), inside)
    for glance in head.glances:
        assert isinstance(glance, Glance)
        x = _glance(g, glance, x, inside, halves)
    x = g.norm(x, numbers(head.norm.weight), numbers(head.norm.bias), 1e-5)
    g.save(path, {g.exact(x, *linear(head.out)): ("k", "w", 9)})


def _glance(g: Graph, glance: Glance, x: str, inside: str, halves: str) -> str:
    d = glance.dilation
    wide = g.node("Pad", x, g.ints(0, d, 0, 0, d, 0))
    before = g.node("Slice", wide, g.ints(0), g.ints(-2 * d), g.ints(1))
    after = g.node("Slice", wide, g.ints(2 * d), g.ints(1 << 40), g.ints(1))
    near = g.node("Concat", before, x, after, axis=2)
    value, gate = g.nodes("Split", 2, g.linear(near, *linear(glance.mix)), halves, axis=2)
    gated = g.node("Mul", value, g.node("Sigmoid", gate))
    return g.node("Mul", g.node("Add", x, gated), inside)
