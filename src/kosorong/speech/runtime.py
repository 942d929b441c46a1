"""ONNX Runtime as this project runs it: few threads, little memory, no spinning."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.errors import BundleError
from kosorong.extras import how_to_install

Float = NDArray[np.float32]


class Graph:
    """One graph of a bundle, ready to run; may be run from several threads at once.

    Args:
        path: An ONNX file, its weights beside it.
        threads: Threads that share one run.

    Raises:
        BundleError: onnxruntime is missing or cannot read the graph.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = _session(path, threads)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self.channels: Mapping[str, int] = {
            tensor.name: tensor.shape[-1]
            if tensor.shape and isinstance(tensor.shape[-1], int)
            else 0
            for tensor in (*self._session.get_inputs(), *self._session.get_outputs())
        }
        """Of each input and output its last axis, 0 where that has any length."""

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[Float]:
        """Return the graph's outputs in the order it declares them."""
        outputs: list[Float] = self._session.run(self._outputs, dict(inputs))
        return outputs


def _session(path: Path, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise BundleError(
            "speaking needs the package onnxruntime.",
            where=str(path),
            cure=how_to_install("engine"),
        ) from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    # Every segment has its own length: arena and memory pattern would keep the largest ever seen.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    # Several classes, none of which shares a base with the others but this one.
    except Exception as error:
        raise BundleError(
            f"onnxruntime cannot read the graph: {str(error).splitlines()[0]}.",
            where=str(path),
            cure="Install the bundle again, or a newer onnxruntime.",
        ) from error
