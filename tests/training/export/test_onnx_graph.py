from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
import torch.nn.functional as F

from kosorong.speech.runtime import Graph as Session
from kosorong.training.export.onnx_graph import (
    INT8_LIMIT,
    WEIGHTS,
    Arithmetic,
    GraphBuilder,
    Storage,
    WeightFile,
    int8_weights,
)


def _run(graph: GraphBuilder, folder: Path, x: np.ndarray) -> np.ndarray:
    path = folder / "graph.onnx"
    path.write_bytes(graph.model().SerializeToString())
    (folder / WEIGHTS).write_bytes(graph.weights.content)
    onnx.checker.check_model(path, full_check=True)
    return Session(path).run({"x": x})[0]


@pytest.mark.parametrize(
    ("storage", "tolerance"), [("float32", 1e-5), ("float16", 5e-3), ("int8", 0.15)]
)
@pytest.mark.parametrize("length", [1, 2, 30])
def test_a_wide_convolution_equals_torch(
    tmp_path: Path, storage: Storage, tolerance: float, length: int
) -> None:
    draw = np.random.default_rng(0)
    weight: Any = draw.normal(size=(6, 8, 5)).astype(np.float32) / 4
    bias = draw.normal(size=6).astype(np.float32)
    x = draw.normal(size=(length, 8)).astype(np.float32)
    graph = GraphBuilder("test", WeightFile(), storage)
    graph.output("y", graph.convolve(graph.input("x", ["T", 8]), "c", weight, bias), ["T", 6])
    made = _run(graph, tmp_path, x)
    expected = F.conv1d(
        torch.from_numpy(x.T[None]), torch.from_numpy(weight), torch.from_numpy(bias), padding=2
    )
    np.testing.assert_allclose(made, expected[0].numpy().T, atol=tolerance)


def test_a_depthwise_convolution_equals_torch(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    weight, bias = draw.normal(size=(4, 1, 7)), draw.normal(size=4)
    x = draw.normal(size=(9, 4)).astype(np.float32)
    graph = GraphBuilder("test", WeightFile(), "float32")
    made = graph.depthwise(
        graph.input("x", ["T", 4]), "d", weight.astype(np.float32), bias.astype(np.float32)
    )
    graph.output("y", made, ["T", 4])
    expected = F.conv1d(
        torch.from_numpy(x.T[None]).double(),
        torch.from_numpy(weight),
        torch.from_numpy(bias),
        padding=3,
        groups=4,
    )
    np.testing.assert_allclose(_run(graph, tmp_path, x), expected[0].numpy().T, atol=1e-5)


@pytest.mark.parametrize(
    ("arithmetic", "tolerance"), [("int8", 0.2), ("weights", 0.05), ("float", 5e-3)]
)
def test_each_arithmetic_of_an_int8_graph_keeps_its_distance(
    tmp_path: Path, arithmetic: Arithmetic, tolerance: float
) -> None:
    draw = np.random.default_rng(0)
    weight: Any = draw.normal(size=(16, 5)).astype(np.float32) / 4
    x = draw.normal(size=(20, 16)).astype(np.float32)
    graph = GraphBuilder("test", WeightFile(), "int8")
    y = graph.linear(graph.input("x", ["T", 16]), "l", weight, None, arithmetic)
    graph.output("y", y, ["T", 5])
    error = np.abs(_run(graph, tmp_path, x) - x @ weight).max()
    assert 0 < error < tolerance


def test_int8_weights_cannot_overflow_sixteen_bits_in_pairs() -> None:
    whole, scale = int8_weights(np.random.default_rng(0).normal(size=(50, 7)).astype(np.float32))
    assert np.abs(whole.astype(int)).max() == INT8_LIMIT
    assert 2 * 255 * INT8_LIMIT < 2**15
    assert scale.shape == (7,)


def test_columns_of_zeros_stay_zeros() -> None:
    whole, scale = int8_weights(np.zeros((3, 2), np.float32))
    assert not whole.any()
    assert np.isfinite(scale).all()


def test_graphs_share_weights_by_name() -> None:
    weights = WeightFile()
    array = np.arange(6, dtype=np.float32)
    first, again = weights.tensor("a", array), weights.tensor("a", array)
    assert len(weights.content) == 24
    assert first.external_data[1].value == again.external_data[1].value == "0"
    assert weights.tensor("b", array).external_data[1].value == "64"
    with pytest.raises(ValueError, match="two different arrays are called a"):
        weights.tensor("a", array + 1)
