"""The graph of a Vocos generator: mel to complex spectrum; the inverse transform is outside."""

from __future__ import annotations

import math

import numpy as np

from kosorong.training.export.onnx_graph import GraphBuilder
from kosorong.training.export.torch_side import layer_norm, members, values
from kosorong.training.vocoder.model import ConvNeXtBlock, Vocos


def vocoder_graph(graph: GraphBuilder, model: Vocos) -> None:
    """Fill a graph with the generator.

    Input: `mel` (T_mel, M). Outputs: `real` and `imaginary`, each (T_mel, n_fft / 2 + 1).

    Args:
        graph: An empty graph.
        model: The generator.
    """
    bins = model.mel.n_fft // 2 + 1
    x = graph.input("mel", ["T_mel", model.mel.n_mels])
    weight, bias = values(model.embed.weight), values(model.embed.bias)
    # First and last layer stay float: mels reach far below zero in silence, and an error of the
    # logarithm of the magnitude is an error of the level.
    x = graph.convolve(x, "vocoder.embed", weight, bias, arithmetic="float")
    x = layer_norm(graph, "vocoder.norm", model.norm, x)
    for index, block in enumerate(members(model.blocks, ConvNeXtBlock)):
        x = _block(graph, f"vocoder.{index}", block, x)
    x = layer_norm(graph, "vocoder.final_norm", model.final_norm, x)
    weight, bias = values(model.head.weight), values(model.head.bias)
    x = graph.linear(x, "vocoder.head", weight.T, bias, arithmetic="float")
    log_magnitude, phase = graph.halves(x, bins)
    largest = graph.constant(math.log(model.mel.n_fft / 4), np.float32)
    magnitude = graph.op("Exp", graph.op("Min", log_magnitude, largest))
    for name, kind in (("real", "Cos"), ("imaginary", "Sin")):
        part = graph.op("Mul", magnitude, graph.op(kind, phase))
        graph.output(name, part, ["T_mel", bins])


def _block(graph: GraphBuilder, name: str, block: ConvNeXtBlock, x: str) -> str:
    depthwise = block.depthwise
    y = graph.depthwise(x, f"{name}.depthwise", values(depthwise.weight), values(depthwise.bias))
    y = layer_norm(graph, f"{name}.norm", block.norm, y)
    weight, bias = values(block.widen.weight).T, values(block.widen.bias)
    # Normalised frames hold single values ten times their spread, so that quantising them costs
    # 10 dB more than all else together. In float this product adds 0.001 to the real-time factor.
    y = graph.linear(y, f"{name}.widen", weight, bias, arithmetic="weights")
    scale, narrow = values(block.scale), block.narrow
    # The layer scale is part of the last layer's columns.
    weight, bias = values(narrow.weight).T * scale, values(narrow.bias) * scale
    return graph.op("Add", x, graph.linear(graph.op("Gelu", y), f"{name}.narrow", weight, bias))
