"""Reading torch modules for export."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from torch import Tensor, nn

from kosorong.training.export.onnx_graph import Arithmetic, Float, GraphBuilder

M = TypeVar("M", bound=nn.Module)


def values(tensor: Tensor | None) -> Float:
    """Return a tensor's values as a float32 array.

    Raises:
        ValueError: There is none: a layer without bias, which no model here has.
    """
    if tensor is None:
        raise ValueError("the layer has no such parameter")
    return cast(Float, tensor.detach().float().numpy())


def members(modules: Iterable[nn.Module], kind: type[M]) -> list[M]:
    """Return the modules of a list, all of one class.

    Raises:
        TypeError: One is of another class: the graph would not be that of the model.
    """
    listed = list(modules)
    for module in listed:
        if not isinstance(module, kind):
            raise TypeError(f"expected {kind.__name__}, not {type(module).__name__}")
    return cast(list[M], listed)


def pointwise(
    graph: GraphBuilder, name: str, layer: nn.Conv1d, x: str, arithmetic: Arithmetic = "int8"
) -> str:
    """Add a convolution of kernel 1 on (T, C)."""
    weight, bias = values(layer.weight)[:, :, 0].T, values(layer.bias)
    return graph.linear(x, name, weight, bias, arithmetic)


def wide(graph: GraphBuilder, name: str, layer: nn.Conv1d, x: str) -> str:
    """Add a convolution of odd kernel, padded to the same length, on (T, C)."""
    return graph.convolve(x, name, values(layer.weight), values(layer.bias))


def layer_norm(graph: GraphBuilder, name: str, layer: nn.LayerNorm, x: str) -> str:
    """Add a layer norm over the channels of (T, C)."""
    return graph.norm(x, name, values(layer.weight), values(layer.bias), layer.eps)
