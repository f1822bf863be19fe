"""Writes a trained reader as the two 8-bit graphs that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from torch import nn

from claimwire.reading.inputs import CHUNK
from training.attribution.export import attend, linear, numbers
from training.attribution.graph import Graph
from training.attribution.model import Layer

from .model import KEPT, Reader

_LEAST = 1e-12


def export(network: Reader, folder: Path) -> None:
    """Write ``pieces.onnx`` and ``sentences.onnx``."""
    folder.mkdir(parents=True, exist_ok=True)
    _pieces(network, folder / "pieces.onnx")
    _sentences(network, folder / "sentences.onnx")


def _pieces(network: Reader, path: Path) -> None:
    g = Graph("pieces")
    encoder, width = network.encoder, network.size.width
    pieces, features, marks = (g.input(name, "int64", ("b", "t")) for name in ("pieces", "features", "marks"))
    table = numbers(encoder.pieces.weight)
    scale = (np.abs(table).max(1, keepdims=True) / 127).clip(1e-8)
    x = g.node("Cast", g.node("Gather", g.constant(np.rint(table / scale).astype(np.int8)), pieces), to=1)
    x = g.node("Mul", x, g.node("Gather", g.constant(scale.astype(np.float32)), pieces))
    x = g.node("Add", x, g.node("Gather", g.constant(numbers(encoder.features.weight)), features))
    long = g.node("Slice", g.node("Shape", pieces), g.ints(1), g.ints(2))
    places = g.constant(numbers(encoder.positions)[: CHUNK + 1])
    x = g.node("Add", x, g.node("Slice", places, g.ints(0), long, g.ints(0)))
    x = g.norm(x, numbers(encoder.norm.weight), numbers(encoder.norm.bias), _LEAST)
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        if number == KEPT:
            x = g.node("Add", x, g.node("Gather", g.constant(numbers(network.marks.weight)), marks))
        x = _layer(g, layer, x, attend(g, layer, x))
    x = g.node("Reshape", x, g.ints(-1, width))
    scores = [g.exact(x, *linear(head)) for head in (network.weigh, network.words)]
    g.save(path, {x: ("n", width), g.node("Concat", *scores, axis=1): ("n", 2)})


def _layer(g: Graph, layer: Layer, x: str, seen: str) -> str:
    x = g.norm(g.node("Add", x, seen), numbers(layer.norm1.weight), numbers(layer.norm1.bias), _LEAST)
    inner = g.node("Gelu", g.linear(x, *linear(layer.up)), microsoft=True)
    x = g.node("Add", x, g.linear(inner, *linear(layer.down)))
    return g.norm(x, numbers(layer.norm2.weight), numbers(layer.norm2.bias), _LEAST)


def _sentences(network: Reader, path: Path) -> None:
    g = Graph("sentences")
    width = network.size.width
    means = g.input("means", "float", ("s", 2 * width))
    places = g.input("places", "int64", ("s",))
    distances = g.input("distances", "int64", ("s", "s"))
    x = g.exact(means, *linear(network.join))
    x = g.node("Add", x, g.node("Gather", g.constant(numbers(network.places.weight)), places))
    x = g.norm(x, numbers(network.norm.weight), numbers(network.norm.bias), 1e-5)
    x = g.node("Unsqueeze", x, g.ints(0))
    for layer in network.over:
        assert isinstance(layer, Layer)
        x = _layer(g, layer, x, attend(g, layer, x))
    x = g.node("Squeeze", x, g.ints(0))
    claims, answers, statuses, outside = (
        _head(g, head, x) for head in (network.claims, network.answers, network.statuses, network.outside)
    )
    own = g.node("Unsqueeze", g.exact(x, *linear(network.asks)), g.ints(1))
    other = g.node("Unsqueeze", g.exact(x, *linear(network.offers)), g.ints(0))
    asked = g.node("Unsqueeze", g.exact(x, *linear(network.asked)), g.ints(1))
    offered = g.node("Unsqueeze", g.exact(x, *linear(network.offered)), g.ints(0))
    fit = g.node("Add", g.node("Add", own, other), g.node("Mul", asked, offered))
    fit = g.node("Add", fit, g.node("Gather", g.constant(numbers(network.distances.weight)), distances))
    fit = g.exact(g.node("Gelu", fit, microsoft=True), *linear(network.fits))
    choices = g.node("Concat", g.node("Squeeze", fit, g.ints(2)), outside, axis=1)
    g.save(path, {claims: ("s", 2), answers: ("s", "r"), choices: ("s", "c"), statuses: ("s", 3)})


def _head(g: Graph, head: nn.Module, x: str) -> str:
    assert isinstance(head, nn.Sequential)
    first, last = head[0], head[-1]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    return g.exact(g.node("Gelu", g.exact(x, *linear(first)), microsoft=True), *linear(last))
