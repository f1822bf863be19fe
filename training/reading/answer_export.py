"""Writes a trained answer network as the two graphs that ship: its encoder in 8 bits, its heads in floats."""

from __future__ import annotations

from pathlib import Path

from claimwire.claim_detection.answer_windows import WINDOW
from claimwire.claim_detection.features import TRAITS
from claimwire.claim_detection.network import POOLS, RELATIONS
from training.attribution.export import Marks, encode, linear, numbers
from training.attribution.graph import Graph

from .answer_model import UNMARKED, AnswerReader
from .export import beside, sentence_states
from .model import VALUE, WIDTH


def export_answers(reader: AnswerReader, folder: Path) -> None:
    """Write ``answer_encoder.onnx`` and ``answer_heads.onnx``.

    The vectors of word pieces are not written, since training leaves them as they are: the encoder shares the tagger's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _encoder(reader, folder / "answer_encoder.onnx")
    _heads(reader, folder / "answer_heads.onnx")


def _encoder(reader: AnswerReader, path: Path) -> None:
    g = Graph("answer_encoder")
    marks = Marks(numbers(reader.mark.weight), UNMARKED)
    states = encode(g, reader.encoder, WIDTH, WINDOW, padded=False, marks=marks)
    g.save(path, {beside(g, states, reader.weigh, reader.value): ("n", POOLS + VALUE)})


def _heads(reader: AnswerReader, path: Path) -> None:
    g = Graph("answer_heads")
    means = g.input("means", "float", ("s", POOLS * VALUE))
    traits = g.input("traits", "float", ("s", TRAITS))
    asked = g.input("asked", "int64", (1,))
    distances = g.input("distances", "int64", ("s",))
    overlap = g.input("overlap", "float", ("s", 4))
    sentences = sentence_states(g, reader, means, traits)
    own = g.node("Gather", sentences, asked)
    inner = g.node("Gelu", g.exact(own, *linear(reader.up)), microsoft=True)
    worth = g.exact(sentences, *(part[..., :1] for part in linear(reader.claim)))
    lag = g.node("Sub", worth, g.node("ReduceMax", worth, axes=[0], keepdims=1))
    offers = g.exact(sentences, *linear(reader.offer))
    asks = g.node("Expand", g.exact(own, *linear(reader.ask)), g.node("Shape", offers))
    both = g.node("Mul", asks, offers)
    far = g.node("Gather", g.constant(numbers(reader.distance.weight)), distances)
    pairs = g.node("Concat", asks, offers, both, far, overlap, worth, lag, axis=1)
    fits = g.exact(g.node("Gelu", g.exact(pairs, *linear(reader.pair)), microsoft=True), *linear(reader.fit))
    g.save(
        path,
        {
            g.exact(inner, *linear(reader.down)): (1, 1 + len(RELATIONS)),
            g.node("Squeeze", fits, g.ints(1)): ("s",),
            g.exact(own, *linear(reader.elsewhere)): (1, 1),
        },
    )
