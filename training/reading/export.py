"""Writes a trained reader as the three graphs that ship: its encoder in 8 bits, its heads in floats."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from torch import nn

from claimwire.claim_detection.features import TRAITS
from claimwire.claim_detection.network import OUTPUTS, POOLS
from claimwire.claim_detection.windows import LONGEST
from training.attribution.export import encode, linear, numbers
from training.attribution.graph import Graph

from .model import AROUND, LOOKS, MOST, PAIR, VALUE, WIDTH, Reader, SentenceReader


def export(reader: Reader, folder: Path) -> None:
    """Write ``encoder.onnx``, ``heads.onnx`` and ``choices.onnx``.

    The vectors of word pieces are not written, since training leaves them as they are: the encoder shares the tagger's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _encoder(reader, folder / "encoder.onnx")
    _heads(reader, folder / "heads.onnx")
    _choices(reader, folder / "choices.onnx")


def _encoder(reader: Reader, path: Path) -> None:
    g = Graph("encoder")
    states = encode(g, reader.encoder, WIDTH, LONGEST, padded=False)
    g.save(path, {beside(g, states, reader.weigh, reader.value, reader.heart): ("n", POOLS + VALUE + 1)})


def beside(g: Graph, states: str, *layers: nn.Linear) -> str:
    """The outputs of several layers, side by side."""
    parts = [linear(layer) for layer in layers]
    weight, bias = (np.concatenate([part[n] for part in parts], -1) for n in (0, 1))
    return g.exact(states, weight, bias)


def sentence_states(g: Graph, reader: SentenceReader, means: str, traits: str) -> str:
    """The state of each sentence by itself."""
    away = g.node("Sub", traits, g.constant(numbers(reader.mean)))
    scaled = g.node("Div", away, g.constant(numbers(reader.scale)))
    cut = g.node("Clip", scaled, g.constant(np.float32(-MOST)), g.constant(np.float32(MOST)))
    whole = g.node("Concat", means, g.exact(cut, *linear(reader.traits)), axis=1)
    return g.norm(whole, numbers(reader.norm.weight), numbers(reader.norm.bias), reader.norm.eps)


def _heads(reader: Reader, path: Path) -> None:
    g = Graph("heads")
    means = g.input("means", "float", ("s", POOLS * VALUE))
    traits = g.input("traits", "float", ("s", TRAITS))
    alone = sentence_states(g, reader, means, traits)
    states = g.node("Add", alone, g.exact(_around(g, reader, alone), *linear(reader.seen)))
    inner = g.node("Gelu", g.exact(states, *linear(reader.up)), microsoft=True)
    g.save(
        path,
        {
            g.exact(inner, *linear(reader.down)): ("s", OUTPUTS),
            g.exact(states, *linear(reader.ask)): ("s", PAIR),
            g.exact(states, *linear(reader.offer)): ("s", PAIR),
            g.exact(states, *linear(reader.elsewhere)): ("s", 1),
        },
    )


def _around(g: Graph, reader: Reader, alone: str) -> str:
    """What each sentence takes from all of its item."""
    parts = g.node("Reshape", g.exact(alone, *linear(reader.look)), g.ints(0, 3, LOOKS, AROUND // LOOKS))
    asks, keys, values = (
        g.node("Squeeze", each, g.ints(0))
        for each in g.nodes("Split", 3, g.node("Transpose", parts, perm=[1, 2, 0, 3]), axis=0)
    )
    fits = g.node("MatMul", asks, g.node("Transpose", keys, perm=[0, 2, 1]))
    shares = g.node("Softmax", g.node("Mul", fits, g.constant(np.float32((AROUND // LOOKS) ** -0.5))), axis=-1)
    taken = g.node("Transpose", g.node("MatMul", shares, values), perm=[1, 0, 2])
    return g.node("Reshape", taken, g.ints(0, AROUND))


def _choices(reader: Reader, path: Path) -> None:
    """Multiplies each part of a pair by its own rows of the weight, since most parts are the same for many pairs."""
    g = Graph("choices")
    asks = g.input("asks", "float", ("a", PAIR))
    offers = g.input("offers", "float", ("s", PAIR))
    distances = g.input("distances", "int64", ("a", "s"))
    overlap = g.input("overlap", "float", ("a", "s", 4))
    worth = g.input("worth", "float", ("s",))
    weight, bias = linear(reader.pair)
    of_asks, of_offers, of_both, of_distances, of_overlap, of_worth = np.split(
        weight, [PAIR, 2 * PAIR, 3 * PAIR, 4 * PAIR, 4 * PAIR + 4]
    )
    asking, offering = g.node("Unsqueeze", asks, g.ints(1)), g.node("Unsqueeze", offers, g.ints(0))
    both = g.node("MatMul", g.node("Mul", asking, offering), g.constant(of_both))
    far = g.node("Gather", g.constant(numbers(reader.distance.weight) @ of_distances), distances)
    lag = g.node("Sub", worth, g.node("ReduceMax", worth, axes=[0], keepdims=1))
    alone = g.node("Concat", *(g.node("Unsqueeze", each, g.ints(1)) for each in (worth, lag)), axis=1)
    offered = g.node(
        "Add", g.node("MatMul", offering, g.constant(of_offers)), g.node("MatMul", alone, g.constant(of_worth))
    )
    seen = g.node("Add", g.exact(asking, of_asks, bias), offered)
    seen = g.node("Add", seen, g.node("Add", both, far))
    seen = g.node("Add", seen, g.node("MatMul", overlap, g.constant(of_overlap)))
    fits = g.exact(g.node("Gelu", seen, microsoft=True), *linear(reader.fit))
    g.save(path, {g.node("Squeeze", fits, g.ints(2)): ("a", "s")})
