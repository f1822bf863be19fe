"""A small builder of ONNX graphs, node by node, so that nothing hangs on a converter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_OPSET = 17
_MICROSOFT = "com.microsoft"
_KINDS = {"float": TensorProto.FLOAT, "int64": TensorProto.INT64, "int32": TensorProto.INT32, "int8": TensorProto.INT8}


class Graph:
    """An ONNX graph under construction.

    Parameters
    ----------
    name : str
        The graph's name.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._known: dict[bytes, str] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._count = 0

    def input(self, name: str, kind: str, shape: Sequence[str | int]) -> str:
        """Declare an input."""
        self._inputs.append(helper.make_tensor_value_info(name, _KINDS[kind], list(shape)))
        return name

    def constant(self, array: NDArray[Any] | np.float32) -> str:
        """Add a constant; the same one is kept once."""
        key = str((array.dtype, array.shape)).encode() + array.tobytes()
        if key not in self._known:
            self._known[key] = f"c{len(self._constants)}"
            tensor = numpy_helper.from_array(np.ascontiguousarray(array), self._known[key])
            self._constants.append(tensor)
        return self._known[key]

    def ints(self, *values: int) -> str:
        """Add a constant row of integers."""
        return self.constant(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, microsoft: bool = False, **attributes: Any) -> str:
        """Add an operation with one output."""
        return self.nodes(kind, 1, *inputs, microsoft=microsoft, **attributes)[0]

    def nodes(self, kind: str, outputs: int, *inputs: str, microsoft: bool = False, **attributes: Any) -> list[str]:
        """Add an operation with several outputs."""
        names = [f"v{self._count + n}" for n in range(outputs)]
        self._count += outputs
        domain = _MICROSOFT if microsoft else ""
        self._nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply in 8 bits: a scale for each column of the weight, one for the input as it comes.

        Parameters
        ----------
        x : str
            The input.
        weight : NDArray[np.float32]
            ``[inputs, outputs]``.
        bias : NDArray[np.float32]
            ``[outputs]``.

        Returns
        -------
        str
            The output, in floats.
        """
        scale = (np.abs(weight).max(0) / 127).clip(1e-8).astype(np.float32)
        small = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            x,
            self.constant(small),
            self.constant(scale),
            self.constant(np.zeros(len(scale), np.int8)),
            self.constant(bias),
            microsoft=True,
        )

    def exact(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply in floats."""
        return self.node("Add", self.node("MatMul", x, self.constant(weight)), self.constant(bias))

    def norm(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32], least: float) -> str:
        """Normalise the last axis."""
        parts = self.constant(weight), self.constant(bias)
        return self.node("LayerNormalization", x, *parts, axis=-1, epsilon=least)

    def save(self, path: Path, outputs: dict[str, Sequence[str | int]]) -> None:
        """Write the graph.

        Parameters
        ----------
        path : Path
            The file.
        outputs : dict[str, Sequence[str | int]]
            Shapes of the outputs by the names of values; they are all floats.
        """
        ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)) for name, shape in outputs.items()]
        graph = helper.make_graph(self._nodes, self._name, self._inputs, ends, self._constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
        model.producer_name = "claimwire training"
        onnx.checker.check_model(model)
        onnx.save(model, path)
