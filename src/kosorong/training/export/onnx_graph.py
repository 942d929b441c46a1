"""A small builder of ONNX graphs, and the one weight file that several graphs share.

Layers are laid out channels-last, (T, C): a pointwise layer is then one matrix product and a wide
convolution is a product with its unfolded input, which is where int8 arithmetic pays (three times
float32 on one core with VNNI).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
Float = NDArray[np.float32]
Storage = Literal["float32", "float16", "int8"]
"""How weights lie on disk; in an `int8` graph each layer has an `Arithmetic`."""

Arithmetic = Literal["int8", "weights", "float"]
"""In an `int8` graph: int8 throughout, int8 weights in float arithmetic, or half-float weights."""

WEIGHTS = "weights.bin"
OPSET = 20
# Of ONNX 1.16: the oldest onnxruntime that is declared reads it.
IR_VERSION = 10
_ALIGN = 64
_FAR = 2**62

# Of int8 arithmetic. Seven bits and not eight: processors without VNNI add pairs of products in
# 16 bits, and 2 * 255 * 63 is the largest sum that cannot overflow there.
INT8_LIMIT = 63


@dataclass(slots=True)
class WeightFile:
    """Tensors of several graphs in one file; a name asked for twice is stored once."""

    content: bytearray = field(default_factory=bytearray)
    _places: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def tensor(self, name: str, array: Array) -> onnx.TensorProto:
        """Store an array and return the initialiser that points at it.

        Raises:
            ValueError: Another array has that name.
        """
        raw = np.ascontiguousarray(array).tobytes()
        if name in self._places:
            start, known = self._places[name]
            if known != raw:
                raise ValueError(f"two different arrays are called {name}")
        else:
            self.content.extend(bytes(-len(self.content) % _ALIGN))
            start = len(self.content)
            self._places[name] = (start, raw)
            self.content.extend(raw)
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor = onnx.TensorProto(
            name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL
        )
        for key, value in (("location", WEIGHTS), ("offset", start), ("length", len(raw))):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


class GraphBuilder:
    """One graph under construction; every method returns the name of its result.

    Args:
        name: Of the graph; also the doc string of the model.
        weights: Where large arrays go.
        storage: How they are stored.
    """

    def __init__(self, name: str, weights: WeightFile, storage: Storage) -> None:
        self.name, self.weights, self.storage = name, weights, storage
        self._nodes: list[onnx.NodeProto] = []
        self._initialisers: dict[str, onnx.TensorProto] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._quantised: dict[str, tuple[str, str, str]] = {}

    def input(self, name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> str:
        """Declare an input; axes of free length are given by letters."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, value: str, shape: Sequence[int | str]) -> None:
        """Declare a float output and what it is."""
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output."""
        return self.ops(kind, 1, *inputs, **attributes)[0]

    def ops(self, kind: str, outputs: int, *inputs: str, **attributes: Any) -> list[str]:
        """Add a node with several outputs."""
        first = len(self._nodes)
        names = [f"{kind.lower()}_{first}_{i}" for i in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names

    def constant(self, value: Any, kind: type[Any] = np.int64) -> str:
        """Add a small constant that lies in the graph itself."""
        array = np.asarray(value, kind)
        name = f"constant_{array.dtype}_{array.shape}_{array.tobytes().hex()}"
        if len(name) > 64:
            name = f"constant_{len(self._initialisers)}"
        if name not in self._initialisers:
            self._initialisers[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, name: str, array: Float, storage: Storage | None = None) -> str:
        """Add a weight in float; halves are widened when the graph is loaded.

        Args:
            name: The same in every graph that shares it.
            array: Any shape.
            storage: Instead of the graph's own; `int8` stores halves here.
        """
        if (storage or self.storage) == "float32":
            return self._stored(name, array.astype(np.float32))
        return self.op("Cast", self._stored(name, array.astype(np.float16)), to=TensorProto.FLOAT)

    def linear(
        self,
        x: str,
        name: str,
        weight: Float,
        bias: Float | str | None,
        arithmetic: Arithmetic = "int8",
    ) -> str:
        """Multiply (T, C) by a matrix (C, D) and add a bias (D,).

        Args:
            x: (T, C).
            name: Of the weights.
            weight: (C, D).
            bias: (D,), or the name of a value of that shape.
            arithmetic: Of an `int8` graph.

        Returns:
            (T, D).
        """
        if self.storage == "int8" and arithmetic == "int8":
            product = self._int8_product(self._quantise(x), name, weight)
        else:
            product = self.op("MatMul", x, self._matrix(name, weight, arithmetic))
        return self._add_bias(product, name, bias)

    def convolve(
        self,
        x: str,
        name: str,
        weight: Float,
        bias: Float | str | None,
        arithmetic: Arithmetic = "int8",
    ) -> str:
        """Convolve (T, C) along time, padded with zeros to the same length.

        Args:
            x: (T, C).
            name: Of the weights.
            weight: (D, C, K) as torch has it; K odd.
            bias: (D,), or the name of a value of that shape.
            arithmetic: Of an `int8` graph.

        Returns:
            (T, D).
        """
        width, channels, size = weight.shape
        matrix = weight.transpose(2, 1, 0).reshape(size * channels, width)
        if self.storage == "int8" and arithmetic == "int8":
            values, scale, zero = self._quantise(x)
            unfolded = self._unfold(values, size, zero)
            product = self._int8_product((unfolded, scale, zero), name, matrix)
        else:
            unfolded = self._unfold(x, size, "")
            product = self.op("MatMul", unfolded, self._matrix(name, matrix, arithmetic))
        return self._add_bias(product, name, bias)

    def depthwise(self, x: str, name: str, weight: Float, bias: Float) -> str:
        """Convolve each channel of (T, C) by itself; weight (C, 1, K), bias (C,)."""
        side = weight.shape[2] // 2
        # Two-dimensional, for which onnxruntime has the faster kernel.
        image = self.op("Unsqueeze", self.op("Transpose", x, perm=[1, 0]), self.constant([0, 2]))
        image = self.op(
            "Conv",
            image,
            self.weight(f"{name}.weight", weight[:, :, None]),
            self.weight(f"{name}.bias", bias),
            group=weight.shape[0],
            pads=[0, side, 0, side],
        )
        return self.op("Transpose", self.op("Squeeze", image, self.constant([0, 2])), perm=[1, 0])

    def norm(self, x: str, name: str, weight: Float, bias: Float, epsilon: float) -> str:
        """Normalise each row of (T, C)."""
        scale, shift = self.weight(f"{name}.weight", weight), self.weight(f"{name}.bias", bias)
        return self.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)

    def slice(self, x: str, start: int, stop: int | None, axis: int) -> str:
        """Take `x[start:stop]` along an axis; `None` means to the end."""
        ends = self.constant([_FAR if stop is None else stop])
        return self.op("Slice", x, self.constant([start]), ends, self.constant([axis]))

    def halves(self, x: str, width: int) -> tuple[str, str]:
        """Split the channels of (T, 2 * width) in two."""
        first, second = self.ops("Split", 2, x, self.constant([width, width]), axis=-1)
        return first, second

    def model(self) -> onnx.ModelProto:
        """Return the finished model; large arrays are pointers into the weight file."""
        graph = helper.make_graph(
            self._nodes, self.name, self._inputs, self._outputs, list(self._initialisers.values())
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="kosorong",
        )

    def _stored(self, name: str, array: Array) -> str:
        name = f"{name}.{array.dtype}"
        if name not in self._initialisers:
            self._initialisers[name] = self.weights.tensor(name, array)
        return name

    def _add_bias(self, product: str, name: str, bias: Float | str | None) -> str:
        if bias is None:
            return product
        if not isinstance(bias, str):
            bias = self.weight(f"{name}.bias", bias)
        return self.op("Add", product, bias)

    def _quantise(self, x: str) -> tuple[str, str, str]:
        """Return values, scale and zero point; asked twice for one tensor it answers once."""
        if x not in self._quantised:
            values, scale, zero = self.ops("DynamicQuantizeLinear", 3, x)
            self._quantised[x] = (values, scale, zero)
        return self._quantised[x]

    def _matrix(self, name: str, matrix: Float, arithmetic: Arithmetic) -> str:
        """Return a matrix in float; int8 weights are widened when the graph is loaded."""
        if self.storage != "int8" or arithmetic == "float":
            return self.weight(f"{name}.weight", matrix)
        stored, scales = int8_weights(matrix, 127)
        widened = self.op("Cast", self._stored(f"{name}.weight", stored), to=TensorProto.FLOAT)
        return self.op("Mul", widened, self._stored(f"{name}.scale", scales))

    def _int8_product(self, x: tuple[str, str, str], name: str, matrix: Float) -> str:
        values, scale, zero = x
        stored, scales = int8_weights(matrix)
        whole = self.op("MatMulInteger", values, self._stored(f"{name}.weight", stored), zero)
        # In this order onnxruntime joins product, cast and scaling to one step.
        factor = self.op("Mul", scale, self._stored(f"{name}.scale", scales))
        return self.op("Mul", self.op("Cast", whole, to=TensorProto.FLOAT), factor)

    def _unfold(self, x: str, size: int, zero: str) -> str:
        """(T, C) -> (T, size * C): each row with its neighbours, zeros outside."""
        if size == 1:
            return x
        side = size // 2
        padded = self.op("Pad", x, self.constant([side, 0, side, 0]), *([zero] if zero else []))
        last = size - 1
        parts = [self.slice(padded, i, i - last if i < last else None, 0) for i in range(size)]
        return self.op("Concat", *parts, axis=1)


def int8_weights(matrix: Float, limit: int = INT8_LIMIT) -> tuple[NDArray[np.int8], Float]:
    """Quantise a matrix (C, D) column by column, symmetrically.

    Returns:
        Whole numbers (C, D) within `limit`, and the scale of each column (D,).

    >>> whole, scale = int8_weights(np.array([[0.25, -2.0], [1.0, 0.0]], np.float32))
    >>> whole.tolist()
    [[16, -63], [63, 0]]
    """
    scale = np.maximum(np.abs(matrix).max(0), 1e-12) / limit
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)
