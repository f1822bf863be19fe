"""The encoder that the reader's training starts from: the tagger's, as it ships, in floats."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from claimwire.extraction import tagger
from claimwire.extraction.tagger.piece_vectors import piece_vectors
from training.attribution.model import Encoder, Layer, Size, pretrained

SIZE = Size(layers=(0, 1, 2, 3, 4))


def encoder(pretrained_folder: Path) -> Encoder:
    """The tagger's encoder.

    Parameters
    ----------
    pretrained_folder
        Holds all-MiniLM-L6-v2, whose places the tagger did not need, since its chunks are shorter.
    """
    found = pretrained(pretrained_folder, SIZE).encoder
    graph = onnx.load(tagger.DATA / "encoder.onnx").graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    tables = [
        constants[node.input[0]] for node in graph.node if node.op_type == "Gather" and node.input[0] in constants
    ]
    scales, features = tables[:2]
    places = next(constants[n.input[0]] for n in graph.node if n.op_type == "Slice" and n.input[0] in constants)
    products = [_product(node, constants) for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    norms = [_norm(node, constants) for node in graph.node if node.op_type == "LayerNormalization"]
    with torch.no_grad():
        found.pieces.weight.copy_(torch.tensor(piece_vectors(tagger.DATA).astype(np.float32) * scales))
        found.features.weight.copy_(torch.tensor(features))
        found.positions[: len(places)] = torch.tensor(places)
        _put(found.norm, norms[0])
        for number, layer in enumerate(found.layers):
            assert isinstance(layer, Layer)
            attend, out, up, down = products[4 * number : 4 * number + 4]
            query = math.sqrt(SIZE.width // layer.heads)  # the graph's query holds the scale of attention
            attend[0][: SIZE.width] *= query
            attend[1][: SIZE.width] *= query
            for module, values in ((layer.attend, attend), (layer.out, out), (layer.up, up), (layer.down, down)):
                _put(module, values)
            _put(layer.norm1, norms[1 + 2 * number])
            _put(layer.norm2, norms[2 + 2 * number])
    return found


def _product(node: onnx.NodeProto, constants: dict[str, NDArray[np.generic]]) -> tuple[Tensor, Tensor]:
    weight = np.asarray(constants[node.input[1]], np.float32) * np.asarray(constants[node.input[2]], np.float32)
    return torch.tensor(weight.T.copy()), torch.tensor(constants[node.input[4]])


def _norm(node: onnx.NodeProto, constants: dict[str, NDArray[np.generic]]) -> tuple[Tensor, Tensor]:
    return torch.tensor(constants[node.input[1]]), torch.tensor(constants[node.input[2]])


def _put(module: nn.Linear | nn.LayerNorm, values: tuple[Tensor, Tensor]) -> None:
    module.weight.copy_(values[0])
    module.bias.copy_(values[1])
